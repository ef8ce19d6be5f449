"""The elements of a letter from the record (由记录得出的要件): what nobody knows stays missing, nothing is guessed.

A value is a clause without a final stop, so that a template may put it into its own sentence; days are printed
as 2021年10月15日.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gongkai.casework import file_values, letter_articles
from gongkai.casework.codes import grouped
from gongkai.casework.earlier import earlier_said
from gongkai.casework.file_values import form_rows
from gongkai.casework.letter_matter import Matter
from gongkai.casework.letter_settings import WHERE, LetterNeeds
from gongkai.casework.models import Letter
from gongkai.foundation.models import Organ
from gongkai.rules.citations import cite
from gongkai.rules.documents import printed
from gongkai.rules.remedy_notice import RemedyNotice, RemedyRefused, remedy_paragraph
from gongkai.rules.requests.answer_words import ORGANISATION, PERSON, basis_words, decision_words
from gongkai.rules.requests.facts import Answer
from gongkai.rules.requests.forms import listed
from gongkai.rules.requests.leaving import grounds_of
from gongkai.rules.requests.letters import LETTERS, must_hold
from gongkai.rules.requests.life import receipt
from gongkai.rules.requests.record_words import passages_words, searches_words
from gongkai.rules.requests.reply_clock import reply_clock

# Elements for which a person may have to say what no record holds; written on the draft.
FREE = ("decision", "access", "responsible", "earlier", "special", "search")


@dataclass(slots=True)
class Values:
    """The elements by code, and where one cannot be said, why (缺的原因)."""

    known: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


class Unsaid(Exception):
    """An element that cannot be said, with the cure."""


def values_of(code: str, matter: Matter, number: str = "") -> Values:
    """The elements a letter must hold, as the record gives them."""
    found = Values()
    for element in must_hold(LETTERS[code], grounds_of(code, matter.life)):
        if element == "number":
            found.known[element] = number
            continue
        try:
            said = _VALUES[element](matter, code).strip()
        except Unsaid as unsaid:
            said, found.notes[element] = "", str(unsaid)
        written = matter.filled.get(element, "").strip() if element in FREE else ""
        # The conclusion follows from outcome and grounds; only where these have no set words is it written.
        found.known[element] = said or written if element == "decision" else written or said
    return found


def outcome_of(code: str, matter: Matter) -> tuple[str, tuple[str, ...]]:
    """The outcome and grounds a reply tells of."""
    lapse = matter.life.round.lapse
    if code in ("reply-not-supplemented", "reply-fee-unpaid") and lapse is not None:
        return lapse.outcome, grounds_of(code, matter.life)
    if code == "reply-withdrawn":
        return "r23", ("withdrawn",)
    answer = _answer(matter)
    return answer.outcome, answer.grounds


def _answer(matter: Matter) -> Answer:
    answer = matter.life.round.answer
    if answer is None:
        raise Unsaid("还没有作出决定；先“作出决定”。")
    return answer


def _addressee(matter: Matter, code: str) -> str:
    match LETTERS[code].to:
        case "third-party":
            name = str(matter.asked().get("whom_name", ""))
            if not name:
                raise Unsaid("缺收件人：第三方的姓名或者名称没有写；在“征求第三方意见”里写，加密保存。")
            return name
        case "organ":
            return str(matter.given.get("whom") or matter.given.get("organ") or "")
    return matter.texts.get("applicant.name", "")


def _received(matter: Matter, code: str) -> str:
    day = receipt(matter.life).day
    return printed(day) if day is not None else ""


def _request(matter: Matter, code: str) -> str:
    """The request in the applicant's own words, supplemented; a name or number asked for stands before them."""
    title, number, words = (
        matter.texts.get(f"filing.{name}", "") for name in ("title", "document_number", "description")
    )
    lead = [one for one in (title, number) if one and one not in words]
    later = [
        f"{printed(one.on)}补正：{one.given['note']}"
        for one in matter.acts
        if one.act == "receive_supplement" and one.given.get("note")
    ]
    return "；".join(["，".join([*lead, words]), *later]) if words else ""


