#!/usr/bin/env python3
"""Draw every letter with sample values, to look at: PDF, DOCX and a PNG of each page, and contact sheets.

Run it before a change of wording or typesetting goes in; the pictures are looked at, not compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from gongkai.foundation.letters import to_docx, to_pdf  # noqa: E402
from gongkai.rules.requests.letters import LETTERS  # noqa: E402
from tests.formats.letter_samples import sample  # noqa: E402

_SHEET = (4, 3)


def main() -> int:
    """Draw them; print where."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("codes", nargs="*", help="letters to draw, all by default")
    parser.add_argument(
        "--to", type=Path, default=Path("build/letters"), help="folder, build/letters by default"
    )
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    pages: list[Image.Image] = []
    for code in arguments.codes or LETTERS:
        document = sample(code)
        made = to_pdf(document)
        (arguments.to / f"{code}.pdf").write_bytes(made)
        (arguments.to / f"{code}.docx").write_bytes(to_docx(document))
        for place, page in enumerate(pypdfium2.PdfDocument(made), start=1):
            picture = page.render(scale=1.6).to_pil()
            picture.save(arguments.to / f"{code}-{place}.png")
            pages.append(picture.resize((440, 622)))
    _sheets(pages, arguments.to)
    print(arguments.to)
    return 0


def _sheets(pages: list[Image.Image], folder: Path) -> None:
    across, down = _SHEET
    for number, start in enumerate(range(0, len(pages), across * down), start=1):
        sheet = Image.new("RGB", (across * 450, down * 632), "#888888")
        for place, page in enumerate(pages[start : start + across * down]):
            sheet.paste(page, (place % across * 450 + 5, place // across * 632 + 5))
        sheet.save(folder / f"sheet-{number}.png")


if __name__ == "__main__":
    sys.exit(main())
