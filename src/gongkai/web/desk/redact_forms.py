"""The boxes of one page as a form (涂黑的表单): read back as they were typed or drawn, nothing of it lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from gongkai.casework.redaction_boxes import Boxes, RedactionBox
from gongkai.foundation.kinds import Finding
from gongkai.rules.redaction import REDACTABLE, article_label, short_label

Option = tuple[str, str]
SIDES: dict[str, str] = {"left": "左", "top": "上", "right": "右", "bottom": "下"}
GROUNDS: tuple[Option, ...] = tuple(
    (code, f"{short_label(code)}（{article_label(code)}）") for code in REDACTABLE
)
FIRST_GROUND = "privacy"


@dataclass(frozen=True, slots=True)
class Row:
    """One box as the form shows it: what was typed, whether it makes a box, what is wrong with it."""

    number: int
    left: str = ""
    top: str = ""
    right: str = ""
    bottom: str = ""
    ground: str = ""
    note: str = ""
    error: str = ""

    @property
    def box(self) -> RedactionBox | None:
        """The box on page 0; None where the sides are no box."""
        sides = [_whole(one) for one in (self.left, self.top, self.right, self.bottom)]
        if any(side is None for side in sides):
            return None
        left, top, right, bottom = (side or 0 for side in sides)
        if not (left < right <= 1000 and top < bottom <= 1000):
            return None
        return RedactionBox(0, top, left, bottom, right, self.ground, self.note)

    @property
    def width(self) -> int:
        """How wide the box is, for its picture."""
        return self.box.right - self.box.left if self.box else 0

    @property
    def height(self) -> int:
        """How high the box is."""
        return self.box.bottom - self.box.top if self.box else 0

    @property
    def short(self) -> str:
        """Its ground in short."""
        return short_label(self.ground) if self.ground in REDACTABLE else "没有选理由"


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def rows_of(boxes: Sequence[RedactionBox], page: int) -> list[Row]:
    """The boxes of a page as rows."""
    here = [box for box in boxes if box.page == page]
    return [
        Row(n, str(b.left), str(b.top), str(b.right), str(b.bottom), b.ground, b.note)
        for n, b in enumerate(here, 1)
    ]


def posted_rows(posted: QueryDict) -> list[Row]:
    """The rows as they came back: those to be deleted and the empty ones left out."""
    dropped = set(posted.getlist("drop"))
    columns = [posted.getlist(name) for name in (*SIDES, "ground", "note")]
    found: list[Row] = []
    for index, values in enumerate(zip(*columns, strict=False), 1):
        left, top, right, bottom, ground, note = (value.strip() for value in values)
        if str(index) in dropped or not any((left, top, right, bottom, note)):
            continue
        row = Row(len(found) + 1, left, top, right, bottom, ground if ground in REDACTABLE else "", note)
        found.append(row if row.box else replace(row, error=_WRONG))
    return found


_WRONG = "位置要写整数，左小于右、上小于下，都在 0 到 1000 之间（页面的千分之几）。"


def wrong_rows(rows: Sequence[Row]) -> list[Finding]:
    """What cannot be read of the rows."""
    return [Finding(f"row-{row.number}", f"第 {row.number} 个框：{row.error}") for row in rows if row.error]


def posted_boxes(kept: Boxes, rows: Sequence[Row], posted: QueryDict, page: int) -> Boxes:
    """All boxes: those of other pages as they are kept, those of this page as they came back."""
    others = tuple(box for box in kept.boxes if box.page != page)
    here = tuple(replace(row.box, page=page) for row in rows if row.box is not None)
    also = tuple(posted.get("also", "").splitlines()) if "also" in posted else kept.also
    return Boxes((*others, *here), also, kept.accepted)
