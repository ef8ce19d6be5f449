"""Which letters leave the house with an act (随动作发出的文书): without them whole, the act is not done."""

from __future__ import annotations

from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.letters import LETTERS, Letter, reply_letter

# The act is the letter: it says something to somebody, and is nothing without having said it.
_LEAVING: dict[str, tuple[str, ...]] = {
    "ask_supplement": ("supplement",),
    "ask_reasons": ("reasons",),
    "consult_third_party": ("consult-third-party", "consult-confirmation", "consult-applicant"),
    "consult_organ": ("consult-joint-organ", "consult-applicant"),
    "tell_third_party": ("third-party-notice",),
    "tell_extension": ("extension",),
    "delay": ("delay",),
    "forward": ("forward",),
    "assign_part": ("co-handling",),
    "issue_fee": ("fee-notice",),
    "cancel_fee": ("fee-cancelled",),
}
# These hold without their letter: a receipt confirms a day that has come, a confirmation what another did.
FOLLOWS: dict[str, str] = {"confirm": "receipt", "withdraw": "reply-withdrawn"}
LEAVING_ACTS = frozenset({*_LEAVING, "tell_lapse"})
_LAPSED = {"r21": "reply-not-supplemented", "r22": "reply-fee-unpaid"}
# Forms that are made when somebody asks for them, and stay in the file.
ON_DEMAND = ("application", "registration", "receipt", "approval", "search-record", "service-proof")


def answer_letter(life: Life) -> Letter | None:
    """The letter of the answer in hand (答复书的种类); None before a decision."""
    answer = life.round.answer
    if answer is None:
        return None
    return LETTERS["reply-correction"] if answer.corrects else reply_letter(answer.outcome, answer.grounds)


def leaving(act: str, life: Life) -> tuple[str, ...]:
    """The letters an act sends, by the facts as it leaves them; none for acts that say nothing outside."""
    if act == "sign":
        letter = answer_letter(life)
        return (letter.code,) if letter else ()
    if act == "tell_lapse":
        return (_LAPSED[life.round.lapse.outcome],) if life.round.lapse else ()
    return _LEAVING.get(act, ())


def grounds_of(code: str, life: Life) -> tuple[str, ...]:
    """The grounds a reply rests on (所依据的理由); none for other letters."""
    answer = life.round.answer
    if code in _LAPSED.values():
        return ("not-supplemented",) if code == "reply-not-supplemented" else ("fee-unpaid",)
    if code == "reply-withdrawn" or not code.startswith("reply-") or answer is None:
        return ()
    return answer.grounds
