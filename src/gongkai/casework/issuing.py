"""Issuing letters inside an act (随动作出文书): composed, checked, numbered and sealed in the act's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gongkai.casework.composing import Composed, composed
from gongkai.casework.draft_text import Draft
from gongkai.casework.drafting import draft_of
from gongkai.casework.letter_content import digest_of, sealed_content, seen_digest
from gongkai.casework.letter_matter import Done, Matter, matter_of
from gongkai.casework.letter_numbers import following, letter_code, take_number
from gongkai.casework.lives import life_of, texts_of
from gongkai.casework.models import Case, Letter
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.leaving import FOLLOWS, answer_letter, leaving
from gongkai.rules.requests.letters import LETTERS


@dataclass(frozen=True, slots=True)
class Issued:
    """What an act did to the letters: ``open`` for the event, ``texts`` to seal beside the act's own."""

    open: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leaving:
    """An act about to send letters: the facts and words as it leaves them. ``seen``: what the person looked at."""

    case: Case
    life: Life
    texts: Mapping[str, str]
    act: Done
    seq: int
    seen: str = ""


def issue(going: Leaving) -> Issued:
    """The letters of the act, in its transaction. Raises CaseworkRefused with every fault; nothing is written then."""
    name = going.act.act
    if name == "submit":
        return _submitted(going)
    if name == "withdraw_signature":
        return _voided(going)
    codes = leaving(name, going.life)
    if codes:
        made: list[Composed] = []
        for code in codes:
            made.append(_made(going, code, made[0].document.number if made else ""))
        return _write(going, made)
    if name in FOLLOWS:
        return _following(going, FOLLOWS[name])
    return Issued()


def _matter(going: Leaving) -> Matter:
    draft = draft_of(going.case, going.texts) if going.act.act in ("submit", "sign") else None
    return matter_of(
        going.case, going.act.on, life=going.life, texts=going.texts, act=going.act,
        filled=draft.filled if draft else None,
    )  # fmt: skip


def _made(going: Leaving, code: str, first: str = "") -> Composed:
    """One letter with its number; ``first``: that of the letter it goes with. Raises CaseworkRefused."""
    found = _compose(going, code, _number(going, code), first)
    if found.faults:
        raise CaseworkRefused(*found.faults)
    if going.seen and code.startswith("reply-") and seen_digest(found.document) != going.seen:
        raise refused("", "打开以后，要签发的内容变了（模板、设置或者草稿改过）；看过现在的内容再签发。")
    return found


def _compose(going: Leaving, code: str, number: str, first: str = "") -> Composed:
    draft = draft_of(going.case, going.texts) if going.act.act in ("submit", "sign") else None
    return composed(code, replace(_matter(going), number=first), number=number, draft=draft)


def _number(going: Leaving, code: str) -> str:
    """The number of the letter, taken at once, so that the next letter of the act has the next one."""
    if not LETTERS[code].numbered:
        return ""
    if going.act.act == "sign":
        number = str(going.act.given["number"])
    else:
        number = following(going.case.organ, going.act.on.year)
    take_number(going.case, number, seq=going.seq)
    return number


def _following(going: Leaving, code: str) -> Issued:
    """The letter of an act that holds without it: where it cannot be made now, it is issued later."""
    try:
        number = following(going.case.organ, going.act.on.year) if LETTERS[code].numbered else ""
    except CaseworkRefused:
        return Issued()
    found = _compose(going, code, number)
    if found.faults:
        return Issued()
    if number:
        take_number(going.case, number, seq=going.seq)
    return _write(going, [found])


def issue_now(going: Leaving, code: str) -> Issued:
    """One letter whose act is done already, inside an action of its own. Raises CaseworkRefused."""
    return _write(going, [_made(going, code)])


def _submitted(going: Leaving) -> Issued:
    """What is handed in for review is whole but for its number; its fingerprint goes on record."""
    letter = answer_letter(going.life)
    if letter is None:
        return Issued()
    found = _compose(going, letter.code, "")
    wrong = tuple(fault for fault in found.faults if fault.column != "number")
    if wrong:
        raise CaseworkRefused(*wrong)
    return Issued({"draft": {"code": letter.code, "digest": seen_digest(found.document)}})


def _voided(going: Leaving) -> Issued:
    """The letter of the signature that is withdrawn; its number stays used."""
    rows = Letter.objects.filter(case=going.case, voided_seq=None, code__startswith="reply-")
    row = rows.exclude(code="reply-withdrawn").order_by("-place").first()
    if row is None:
        return Issued()
    row.voided_seq = going.seq
    row.save(update_fields=["voided_seq"])
    return Issued({"voided_letter": row.place})


def _write(going: Leaving, letters: list[Composed]) -> Issued:
    place = Letter.objects.filter(case=going.case).count()
    rows, said, texts = [], [], {}
    for n, one in enumerate(letters, place + 1):
        content = sealed_content(one.document)
        row = Letter(
            case=going.case,
            place=n,
            act_place=going.act.place,
            code=one.code,
            number=one.document.number,
            dated=one.document.dated,
            digest=digest_of(content),
            seq=going.seq,
        )
        rows.append(row)
        said.append(open_values(row))
        texts[row.token] = content
    Letter.objects.bulk_create(rows)
    return Issued({"letters": said}, texts)


def open_values(row: Letter) -> dict[str, Any]:
    """What the ledger says openly of a letter."""
    return {
        "place": row.place,
        "code": row.code,
        "number": row.number,
        "dated": row.dated.isoformat(),
        "digest": row.digest,
    }


def reply_preview(
    case: Case,
    on: date,
    *,
    number: str = "",
    draft: Draft | None = None,
    texts: Mapping[str, str] | None = None,
) -> Composed | None:
    """The reply in hand as it would leave on that day (答复书预览), with its draft; None before a decision."""
    known = texts if texts is not None else texts_of(case)
    life = life_of(case)
    letter = answer_letter(life)
    if letter is None:
        return None
    own = draft if draft is not None else draft_of(case, known)
    act = Done("sign", case.acts.count() + 1, on, {"number": number})
    matter = matter_of(case, on, life=life, texts=known, act=act, filled=own.filled)
    return composed(letter.code, matter, number=number, draft=own)


def act_preview(going: Leaving) -> list[Composed]:
    """The letters an act would send (文书预览), with the numbers they would have; nothing is written."""
    made: list[Composed] = []
    taken = 0
    for code in leaving(going.act.act, going.life):
        number = ""
        if LETTERS[code].numbered and letter_code(going.case.organ):
            number = following(going.case.organ, going.act.on.year, ahead=taken)
            taken += 1
        made.append(_compose(going, code, number, made[0].document.number if made else ""))
    return made
