"""Every DOCX opened by an office program: the same words as the PDF on as many pages, and no empty page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.annual_report.formats.docx import report_docx
from gongkai.annual_report.formats.pdf import report_pdf
from gongkai.foundation.letters import to_docx, to_pdf
from gongkai.rules.requests.letters import LETTERS
from tests.formats.contents import DIGEST, content, corrected, zeros
from tests.formats.letter_samples import sample, values_of

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed"),
]
REPORTS = {
    "report": content(),
    "report-2019": content("2019", year=2020),
    "report-corrected": corrected(),
    "report-zeros": zeros(),
}
LONG = "".join(f"第{n}项，危房改造项目第{n}批次的申请、审核、公示、资金拨付材料；" for n in range(1, 60))
LETTERS_LOOKED_AT = {
    **{code: sample(code) for code in LETTERS},
    **{
        f"{code}-long": sample(code, values={**values_of(code), "request": LONG})
        for code in ("receipt", "reply-partial", "registration", "application")
    },
    "short-name": replace(sample("extension"), organ="示范局"),
    "joint": sample("extension", organ="示范区财政局\n示范区审计局"),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each document as our PDF and, in ``office``, as the office program prints the DOCX."""
    folder = tmp_path_factory.mktemp("office")
    for name, document in LETTERS_LOOKED_AT.items():
        (folder / f"{name}.pdf").write_bytes(to_pdf(document))
        (folder / f"{name}.docx").write_bytes(to_docx(document))
    for name, made in REPORTS.items():
        (folder / f"{name}.pdf").write_bytes(report_pdf(made, digest=DIGEST))
        (folder / f"{name}.docx").write_bytes(report_docx(made, digest=DIGEST))
    command = [
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(folder / "office"), *map(str, sorted(folder.glob("*.docx"))),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    return folder


def pages(path: Path) -> list[str]:
    """The words of each page without blanks, page numbers and hyphens, which pdftotext joins at the end of a line."""
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    plain = (re.sub(r"—\s*\d+\s*—", "", page) for page in text.split("\f")[:-1])
    return [re.sub(r"[-\s\u200b\ufffe\xad]", "", page) for page in plain]


@pytest.mark.parametrize("name", [*LETTERS_LOOKED_AT, *REPORTS])
def test_an_office_program_shows_the_words_of_the_pdf(opened: Path, name: str) -> None:
    ours, theirs = pages(opened / f"{name}.pdf"), pages(opened / "office" / f"{name}.pdf")
    assert all(theirs), "an empty page"
    assert abs(len(ours) - len(theirs)) <= 1
    assert Counter("".join(ours)) == Counter("".join(theirs))
