"""Numbers said in words (文字中的数字): which sentence says which number, read from the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.rules.report.narrative import Narrative

_N = r"(\d+(?:\.\d+)?)(余|多)?"
_GAP = r"[^，。；、：\d]"


@dataclass(frozen=True, slots=True)
class Claim:
    """A way of saying a number (说法). ``codes``: the cells or counts, added, that it must equal.

    ``heading``: only below a heading with this word. A pattern's n-th number belongs to ``codes[n]``.
    """

    label: str
    pattern: re.Pattern[str]
    codes: tuple[tuple[str, ...], ...]
    heading: str = ""


def _claim(label: str, pattern: str, *codes: str, heading: str = "") -> Claim:
    return Claim(label, re.compile(pattern), tuple(tuple(code.split("+")) for code in codes), heading)


# ``{total}`` and ``{carried}`` are rows that differ between the forms.
CELL_CLAIMS: tuple[Claim, ...] = (
    _claim(
        "收到申请",
        rf"(?:新收|收到|受理|接收){_GAP}{{0,12}}申请{_GAP}{{0,6}}{_N}件",
        "t3.r1.c7",
        heading="依申请",
    ),
    _claim("上年结转", rf"上(?:一)?年(?:度)?结转{_GAP}{{0,16}}?{_N}件", "t3.r2.c7"),
    _claim("结转下年度", rf"结转(?:至|到)?(?:下(?:一)?年|次年){_GAP}{{0,14}}?{_N}件", "t3.{carried}.c7"),
    _claim("办结申请", rf"(?:办结|答复){_GAP}{{0,8}}?{_N}件", "t3.{total}.c7", heading="依申请"),
    _claim("行政复议", rf"行政复议{_GAP}{{0,10}}?{_N}件", "t4.review.total"),
    _claim("行政诉讼", rf"行政诉讼{_GAP}{{0,10}}?{_N}件", "t4.direct.total+t4.after_review.total"),
    _claim("制发规范性文件", rf"制发(?:行政)?规范性文件{_N}件", "t2.norm.made"),
    _claim("废止规范性文件", rf"废止(?:行政)?规范性文件{_N}件", "t2.norm.repealed"),
    _claim("现行有效规范性文件", rf"现行有效的?(?:行政)?规范性文件{_N}件", "t2.norm.in_force"),
    _claim("行政许可", rf"行政许可{_GAP}{{0,8}}?{_N}件", "t2.licence.decisions"),
    _claim("行政处罚", rf"行政处罚{_GAP}{{0,8}}?{_N}件", "t2.penalty.decisions"),
    _claim("行政强制", rf"行政强制{_GAP}{{0,8}}?{_N}件", "t2.coercion.decisions"),
    _claim("行政事业性收费", rf"行政事业性收费{_GAP}{{0,8}}?{_N}万元", "t2.fee.amount"),
)

PUBLISHED, PORTAL, NEW_MEDIA, OTHER = (
    "publications.total",
    "publications.portal",
    "publications.new_media",
    "publications.other",
)
CLASSES = (
    "publications.class.document",
    "publications.class.interpretation",
    "publications.class.budget",
    "publications.class.welfare",
    "publications.class.project",
    "publications.class.key_other",
    "publications.class.bulletin",
)
BY_NAME = ("documents.by_government", "documents.by_government_office")

REGISTER_CLAIMS: tuple[Claim, ...] = (
    _claim("主动公开政府信息", rf"主动公开(?:各类)?政府信息{_N}条", PUBLISHED),
    _claim("政府网站发布", rf"政府(?:门户)?网站(?:发布|公开)(?:政府)?信息{_N}条", PORTAL),
    _claim("政务新媒体发布", rf"新媒体(?:发布|公开)(?:政府)?信息{_N}条", NEW_MEDIA),
    _claim("其他渠道发布", rf"其他渠道(?:发布|公开)(?:政府)?信息{_N}条", OTHER),
    _claim("公开文件", rf"公开文件(?:数量)?{_N}件", CLASSES[0]),
    _claim("政策解读", rf"政策解读{_N}(?:件|篇|条)", CLASSES[1]),
    _claim("财政预决算", rf"财政预决算信息{_N}条", CLASSES[2]),
    _claim("社会公益事业", rf"社会公益事业[^。；]{{0,60}}?信息{_N}条", CLASSES[3]),
    _claim("重大建设项目", rf"重大(?:建设)?项目[^。；]{{0,40}}?信息{_N}条", CLASSES[4]),
    _claim("年报、社保、食药", rf"食品药品等领域(?:公开)?信息{_N}条", CLASSES[5]),
    _claim("工作动态", rf"工作动态和便民信息{_N}条", CLASSES[6]),
    _claim("政府公报", rf"公报》?{_N}期{_N}(?:本|册|份)", "gazette.issues", "gazette.copies"),
    _claim("公开目录", rf"公开目录{_N}期", "catalogue.issues"),
    _claim("区政府名义", rf"政府名义(?:下发|印发|制发)文件{_N}(?:个|件)", "documents.by_government"),
    _claim("办公室名义", rf"办公室名义(?:下发|印发|制发)文件{_N}(?:个|件)", "documents.by_government_office"),
    _claim(
        "监管事项",
        rf"{_N}个部门{_N}条监管事项和{_N}条检查实施事项",
        "supervision.departments",
        "supervision.items",
        "supervision.inspections",
    ),
    _claim("领导信箱", rf"(?:互动信箱|领导信箱)(?:来信)?{_N}件", "letters.mailbox"),
    _claim("投诉举报", rf"投诉举报{_N}件", "letters.complaint"),
    _claim("政务公开专区", rf"{_N}个政务公开专区", "zones.total"),
    _claim("政府开放日", rf"政府开放日”?活动{_N}(?:场|次)", "open_days.total"),
    _claim("专职人员", rf"配备{_N}名专职人员", "staff.disclosure"),
    _claim("网站管理人员", rf"配备{_N}名工作人员负责政府网站", "staff.website"),
    _claim("培训班", rf"培训班?{_N}(?:期|次)", "trainings.total"),
    _claim("培训人次", rf"培训{_N}人次", "trainings.participants"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A number found in the text (所写的数字). ``about``: 余 or 多 behind it; ``quote``: the words."""

    claim: Claim
    codes: tuple[str, ...]
    number: Decimal
    about: bool
    where: str
    quote: str

    def agrees(self, value: Decimal) -> bool:
        """Whether the number says ``value``; 1400余 says 1400 to 1499."""
        if not self.about:
            return self.number == value
        step = Decimal(1)
        while self.number and self.number % (step * 10) == 0:
            step *= 10
        return self.number <= value < self.number + step


def squeezed(text: str) -> str:
    """The text as numbers are looked for in it: no spaces, ASCII digits, no thousands' commas."""
    plain = re.sub(r"\s", "", text.translate(_DIGITS))
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)


_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


def said(narrative: Narrative, claims: tuple[Claim, ...], rows: Mapping[str, str]) -> Iterator[Said]:
    """Every number the narrative says in one of the known ways. ``rows``: names of the form's rows."""
    for where, text in narrative.all_texts():
        plain = squeezed(text)
        for claim in claims:
            if claim.heading and claim.heading not in where:
                continue
            for match in claim.pattern.finditer(plain):
                yield from _numbers(claim, match, where, rows)


def _numbers(claim: Claim, match: re.Match[str], where: str, rows: Mapping[str, str]) -> Iterator[Said]:
    groups = match.groups()
    for place, codes in enumerate(claim.codes):
        number, about = groups[2 * place], groups[2 * place + 1]
        resolved = tuple(code.format(**rows) for code in codes)
        yield Said(claim, resolved, Decimal(number), bool(about), where, match.group())
