"""The remedies paragraph of an answer (救济途径), by the day of the decision and its grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.legislation import article_text
from gongkai.rules.outcomes import check_grounds
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements, register

REVISED = date(2024, 1, 1)

REVIEW_FIRST = Rule(
    id="REM-23-review-first",
    title="不予公开的，先申请行政复议",
    sentence="有下列情形之一的，申请人应当先向行政复议机关申请行政复议，对行政复议决定不服的，可以再依法向人民法院提起行政诉讼：\n"
    "（四）申请政府信息公开，行政机关不予公开；",
    provisions=(Provision("review-law-2023", 23, 1, 4), Provision("review-law-2023", 23, 2)),
    since=REVISED,
    note="“不予公开”指依照条例第十四条、第十五条、第十六条作出的决定，见法释〔2025〕8号第一条；"
    "部分公开中不予公开的部分同样适用，是对条文的理解。行政查询事项（条例第三十六条第七项）不在其内。",
    examples=(
        "2024-03-01 以过程性信息为由不予公开：先复议，后诉讼。",
        "2023-12-31 同样的答复：复议或者诉讼，由申请人选择。",
    ),
)
CHOICE = Rule(
    id="REM-46-choice",
    title="复议或者诉讼，由申请人选择",
    sentence="公民、法人或者其他组织直接向人民法院提起诉讼的，应当自知道或者应当知道作出行政行为之日起六个月内提出。",
    provisions=(Provision("litigation-law-2017", 46, 1), Provision("litigation-law-2017", 44, 1)),
    since=date(2019, 5, 15),
)
SIXTY_DAYS = Rule(
    id="REM-20-sixty-days",
    title="申请行政复议的期限",
    sentence="可以自知道或者应当知道该行政行为之日起六十日内提出行政复议申请",
    provisions=(Provision("review-law-2023", 20, 1),),
    since=REVISED,
    note="2023年以前为修订前的行政复议法第九条第一款，同为六十日。",
)
FIFTEEN_DAYS = Rule(
    id="REM-45-fifteen-days",
    title="不服复议决定起诉的期限",
    sentence="公民、法人或者其他组织不服复议决定的，可以在收到复议决定书之日起十五日内向人民法院提起诉讼。",
    provisions=(Provision("litigation-law-2017", 45),),
    since=date(2019, 5, 15),
)
AUTHORITY = Rule(
    id="REM-24-authority",
    title="行政复议机关",
    sentence=article_text("review-law-2023", 24, 1) or "",
    provisions=(Provision("review-law-2023", 24, 1), Provision("review-law-2023", 24, 4)),
    since=REVISED,
    examples=("区直部门、乡镇人民政府作出的，向区人民政府申请；区人民政府作出的，向市人民政府申请。",),
)
AUTHORITY_BEFORE = Rule(
    id="REM-12-authority-before",
    title="行政复议机关（修订前）",
    sentence="对县级以上地方各级人民政府工作部门的具体行政行为不服的，由申请人选择，可以向该部门的本级人民政府申请行政复议，"
    "也可以向上一级主管部门申请行政复议。",
    provisions=(
        Provision("review-law-2017", 12, 1),
        Provision("review-law-2017", 13, 1),
        Provision("review-law-2017", 15, 1, 3),
    ),
    since=date(2019, 5, 15),
    until=date(2023, 12, 31),
)
VERTICAL = Rule(
    id="REM-27-vertical",
    title="行政复议机关（垂直领导的机关）",
    sentence=article_text("review-law-2023", 27) or "",
    provisions=(Provision("review-law-2023", 27),),
    since=REVISED,
    note="2023年以前为修订前的行政复议法第十二条第二款，文字略有不同。一个机关是不是实行垂直领导，由机关资料载明，程序不推断。",
    examples=("利通区税务局作出的，向上一级税务机关申请。",),
)
ONLINE = Rule(
    id="REM-22-online-channel",
    title="互联网送达的，同时提供申请复议的互联网渠道",
    sentence="行政机关通过互联网渠道送达行政行为决定书的，应当同时提供提交行政复议申请书的互联网渠道。",
    provisions=(Provision("review-law-2023", 22, 2),),
    since=REVISED,
)
for _rule in (CHOICE, SIXTY_DAYS, FIFTEEN_DAYS, AUTHORITY_BEFORE):
    register(_rule)

ORGAN_KINDS: dict[str, str] = {
    "government": "人民政府",
    "office": "政府办公室",
    "department": "工作部门",
    "institution": "直属事业单位",
    "township": "乡镇人民政府、街道办事处",
}


class RemedyRefused(ValueError):
    """A paragraph that cannot be written for want of a fact; the message names it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term (期限) of the paragraph; a calendar period, see ``periods.period_end``."""

    act: str
    length: int
    unit: str
    start: str


@dataclass(frozen=True, slots=True)
class RemedyNotice:
    """The paragraph (救济告知) with what it says, as data."""

    text: str
    review_first: bool
    review_authority: str
    terms: tuple[Term, ...]
    provisions: str


REVIEW_TERM = Term("review", 60, "day", "知道或者应当知道答复之日")
SUIT_TERM = Term("suit", 6, "month", "知道或者应当知道答复之日")
SUIT_AFTER_REVIEW = Term("suit-after-review", 15, "day", "收到行政复议决定书之日")


def remedy_paragraph(
    decided_on: date,
    outcome: str,
    grounds: Iterable[str],
    *,
    organ_kind: str,
    government_name: str,
    higher_government_name: str,
    court_name: str | None = None,
    via_internet: bool = False,
    review_channel: str | None = None,
    higher_department_name: str | None = None,
    act: str = "本答复",
) -> RemedyNotice:
    """The remedies paragraph for a decision. Raises RemedyRefused, or OutcomeRefused for the grounds.

    ``government_name`` is the government the organ belongs to (itself, for a government);
    ``review_channel`` the address for filing a reconsideration online; ``higher_department_name`` the
    department that leads an organ vertically (垂直领导), None for every other organ; ``act``: what the
    letter calls itself, 本决定 in a notice to a third party.
    """
    first = review_first(decided_on, outcome, grounds)
    vertical = higher_department_name is not None
    if higher_department_name is not None:
        authority = vertical_authority(higher_department_name)
    else:
        authority = review_authority(decided_on, organ_kind, government_name, higher_government_name)
    body = _body(first, authority, court_name or "有管辖权的人民法院", act)
    rules = [REVIEW_FIRST, SIXTY_DAYS, FIFTEEN_DAYS] if first else [SIXTY_DAYS, CHOICE]
    terms = (REVIEW_TERM, SUIT_AFTER_REVIEW if first else SUIT_TERM)
    if via_internet:
        body += _online(decided_on, review_channel)
        rules.append(ONLINE)
    provisions = cite(_provisions(decided_on, rules, vertical=vertical))
    return RemedyNotice(body, first, authority, terms, provisions)


def _body(first: bool, authority: str, court: str, act: str) -> str:
    if first:
        return (
            f"如对{act}不服，应当先申请行政复议：可以自知道或者应当知道{act}之日起六十日内，"
            f"向{authority}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内，"
            f"向{court}提起行政诉讼。"
        )
    return (
        f"如对{act}不服，可以自知道或者应当知道{act}之日起六十日内，"
        f"向{authority}申请行政复议，或者自知道或者应当知道{act}之日起六个月内，"
        f"向{court}提起行政诉讼。"
    )


@implements(REVIEW_FIRST)
def review_first(decided_on: date, outcome: str, grounds: Iterable[str]) -> bool:
    """Whether reconsideration must come before a lawsuit (复议前置): any ground of arts 14 to 16."""
    chosen = check_grounds(outcome, grounds)
    return decided_on >= REVISED and any(GROUNDS[code].withholds for code in chosen)


@implements(AUTHORITY)
def review_authority(
    decided_on: date, organ_kind: str, government_name: str, higher_government_name: str
) -> str:
    """Who hears the reconsideration (行政复议机关), by the law of the day. Raises RemedyRefused."""
    if organ_kind not in ORGAN_KINDS:
        known = "、".join(f"{code}（{label}）" for code, label in ORGAN_KINDS.items())
        raise RemedyRefused(f"没有“{organ_kind}”这类机关，应为：{known}。")
    name = higher_government_name if organ_kind == "government" else government_name
    if not name.strip():
        which = "上一级人民政府" if organ_kind == "government" else "本级人民政府"
        raise RemedyRefused(f"缺{which}的名称，写不出行政复议机关；在机关资料里补上。")
    if decided_on < REVISED and organ_kind in ("department", "office"):
        return f"{name}或者上一级主管部门"
    return name


@implements(VERTICAL)
def vertical_authority(higher_department_name: str) -> str:
    """Who hears the reconsideration of an organ led vertically (垂直领导): the department above. Raises RemedyRefused."""
    if not higher_department_name.strip():
        raise RemedyRefused("缺上一级主管部门的名称，写不出行政复议机关；在机关资料里补上。")
    return higher_department_name.strip()


@implements(ONLINE)
def _online(decided_on: date, review_channel: str | None) -> str:
    if review_channel and review_channel.strip():
        return f"行政复议申请书可以通过互联网提交：{review_channel.strip()}。"
    if decided_on < REVISED:
        return ""
    raise RemedyRefused(
        "通过互联网送达的答复，应当同时提供提交行政复议申请书的互联网渠道"
        f"（{ONLINE.citation()}）。在设置里填写这一渠道的网址，或者改用其他送达方式。"
    )


def _provisions(decided_on: date, rules: list[Rule], *, vertical: bool) -> list[Provision]:
    """The provisions of the day: before the revision, its articles stand in the older text."""
    if decided_on >= REVISED:
        return [p for rule in (*rules, VERTICAL if vertical else AUTHORITY) for p in rule.provisions]
    kept = [p for rule in rules for p in rule.provisions if p.instrument != "review-law-2023"]
    before = (Provision("review-law-2017", 12, 2),) if vertical else AUTHORITY_BEFORE.provisions
    return [Provision("review-law-2017", 9, 1), *before, *kept]
