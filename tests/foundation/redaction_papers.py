"""Papers to be redacted, made in the tests: a page of an official text with a person in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

NAME, CARD, PHONE = "申请人甲乙", "110101199001010015", "13800000000"
LINES = (
    "关于危房改造补助对象核查情况的会议纪要",
    f"补助对象{NAME}，公民身份号码{CARD}，",
    "联系电话 138 0000 0000，住示范镇示范村。",
    "会议同意按照规定拨付补助资金，由区住房和城乡建设局公示。",
)


def typeset(pages: Sequence[Sequence[str]] = (LINES,), *, extra: str = "") -> bytes:
    """A PDF with these lines on each page, set by typst with the fonts of the installation."""
    import pylopdf_fonts_zh_cn
    import typst

    body = "\n#pagebreak()\n".join("\n\n".join(lines) for lines in pages)
    source = f'#set page(paper: "a4", margin: 25mm)\n#set text(font: "Noto Serif SC", size: 14pt)\n{extra}\n{body}\n'
    folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.compile(source.encode(), font_paths=[folder])  # type: ignore[no-any-return]


def photograph(lines: Sequence[str] = LINES, *, kind: str = "PNG", mode: str = "L", **saved: object) -> bytes:
    """The same lines as a picture without any text."""
    import pylopdf_fonts_zh_cn
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"), 30)
    image = Image.new("L", (1240, 900), 255)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((100, 100 + 60 * number), line, fill=0, font=font)
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, kind, **saved)
    return buffer.getvalue()
