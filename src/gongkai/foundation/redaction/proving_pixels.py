"""The pixels of an issued file (像素): one picture on each page, of one colour under every box, nothing behind its rows."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any

from gongkai.foundation.redaction.model import WHOLE, Box, Leak
from gongkai.foundation.redaction.pictures import area

# JPEG rings up to a block's width inward from what stands beside a box: from there on, it must be as black.
_BLOCK = 8
_BLACK_JPEG = 16
_SEGMENTS = frozenset({0xC0, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0})


def pixel_leaks(document: Any, boxes: Sequence[Box]) -> list[Leak]:
    """Boxes whose pixels differ, pages without their one picture, pictures with something behind them."""
    import pikepdf

    leaks = []
    for number, page in enumerate(document.pages, 1):
        pictures = page.obj.get("/Resources", {}).get("/XObject", {})
        for name, picture in pictures.items():
            leaks += [Leak(number, "pixels", wrong) for wrong in _behind(picture)]
            if name != "/Page" and not picture.get("/ImageMask", False):
                leaks.append(Leak(number, "pixels", f"页面上还有一张图 {name}"))
        if "/Page" not in pictures:
            leaks.append(Leak(number, "pixels", "页面没有图像"))
            continue
        here = [box for box in boxes if box.page == number]
        if not here:
            continue
        try:
            leaks += _uneven(pikepdf.PdfImage(pictures["/Page"]), here)
        except (pikepdf.PdfError, OSError, ValueError, NotImplementedError) as error:
            leaks.append(Leak(number, "pixels", f"图像读不出：{type(error).__name__}"))
    return leaks


def _uneven(picture: Any, boxes: Sequence[Box]) -> list[Leak]:
    image = picture.as_pil_image()
    exact = "/DCTDecode" not in picture.filters
    grey = image.convert("L")
    leaks = []
    for box in boxes:
        left, top, right, bottom = area(box, grey)
        margin = 0 if exact else _BLOCK
        inner = (left + margin, top + margin, right + 1 - margin, bottom + 1 - margin)
        if inner[0] >= inner[2] or inner[1] >= inner[3]:
            # Narrower than two blocks: its middle alone can be told.
            middle = ((left + right) // 2, (top + bottom) // 2)
            inner = (*middle, middle[0] + 1, middle[1] + 1)
        high = grey.crop(inner).getextrema()[1]
        if high > (0 if exact else _BLACK_JPEG):
            place = f"左 {box.left}、上 {box.top}（‰，共 {WHOLE}）"
            leaks.append(Leak(box.page, "pixels", f"{place}的框下不是一色"))
    return leaks


def _behind(picture: Any) -> list[str]:
    """Bytes of a picture that are no pixels: behind its rows, or in the segments of a JPEG."""
    raw = picture.read_raw_bytes()
    filters = picture.get("/Filter", "")
    name = (
        str(filters) if not hasattr(filters, "__len__") or not str(filters).startswith("[") else str(filters)
    )
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    if picture.get("/ImageMask", False) or name == "/FlateDecode":
        wanted = _rows(picture, width, height)
        return [] if _unpacked(raw, name) == wanted else ["图像数据后面还有内容"]
    if name == "/DCTDecode":
        return _segments(raw, width, height)
    return [f"图像用了别的压缩 {name}"]


def _rows(picture: Any, width: int, height: int) -> int:
    colours = 3 if picture.get("/ColorSpace") == "/DeviceRGB" else 1
    row = (width * colours * int(picture.get("/BitsPerComponent", 8)) + 7) // 8
    # PNG's rows begin with the number of their filter.
    return int((row + (1 if "/DecodeParms" in picture else 0)) * height)


def _unpacked(raw: bytes, name: str) -> int:
    """How many bytes the stream unpacks to; -1 where something stands behind its end."""
    if name != "/FlateDecode":
        return len(raw)
    unpacker = zlib.decompressobj()
    try:
        size = len(unpacker.decompress(raw)) + len(unpacker.flush())
    except zlib.error:
        return -1
    return -1 if unpacker.unused_data else size


def _segments(raw: bytes, width: int, height: int) -> list[str]:
    """A JPEG may have its tables, its frame and its scan, and end with its end."""
    from PIL import Image

    found, at = [], 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        marker, length = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        if marker not in _SEGMENTS:
            found.append(f"图像里有附加信息 {marker:#x}")
        if marker == 0xDA:
            break
        at += 2 + length
    if raw.find(b"\xff\xd9", at) != len(raw) - 2:
        found.append("图像数据后面还有内容")
    if Image.open(io.BytesIO(raw), formats=("JPEG",)).size != (width, height):
        found.append("图像的大小与页面写的不同")
    return found
