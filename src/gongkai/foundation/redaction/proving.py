"""The proof (证明): the issued file is opened anew, by two libraries, and searched for everything that was removed.

``prove`` trusts nothing of what made the file. It reads the text as a reader of PDFs would (pdfium), every object
and stream as they stand (qpdf), the raw bytes, and the pixels under the boxes. What an issued file may consist of is
a closed list (``proving_structure``): whatever else stands in it is a finding, whether or not it holds a word.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.foundation.redaction.model import Box, Leak, Proof
from gongkai.foundation.redaction.normal import Needles, found_in, needles_of, normal
from gongkai.foundation.redaction.page_writing import said
from gongkai.foundation.redaction.proving_bytes import byte_leaks, revision_leaks, survivors
from gongkai.foundation.redaction.proving_pixels import pixel_leaks
from gongkai.foundation.redaction.proving_structure import content_texts, string_leaks, structure_leaks
from gongkai.foundation.redaction.writing import TITLE, canonical

_MOST_LEAKS = 200


def prove(
    issued: bytes,
    removed: Iterable[str],
    *,
    boxes: Sequence[Box] = (),
    readable: Sequence[str] | None = None,
    accepted: Iterable[str] = (),
    source: bytes | None = None,
) -> Proof:
    """Whether nothing of what was removed can be got from the file (证明没有泄露).

    ``removed``: the strings under the boxes, and any other words that must not be in the file. ``boxes``: whose
    pixels must be of one colour. ``readable``: for each page the text that was left, beyond which the file's own
    may hold no sign. ``accepted``: removed strings that a person said may be read where they stand elsewhere;
    they may stand in ``readable`` and nowhere else. ``source``: none of its streams may survive.
    """
    import pikepdf

    needles = needles_of(removed)
    leaks = [*revision_leaks(issued), *byte_leaks(issued, needles)]
    places: dict[str, int] = {"revision": 1}
    try:
        with pikepdf.open(io.BytesIO(issued)) as document:
            own = frozenset({TITLE, *map(said, boxes)})
            structure = structure_leaks(document, own)
            leaks += structure
            leaks += string_leaks(document, needles, own)
            contents = [] if structure else content_texts(document)
            leaks += _not_canonical(document, issued)
            leaks += pixel_leaks(document, boxes)
            if source is not None:
                leaks += survivors(document, source)
            places |= _places(document, boxes, source)
        texts = _texts(issued)
    except Exception as error:
        # Whatever a file makes the libraries raise: what cannot be read is not proven.
        leaks.append(Leak(0, "structure", f"打不开：{type(error).__name__}"))
        texts, contents = [], []
    leaks += _text_leaks(texts, needles, readable, frozenset(map(normal, accepted)), "text")
    leaks += _text_leaks(contents, needles, readable, frozenset(map(normal, accepted)), "content")
    searched = len(needles.whole) + len(needles.backwards) + len(needles.pieces)
    unique = tuple(dict.fromkeys(leaks))[:_MOST_LEAKS]
    return Proof(
        hashlib.sha256(issued).hexdigest(), len(texts), len(boxes), searched, needles.short, places, unique
    )


def _places(document: Any, boxes: Sequence[Box], source: bytes | None) -> dict[str, int]:
    objects, pages = len(document.objects), len(document.pages)
    return {
        "text": pages,
        "content": pages,
        "string": objects,
        "metadata": 1,
        "attachment": objects,
        "structure": objects,
        "pixels": len(boxes),
        **({"source": 1} if source is not None else {}),
    }


def _texts(issued: bytes) -> list[str]:
    """The text of each page as a reader of PDFs copies it, seen or not."""
    import pypdfium2

    document = pypdfium2.PdfDocument(issued)
    try:
        found = []
        for page in document:
            textpage = page.get_textpage()
            found.append(textpage.get_text_range() if textpage.count_chars() else "")
            textpage.close()
            page.close()
        return found
    finally:
        document.close()


def _text_leaks(
    texts: Sequence[str],
    needles: Needles,
    readable: Sequence[str] | None,
    accepted: frozenset[str],
    kind: str,
) -> list[Leak]:
    """Removed words in the text; and, page by page, any sign that was not left readable."""
    leaks = []
    for number, text in enumerate(texts, 1):
        plain = normal(text)
        words = found_in(plain, needles, pieces=readable is None)
        leaks += [Leak(number, kind, one) for one in words if one not in accepted]
        if readable is not None:
            left = readable[number - 1] if number <= len(readable) else ""
            leaks += _beyond(plain, left, number, kind)
    return leaks


def _beyond(text: str, left: str, number: int, kind: str) -> list[Leak]:
    """Signs that were not left readable on the page; readers order lines in ways of their own, so they are counted."""
    more = Counter(filter(str.isalnum, text)) - Counter(filter(str.isalnum, normal(left)))
    return [Leak(number, kind, f"多出 {more.total()} 个没有留下的字")] if more else []


def _not_canonical(document: Any, issued: bytes) -> list[Leak]:
    """Written once more the file must come out the same: no room for bytes that no object holds."""
    if canonical(document) == issued:
        return []
    return [Leak(0, "revision", "文件里有不属于任何对象的内容")]