def _basis(matter: Matter, code: str) -> str:
    if code.startswith("reply-") and code != "reply-withdrawn" or code == "approval":
        return basis_words(*outcome_of(code, matter))
    return cite(letter_articles.provisions_of(code, matter.life, matter.consultation))


def _decision(matter: Matter, code: str) -> str:
    if code == "third-party-notice":
        return "本机关决定予以公开"
    return decision_words(
        *outcome_of(code, matter), you=ORGANISATION if matter.organisation(code) else PERSON
    )


def _reason(matter: Matter, code: str) -> str:
    match code:
        case "third-party-notice":
            you = ORGANISATION if matter.organisation(code) else PERSON
            return letter_articles.over_objection(_answer(matter), matter.consultation, you)
        case "extension":
            extension = matter.life.round.extension
            return extension.reason if extension else ""
        case "delay" | "fee-cancelled":
            return str(matter.given.get("reason", ""))
        case "reply-not-supplemented" | "reply-fee-unpaid":
            found = matter.last("lapse_supplement", "lapse_fee")
            return str(found.given.get("reason", "")) if found else ""
    return _answer(matter).reason


def remedy_of(
    organ: Organ,
    on: date,
    outcome: str,
    grounds: Iterable[str],
    *,
    government_name: str,
    needs: LetterNeeds,
    act: str = "本答复",
) -> RemedyNotice:
    """The remedies by the letter's own day (救济告知); the online channel stands in it wherever the organ has one.

    Raises Unsaid where a name is missing, with where to set it.
    """
    try:
        return remedy_paragraph(
            on, outcome, grounds,
            organ_kind=organ.kind, government_name=government_name,
            higher_government_name=needs.higher_government, court_name=needs.court_name or None,
            via_internet=bool(needs.review_channel), review_channel=needs.review_channel or None,
            higher_department_name=needs.leading_department or None, act=act,
        )  # fmt: skip
    except RemedyRefused as refused:
        if organ.kind == "government" and not needs.higher_government:
            raise Unsaid(f"缺上一级人民政府的名称，写不出救济途径；{WHERE}。") from refused
        raise Unsaid(str(refused)) from refused


def _remedy(matter: Matter, code: str) -> str:
    # A disclosure over an objection is no 不予公开: reconsideration need not come first.
    told = code == "third-party-notice"
    outcome, grounds = ("r3", ("provided",)) if told else outcome_of(code, matter)
    return remedy_of(
        matter.case.organ, matter.on, outcome, grounds,
        government_name=matter.government_name, needs=matter.needs, act="本决定" if told else "本答复",
    ).text  # fmt: skip


def _access(matter: Matter, code: str) -> str:
    decided = matter.last("decide", "correct")
    return str(decided.given.get("access", "")) if decided else ""


def _search(matter: Matter, code: str) -> str:
    if code == "search-record":
        return listed(code, form_rows(code, matter))
    return searches_words(one for round_ in matter.life.rounds for one in round_.searches)


def _responsible(matter: Matter, code: str) -> str:
    if code == "forward":
        return f"{matter.given.get('organ', '')}（{matter.given.get('contact', '')}）"
    sent = [one for round_ in matter.life.rounds for one in round_.forwards]
    return f"{sent[-1].organ}（{sent[-1].contact}）" if sent else ""


def _term(matter: Matter, code: str) -> str:
    match code:
        case "consult-third-party" | "consult-joint-organ":
            return "自收到本征求意见书之日起15个工作日内"
        case "fee-notice":
            return "收到本通知书次日起20个工作日内"
    day = matter.given.get("term_on")
    return f"{printed(day)}以前（含当日）" if isinstance(day, date) else ""


def _consequence(matter: Matter, code: str) -> str:
    match code:
        case "supplement":
            return "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请"
        case "fee-notice":
            return "逾期未按要求缴纳费用的，视为放弃申请，本机关不再处理该政府信息公开申请"
    return letter_articles.silence(code, matter.consultation)


