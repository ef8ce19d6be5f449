"""What is missing in a drafted letter (文书的检查): by the record, by the text, by the law of the day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.remedy_notice import REVISED
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.forms import ROOM
from gongkai.rules.requests.law import at
from gongkai.rules.requests.letters import LETTERS, must_hold
from gongkai.rules.requests.numbers import parse
from gongkai.rules.rule import Rule, implements, register

COMPLETE = Rule(
    id="DOC-complete",
    title="文书要件齐全",
    sentence="收件人、申请内容、法律依据、决定、理由、救济途径、落款、成文日期、文号。",
    provisions=(at(45),),
    confirmed=False,
    note="各种文书应有的要件见“依申请公开文书”一页；要件来自条例和各地文书，缺一项不能签发、不能发出。",
)
OLD_REMEDY = Rule(
    id="DOC-old-remedy",
    title="旧的救济告知",
    sentence="县级以上地方各级人民政府管辖下列行政复议案件：（一）对本级人民政府工作部门作出的行政行为不服的；",
    provisions=(Provision("review-law-2023", 24, 1), Provision("review-law-2023", 27)),
    since=REVISED,
    confirmed=False,
    note="2024年起一般不再向上一级主管部门申请复议（第二十七条实行垂直领导的机关除外），起诉期限2015年起为六个月；"
    "模板里留着旧的一段，会误导申请人。",
)
register(OLD_REMEDY)

# The words of others, quoted as given: what they say is theirs, a blank or an old remedy in them too.
_AS_GIVEN = ("request", "applicant", "addressee", "form_wanted")
_BLANKS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|×{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|_{3,}|＿{2,}|【\s*】|（\s*填写.*?）|待填"
)
_ARTICLE = re.compile(r"第[零一二三四五六七八九十百]+条|第[一二三四五六七八九十]+部分")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_HIGHER = re.compile(r"向[^。；]{0,40}上一?级(?:行政)?主管部门[^。；]{0,20}申请行政复议")
_THREE_MONTHS = re.compile(r"(?:三个月|3个月)内[^。；]{0,40}提起行政诉讼")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it stands (文书草稿). ``values``: the elements from the record, by code; ``text``: the whole.

    ``grounds``: several grounds in one letter bring the elements of each.
    """

    letter: str
    values: Mapping[str, str]
    text: str
    dated: date
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault (缺什么、错什么) with its cure. ``element``: the code, "" for the text as a whole."""

    element: str
    message: str


@implements(COMPLETE)
def lint(draft: Draft) -> tuple[Fault, ...]:
    """Every fault of a letter; a letter with any does not leave. Raises KeyError for a letter nobody defined."""
    letter = LETTERS[draft.letter]
    plain = _squeezed(draft.text)
    found = [fault for code in must_hold(letter, draft.grounds) for fault in _element(code, draft, plain)]
    own = _without(draft.text, (draft.values.get(code, "") for code in _AS_GIVEN))
    if not ROOM.keys() & set(letter.elements):
        found += blanks(own)
    if draft.dated >= REVISED:
        # The paragraph the record gives is right by definition, of an organ led vertically too.
        found += old_remedies(_without(own, (draft.values.get("remedy", ""),)))
    return tuple(found)


def _without(text: str, values: Iterable[str]) -> str:
    """The text without these values, however their lines were broken."""
    for value in values:
        lines = [re.escape(line.strip()) for line in value.splitlines() if line.strip()]
        if lines:
            text = re.sub(r"\s*".join(lines), "", text)
    return text


def _squeezed(text: str) -> str:
    """Text without blanks and line ends, widths and signs of one kind, so that layout does not matter."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _element(code: str, draft: Draft, plain: str) -> Iterable[Fault]:
    element, value = ELEMENTS[code], draft.values.get(code, "").strip()
    if not value:
        if code in ROOM and _squeezed(ROOM[code]) in plain:
            return
        yield Fault(code, f"缺{element.label}。{element.cure}。")
        return
    if _squeezed(value) not in plain:
        yield Fault(code, f"正文里没有{element.label}（{_short(value)}）；把它放回正文。")
    if code == "number" and parse(value) is None:
        yield Fault(code, f"文号“{value}”不合规则，应为 机关代字〔年份〕顺序号。")
    if code == "date" and _DATE.fullmatch(value) is None:
        yield Fault(code, f"成文日期“{value}”应写成 2021年10月15日。")
    if code == "basis" and _ARTICLE.search(value) is None:
        yield Fault(code, f"法律依据“{_short(value)}”没有写到条；{element.cure}。")


def _short(value: str) -> str:
    return value if len(value) <= 20 else value[:19] + "…"


def blanks(text: str) -> list[Fault]:
    """What was left to fill in (没有填的地方), the first five."""
    return [
        Fault("", f"正文里还有没有填的地方“{found[0]}”；填上或者删去。")
        for found in list(_BLANKS.finditer(text))[:5]
    ]


def old_remedies(text: str) -> list[Fault]:
    """Words of a remedies paragraph that no longer holds (旧的救济告知)."""
    found = []
    if _HIGHER.search(text):
        found.append(
            Fault(
                "remedy",
                "救济途径写的是上一级主管部门，2024年起应向人民政府申请行政复议；换成系统生成的一段。",
            )
        )
    if _THREE_MONTHS.search(text):
        found.append(Fault("remedy", "起诉期限写的是三个月，应为六个月或者十五日；换成系统生成的一段。"))
    return found
