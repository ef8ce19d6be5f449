"""Whether a decision holds (决定的审核): outcome, grounds, articles, reason, search, passages, remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citations import cite
from gongkai.rules.consultations import OVERRIDE
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES, check_grounds, needed
from gongkai.rules.provision import Provision
from gongkai.rules.remedy_notice import RemedyNotice, remedy_paragraph
from gongkai.rules.requests.facts import Answer, Life, Passage, Round
from gongkai.rules.requests.law import NOT_THE_SAME, at
from gongkai.rules.rule import Rule, implements
from gongkai.rules.supplements import CaseRefused

# Chosen at the end by a person's finding, or by the applicant; never by ``decide``.
BY_LAPSE = frozenset({"r21", "r22"})

SEARCHED = Rule(
    id="REQ-36-searched",
    title="信息不存在的，先检索",
    sentence="经检索没有所申请公开信息的，告知申请人该政府信息不存在；",
    provisions=(at(36, item=4),),
    since=date(2019, 5, 15),
    confirmed=False,
    note="检索要充分、合理，见最高人民法院指导性案例101号（案例原文待核对）；检索了哪里、谁检索、用什么词，逐次登记。",
)
PASSAGES = Rule(
    id="REQ-37-passages",
    title="部分公开，逐处写明理由",
    sentence="申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，"
    "行政机关应当向申请人提供可以公开的政府信息内容，并对不予公开的内容说明理由。",
    provisions=(at(37),),
    since=date(2019, 5, 15),
)
REASON_GIVEN = Rule(
    id="REQ-36-reason",
    title="不予公开的说明理由",
    sentence="行政机关依据本条例的规定决定不予公开的，告知申请人不予公开并说明理由；",
    provisions=(at(36, item=3),),
    since=date(2019, 5, 15),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a decision (问题), with its cure. ``rule``: the id of the rule it breaks."""

    message: str
    rule: str
    provision: str


def articles(outcome: str, grounds: Iterable[str]) -> tuple[Provision, ...]:
    """The articles a letter rests on (法律依据): the outcome's that belong, then those of each ground.

    Raises OutcomeRefused for a ground that does not belong to the outcome.
    """
    chosen = check_grounds(outcome, grounds)
    own = [GROUNDS[code].provision for code in chosen]
    unchosen = {GROUNDS[code].provision for code in OUTCOMES[outcome].grounds} - set(own)
    # Where the outcome unites several grounds, its articles are theirs: only those chosen are cited.
    united = [p for p in OUTCOMES[outcome].provisions if p not in unchosen]
    return tuple(dict.fromkeys([*own, *(united or OUTCOMES[outcome].provisions)]))


def basis(outcome: str, grounds: Iterable[str]) -> str:
    """The legal basis as a letter cites it (依据)."""
    return cite(articles(outcome, grounds))


def findings(answer: Answer, life: Life) -> tuple[Finding, ...]:
    """Everything that keeps a decision from leaving (不能作出这一决定的原因); none where it holds.

    Raises OutcomeRefused for an outcome or a ground that is not in the list.
    """
    if answer.outcome in BY_LAPSE or "withdrawn" in answer.grounds:
        raise CaseRefused(
            "逾期不补正、逾期不缴费、撤回申请不在这里选；用“认定逾期不补正”“认定逾期不缴费”“撤回申请”。"
        )
    needs = needed(answer.outcome, answer.grounds)
    checks = (
        _reason(answer),
        _search(answer, needs, life),
        *_passages(answer),
        *_record(answer, needs, life),
        _objections(answer, life.round),
        _same_again(answer, life),
    )
    return tuple(found for found in checks if found is not None)


@implements(REASON_GIVEN)
def _reason(answer: Answer) -> Finding | None:
    if answer.reason.strip():
        return None
    return _finding("没有写理由；写明事实和为什么适用所选的条款。", REASON_GIVEN)


@implements(SEARCHED)
def _search(answer: Answer, needs: dict[str, str], life: Life) -> Finding | None:
    """Required of "not held" (信息不存在), and of the part not found in a partial answer."""
    if "search-record" not in needs:
        return None
    searches = [s for round_ in life.rounds for s in round_.searches]
    whole = [s for s in searches if s.where.strip() and s.by.strip() and s.words.strip()]
    if not whole:
        return _finding("没有检索记录；先“登记检索”：检索了哪里、谁检索、用什么词、找到几份。", SEARCHED)
    if answer.outcome == "r13" and all(s.found for s in whole):
        return _finding(
            "检索记录都写着找到了，与“信息不存在”不一致；核对检索记录，或者改选办理结果。", SEARCHED
        )
    return None


