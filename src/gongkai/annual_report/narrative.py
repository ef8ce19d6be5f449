"""Drafting the words of a report from its facts (文字部分初稿), in the usual order of such reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.disclosure.models import GazetteDistribution
from gongkai.foundation.models import Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules.fees import in_yuan
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.report.narrative import Draft, Segment, segments
from gongkai.rules.report.values import printed

if TYPE_CHECKING:
    from gongkai.annual_report.compile import CountedReport
    from gongkai.annual_report.sources import Sources

_ORDINALS = "一二三四五六七八九十"
_CLASSES = (
    ("document", "公开文件 ", " 件"),
    ("interpretation", "政策解读 ", " 件"),
    ("budget", "财政预决算信息 ", " 条"),
    ("welfare", "社会公益事业建设领域教育、应急管理、卫生健康、环境保护等信息 ", " 条"),
    ("project", "重大建设项目和征地土地信息 ", " 条"),
    ("key_other", "政府信息公开年报、社会保障、食品药品等领域公开信息 ", " 条"),
    ("bulletin", "工作动态和便民信息 ", " 条"),
)
_FEE_NOTICE = "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）"


@dataclass(frozen=True, slots=True)
class Material:
    """What the draft says in words rather than numbers: titles, places, results, problems."""

    contact: Organ
    keeper: str
    interpretations: tuple[str, ...]
    gazette_places: tuple[str, ...]
    appraisals: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str, str], ...]
    last_problems: tuple[tuple[str, str], ...]

    @classmethod
    def gather(cls, tables: CountedReport, found: Sources) -> Material:
        """Of the report's scope and year."""
        scope, own, year = {o.pk for o in tables.scope}, set(_own(tables)), tables.year
        places = set().union(*(found.places.get(organ, set()) for organ in scope))
        problems = [one for one in found.problems if one.organ in own]
        return cls(
            contact=tables.own.organ,
            keeper=tables.own.name,
            interpretations=tuple(title for organ, title in found.titles if organ in scope)[:2],
            gazette_places=tuple(
                str(label) for code, label in GazetteDistribution.PlaceType.choices if code in places
            ),
            appraisals=tuple(
                (label, said) for organ, label, said in found.appraisals if organ in scope and said
            ),
            problems=tuple((one.role, one.heading, one.text) for one in problems if one.year == year),
            last_problems=tuple(
                (one.heading, one.progress)
                for one in problems
                if one.year == year - 1 and one.role == "problem"
            ),
        )


def _own(tables: CountedReport) -> list[int]:
    kinds = (OrganKind.GOVERNMENT, OrganKind.OFFICE)
    if tables.government:
        return [o.pk for o in tables.scope if o.kind in kinds]
    return [o.pk for o in tables.scope]


