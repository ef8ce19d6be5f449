"""The legal texts that rules cite (法律、行政法规、司法解释、通知), with number and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Instrument:
    """One legal text (法律文件) in one of its versions.

    ``annex``: what a notice sends round; articles are its own, and are cited by its title.
    ``issued_on`` is the day of issue or of the revision; ``in_force_from`` and ``in_force_until`` are
    the first and the last day on which this version holds. ``file`` is the text under ``texts/``.
    """

    id: str
    title: str
    number: str
    issued_on: date | None
    in_force_from: date | None
    in_force_until: date | None = None
    file: str | None = None
    note: str = ""
    number_cited: bool = False
    annex: str = ""

    def citation(self, *, article: bool = False) -> str:
        """As a letter cites it: 《…》, with the document number where that is customary.

        ``article``: what follows is the number of an article.
        """
        title = self.annex if article and self.annex else self.title
        return f"《{title}》（{self.number}）" if self.number_cited else f"《{title}》"

    def in_force_on(self, day: date) -> bool:
        """Whether this version holds on ``day``."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )


_LAWS = (
    Instrument(
        "regulation-2019",
        "中华人民共和国政府信息公开条例",
        "国务院令第711号",
        date(2019, 4, 3),
        date(2019, 5, 15),
        file="regulation-2019.md",
    ),
    Instrument(
        "review-law-2017",
        "中华人民共和国行政复议法",
        "",
        date(2017, 9, 1),
        date(2018, 1, 1),
        date(2023, 12, 31),
        "review-law-2017.md",
        "第三次修订前的文本。2017年修正的施行日期待核对。",
    ),
    Instrument(
        "review-law-2023",
        "中华人民共和国行政复议法",
        "",
        date(2023, 9, 1),
        date(2024, 1, 1),
        file="review-law-2023.md",
    ),
    Instrument(
        "litigation-law-2017",
        "中华人民共和国行政诉讼法",
        "",
        date(2017, 6, 27),
        date(2017, 7, 1),
        file="litigation-law-2017.md",
        note="2017年修正的施行日期待核对。",
    ),
    Instrument(
        "holiday-decree-2013",
        "全国年节及纪念日放假办法",
        "",
        date(2013, 12, 11),
        date(2014, 1, 1),
        date(2024, 12, 31),
        "holiday-decree-2013.md",
        "2013年修订的施行日期待核对。",
    ),
    Instrument(
        "holiday-decree-2024",
        "全国年节及纪念日放假办法",
        "",
        date(2024, 11, 10),
        date(2025, 1, 1),
        file="holiday-decree-2024.md",
        note="自2025年的放假安排起适用。",
    ),
    Instrument(
        "penalty-law-2021",
        "中华人民共和国行政处罚法",
        "",
        date(2021, 1, 22),
        date(2021, 7, 15),
        file="penalty-law-2021.md",
    ),
    Instrument(
        "rulemaking-2017",
        "规章制定程序条例",
        "",
        date(2017, 12, 22),
        date(2018, 5, 1),
        file="rulemaking-2017.md",
        note="2017年修订的施行日期待核对。",
    ),
    Instrument(
        "archives-law-2020",
        "中华人民共和国档案法",
        "",
        date(2020, 6, 20),
        date(2021, 1, 1),
        file="archives-law-2020.md",
    ),
    Instrument(
        "secrecy-law-2024",
        "中华人民共和国保守国家秘密法",
        "",
        date(2024, 2, 27),
        date(2024, 5, 1),
        file="secrecy-law-2024.md",
    ),
    Instrument(
        "secrecy-regulation-2024",
        "中华人民共和国保守国家秘密法实施条例",
        "国务院令第786号",
        date(2024, 7, 10),
        date(2024, 9, 1),
        file="secrecy-regulation-2024.md",
    ),
    Instrument(
        "pipl-2021",
        "中华人民共和国个人信息保护法",
        "",
        date(2021, 8, 20),
        date(2021, 11, 1),
        file="pipl-2021.md",
    ),
    Instrument(
        "accessibility-2023",
        "中华人民共和国无障碍环境建设法",
        "",
        date(2023, 6, 28),
        date(2023, 9, 1),
        file="accessibility-2023.md",
    ),
    Instrument(
        "petition-2022",
        "信访工作条例",
        "",
        date(2022, 2, 25),
        date(2022, 5, 1),
        file="petition-2022.md",
    ),
    Instrument(
        "major-decisions-2019",
        "重大行政决策程序暂行条例",
        "国务院令第713号",
        date(2019, 4, 20),
        date(2019, 9, 1),
        file="major-decisions-2019.md",
    ),
    Instrument(
        "civil-procedure-2023",
        "中华人民共和国民事诉讼法",
        "",
        date(2023, 9, 1),
        date(2024, 1, 1),
        note="期间的计算在第八十五条；2022年以前的文本条序不同，规则相同（待核对）。",
    ),
    Instrument(
        "review-regulation-2007",
        "中华人民共和国行政复议法实施条例",
        "国务院令第499号",
        date(2007, 5, 29),
        date(2007, 8, 1),
        note="未收全文，条序待核对；只在2024年以前受理的行政复议中引用。",
    ),
    Instrument(
        "esign-law",
        "中华人民共和国电子签名法",
        "",
        date(2019, 4, 23),
        date(2019, 4, 23),
        note="2019年修正；日期待核对。",
    ),
)

