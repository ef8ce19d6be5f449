"""The boxes of a redaction as people draw them (涂黑的框): each with its ground; checked, and kept sealed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from gongkai.casework.refusals import refused
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.kinds import Finding
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.redaction import REDACTABLE, marks, short_label

MOST_BOXES, MOST_NOTE, MOST_WORDS, MOST_WORD = 2000, 200, 100, 100
WHOLE = 1000


@dataclass(frozen=True, slots=True, order=True)
class RedactionBox:
    """One box (一个框): its page from 1, its sides in thousandths of the page as shown, its ground and a note."""

    page: int
    top: int
    left: int
    bottom: int
    right: int
    ground: str = ""
    note: str = ""

    def drawn(self) -> dict[str, Any]:
        """As the drawing takes it, with the marks of its ground."""
        sides = {name: getattr(self, name) for name in ("page", "left", "top", "right", "bottom")}
        return {**sides, "marks": list(marks(self.ground)) if self.ground in REDACTABLE else []}


@dataclass(frozen=True, slots=True)
class Boxes:
    """All that is drawn on one paper (涂黑的内容).

    ``also``: further words that must not be in the file, for scans without text. ``accepted``: removed words
    that a person read elsewhere in the paper and left there.
    """

    boxes: tuple[RedactionBox, ...] = ()
    also: tuple[str, ...] = ()
    accepted: tuple[str, ...] = field(default=())

    def to_json(self) -> str:
        """As it is sealed."""
        return canonical_json(
            {
                "boxes": [asdict(b) for b in self.boxes],
                "also": list(self.also),
                "accepted": list(self.accepted),
            }
        )


def boxes_from_json(text: str) -> Boxes:
    """Boxes again."""
    said = json.loads(text)
    return Boxes(
        tuple(RedactionBox(**one) for one in said["boxes"]), tuple(said["also"]), tuple(said["accepted"])
    )


def tidy(boxes: Boxes) -> Boxes:
    """The same, in order, each box once, words without blanks around them."""
    words = tuple(dict.fromkeys(one.strip() for one in boxes.also if one.strip()))
    accepted = tuple(dict.fromkeys(one.strip() for one in boxes.accepted if one.strip()))
    return Boxes(tuple(sorted(set(boxes.boxes))), words, accepted)


def check_drawn(boxes: Boxes) -> None:
    """What even a draft must be. Raises CaseworkRefused."""
    if len(boxes.boxes) > MOST_BOXES:
        raise refused("boxes", f"一份材料最多 {MOST_BOXES} 个框；大片的用一个大框，或者把文件分成几份。")
    if any(len(one.note) > MOST_NOTE for one in boxes.boxes):
        raise refused("boxes", f"框的备注最多 {MOST_NOTE} 个字，写短一些。")
    if len(boxes.also) > MOST_WORDS or any(len(one) > MOST_WORD for one in boxes.also):
        raise refused("also", f"另外要查的词最多 {MOST_WORDS} 个，每个 {MOST_WORD} 字以内。")
    for number, box in enumerate(boxes.boxes, 1):
        if not (0 <= box.left < box.right <= WHOLE and 0 <= box.top < box.bottom <= WHOLE and box.page > 0):
            raise refused(
                "boxes",
                f"第 {number} 个框（第 {box.page} 页）的位置不对：左小于右，上小于下，都在 0 到 1000 之间。",
            )


def findings(boxes: Sequence[RedactionBox]) -> list[Finding]:
    """What keeps boxes from being issued: none at all, or a box without its ground."""
    if not boxes:
        return [Finding("boxes", "还没有框；先画出不公开的部分。全部可以公开的，不用涂黑，直接提供。")]
    bare = Counter(box.page for box in boxes if box.ground not in REDACTABLE)
    return [
        Finding("boxes", f"第 {page} 页有 {count} 个框没有选理由；逐个选好，条例第三十七条要求说明理由。")
        for page, count in sorted(bare.items())
    ]


def by_ground(boxes: Iterable[RedactionBox]) -> dict[str, int]:
    """How many boxes each ground has, in the order of the list of grounds."""
    counted = Counter(box.ground for box in boxes)
    return {code: counted[code] for code in GROUNDS if counted[code]}


def in_words(boxes: Iterable[RedactionBox]) -> str:
    """个人隐私 3 处、商业秘密 1 处."""
    return "、".join(f"{short_label(code)} {count} 处" for code, count in by_ground(boxes).items())