def draft_narrative(tables: CountedReport, counts: Mapping[str, int], material: Material) -> Draft:
    """The preface and the sections that are words; each number a segment that names its fact."""
    writer = _Writer(tables, counts, material)
    return Draft(
        {
            "preface": writer.preface(),
            "lead": writer.lead(),
            "overview.0": writer.disclosure(),
            "overview.1": writer.requests(),
            "overview.2": writer.management(),
            "overview.3": writer.platform(),
            "overview.4": writer.supervision(),
            "problems": writer.problems(),
            "other": writer.other(),
        }
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    tables: CountedReport
    counts: Mapping[str, int]
    material: Material

    def number(self, code: str) -> Segment:
        return Segment(str(self.counts[code]), code)

    def cell(self, name: str) -> Segment:
        return Segment(printed(self.tables.cells[name].value), name)

    def has(self, code: str) -> bool:
        return self.counts.get(code, 0) > 0

    def known(self, name: str) -> bool:
        cell = self.tables.cells.get(name)
        return cell is not None and cell.value is not None

    def preface(self) -> tuple[Segment, ...]:
        tables, year = self.tables, self.tables.year
        title = f"{tables.name} {year} 年政府信息公开工作年度报告"
        opening = (
            f"根据《中华人民共和国政府信息公开条例》规定和{tables.form.notice.citation()}要求，"
            f"现发布《{title}》。"
        )
        scope: tuple[str | Segment, ...] = (f"本报告由{self.material.keeper}编制，",)
        if tables.units:
            scope = (
                f"本报告由{self.material.keeper}汇总本级和 ",
                *self._units(),
                "政府信息公开工作情况编制，",
            )
        period = f"所列数据统计期限从 {year} 年 1 月 1 日到 12 月 31 日。"
        return segments(opening, *scope, period, self._contact())

    def _units(self) -> list[str | Segment]:
        names = (("department", "个区直部门"), ("institution", "个直属事业单位"), ("township", "个乡镇"))
        found: list[str | Segment] = []
        for code, label in names:
            if self.has(f"units.{code}"):
                found += ["、" if found else "", self.number(f"units.{code}"), f" {label}"]
        return found

    def _contact(self) -> str:
        organ = self.material.contact
        site = f"本报告电子版可在政府网站（{organ.website}）查阅或下载。" if organ.website else ""
        ways = (
            ("地址", organ.address),
            ("邮编", organ.postcode),
            ("电话", organ.phone),
            ("传真", organ.fax),
            ("电子邮箱", organ.email),
        )
        found = "，".join(f"{label}：{value}" for label, value in ways if value)
        if not found:
            return site
        return f"{site}如有疑问或意见建议，请与{self.material.keeper}联系（{found}）。"

    def lead(self) -> tuple[Segment, ...]:
        return segments(
            f"{self.tables.year} 年，{self.tables.name}认真贯彻落实《中华人民共和国政府信息公开条例》，"
            "坚持以公开为常态、不公开为例外，推进决策、执行、管理、服务、结果公开，"
            "保障公民、法人和其他组织依法获取政府信息。"
        )

    def disclosure(self) -> tuple[Segment, ...]:
        if not self.has("publications.total"):
            return segments("本年没有登记主动公开的政府信息。", *self._normatives())
        parts: list[str | Segment] = [
            "全年主动公开政府信息 ",
            self.number("publications.total"),
            " 条，其中，",
        ]
        channels: list[str | Segment] = []
        for code, label in (
            ("portal", "通过政府网站发布政府信息 "),
            ("new_media", "政务新媒体发布政府信息 "),
            ("other", "其他渠道发布政府信息 "),
        ):
            if self.has(f"publications.{code}"):
                lead = "、" if channels else ""
                channels += [f"{lead}{label}", self.number(f"publications.{code}"), " 条"]
        return segments(*parts, *channels, "。", *self._classes(), *self._gazette(), *self._normatives())

    def _classes(self) -> list[str | Segment]:
        found: list[str | Segment] = []
        for code, before, after in _CLASSES:
            name = f"publications.class.{code}"
            if self.has(name):
                found += ["，" if found else "政府网站发布的信息中，", before, self.number(name), after]
        return [*found, "。"] if found else []

    def _gazette(self) -> list[str | Segment]:
        if not self.has("gazette.issues"):
            return []
        places = "、".join(self.material.gazette_places)
        where = f"，在{places}免费发放" if places else ""
        copies = Segment(_about(self.counts["gazette.copies"]), "gazette.copies")
        return [
            "印发《政府公报》",
            self.number("gazette.issues"),
            " 期 ",
            copies,
            f"本{where}，方便群众查阅。",
        ]

    def _normatives(self) -> list[str | Segment]:
        names = [f"t2.norm.{event}" for event in ("made", "repealed", "in_force")]
        if not all(map(self.known, names)) or not any(self.tables.cells[n].value for n in names):
            return []
        made, repealed, in_force = (self.cell(name) for name in names)
        return [
            "全年制发行政规范性文件 ", made, " 件，废止行政规范性文件 ", repealed,
            " 件，年末现行有效行政规范性文件 ", in_force, " 件。",
        ]  # fmt: skip

    def requests(self) -> tuple[Segment, ...]:
        form = self.tables.form
        came, before = self.cell("t3.r1.c7"), self.cell("t3.r2.c7")
        done, open_ = self.cell(f"t3.{form.total_row}.c7"), self.cell(f"t3.{form.carried_row}.c7")
        parts: list[str | Segment] = [
            "按照依法依规便民原则，完善政府信息公开申请登记、审核、办理、答复、归档工作制度。",
            f"{self.tables.year} 年收到政府信息公开申请 ", came, " 件，上年结转 ", before, " 件；本年办结 ", done,
            " 件", *self._outcomes(), "，结转下年度继续办理 ", open_, " 件。", *self._remedies(),
        ]  # fmt: skip
        return segments(*parts)

    def _outcomes(self) -> list[str | Segment]:
        found: list[str | Segment] = []
        for row in self.tables.form.leaf_rows:
            name = f"t3.{row}.c7"
            if self.tables.cells[name].value:
                label = OUTCOMES[row].label.partition("（")[0]
                found += ["、" if found else "，其中", f"{label} ", self.cell(name), " 件"]
        return found

    def _remedies(self) -> list[str | Segment]:
        reviews, direct, after = (
            self.tables.cells[f"t4.{track}.total"].value or 0
            for track in ("review", "direct", "after_review")
        )
        if not reviews and not direct and not after:
            return ["未发生因政府信息公开申请引发的行政复议、行政诉讼。"]
        lawsuits = Segment(printed(direct + after), "t4.direct.total+t4.after_review.total")  # type: ignore[arg-type]
        return [
            "因政府信息公开申请引发的行政复议 ", self.cell("t4.review.total"), " 件、行政诉讼 ", lawsuits, " 件。",
        ]  # fmt: skip

    def management(self) -> tuple[Segment, ...]:
        parts: list[str | Segment] = [
            "按照“谁制定、谁审查、谁公开、谁负责”的原则，严格信息采集、审核、发布、更新流程，"
            "落实三审和保密审查要求。"
        ]
        if self.has("catalogue.issues"):
            parts += ["全年梳理政府文件公开目录 ", self.number("catalogue.issues"), " 期。"]
        names = (("by_government", "区政府名义"), ("by_government_office", "区政府办公室名义"))
        issued: list[str | Segment] = []
        for code, label in names:
            if self.has(f"documents.{code}"):
                lead = "，" if issued else "以"
                issued += [f"{lead}{label}印发文件 ", self.number(f"documents.{code}"), " 件"]
        if issued:
            parts += [*issued, "，及时在政府网站公开。"]
        return segments(*parts, *self._interpretations(), *self._supervision_items())

    def _interpretations(self) -> list[str | Segment]:
        if not self.has("interpretations.total"):
            return []
        titles = "".join(f"《{_inside(title)}》" for title in self.material.interpretations)
        found: list[str | Segment] = [f"制作{titles}等政策解读 ", self.number("interpretations.total"), " 篇"]
        if self.has("interpretations.not_text"):
            found += ["，其中图解、视频等形式 ", self.number("interpretations.not_text"), " 篇"]
        return [*found, "。"]

    def _supervision_items(self) -> list[str | Segment]:
        if not self.has("supervision.items"):
            return []
        return [
            "编制录入“互联网+监管”系统监管事项清单和检查实施清单，共录入 ",
            self.number("supervision.departments"), " 个部门 ", self.number("supervision.items"),
            " 条监管事项和 ", self.number("supervision.inspections"), " 条检查实施事项。",
        ]  # fmt: skip

    def platform(self) -> tuple[Segment, ...]:
        parts: list[str | Segment] = ["发挥政府网站政务公开第一平台作用，优化栏目设置和互动交流。"]
        if self.has("letters.mailbox") or self.has("letters.complaint"):
            parts += [
                "全年收到领导信箱来信 ", self.number("letters.mailbox"), " 件、投诉举报 ",
                self.number("letters.complaint"), " 件，", *self._unanswered(),
            ]  # fmt: skip
        if self.has("zones.total"):
            parts += ["建成 ", self.number("zones.total"), " 个政务公开专区，配备政府信息查询一体机 "]
            parts += [self.number("zones.kiosks"), " 台。"]
        if self.has("open_days.total"):
            parts += [
                "组织“政府开放日”活动 ",
                self.number("open_days.total"),
                " 场次，增进与群众的沟通联系。",
            ]
        return segments(*parts)

    def _unanswered(self) -> list[str | Segment]:
        if not self.has("letters.unanswered"):
            return ["均已办理答复。"]
        return ["其中 ", self.number("letters.unanswered"), " 件正在办理。"]

    def supervision(self) -> tuple[Segment, ...]:
        parts: list[str | Segment] = []
        if self.has("staff.disclosure"):
            parts += ["政务公开工作配备 ", self.number("staff.disclosure"), " 名专职人员"]
            if self.has("staff.website"):
                parts += ["，另配备 ", self.number("staff.website"), " 名工作人员负责政府网站管理"]
            parts.append("。")
        if self.has("meetings.total"):
            parts += ["召开政务公开工作会议 ", self.number("meetings.total"), " 次。"]
        if self.has("trainings.total"):
            parts += ["举办政务公开专题培训班 ", self.number("trainings.total"), " 期，培训 "]
            parts += [self.number("trainings.participants"), " 人次。"]
        if self.has("inspections.total"):
            parts += ["开展政务公开监督检查 ", self.number("inspections.total"), " 次。"]
        for label, result in self.material.appraisals:
            parts.append(f"{label}情况：{result.rstrip('。')}。")
        if not parts:
            parts.append("本年没有登记培训、会议、监督检查和考核评议情况。")
        return segments(*parts)

    def problems(self) -> tuple[Segment, ...]:
        found: list[str] = []
        last = [(heading, progress) for heading, progress in self.material.last_problems if progress.strip()]
        if last:
            said = "；".join(f"{heading}，{progress.rstrip('。')}" for heading, progress in last)
            found.append(f"上年报告提出的问题，改进情况如下：{said}。")
        for role, lead in (("problem", "本年工作存在的主要问题："), ("measure", "下一步改进措施：")):
            rows = [(heading, text) for kind, heading, text in self.material.problems if kind == role]
            if rows:
                said = "".join(
                    f"{_ORDINALS[min(i, 9)]}是{heading}。{text.rstrip('。')}。"
                    for i, (heading, text) in enumerate(rows)
                )
                found.append(lead + said)
        return segments("\n".join(found))

    def other(self) -> tuple[Segment, ...]:
        basis = f"按照{_FEE_NOTICE}规定的按件、按量收费标准，" if self.tables.year >= 2021 else ""
        fen = self.counts["fees.total_fen"]
        if fen == 0:
            return segments(f"{basis}本年度没有产生信息公开处理费。")
        yuan = in_yuan(fen).removesuffix(".00")
        return segments(f"{basis}本年度收取信息处理费 ", Segment(yuan, "fees.total_fen"), " 元。")


def _about(copies: int) -> str:
    """A large round number in words as such reports say it: 1400余."""
    return f"{copies // 100 * 100} 余" if copies >= 1000 else f"{copies} "


def _inside(title: str) -> str:
    """A title within 《》: the marks inside it become 〈〉."""
    return title.replace("《", "〈").replace("》", "〉")
