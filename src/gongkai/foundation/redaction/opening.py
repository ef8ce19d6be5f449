"""Opening a source (打开原文件): what is too large, broken, locked or a bomb is refused before it is drawn."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gongkai.foundation.redaction.model import MOST_BYTES, MOST_PAGES, MOST_PIXELS, RedactionRefused

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
_BEGINNINGS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_BROKEN = "打不开，可能没有传完或者已经损坏；用原来的程序另存一份 PDF，重新放进案卷。"

_MILLIONS = f"{MOST_PIXELS // 10_000} 万"
_SMALLER = "缩小分辨率（300 dpi 够用），再放进案卷。"


def kind_of(content: bytes) -> str:
    """The media type by the first bytes. Raises RedactionRefused for what cannot be redacted here."""
    if len(content) > MOST_BYTES:
        raise RedactionRefused(f"文件超过 {MOST_BYTES // 1024 // 1024} MB；压缩图片或者分成几份再涂黑。")
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    raise RedactionRefused("只能涂黑 PDF、PNG、JPG；其他的先转成 PDF，再放进案卷。")


@contextmanager
def opened_pdf(content: bytes) -> Iterator[Any]:
    """The document for drawing and reading. Raises RedactionRefused."""
    import pypdfium2

    _check_structure(content)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise RedactionRefused(f"这份 PDF {_BROKEN}") from error
    try:
        if document.get_formtype() in (1, 2, 3):
            document.init_forms()
        yield document
    except pypdfium2.PdfiumError as error:
        raise RedactionRefused(f"这份 PDF 有的页{_BROKEN}") from error
    finally:
        document.close()


def _check_structure(content: bytes) -> None:
    """Locks, pages and pictures as the file itself declares them, before anything is decoded."""
    import pikepdf

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise RedactionRefused("这份 PDF 加了密码；去掉密码另存一份，再放进案卷。") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise RedactionRefused(f"这份 PDF {_BROKEN}") from error
    with document:
        if document.is_encrypted:
            raise RedactionRefused("这份 PDF 加了密或者限制了权限；去掉密码和限制另存一份，再放进案卷。")
        try:
            _check_pages(len(document.pages))
            _check_pictures(document)
        except (pikepdf.PdfError, RecursionError) as error:
            raise RedactionRefused(f"这份 PDF {_BROKEN}") from error


def _check_pages(pages: int) -> None:
    if pages == 0:
        raise RedactionRefused("这份 PDF 一页也没有；核对文件，重新放进案卷。")
    if pages > MOST_PAGES:
        raise RedactionRefused(f"这份 PDF 有 {pages} 页，一次最多 {MOST_PAGES} 页；分成几份再涂黑。")


def _check_pictures(document: Any) -> None:
    import pikepdf

    for thing in document.objects:
        if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") != "/Image":
            continue
        try:
            pixels = int(thing.get("/Width", 0)) * int(thing.get("/Height", 0))
        except (TypeError, ValueError):
            raise RedactionRefused(f"这份 PDF 里的图片{_BROKEN}") from None
        check_pixels(pixels, "这份 PDF 里有一张图片")


def check_pixels(pixels: int, what: str) -> None:
    """Raises RedactionRefused for a picture too large to be unpacked."""
    if pixels > MOST_PIXELS:
        raise RedactionRefused(f"{what}有 {pixels // 10_000} 万像素，最多 {_MILLIONS}；{_SMALLER}")


def picture_of(content: bytes) -> Any:
    """A source image as plain pixels, upright (PIL): no EXIF, no profile, no transparency."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            check_pixels(image.width * image.height, "这张图片")
            image.load()
            upright = ImageOps.exif_transpose(image)
    except RedactionRefused:
        raise
    except Image.DecompressionBombError as error:
        raise RedactionRefused(f"这张图片的像素太多，最多 {_MILLIONS}；{_SMALLER}") from error
    # Decoders raise whatever their format makes them raise.
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise RedactionRefused(f"这张图片{_BROKEN.replace('另存一份 PDF', '另存一份')}") from error
    return _plain(upright)


def _plain(image: Any) -> Any:
    from PIL import Image

    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits a channel: the upper eight.
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
