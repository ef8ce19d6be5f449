"""The papers of a case (案卷材料): checked by what they are, encrypted, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.casework.file_checks import media_type_of
from gongkai.casework.lives import life_of, seal_texts
from gongkai.casework.models import Case, CaseFile, Dossier
from gongkai.casework.readers import is_applicant, may_read, works_on
from gongkai.casework.refusals import refused
from gongkai.foundation import files, ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile
from gongkai.rules.requests.states import STATES

ADDED = "case.file_added"
OPENED = "case.paper_opened"
_NAME = 200
MOST_FILES = 200
# What the people of the case put in; material of a part comes from the organ that works on it.
PURPOSES = [
    (value, str(label)) for value, label in CaseFile.Purpose.choices if value != CaseFile.Purpose.PART
]
# Whose opening is itself on record (身份证明、委托书).
ON_RECORD = frozenset({"identity", "authority"})


def add_file(
    case: Case,
    content: bytes,
    *,
    name: str,
    purpose: str,
    by: Actor,
    now: datetime,
    to_applicant: bool = False,
    taken_from: CaseFile | None = None,
) -> CaseFile:
    """Put a paper into a case (加材料). Raises CaseworkRefused for what it is not, NotAllowed.

    ``to_applicant``: the applicant may fetch it by the query code (the reply, what is disclosed). ``taken_from``:
    the material of another organ's part that it is a copy of.
    """
    _permit(case, by, to_applicant)
    if purpose not in dict(PURPOSES):
        raise refused("purpose", f"材料种类从这些里选：{'、'.join(label for _, label in PURPOSES)}。")
    new = NewPaper(
        media_type_of(content, name), len(content), name, purpose, by, now, to_applicant, None, taken_from
    )
    if to_applicant:
        _refuse_redacted(case, content)
    stored = keep_sealed(case, content)
    with write_transaction():
        case = Case.objects.select_related("organ").get(pk=case.pk)
        if is_applicant(by, case) and not STATES[case.state].open:
            raise refused("file", "这件申请已经办结，不能再加材料；有新的要求，另外提出申请。")
        return add_kept(case, stored, new)


def keep_sealed(dossier: Dossier, content: bytes) -> StoredFile:
    """A paper's bytes, encrypted and on the disk before the row that refers to them; without a row, no harm."""
    return files.keep(
        personal.seal_bytes(content, place=opens_at(dossier)),
        name=f"{dossier.number} 材料",
        media_type="application/octet-stream",
    )


def opens_at(dossier: Dossier) -> str:
    """The only place where a paper of the file opens."""
    return f"{dossier.ref} file"


def _refuse_redacted(case: Case, content: bytes) -> None:
    """A paper that was blackened is not given to the applicant as it was, under whatever name it comes again."""
    for paper in case.papers.filter(redacted_as__isnull=False, size=len(content)).distinct():
        if opened(paper) == content:
            raise refused(
                "file", f"这份就是第 {paper.place} 份材料的原件，已经涂黑后提供，原件不能再提供给申请人。"
            )


def opened(paper: CaseFile) -> bytes:
    """A paper's bytes, after the reader was checked. Raises files.FileMissing, personal.Unreadable."""
    return personal.open_bytes(files.read(paper.file.digest), place=opens_at(paper.case))


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper about to be added."""

    media_type: str
    size: int
    name: str
    purpose: str
    by: Actor
    now: datetime
    to_applicant: bool
    part: int | None = None
    taken_from: CaseFile | None = None
    came_from: CaseFile | None = None


def _permit(case: Case, by: Actor, to_applicant: bool) -> None:
    if is_applicant(by, case) and not to_applicant:
        return
    if by.public or not (by.may("case.handle", case.organ) or by.may("case.enter", case.organ)):
        raise NotAllowed("没有给这件申请加材料的权限。由办理这件申请的人加。")


def add_kept(case: Case, stored: StoredFile, new: NewPaper) -> CaseFile:
    """Put kept bytes into the case, on record; call inside the transaction that checked who may."""
    paper, texts = place_paper(case, stored, new, ledger.next_seq())
    ledger.append(
        ADDED,
        subject=case.ref,
        actor=new.by.ref,
        now=new.now,
        organ_code=case.organ.code,
        payload=added_payload(paper, stored),
        personal=texts,
    )
    return paper


def place_paper(case: Case, stored: StoredFile, new: NewPaper, seq: int) -> tuple[CaseFile, dict[str, str]]:
    """The row of a paper and its name; the event with number ``seq`` is its caller's. Raises CaseworkRefused."""
    number = case.papers.count() + 1
    if number > MOST_FILES:
        raise refused("file", f"一件申请最多放 {MOST_FILES} 份材料；合并后再加。")
    paper = CaseFile.objects.create(
        case=case,
        place=number,
        purpose=new.purpose,
        file=stored,
        media_type=new.media_type,
        size=new.size,
        to_applicant=new.to_applicant,
        part=new.part,
        taken_from=new.taken_from,
        came_from=new.came_from,
        added_by=new.by.ref,
        added_at=new.now,
        seq=seq,
    )
    texts = {name_token(number): " ".join(new.name.split())[-_NAME:] or "材料"}
    seal_texts(case, texts)
    Case.objects.filter(pk=case.pk).update(latest_seq=seq)
    return paper, texts