def _new_due(matter: Matter, code: str) -> str:
    if code == "delay":
        delay = matter.life.round.delay
        return f"延迟至{printed(delay.until)}答复" if delay else ""
    extension = matter.life.round.extension
    clock = reply_clock(matter.life, matter.calendar, matter.on)
    if extension is None or clock.due is None:
        raise Unsaid(f"缺延长后的日期：{clock.note}")
    return f"延长{extension.days}个工作日，至{printed(clock.due)}"


def _approved(matter: Matter, code: str) -> str:
    extension = matter.life.round.extension
    day = extension.approved_on if extension else None
    return printed(day) if day else ""


def _content(matter: Matter, code: str) -> str:
    content = str(matter.given.get("content") or matter.asked().get("content") or "")
    if not content:
        raise Unsaid("缺拟公开的内容。在“拟公开的内容”里写明涉及对方的内容，够对方判断，不多写。")
    return content


def _standard(matter: Matter, code: str) -> str:
    notice = matter.life.round.fee_notice
    if notice is None:
        return ""
    how = "按件计收" if notice.method == "case" else "按量计收"
    return f"{how}：{'；'.join(notice.fee.steps)}"


def _amount(matter: Matter, code: str) -> str:
    notice = matter.life.round.fee_notice
    return f"{format(Decimal(notice.fee.amount_fen) / 100, 'f')}元" if notice else ""


def _payment(matter: Matter, code: str) -> str:
    if not matter.needs.payment:
        raise Unsaid(f"缺缴纳方式。由审核人或者单位负责人{WHERE}“缴纳方式、账户”。")
    return matter.needs.payment


def _due(matter: Matter, code: str) -> str:
    clock = reply_clock(matter.life, matter.calendar, matter.on)
    return f"最迟于{printed(clock.due)}答复" if clock.due is not None else clock.note


def _query(matter: Matter, code: str) -> str:
    return f"申请编号{matter.case.number}，查询码{grouped(matter.case.query_code)}"


def _original(matter: Matter, code: str) -> str:
    """The letter that is corrected or cancelled: the last one of its kind that stands."""
    rows = Letter.objects.filter(case=matter.case, voided_seq=None)
    if code == "fee-cancelled":
        found = rows.filter(code="fee-notice").order_by("-place").first()
    else:
        found = rows.filter(code__startswith="reply-").order_by("-place").first()
    if found is not None:
        return f"{found.number}《{LETTERS[found.code].title.partition('（')[0]}》（{printed(found.dated)}）"
    before = [a for round_ in matter.life.rounds for a in round_.answers if a.number and a.signed_on]
    last = before[-1] if before and code != "fee-cancelled" else None
    return f"{last.number}（{printed(last.signed_on)}）" if last is not None and last.signed_on else ""


def _earlier(matter: Matter, code: str) -> str:
    """The answer chosen with the decision, from its own record; one from before the system is written by hand."""
    decided = matter.last("decide", "correct")
    number = str(decided.given.get("earlier", "")) if decided else ""
    return earlier_said(matter.case, number) if number else ""


def _by_hand(element: str) -> Callable[[Matter, str], str]:
    return lambda matter, code: matter.filled.get(element, "")


_VALUES: Mapping[str, Callable[[Matter, str], str]] = {
    "addressee": _addressee,
    "received": _received,
    "request": _request,
    "basis": _basis,
    "decision": _decision,
    "reason": _reason,
    "remedy": _remedy,
    "seal": lambda matter, code: matter.organ_name,
    "date": lambda matter, code: printed(matter.on),
    "access": _access,
    "search": _search,
    "responsible": _responsible,
    "passages": lambda matter, code: passages_words(_answer(matter).passages),
    "earlier": _earlier,
    "special": _by_hand("special"),
    "matters": lambda matter, code: str(matter.given.get("matters", "")),
    "term": _term,
    "consequence": _consequence,
    "new_due": _new_due,
    "approved": _approved,
    "content": _content,
    "part": lambda matter, code: str(matter.given.get("what", "")),
    "standard": _standard,
    "amount": _amount,
    "payment": _payment,
    "query": _query,
    "due": _due,
    "original": _original,
    **file_values.VALUES,
}
