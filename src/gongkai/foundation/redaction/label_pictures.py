"""The mark in a box (框里的字): the ground in short, as a small white picture, in the largest size that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gongkai.foundation.redaction.model import WHOLE, Box

_LARGEST, _SMALLEST = 9.0, 4.5
# Pixels for each point: marks are small and must stay sharp.
_FINE = 5
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A mark drawn: its size in points and its pixels, one bit each."""

    key: str
    width: float
    height: float
    pixels: tuple[int, int]
    data: bytes

    def stream(self, target: Any) -> Any:
        """The mark as a stencil of the document."""
        from pikepdf import Array, Name

        stencil = target.make_stream(self.data)
        stencil.Type, stencil.Subtype = Name.XObject, Name.Image
        stencil.Width, stencil.Height = self.pixels
        stencil.ImageMask, stencil.BitsPerComponent = True, 1
        stencil.Decode = Array([1, 0])
        return stencil


def label_for(marks: Sequence[str], width: float, height: float) -> Label | None:
    """The longest mark that fits in a box of this size in points; None where none does."""
    for mark in marks:
        size = min(_LARGEST, (height - 2 * _MARGIN) * 0.85, (width - 2 * _MARGIN) / max(len(mark), 1))
        size = int(size * 2) / 2
        if size >= (_SMALLEST if mark == marks[-1] else 6):
            return _drawn(mark, size)
    return None


def drawn_on(image: Any, boxes: Sequence[Box], size: tuple[float, float]) -> Any:
    """The picture of a page with the marks of its boxes, as the issued file shows them; ``size`` in points."""
    from PIL import Image

    scale = image.width / size[0]
    for box in boxes:
        left, top = box.left * image.width / WHOLE, box.top * image.height / WHOLE
        right, bottom = box.right * image.width / WHOLE, box.bottom * image.height / WHOLE
        label = label_for(box.marks, (right - left) / scale, (bottom - top) / scale)
        if label is not None:
            stencil = Image.frombytes("1", label.pixels, label.data).convert("L")
            wide, high = round(label.width * scale), round(label.height * scale)
            stencil = stencil.resize((max(wide, 1), max(high, 1)))
            place = (round((left + right - wide) / 2), round((top + bottom - high) / 2))
            image.paste("white", place, stencil)
    return image


@lru_cache(maxsize=256)
def _drawn(mark: str, size: float) -> Label:
    import hashlib

    from PIL import Image, ImageDraw

    font = _font(round(size * _FINE))
    left, top, right, bottom = (round(side) for side in font.getbbox(mark))
    image = Image.new("1", (max(right - left, 1), max(bottom - top, 1)), 0)
    ImageDraw.Draw(image).text((-left, -top), mark, fill=1, font=font)
    key = hashlib.sha256(f"{mark} {size}".encode()).hexdigest()[:12]
    return Label(key, image.width / _FINE, image.height / _FINE, image.size, image.tobytes())


@lru_cache(maxsize=16)
def _font(pixels: int) -> Any:
    """The open font that the installation brings: systems may have none for Chinese."""
    import pylopdf_fonts_zh_cn
    from PIL import ImageFont

    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return ImageFont.truetype(str(folder / "NotoSansSC-Regular.otf"), pixels)