def added_payload(paper: CaseFile, stored: StoredFile) -> dict[str, object]:
    """What the ledger says openly of a paper; of another organ's part or case only where it comes from one."""
    origin: dict[str, object] = {} if paper.part is None else {"part": paper.part}
    if paper.taken_from is not None:
        origin["taken_from"] = paper.taken_from.place
    if paper.came_from is not None:
        origin["came_from"] = {"case": f"case:{paper.came_from.case_id}", "place": paper.came_from.place}
    return {
        **origin,
        "place": paper.place,
        "purpose": paper.purpose,
        "file": stored.ledger_name,
        "size": paper.size,
        "media_type": paper.media_type,
        "to_applicant": paper.to_applicant,
    }


def name_token(place: int) -> str:
    """The token of a paper's name."""
    return f"file.{place}.name"


def papers_of(actor: Actor, case: Case) -> list[CaseFile]:
    """The papers the reader may know of: all for whoever reads the case; for applicants their own and the reply's.

    What goes with a reply is there for the applicant once the reply is sent, never before.
    """
    rows = case.papers.select_related("file")
    if is_applicant(actor, case):
        answered, replaced = _answered_on(case), _replaced(case)
        return [
            p
            for p in rows
            if p.added_by == actor.ref or (p.pk not in replaced and _for_applicant(p, answered))
        ]
    return list(rows) if may_read(actor, case) else []


def _for_applicant(paper: CaseFile, answered: date | None) -> bool:
    """Whether a paper is the applicant's to see: information and proof once the answer they belong to has left."""
    if paper.purpose == CaseFile.Purpose.PROOF:
        return answered is not None
    if paper.purpose == CaseFile.Purpose.INFORMATION:
        return paper.to_applicant and answered is not None and legal_day(paper.added_at) <= answered
    return paper.to_applicant


def _answered_on(case: Case) -> date | None:
    """Up to which day papers were answered: for ever once the answer in hand has left; None before the first."""
    life = life_of(case)
    if life.round.answer is not None and life.round.answer.sent_on is not None:
        return date.max
    days = [answer.sent_on for round_ in life.rounds for answer in round_.answers]
    return max((one for one in days if one is not None), default=None)


def _replaced(case: Case) -> set[int]:
    """Redacted files in whose place a later one of the same paper was issued: what it leaves out is not given."""
    latest: dict[int, int] = {}
    issued = list(case.redactions.order_by("place").values_list("source_id", "issued_id"))
    for source, paper in issued:
        latest[source] = paper
    return {paper for source, paper in issued if latest[source] != paper}


def may_open(actor: Actor, case: Case) -> bool:
    """Whether the reader may open papers: the applicant those shown to them, else who handles or approves."""
    return is_applicant(actor, case) or works_on(actor, case)


def read_file(actor: Actor, case: Case, place: int, *, now: datetime) -> bytes | None:
    """Open a paper (取材料); None where there is none for this reader. Identity papers go on record first.

    Raises NotAllowed, files.FileMissing, personal.Unreadable.
    """
    paper = next((one for one in papers_of(actor, case) if one.place == place), None)
    if paper is None:
        return None
    if not may_open(actor, case):
        raise NotAllowed("没有打开材料的权限。由办理或者审核这件申请的人打开。")
    content = opened(paper)
    if paper.purpose in ON_RECORD and not is_applicant(actor, case):
        with write_transaction():
            ledger.append(
                OPENED,
                subject=case.ref,
                actor=actor.ref,
                now=now,
                organ_code=case.organ.code,
                payload={"place": place, "purpose": paper.purpose},
            )
    return content
