"""Every format says the same: cell by cell, with the sealed content; the same content, the same bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from gongkai.annual_report.formats.docx import report_docx
from gongkai.annual_report.formats.pdf import report_pdf
from gongkai.annual_report.formats.picture import report_picture, report_picture_png
from gongkai.annual_report.formats.xlsx import TABLE_SHEETS, report_xlsx
from gongkai.rules.report.forms import VERSIONS
from tests.formats.contents import DIGEST, HEAD, content, corrected, placed, zeros

RENDERERS: tuple[Callable[..., bytes], ...] = (report_pdf, report_docx, report_xlsx)
FORMS = (("2021", 2021), ("2019", 2020))


@pytest.mark.parametrize(("version", "year"), FORMS)
def test_word_has_every_cell(version: str, year: int) -> None:
    made = content(version, year=year)
    form = VERSIONS[version]
    document = Document(io.BytesIO(report_docx(made, digest=DIGEST)))
    tables = [table for number in (2, 3, 4) for table in form.tables[number]]
    found = {
        name: drawn.cell(row, column).text
        for table, drawn in zip(tables, document.tables, strict=False)
        for row, column, name in placed(table)
    }
    assert found == made["report"]["cells"] and len(found) == len(form.cells)


@pytest.mark.parametrize(("version", "year"), FORMS)
def test_excel_has_every_cell_as_a_number(version: str, year: int) -> None:
    made = content(version, year=year)
    form = VERSIONS[version]
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(made, digest=DIGEST)))
    found: dict[str, Any] = {}
    for number, sheet in TABLE_SHEETS.items():
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for table in form.tables[number]:
            found |= {name: rows[2 + row][column] for row, column, name in placed(table)}
    expected = made["report"]["cells"]
    texts = {name for name, cell in form.cells.items() if cell.kind == "text"}
    assert {name: found[name] if name in texts else float(found[name]) for name in found} == {
        name: value if name in texts else float(value) for name, value in expected.items()
    }
    assert not any(isinstance(found[name], str) for name in found if name not in texts)
    units = book.get_sheet_by_name("单位").to_python()
    assert [row[0] for row in units[1:]] == list(form.cells)
    assert [str(row[3]) for row in units[1:]] == [str(row[4]) for row in units[1:]]
    assert {row[5] for row in units[1:]} == {0.0}


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed: scripts/test-system"
)
@pytest.mark.parametrize(("version", "year"), FORMS)
def test_pdf_has_every_cell(version: str, year: int, tmp_path: Path) -> None:
    made = content(version, year=year)
    text = pdf_text(report_pdf(made, digest=DIGEST), tmp_path)
    # The space between Chinese and digits is the typesetter's, not the value's.
    words = text.replace(" 万元", "万元").split()
    wanted = list(made["report"]["cells"].values())
    missing = [value for value in wanted if words.count(value) != wanted.count(value)]
    assert missing == []


def pdf_text(made: bytes, folder: Path) -> str:
    (folder / "a.pdf").write_bytes(made)
    command = ["pdftotext", "-enc", "UTF-8", "-layout", str(folder / "a.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("made", [content(), corrected(), zeros()], ids=["first", "corrected", "zeros"])
def test_the_same_content_gives_the_same_bytes(render: Callable[..., bytes], made: dict[str, Any]) -> None:
    assert render(made, digest=DIGEST) == render(made, digest=DIGEST)
    assert render(made, digest=DIGEST) != render(made, digest=DIGEST, draft=True)


def test_no_format_holds_the_time_it_was_made() -> None:
    for packed in (report_docx(content(), digest=DIGEST), report_xlsx(content(), digest=DIGEST)):
        with zipfile.ZipFile(io.BytesIO(packed)) as parts:
            assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2022-01-10T00:00:00Z" in parts.read("docProps/core.xml")
    assert b"/CreationDate(D:20220110000000" in report_pdf(content(), digest=DIGEST)
    undated = {name: value for name, value in content().items() if name != "sealed_on"}
    assert b"/CreationDate(D:20220101000000" in report_pdf(undated, digest=DIGEST)


def test_the_picture_is_the_same_for_the_same_content() -> None:
    assert report_picture(content()) == report_picture(content())
    assert report_picture_png(content()) == report_picture_png(content())


def test_a_correction_says_version_reason_explanations_and_seal() -> None:
    said = docx_text(report_docx(corrected(), digest=DIGEST))
    for expected in (
        "（第2版，更正原因：漏计申请一件。）",
        "核对发现：差 1。说明：一件按信访办理。（示范区教育局 经办人，2022年1月12日）",
        "2022年1月10日",
        DIGEST,
        HEAD,
        "10614",
    ):
        assert expected in said
    assert "更正" not in docx_text(report_docx(content(), digest=DIGEST))


def test_a_draft_says_so_and_has_no_seal() -> None:
    said = docx_text(report_docx(content(sealed_on="") | {"version": 0}, digest="", draft=True))
    assert "编制稿" in said and HEAD not in said and "版本与校验" not in said


def docx_text(made: bytes) -> str:
    document = Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


BLANK = content()
BLANK["report"]["cells"]["t3.r1.c1"] = None


def test_a_blank_is_not_a_zero() -> None:
    assert docx_text(report_docx(BLANK, digest="", draft=True)).count("未填") == 1
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(BLANK, digest="", draft=True)))
    assert book.get_sheet_by_name("收到和处理申请").to_python()[5][3] == ""
    assert "自然人 未填" in report_picture(BLANK)
    assert report_pdf(BLANK, digest="", draft=True).startswith(b"%PDF")


AWKWARD = content()
AWKWARD["report"] = {
    **AWKWARD["report"],
    "organ": "示范区<&\">'人民政府\x0b",
    "narrative": {
        **AWKWARD["report"]["narrative"],
        "preface": "#panic() [*粗] $x$ @没有 <label> \\ 𬴊龘 \ue000\x00。",
    },
    "cells": {**AWKWARD["report"]["cells"], "t3.r1.c2": "9" * 18},
}


@pytest.mark.parametrize("render", RENDERERS)
def test_awkward_characters_are_words_and_nothing_else(render: Callable[..., bytes]) -> None:
    assert render(AWKWARD, digest=DIGEST)


def test_awkward_characters_are_kept() -> None:
    said = docx_text(report_docx(AWKWARD, digest=DIGEST))
    assert "#panic() [*粗] $x$ @没有 <label> \\ 𬴊龘 \ue000。" in said
    assert "9" * 18 in said
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(AWKWARD, digest=DIGEST)))
    assert book.get_sheet_by_name("收到和处理申请").to_python()[5][4] == "9" * 18
