"""What redaction speaks of (涂黑的说法): boxes, letters, what was found, what was proven; and its limits."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 500
# A photographed A3 page at 600 dpi; a flood has a hundred times as many.
MOST_PIXELS = 80_000_000
MOST_ISSUED = 60 * 1024 * 1024
MOST_BOXES = 2000
MOST_LETTERS = 40_000
# Boxes are in thousandths of the page as it is shown.
WHOLE = 1000


class RedactionRefused(Exception):
    """The file cannot be worked on, or not be issued; the message says why and the cure."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle to be blackened (涂黑的框), in thousandths of the page as shown, from its upper left corner.

    ``marks``: what it may bear, the longest first; the first is also read aloud.
    """

    page: int
    left: int
    top: int
    right: int
    bottom: int
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a page's text layer (一个字), with its place in thousandths of the page as shown.

    ``seen``: the picture of the page shows it; white, covered and hidden text is not seen.
    ``breaks``: a blank or a new line stands before it. ``line``: which line of the page it stands on, counted.
    ``turn``: which way the line runs as shown, in quarters clockwise (0 to the right, 1 down).
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    seen: bool = True
    breaks: bool = False
    line: int = 0
    turn: int = 0

    @property
    def along(self) -> tuple[float, float]:
        """Where it begins and ends in the direction of its line."""
        sides = (
            (self.left, self.right),
            (self.top, self.bottom),
            (-self.right, -self.left),
            (-self.bottom, -self.top),
        )
        return sides[self.turn]

    @property
    def across(self) -> tuple[float, float]:
        """Where it begins and ends across its line."""
        return (self.top, self.bottom) if self.turn % 2 == 0 else (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a source (一页): its size in points as shown, and its letters."""

    width: float
    height: float
    letters: tuple[Letter, ...] = ()
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that must not be in an issued file (泄露): on which page (0: the file), what kind, which words."""

    page: int
    kind: str
    words: str = ""


# Where the proof looks, with what each kind of finding is called.
KINDS: dict[str, str] = {
    "text": "看得见、看不见的文字（含白字、隐藏字）",
    "content": "页面内容流和字体的对应表",
    "string": "所有对象里的字符串和数据流",
    "metadata": "文件属性和元数据",
    "attachment": "附件、批注、表单和脚本",
    "revision": "以前的版本和文件尾后的内容",
    "structure": "不是本系统写入的对象",
    "pixels": "框下的像素",
    "source": "原文件的数据流",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What reopening an issued file showed (证明): nothing found, or every leak.

    ``searched``: how many words and fragments were looked for; ``short``: removed pieces of one character,
    which cannot be told apart in a text; ``places``: how many things of each kind were looked through.
    """

    digest: str
    pages: int
    boxes: int
    searched: int
    short: int
    places: dict[str, int] = field(default_factory=dict)
    leaks: tuple[Leak, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was found: only then the file may be issued."""
        return not self.leaks
