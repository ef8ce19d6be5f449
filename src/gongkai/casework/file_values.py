"""The boxes of the forms (表单的栏目): who asked, who handled and agreed, what was searched; the rest is for a hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.casework.filing_checks import DELIVERIES, FORMS
from gongkai.casework.letter_matter import Matter
from gongkai.foundation.models import Account
from gongkai.rules import service
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.documents import printed
from gongkai.rules.identifiers import ID_TYPES
from gongkai.rules.receipt import CHANNELS
from gongkai.rules.requests.forms import DETAILS, listed
from gongkai.rules.requests.leaving import answer_letter
from gongkai.rules.requests.life import receipt
from gongkai.rules.requests.reply_clock import reply_clock

Rows = tuple[tuple[str, ...], ...]
# The boxes of the application, by the words that were filed: a person's and an organisation's differ.
_PERSON = {
    "name": "applicant.name", "id_number": "applicant.id_number", "phone": "applicant.phone",
    "address": "applicant.address", "email": "applicant.email",
}  # fmt: skip
_ORGANISATION = {
    "org_name": "applicant.name", "credit_code": "applicant.id_number", "org_phone": "applicant.phone",
    "org_address": "applicant.address", "org_email": "applicant.email",
    "legal_representative": "applicant.representative",
}  # fmt: skip
_AGENT = {"agent": "agent.name", "agent_id": "agent.id_number", "agent_phone": "agent.phone"}
# Who agreed to the reply, by the act that said so.
_STEPS = (("经办人意见", "decide"), ("送审", "submit"), ("签发意见", "sign"))


def contact_of(matter: Matter) -> str:
    """Whom to ask (联系方式): as set, else the disclosure office with its telephone."""
    organ = matter.case.organ
    known = [organ.disclosure_office, f"电话{organ.phone}" if organ.phone else ""]
    return matter.needs.contact or "，".join(one for one in known if one)


def form_rows(code: str, matter: Matter) -> Rows:
    """The lines of a form (表单的明细)."""
    if code == "search-record":
        searches = [one for round_ in matter.life.rounds for one in round_.searches]
        return tuple((s.on.isoformat(), s.where, s.words, s.by, str(s.found)) for s in searches)
    return _steps(matter) if code == "approval" else ()


def _steps(matter: Matter) -> Rows:
    """The steps taken on the answer in hand; none before it is signed, so that there is room for hands."""
    answer = matter.life.round.answer
    if answer is None or answer.signed_on is None:
        return ()
    names = {a.ref: a.display_name for a in Account.objects.filter(pk__in=_accounts(matter))}
    found = []
    for step, act in _STEPS:
        done = matter.last(act) or (matter.last("correct") if act == "decide" else None)
        if done is not None:
            found.append((step, _opinion(act, answer.reason), names.get(done.actor, ""), printed(done.on)))
    return tuple(found)


def _opinion(act: str, reason: str) -> str:
    return {"decide": reason, "submit": "送审。", "sign": "签发。"}[act]


def _accounts(matter: Matter) -> list[int]:
    refs = {one.actor for one in matter.acts if one.actor.startswith("account:")}
    return [int(ref.partition(":")[2]) for ref in refs]


def form_details(code: str, matter: Matter) -> dict[str, str]:
    """What else stands in the boxes of a form, as far as the record knows it."""
    texts, case = matter.texts, matter.case
    if code == "application":
        return _application(matter)
    day, letter = receipt(matter.life).day, answer_letter(matter.life)
    answer, clock = matter.life.round.answer, reply_clock(matter.life, matter.calendar, matter.on)
    known = {
        "case_number": case.number,
        "applicant": texts.get("applicant.name", ""),
        "received": printed(day) if day else "",
        "due": printed(clock.due) if clock.due else clock.note,
        "contact": contact_of(matter) if code == "consult-confirmation" else _reach(texts),
        "channel": CHANNELS[case.channel].label,
        "form_wanted": wanted(matter),
        "handler": case.handler.display_name if case.handler else "",
        "letter": letter.title if letter else "",
        "method": service.METHODS.get(answer.method, "") if answer else "",
        "term": "自收到征求意见书之日起15个工作日内",
    }
    if code == "consult-confirmation":
        known["letter"] = matter.number
    return {name: words for name, words in known.items() if name in DETAILS[code] and words}


def _application(matter: Matter) -> dict[str, str]:
    texts, case = matter.texts, matter.case
    person = case.applicant_class == "natural"
    tokens = {**(_PERSON if person else _ORGANISATION), **_AGENT}
    found = {name: texts[token] for name, token in tokens.items() if texts.get(token)}
    known = ID_TYPES.get(case.applicant.id_type)
    if person and known:
        found["id_kind"] = known.label
    if not person:
        found["org_class"] = APPLICANT_CLASSES[case.applicant_class].label
    return found


def _reach(texts: Mapping[str, str]) -> str:
    return "，".join(
        texts[t] for t in ("applicant.phone", "applicant.email", "applicant.address") if texts.get(t)
    )


def wanted(matter: Matter) -> str:
    """In which form and how the applicant wants it (形式要求)."""
    form, delivery = FORMS.get(matter.case.form, ""), DELIVERIES.get(matter.case.delivery, "")
    return "，".join(one for one in (form, delivery) if one)


def _document(matter: Matter, code: str) -> str:
    answer, letter = matter.life.round.answer, answer_letter(matter.life)
    if answer is None or letter is None or not answer.number:
        return ""
    return f"《{letter.title.partition('（')[0]}》（{answer.number}）"


def _signatures(matter: Matter, code: str) -> str:
    rows = form_rows("approval", matter)
    return listed("approval", rows) if rows else ""


VALUES: Mapping[str, Callable[[Matter, str], str]] = {
    "applicant": lambda matter, code: matter.texts.get("applicant.name", ""),
    "form_wanted": lambda matter, code: wanted(matter),
    "signatures": _signatures,
    "document": _document,
    # Left to a hand, and to the archive's own list.
    "opinion": lambda matter, code: "",
    "signed_for": lambda matter, code: "",
    "index": lambda matter, code: "",
}
