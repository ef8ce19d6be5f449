"""The issued file (提供的文件): pictures with black boxes, under them only the text that may be read; all of it new."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gongkai.foundation.redaction import pictures
from gongkai.foundation.redaction.letters import sheet_of
from gongkai.foundation.redaction.model import MOST_ISSUED, Box, RedactionRefused, Sheet
from gongkai.foundation.redaction.opening import PDF, kind_of, opened_pdf, picture_of
from gongkai.foundation.redaction.page_writing import add_page
from gongkai.foundation.redaction.passages import Split, split

TITLE = "政府信息公开提供件（已作区分处理）"


@dataclass(frozen=True, slots=True)
class Issued:
    """A file made by ``redact``: its bytes, and for each page what was removed and what may be read."""

    content: bytes
    splits: tuple[Split, ...]

    @property
    def removed(self) -> tuple[str, ...]:
        """Every string under a box."""
        return tuple(dict.fromkeys(one for page in self.splits for one in page.removed))


class Source:
    """A source open for reading (打开的原文件): the pages of a PDF, or an image as its only page."""

    def __init__(self, document: Any = None, image: Any = None) -> None:
        self._document, self._image = document, image

    def __len__(self) -> int:
        return 1 if self._document is None else len(self._document)

    def sheet(self, number: int, *, shown: bool = True) -> Sheet:
        """Size and letters of a page, from 1. Raises RedactionRefused where there is no such page."""
        if self._document is None:
            self._known(number)
            return Sheet(*pictures.page_size(self._image))
        sheet: Sheet = self._page(number, lambda page: sheet_of(page, shown=shown))
        return sheet

    def picture(self, number: int, dpi: int) -> Any:
        """A page as a picture. Raises RedactionRefused where there is no such page."""
        if self._document is None:
            self._known(number)
            return pictures.fitted(self._image, dpi)
        return self._page(number, lambda page: pictures.draw(page, dpi))

    def _page(self, number: int, work: Callable[[Any], Any]) -> Any:
        self._known(number)
        page = self._document[number - 1]
        try:
            return work(page)
        finally:
            page.close()

    def _known(self, number: int) -> None:
        if not 1 <= number <= len(self):
            raise RedactionRefused(f"没有第 {number} 页，这份文件有 {len(self)} 页。")


@contextmanager
def opened(content: bytes) -> Iterator[Source]:
    """A source, checked. Raises RedactionRefused for what is too large, locked or broken."""
    if kind_of(content) == PDF:
        with opened_pdf(content) as document:
            yield Source(document=document)
    else:
        yield Source(image=picture_of(content))


def redact(content: bytes, boxes: Sequence[Box]) -> Issued:
    """The file as it may be issued (涂黑): a new PDF that shares no byte of structure with the source.

    Raises RedactionRefused for a source that cannot be opened, a box off its pages, a result too large.
    """
    import pikepdf

    with opened(content) as source, pikepdf.new() as target:
        _check(boxes, len(source))
        dpi = pictures.FINE_DPI if len(source) <= pictures.LONG else pictures.COARSE_DPI
        splits = []
        for number in range(1, len(source) + 1):
            here = tuple(box for box in boxes if box.page == number)
            sheet = source.sheet(number)
            parted = split(sheet, here)
            image = pictures.blackened(source.picture(number, dpi), here)
            add_page(target, sheet, image, here, parted.left)
            splits.append(parted)
        written = _saved(target)
    if len(written) > MOST_ISSUED:
        size = len(written) // 1024 // 1024
        raise RedactionRefused(f"涂黑以后有 {size} MB，太大，不便提供；把原文件分成几份，分别涂黑。")
    return Issued(written, tuple(splits))


def _check(boxes: Sequence[Box], pages: int) -> None:
    for box in boxes:
        if not 1 <= box.page <= pages:
            raise RedactionRefused(f"框画在第 {box.page} 页，这份文件只有 {pages} 页；删去这个框。")


def _saved(target: Any) -> bytes:
    """The bytes, in the form in which writing them once more changes nothing: room for nothing hidden."""
    import pikepdf

    root = target.Root
    root.Lang = pikepdf.String("zh-CN")
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    target.docinfo["/Title"] = pikepdf.String(TITLE)
    content = canonical(target)
    with pikepdf.open(io.BytesIO(content)) as again:
        return canonical(again)


def canonical(document: Any) -> bytes:
    """A PDF written in the one way in which issued files are written."""
    import pikepdf

    buffer = io.BytesIO()
    document.save(
        buffer,
        static_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        linearize=False,
        fix_metadata_version=False,
    )
    return buffer.getvalue()
