"""An official document as content (公文的内容): what it says, before anybody typesets it.

The same content makes the PDF, the DOCX and the words that are hashed and signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (段落). ``kind``: ``body``, ``heading`` (一、), ``quote`` (照录的原文) or ``note`` (附注)."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of a form (表格的一格). ``label``: a heading of the form; else filled in, or left for a hand.

    ``height``: millimetres to leave at least, for an opinion or a signature; 0 for what the text needs.
    ``foot``: a line at the box's lower right, where somebody signs.
    """

    text: str
    columns: int = 1
    rows: int = 1
    label: bool = False
    height: int = 0
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form or a list as a table (表格). ``widths`` in millimetres, 156 together; ``heads`` rows repeat on each page.

    A box with ``rows`` reaches into the rows below it, which leave it out.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0


Block = Paragraph | Form


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document (文书). ``organ``: whose; ``number``: 文号, "" for none; ``enclosures``: 附件的名称, in order.

    ``signed``: the organ and the day stand at the foot, where the seal goes; a form that bears its own does not.
    ``contact``: 联系人和电话, in brackets below the day (附注); "" for none. A document with a ``Form`` has no
    red head; ``organ`` stands above its title.
    """

    code: str
    title: str
    organ: str
    dated: date
    number: str = ""
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    enclosures: tuple[str, ...] = ()
    signed: bool = True
    contact: str = ""

    def words(self) -> Iterator[str]:
        """Every word it says, in the order of the page (全文), for checks and searches."""
        yield from (self.organ, self.number, self.title, self.addressee)
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (words for row in block.rows for cell in row for words in (cell.text, cell.foot))
        yield from self.enclosures
        if self.signed:
            yield from (self.organ, printed(self.dated))
        yield self.contact

    @property
    def is_form(self) -> bool:
        """Whether it is a form or a list (表格式文书)."""
        return any(isinstance(block, Form) for block in self.blocks)

    @property
    def text(self) -> str:
        """The words in lines, empty ones left out."""
        return "\n".join(word for word in self.words() if word)


def printed(day: date) -> str:
    """A day as a document writes it (成文日期): Arabic figures without leading noughts, 2021年10月15日."""
    return f"{day.year}年{day.month}月{day.day}日"
