"""What the file of a request holds (申请的案卷)."""

from __future__ import annotations

from datetime import date

from gongkai.casework import letters
from gongkai.casework.dossier import sheets
from gongkai.casework.dossier.papers import Held, Piece, Sheet, file_name, piece
from gongkai.casework.files import papers_of
from gongkai.casework.keeping import kept_file
from gongkai.casework.models import Case, CaseFile
from gongkai.casework.queries import View
from gongkai.foundation.actors import Actor
from gongkai.rules.remedies.evidence import place_of


def held(found: View, reader: Actor, day: date) -> Held:
    """Everything of the case, after the reader was checked: sheets, its papers in the order they came, its letters."""
    written = (
        Sheet("application", sheets.application(found, day), "申请的内容、渠道和收到的日期"),
        Sheet("course", sheets.course(found, day), "各环节的时间、内容和经手岗位"),
        Sheet("clock", sheets.clock(found, day), "答复期限的起算、暂停、届满和实际答复的日期"),
    )
    case, rows = found.case, papers_of(reader, found.case)
    papers = [_paper(case, one, found.texts) for one in rows if one.purpose != CaseFile.Purpose.LETTER]
    # Every letter as it left, then what was put in as a scanned one; a voided letter left nobody's hands.
    issued = [_letter(one) for one in letters.letters_of(reader, case) if one.gone and one.row.kept_seq]
    put_in = [_paper(case, one, found.texts) for one in rows if one.purpose == CaseFile.Purpose.LETTER]
    return Held(case, written, (*papers, *issued, *put_in))


def _paper(case: Case, paper: CaseFile, texts: dict[str, str]) -> Piece:
    part, proves = place_of(paper.purpose)
    return piece(case, paper, texts, part=part.code, proves=proves)


def _letter(one: letters.Listed) -> Piece:
    part, proves = place_of(CaseFile.Purpose.LETTER)
    name = file_name(f"{one.title} {one.number}".strip(), "application/pdf")
    size = one.row.pdf.size if one.row.pdf is not None else 0
    return Piece(part.code, name, one.row.dated, size, lambda: kept_file(one.row, "pdf"), proves)
