"""Pages as pictures (页面图像): drawn within limits, upright, as a reader sees them."""

from __future__ import annotations

import io
from typing import Any

from gongkai.foundation.redaction.model import WHOLE, Box

# Official text of 10.5 points stays sharp at 200 dpi; long files take 150.
FINE_DPI, COARSE_DPI, PREVIEW_DPI = 200, 150, 110
LONG = 60
_MOST_DRAWN = 25_000_000
# An image without a page of its own is laid on one of this width in points (A4).
_A4 = 595.0


def scale_of(width: float, height: float, dpi: int) -> float:
    """Pixels for each point, less where the page is huge."""
    area = max(width * height, 1.0)
    return float(min(dpi / 72, (_MOST_DRAWN / area) ** 0.5))


def draw(page: Any, dpi: int) -> Any:
    """A page of a PDF as a picture (PIL, RGB), annotations and form fields included."""
    width, height = page.get_size()
    bitmap = page.render(scale=scale_of(width, height, dpi), rev_byteorder=True)
    return bitmap.to_pil().convert("RGB")


def page_size(image: Any) -> tuple[float, float]:
    """The page in points on which an image is issued."""
    return (_A4, round(_A4 * image.height / image.width, 2))


def fitted(image: Any, dpi: int) -> Any:
    """An image no finer than its page needs."""
    width, height = page_size(image)
    scale = scale_of(width, height, dpi)
    wanted = (max(1, round(width * scale)), max(1, round(height * scale)))
    return image.resize(wanted) if image.width > wanted[0] else image


def area(box: Box, image: Any) -> tuple[int, int, int, int]:
    """The pixels of a box, none cut off; the right and lower ones included."""
    width, height = image.size
    left, top = box.left * width // WHOLE, box.top * height // WHOLE
    right, bottom = -(-box.right * width // WHOLE) - 1, -(-box.bottom * height // WHOLE) - 1
    return left, top, min(max(right, left), width - 1), min(max(bottom, top), height - 1)


def blackened(image: Any, boxes: tuple[Box, ...]) -> Any:
    """The picture with the pixels of every box black."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image)
    for box in boxes:
        pen.rectangle(area(box, image), fill=0 if image.mode == "L" else (0, 0, 0))
    return image


def png(image: Any) -> bytes:
    """The picture as PNG, without any text chunk."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()