_OFFICE = "国务院办公厅政府信息与政务公开办公室"

_NOTICES = (
    Instrument(
        "report-format-2021",
        f"{_OFFICE}关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知",
        "国办公开办函〔2021〕30号",
        date(2021, 9, 26),
        date(2021, 9, 26),
        number_cited=True,
        note="自2021年度的报告起使用。",
    ),
    Instrument(
        "report-format-2019",
        f"{_OFFICE}关于政府信息公开工作年度报告有关事项的通知",
        "国办公开办函〔2019〕60号",
        None,
        None,
        date(2021, 9, 25),
        number_cited=True,
        note="用于2019、2020年度的报告；标题和成文日期待核对。",
    ),
    Instrument(
        "fee-2020",
        "国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知",
        "国办函〔2020〕109号",
        date(2020, 11, 17),
        date(2021, 1, 1),
        number_cited=True,
        note="条文序号指所附《政府信息公开信息处理费管理办法》。",
        annex="政府信息公开信息处理费管理办法",
    ),
    Instrument(
        "receipt-2015",
        f"{_OFFICE}关于政府信息公开期限有关问题的解释",
        "国办公开办函〔2015〕207号",
        None,
        None,
        number_cited=True,
        note="成文日期待核对；与2019年修订的条例第三十一条不一致的，按条例。",
    ),
    Instrument(
        "service-2016",
        f"{_OFFICE}关于政府信息公开处理决定送达问题的解释",
        "国办公开办函〔2016〕235号",
        date(2016, 12, 7),
        date(2016, 12, 7),
        number_cited=True,
        note="第三条收取邮寄费的内容，条例2019年修订后不再适用。",
    ),
    Instrument(
        "platform-2019",
        f"{_OFFICE}关于规范政府信息公开平台有关事项的通知",
        "国办公开办函〔2019〕61号",
        None,
        None,
        number_cited=True,
        note="标题和成文日期待核对。",
    ),
    Instrument(
        "normative-2018",
        "国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知",
        "国办发〔2018〕37号",
        None,
        None,
        number_cited=True,
        note="标题和成文日期待核对。",
    ),
    Instrument(
        "court-2025",
        "最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释",
        "法释〔2025〕8号",
        date(2025, 5, 19),
        date(2025, 6, 1),
        number_cited=True,
    ),
    Instrument(
        "court-2011",
        "最高人民法院关于审理政府信息公开行政案件若干问题的规定",
        "法释〔2011〕17号",
        None,
        None,
        date(2025, 5, 31),
        number_cited=True,
        note="成文日期待核对。",
    ),
)

INSTRUMENTS: dict[str, Instrument] = {i.id: i for i in _LAWS + _NOTICES}
