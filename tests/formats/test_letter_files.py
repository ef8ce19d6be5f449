"""The letters as PDF and as DOCX: every word, on the page of the standard, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.foundation.letters import layout, to_docx, to_pdf
from gongkai.foundation.letters.docx_styles import RED
from gongkai.rules.documents import Cell, Form, OfficialDocument, Paragraph, printed
from gongkai.rules.requests.letters import LETTERS
from tests.formats.letter_samples import CONTACT, ORGAN, sample, values_of
from tests.formats.test_documents import _ORDER

A4 = (round(210 / 25.4 * 72), round(297 / 25.4 * 72))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe\xad]", "", text)


def pages(made: bytes) -> list[str]:
    return [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(made)]


def plain_words(document: OfficialDocument) -> list[str]:
    return [squeezed(words) for line in document.words() for words in line.splitlines() if words.strip()]


@pytest.mark.parametrize("code", list(LETTERS))
def test_pdf_holds_every_word(code: str) -> None:
    document = sample(code)
    made = to_pdf(document)
    found = pages(made)
    # A number at the foot stands where a text goes over the page.
    text = "".join(re.sub(r"—\d+—$", "", page) for page in found)
    missing = [words for words in plain_words(document) if words not in text]
    assert missing == []
    sizes = {tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(made)}
    assert sizes == {A4}
    assert all(f"—{place}—" in page for place, page in enumerate(found, start=1))


@pytest.mark.parametrize("code", list(LETTERS))
def test_docx_holds_every_word(code: str) -> None:
    document = sample(code)
    made = to_docx(document)
    assert made == to_docx(document)
    read = Document(io.BytesIO(made))
    text = squeezed("".join(one.text or "" for one in read.element.body.iter(qn("w:t"))))
    assert [words for words in plain_words(document) if words not in text] == []
    for part in (read.element, read.styles.element):
        for properties in part.iter(qn("w:pPr")):
            places = [_ORDER.index(child.tag.rpartition("}")[2]) for child in properties]
            assert places == sorted(places), "Word refuses another order"


def test_pdf_is_an_accessible_archive_and_always_the_same() -> None:
    for code in ("reply-partial", "archive-index"):
        made = to_pdf(sample(code))
        assert made == to_pdf(sample(code))
        assert b"<pdfaid:part>2</pdfaid:part>" in made and b"<pdfuaid:part>1</pdfuaid:part>" in made
        assert b"/Lang(zh-CN)" in made and b"/StructTreeRoot" in made
    assert b"/TH" in made, "heads of a list are marked as heads"


def test_what_comes_from_outside_is_never_source() -> None:
    wicked = "#set page(fill: red) $x$ *b* _i_ @a <b> [c] // \\ `d` {{number}} & <w:br/>"
    document = sample("reply-provided", values={**values_of("reply-provided"), "request": wicked})
    assert squeezed(wicked) in "".join(pages(to_pdf(document)))
    read = Document(io.BytesIO(to_docx(document)))
    assert any(wicked in paragraph.text for paragraph in read.paragraphs)


def test_what_no_font_has_is_still_printed() -> None:
    odd = "\ue000\x07\x00\ufffe\u200b𠀀"
    values = {**values_of("reply-provided"), "access": odd, "request": odd}
    for document in (sample("reply-provided", values=values), sample("registration", values=values)):
        made = to_pdf(document)
        assert made.startswith(b"%PDF") and b"/StructTreeRoot" in made
        assert zipfile.ZipFile(io.BytesIO(to_docx(document))).testzip() is None


def test_an_address_longer_than_a_line_stays_on_the_page() -> None:
    address = "https://www.example.org/" + "a" * 300
    made = to_pdf(sample("reply-provided", values={**values_of("reply-provided"), "access": address}))
    for page in pypdfium2.PdfDocument(made):
        text = page.get_textpage()
        assert all(text.get_charbox(place)[2] < 210 / 25.4 * 72 - 60 for place in range(text.count_chars()))


@pytest.mark.parametrize("lines", range(1, 24))
def test_a_signature_takes_two_lines_of_the_text_with_it(lines: int) -> None:
    filler = tuple(Paragraph("公开" * 12) for _ in range(lines))
    last = Paragraph("甲" * 27 + "乙" * 28 + "丙" * 28 + "丁" * 20)
    for end in (last, Paragraph("特此告知。")):
        document = replace(sample("reply-provided"), blocks=(*filler, end), enclosures=())
        page = next(text for text in pages(to_pdf(document)) if printed(document.dated) in text)
        before = page[: page.rindex(ORGAN)]
        assert ("丙" in before and "丁" in before) or "公开特此告知。" in before


def test_long_and_joint_names() -> None:
    long = "示范自治区示范市示范区人民政府办公室（示范区外事办公室、示范区大数据局）"
    assert layout.head_lines(long) == (
        "示范自治区示范市示范区人民政府办公室",
        "（示范区外事办公室、示范区大数据局）",
    )
    assert layout.head_lines("示范局") == ("示范局",)
    joint = "示范区财政局\n示范区审计局"
    assert layout.head_lines(joint) == ("示范区财政局", "示范区审计局")
    for organ in (long, joint, "示" * 60):
        text = pages(to_pdf(sample("extension", organ=organ)))
        assert squeezed(organ) in text[0], "at the head"
        assert squeezed(organ) in text[-1], "above the day"


def test_a_long_list_repeats_its_heads() -> None:
    rows = [("某某通知" * 4, f"示建发〔2023〕{n}号", "2023-01-01", "1份", "") for n in range(1, 90)]
    found = pages(to_pdf(sample("transfer-list", rows=rows)))
    assert len(found) > 3 and all("政府信息名称" in page for page in found)
    read = Document(io.BytesIO(to_docx(sample("transfer-list", rows=rows))))
    assert len(read.element.body.findall(f".//{qn('w:tblHeader')}")) == 1


def test_a_long_request_goes_over_many_pages() -> None:
    words = "".join(f"第{n}项，某某项目的有关材料；" for n in range(500))
    for code in ("reply-provided", "registration"):
        document = sample(code, values={**values_of(code), "request": words})
        text = "".join(re.sub(r"—\d+—$", "", page) for page in pages(to_pdf(document)))
        assert words in text
        assert to_docx(document)


def test_word_is_a_document_to_edit() -> None:
    read = Document(io.BytesIO(to_docx(sample("fee-notice"))))
    section = read.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Mm(1)) for one in margins] == [37, 35, 28, 26]
    styles = [paragraph.style.name for paragraph in read.paragraphs]
    assert styles[:4] == ["Issuing Organ", "Document Number", "Title", "Normal"]
    assert styles.count("Heading 1") == 4 and styles.count("Signature Line") == 2
    assert str(read.styles["Issuing Organ"].font.color.rgb) == RED
    line = read.styles["Document Number"].element.find(f".//{qn('w:bottom')}")
    assert line.get(qn("w:color")) == RED and line.get(qn("w:space")) == "11", "4 mm below the number"
    assert read.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    for footer in (section.footer, section.even_page_footer):
        assert " PAGE " in [code.text for code in footer._element.iter(qn("w:instrText"))]
    body = read.styles["Body Text"].element
    assert [body.pPr.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("autoSpaceDE", "autoSpaceDN")] == [
        "0",
        "0",
    ]
    nearer = int(body.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + nearer) <= 156 / 25.4 * 72 < 28 * 16, "28 characters of 16 pt on a line"
    last = [p for p in read.paragraphs if p.text == "特此通知。"][0]
    assert last.paragraph_format.keep_with_next
    assert read.paragraphs[-1].text == f"（{CONTACT}）"


def test_a_sheet_that_nobody_numbers_or_signs_has_no_red_head() -> None:
    plain = replace(sample("receipt"), number="", signed=False)
    styles = {p.style.name for p in Document(io.BytesIO(to_docx(plain))).paragraphs}
    assert "Issuing Organ" not in styles and "Title" in styles
    assert "Issuing Organ" in {
        p.style.name for p in Document(io.BytesIO(to_docx(sample("receipt")))).paragraphs
    }, "a receipt has no number, but is signed"


def test_a_heading_across_a_list_stays_with_what_follows() -> None:
    heading = (Cell("第二部分", columns=2, label=True),)
    for lines in range(29, 39):
        rows = tuple((Cell(f"甲{n}"), Cell("乙")) for n in range(lines))
        form = Form(
            (30, 126), ((Cell("名称", label=True), Cell("备注", label=True)), *rows, heading, rows[0]), 1
        )
        document = replace(sample("archive-index"), blocks=(form,))
        assert not any(re.search("第二部分(—\\d+—)?$", page) for page in pages(to_pdf(document))), lines
    kept = Document(io.BytesIO(to_docx(document))).tables[0].rows[-2].cells[0].paragraphs[0]
    assert kept.paragraph_format.keep_with_next


def test_the_contact_stays_with_the_signature_and_a_last_table_begins_no_page() -> None:
    read = Document(io.BytesIO(to_docx(sample("extension"))))
    assert read.paragraphs[-2].style.name == "Signature Line"
    assert read.paragraphs[-2].paragraph_format.keep_with_next
    form = Document(io.BytesIO(to_docx(sample("approval"))))
    assert form.paragraphs[-1].text == "" and form.paragraphs[-1].paragraph_format.line_spacing == Pt(1)


def test_a_form_is_a_table_without_a_red_head() -> None:
    read = Document(io.BytesIO(to_docx(sample("approval"))))
    assert len(read.tables) == 1 and "Issuing Organ" not in {p.style.name for p in read.paragraphs}
    assert read.tables[0].cell(0, 0).text == "登记编号"
    application = Document(io.BytesIO(to_docx(sample("application")))).tables[0]
    assert application.cell(0, 0)._tc is application.cell(3, 0)._tc, "the side heading is merged"
