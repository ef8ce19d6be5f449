"""What each format is beside its numbers: a tagged archive, a document to edit, a workbook to reckon with."""

from __future__ import annotations

import io
from threading import Thread
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from python_calamine import CalamineWorkbook

from gongkai.annual_report import documents, editions, filings
from gongkai.annual_report.formats.docx import report_docx
from gongkai.annual_report.formats.pdf import report_pdf
from gongkai.annual_report.formats.xlsx import report_xlsx
from gongkai.annual_report.models import ReportEdition
from gongkai.foundation.actors import COMMAND_LINE
from tests.apps.test_report import declare
from tests.conftest import NOW, District, seal_and_publish
from tests.formats.contents import DIGEST, content, corrected


def test_pdf_is_an_accessible_archive() -> None:
    made = report_pdf(corrected(), digest=DIGEST)
    assert b"<pdfaid:part>2</pdfaid:part>" in made and b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/Lang(zh-CN)" in made and b"/StructTreeRoot" in made
    assert "示范区人民政府2021年政府信息公开工作年度报告".encode() in made, "the title is in its metadata"
    assert b"/S/TH" in made or b"/TH" in made, "heads of tables are marked as heads"


def test_pdf_of_characters_no_font_has_is_still_made() -> None:
    made = content()
    made["report"]["narrative"]["other"] = "\ue000。"
    rendered = report_pdf(made, digest=DIGEST)
    assert rendered.startswith(b"%PDF") and b"/StructTreeRoot" in rendered and b"pdfaid" not in rendered


def test_pdf_from_many_threads() -> None:
    made: dict[int, bytes] = {}

    def render(place: int) -> None:
        made[place] = report_pdf(content(version="2021", sealed_by=f"负责人{place % 2}"), digest=DIGEST)

    threads = [Thread(target=render, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6 and len(set(made.values())) == 2


def test_word_is_a_document_to_edit() -> None:
    document = Document(io.BytesIO(report_docx(corrected(), digest=DIGEST)))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Mm(1)) for one in margins] == [37, 35, 28, 26]
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Title") == 1 and styles.count("Heading 1") == 7 and styles.count("Heading 2") == 5
    for footer in (section.footer, section.even_page_footer):
        assert " PAGE " in [code.text for code in footer._element.iter(qn("w:instrText"))]
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    wide = document.tables[1]
    assert [len(row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in wide.rows][:4] == [
        1,
        1,
        1,
        0,
    ]
    assert wide.cell(0, 0)._tc is wide.cell(2, 2)._tc, "the corner is merged"
    assert document.core_properties.title == "示范区人民政府2021年政府信息公开工作年度报告"
    parts = {str(part.partname) for part in document.part.package.iter_parts()}
    assert not parts & {"/docProps/app.xml", "/docProps/thumbnail.jpeg"}, "nothing of the library's blank"


# The order in which the schema wants them; Word refuses a file that has another.
_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "tabs", "overflowPunct",
    "autoSpaceDE", "autoSpaceDN", "snapToGrid",
    "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr",
)  # fmt: skip


def test_word_keeps_the_order_of_the_schema() -> None:
    document = Document(io.BytesIO(report_docx(corrected(), digest=DIGEST)))
    for part in (document.element, document.styles.element):
        for properties in part.iter(qn("w:pPr")):
            names = [child.tag.rpartition("}")[2] for child in properties]
            places = [_ORDER.index(name) for name in names]
            assert places == sorted(places), names


def test_what_is_text_never_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(content(), digest=DIGEST)))
    titles = [(cell.value, cell.data_type) for cell in book["来源"]["G"]]
    assert titles == [("题名", "s"), ("=1+1", "s"), ("@SUM(A1)", "s")]
    for sheet in book:
        assert sheet.freeze_panes or sheet.title == "主动公开"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert book["来源"]["H2"].is_date and book["来源"]["H2"].number_format == "yyyy-mm-dd"
    assert book["单位"].row_dimensions[1].height > 30, "a long name of a unit is read whole"
    for name in ("文字", "核对", "来源", "单位"):
        assert book[name].auto_filter.ref.startswith("A1:")


def test_the_workbook_holds_words_checks_and_records() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(corrected(), digest=DIGEST)))
    assert ["前言", "", "第二段。"] in book.get_sheet_by_name("文字").to_python()
    checks = book.get_sheet_by_name("核对").to_python()
    assert checks[1][:4] == ["K9", "提醒", "不符", "差 1。"] and checks[1][5] == "一件按信访办理。"
    leaf = book.get_sheet_by_name("来源").to_python()[1]
    assert leaf[0] == "t3.r1.c1" and "自然人" in leaf[1] and leaf[4] == "政府信息公开申请" and leaf[8] == 1
    assert [row[1] for row in book.get_sheet_by_name("版本").to_python() if row[0] == "内容指纹"] == [DIGEST]


@pytest.fixture
def sealed(district: District) -> ReportEdition:
    declare(district.education)
    filing = filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    return seal_and_publish(filing)


def test_what_was_sealed_is_kept_and_is_what_its_content_gives(sealed: ReportEdition) -> None:
    read: dict[str, Any] = editions.of(sealed).content
    assert read["sealed_on"] == "2022-01-10"
    for code, one in documents.FORMATS.items():
        kept = documents.document(sealed, code)
        assert len(kept) > 5000 and kept == one.render(read, sealed.content.digest, False)
    assert documents.file_name(read, "pdf") == "示范区教育局2021年政府信息公开工作年度报告.pdf"