@implements(PASSAGES)
def _passages(answer: Answer) -> list[Finding]:
    if answer.outcome != "r4":
        if answer.passages:
            return [_finding("只有“部分公开”才逐处写不予公开的部分；去掉，或者改选“部分公开”。", PASSAGES)]
        return []
    if not answer.passages:
        return [_finding("部分公开要逐处写明哪里不公开、什么理由。", PASSAGES)]
    return [found for passage in answer.passages if (found := _passage(passage, answer))] + _unused(answer)


def _passage(passage: Passage, answer: Answer) -> Finding | None:
    if not passage.place.strip():
        return _finding("不予公开的部分没有写位置；写明文件、页、段。", PASSAGES)
    if passage.ground not in answer.grounds:
        known = "、".join(GROUNDS[code].label for code in answer.grounds)
        return _finding(f"“{passage.place}”的理由不在所选的理由里，应为：{known}。", PASSAGES)
    return None


def _unused(answer: Answer) -> list[Finding]:
    used = {passage.ground for passage in answer.passages}
    left = [GROUNDS[code].label for code in answer.grounds if code not in used]
    return [
        _finding(f"理由“{label}”没有对应的部分；写明是哪一处，或者去掉这一理由。", PASSAGES) for label in left
    ]


def _record(answer: Answer, needs: dict[str, str], life: Life) -> list[Finding]:
    """What the grounds need and the record of the case can show."""
    round_ = life.round
    held = {
        "supplement-notice": life.supplemented is not None,
        "reasons-asked": any(r.reasons and r.reasons.closed_on for r in life.rounds),
        "third-party-opinion": any(
            c.kind == "third-party" and not c.open for r in life.rounds for c in r.consultations
        ),
    }
    rule = OUTCOMES[answer.outcome].rule
    found = [_finding(f"缺{needs[key]}。", rule) for key, there in held.items() if key in needs and not there]
    if answer.outcome == "r19" and round_.reasons is not None and round_.reasons.reasonable:
        found.append(_finding("登记的是理由合理；理由合理的不能不予处理，可以延迟答复。", rule))
    return found


def _objections(answer: Answer, round_: Round) -> Finding | None:
    """Disclosure over an objection with good reason needs the public interest stated (art 32)."""
    objecting = [c for c in round_.consultations if c.objects and c.reasonable]
    withheld = answer.outcome == "r4" and any(
        code in ("trade-secret", "privacy", "third-party-other") for code in answer.grounds
    )
    if not answer.discloses or not objecting or withheld or answer.override.strip():
        return None
    who = "、".join(c.whom for c in objecting)
    return _finding(
        f"第三方（{who}）不同意公开且理由合理，不予公开；不公开可能对公共利益造成重大影响而决定公开的，写明公共利益的理由。",
        OVERRIDE,
    )


@implements(NOT_THE_SAME)
def _same_again(answer: Answer, life: Life) -> Finding | None:
    order = life.round.order
    if order is None or not order.bars_same or len(life.rounds) < 2:
        return None
    before = [a for r in life.rounds[:-1] for a in r.answers if a.sent_on is not None]
    if not before or (before[-1].outcome, set(before[-1].grounds)) != (answer.outcome, set(answer.grounds)):
        return None
    return _finding(
        f"办理结果和理由与被撤销的答复相同（{order.number}）；重新答复不得以同一的事实和理由作出基本相同的答复，改选，"
        "或者核对是不是只因程序违法被撤销。",
        NOT_THE_SAME,
    )


def _finding(message: str, rule: Rule) -> Finding:
    return Finding(message, rule.id, rule.citation())


def check(answer: Answer, life: Life) -> Answer:
    """The decision, if it holds. Raises CaseRefused with every finding, OutcomeRefused for its choice."""
    found = findings(answer, life)
    if found:
        raise CaseRefused("".join(one.message for one in found))
    return answer


def remedy(
    answer: Answer,
    *,
    decided_on: date,
    organ_kind: str,
    government_name: str,
    higher_government_name: str,
    court_name: str | None = None,
    review_channel: str | None = None,
) -> RemedyNotice:
    """The remedies paragraph for this decision (救济告知), by its date, grounds, authority, way of service."""
    return remedy_paragraph(
        decided_on,
        answer.outcome,
        answer.grounds,
        organ_kind=organ_kind,
        government_name=government_name,
        higher_government_name=higher_government_name,
        court_name=court_name,
        via_internet=answer.method == "electronic",
        review_channel=review_channel,
    )


def third_party_remedy(
    *, decided_on: date, organ_kind: str, government_name: str, higher_government_name: str
) -> RemedyNotice:
    """The remedies of a third party over whose objection something is disclosed (第三方的救济告知, art 32).

    A disclosure is no 不予公开: reconsideration need not come first.
    """
    return remedy_paragraph(
        decided_on,
        "r3",
        ("provided",),
        organ_kind=organ_kind,
        government_name=government_name,
        higher_government_name=higher_government_name,
    )
