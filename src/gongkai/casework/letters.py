"""The letters of a case for its readers (文书的查询): lists, files, what was not issued with its act, forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.casework import keeping
from gongkai.casework.composing import composed
from gongkai.casework.issuing import Leaving, issue_now
from gongkai.casework.letter_matter import Done, matter_of
from gongkai.casework.lives import life_of, seal_texts, texts_of
from gongkai.casework.models import Case, Letter
from gongkai.casework.readers import is_applicant, may_read
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.requests.leaving import FOLLOWS, ON_DEMAND
from gongkai.rules.requests.letters import LETTERS
from gongkai.rules.roles import Permission

ISSUED = "case.letter_issued"
FORM_MADE = "case.form_made"


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter as a list shows it (文书一行). ``gone``: it has left the house; ``signed``: it waits to be sent."""

    row: Letter
    title: str
    to: str
    gone: bool

    @property
    def number(self) -> str:
        """Its number, "" where it bears none."""
        return self.row.number


def letters_of(actor: Actor, case: Case) -> tuple[Listed, ...]:
    """The letters the reader may know of: every one for who reads the case; those that left, for their applicant."""
    rows = list(Letter.objects.select_related("pdf", "docx").filter(case=case))
    sent = {a.number for r in life_of(case).rounds for a in r.answers if a.sent_on is not None and a.number}
    listed = tuple(_listed(row, sent) for row in rows)
    if is_applicant(actor, case):
        return tuple(one for one in listed if one.gone and one.to == "applicant")
    return listed if may_read(actor, case) else ()


def _listed(row: Letter, sent: set[str]) -> Listed:
    kind = LETTERS[row.code]
    waits = row.code.startswith("reply-") and row.code not in _LEFT_WITH_THEIR_ACT
    return Listed(row, kind.title, kind.to, row.voided_seq is None and (not waits or row.number in sent))


# Replies that are told by the act itself; all others are signed first and sent later.
_LEFT_WITH_THEIR_ACT = frozenset({"reply-withdrawn", "reply-not-supplemented", "reply-fee-unpaid"})


def may_open(actor: Actor, case: Case) -> bool:
    """Whether the reader may open letters: who handles or approves; the applicant those that left."""
    works = (Permission.CASE_HANDLE, Permission.CASE_APPROVE)
    return is_applicant(actor, case) or any(actor.may(permission, case.organ) for permission in works)


def letter_at(actor: Actor, case: Case, place: int) -> Letter | None:
    """One letter, if the reader may open it; None alike where there is none."""
    if not may_open(actor, case):
        return None
    return next((one.row for one in letters_of(actor, case) if one.row.place == place), None)


def letter_file(actor: Actor, case: Case, place: int, kind: str, *, now: datetime) -> bytes | None:
    """A letter's file as it left (取文书原件); what a crash left unmade is made first.

    Raises files.FileMissing, personal.Unreadable, CaseworkRefused.
    """
    row = letter_at(actor, case, place)
    if row is None:
        return None
    return keeping.kept_file(keeping.keep_letter(row, now=now), kind)


def missing(case: Case) -> tuple[str, ...]:
    """Letters that could not be made with their act and still may be (还没有出的文书).

    None of a request whose day of receipt never came: there is nothing that a letter could confirm.
    """
    if case.received_on is None:
        return ()
    there = set(Letter.objects.filter(case=case, voided_seq=None).values_list("code", flat=True))
    done = {row.act for row in case.acts.all()}
    return tuple(code for act, code in FOLLOWS.items() if act in done and code not in there)


def issue_missing(case: Case, code: str, *, by: Actor, now: datetime) -> Letter:
    """Issue a letter whose act is done (补出文书), with its number and its own event.

    Raises CaseworkRefused with every fault, NotAllowed.
    """
    require(by, Permission.CASE_HANDLE, case.organ, "出文书")
    today = legal_day(now)
    with write_transaction():
        case = Case.objects.select_related("organ__parent", "applicant").get(pk=case.pk)
        if code not in missing(case):
            raise refused("", "这份文书已经出过，或者现在不用出。")
        seq = ledger.next_seq()
        act = next(row for row in reversed(list(case.acts.all())) if FOLLOWS.get(row.act) == code)
        done = Done(act.act, act.place, today, {}, by.ref)
        issued = issue_now(Leaving(case, life_of(case), texts_of(case), done, seq), code)
        seal_texts(case, issued.texts)
        case.latest_seq = seq
        case.save(update_fields=["latest_seq"])
        ledger.append(
            ISSUED,
            subject=case.ref,
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={**issued.open, "texts": sorted(issued.texts)},
            personal=issued.texts,
        )
    return Letter.objects.get(case=case, seq=seq)


def forms_of(case: Case) -> tuple[str, ...]:
    """The forms that can be made of the case now (可以生成的表单)."""
    life = life_of(case)
    answer = life.round.answer
    ready = {
        "registration": life.registered_on is not None,
        "receipt": case.received_on is not None,
        "approval": answer is not None,
        "search-record": any(r.searches for r in life.rounds),
        "service-proof": answer is not None and bool(answer.number),
    }
    return tuple(code for code in ON_DEMAND if ready.get(code, True))


def make_form(case: Case, code: str, *, by: Actor, now: datetime) -> OfficialDocument:
    """A form of the file (生成表单), from the record as it stands; that it was made goes on record.

    Raises CaseworkRefused, NotAllowed.
    """
    if by.public or not may_open(by, case):
        raise NotAllowed("没有生成表单的权限。由办理或者审核这件申请的人生成。")
    if code not in forms_of(case):
        raise refused("", "这件申请现在没有这份表单；从列出的几种里选。")
    document = composed(code, matter_of(case, legal_day(now))).document
    with write_transaction():
        # A form shows the applicant in clear: who had it made can be asked for.
        ledger.append(
            FORM_MADE,
            subject=case.ref,
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={"form": code},
        )
    return document
