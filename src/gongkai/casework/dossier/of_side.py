"""What the file of a correction or a proposal holds (更正申请、建议的案卷): laid out as a request's."""

from __future__ import annotations

from datetime import date

from gongkai.casework.dossier import side_sheets
from gongkai.casework.dossier.papers import Held, Sheet, piece
from gongkai.casework.models import SideFile
from gongkai.casework.side.files import papers_of
from gongkai.casework.side.queries import SideView
from gongkai.foundation.actors import Actor

_P = SideFile.Purpose
# Where its papers go, by the parts of a request's file.
PARTS: dict[str, str] = {
    _P.APPLICATION: "application",
    _P.IDENTITY: "application",
    _P.AUTHORITY: "application",
    _P.EVIDENCE: "application",
    _P.CHECK: "course",
    _P.OTHER: "course",
    _P.LETTER: "letters",
    _P.PROOF: "service",
}


def held(found: SideView, reader: Actor, day: date) -> Held:
    """Everything of one, after the reader was checked: sheets, its papers and its letter in the order they came."""
    sheets = (
        Sheet("application", side_sheets.application(found, day)),
        Sheet("course", side_sheets.course(found, day)),
        Sheet("clock", side_sheets.clock(found, day)),
    )
    papers = (
        piece(found.side, one, found.texts, part=PARTS[one.purpose]) for one in papers_of(reader, found.side)
    )
    return Held(found.side, sheets, tuple(papers))
