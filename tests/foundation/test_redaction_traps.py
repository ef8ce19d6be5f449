"""Redaction against sources that try to let something through: nothing of the name is in the issued file."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
import pytest

from gongkai.foundation.redaction import apart
from gongkai.foundation.redaction.model import Box, Proof, RedactionRefused
from gongkai.foundation.redaction.passages import find
from gongkai.foundation.redaction.proving import prove
from gongkai.foundation.redaction.writing import Issued, opened, redact
from tests.foundation import redaction_traps as traps
from tests.foundation.redaction_papers import CARD, LINES, NAME, PHONE, photograph, typeset

WORDS = (NAME, CARD, PHONE)


def boxes_over(source: bytes, words: Sequence[str] = WORDS) -> list[Box]:
    with opened(source) as paper:
        sheets = [(n, paper.sheet(n, shown=False)) for n in range(1, len(paper) + 1)]
    return [box for number, sheet in sheets for word in words for box in find(sheet, number, word)]


def proven(source: bytes, boxes: list[Box], made: Issued, also: Sequence[str] = ()) -> Proof:
    texts = [one.text for one in made.splits]
    return prove(made.content, (*made.removed, *also), boxes=boxes, readable=texts, source=source)


def words_in(content: bytes) -> str:
    """Everything that three ways of reading get out of a file, blanks taken out."""
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    with pikepdf.open(io.BytesIO(content)) as again:
        for thing in again.objects:
            text += repr(thing)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                text += thing.read_bytes().decode("utf-8", "ignore")
    return "".join((text + content.decode("utf-8", "ignore")).split())


@pytest.mark.parametrize("trap", traps.TRAPS)
def test_nothing_of_the_name_is_in_the_issued_file(trap: str) -> None:
    source = traps.TRAPS[trap]()
    boxes = boxes_over(source)
    if not boxes:
        # No text to search: the whole upper half, as a person would draw it.
        boxes = [Box(1, 0, 0, 1000, 500)]
    made = redact(source, boxes)
    proof = proven(source, boxes, made, (NAME, CARD, PHONE, traps.SECRET))
    assert proof.leaks == (), proof.leaks
    held = words_in(made.content)
    for word in (NAME, CARD, PHONE, "秘密住址"):
        assert word not in held
        assert word.encode("utf-16-be") not in made.content


@pytest.mark.parametrize("source", [traps.HIDDEN_LAYER, traps.COVERED, traps.INVISIBLE, traps.OFF_THE_PAGE])
def test_text_that_nobody_sees_is_not_given_back(source: bytes) -> None:
    made = redact(source, [Box(1, 800, 800, 900, 900)])
    assert made.splits[0].text == "Open part of the minutes"
    assert proven(source, [Box(1, 800, 800, 900, 900)], made, ("ZHANGSAN1980",)).holds


def test_letters_set_apart_are_found_and_removed() -> None:
    boxes = boxes_over(traps.SPELLED, ("zhangsan1980",))
    made = redact(traps.SPELLED, boxes)
    assert len(boxes) == 1 and "".join(made.removed) == "ZHANGSAN1980"
    assert proven(traps.SPELLED, boxes, made).holds


def test_a_word_touched_in_part_is_not_given_back_at_all() -> None:
    source = typeset()
    (box,) = boxes_over(source, (CARD,))
    half = Box(1, box.left, box.top, (box.left + box.right) // 2, box.bottom)
    made = redact(source, [half])
    assert CARD[:6] not in made.content.decode("latin-1") and CARD[-6:] not in made.splits[0].text
    assert any(CARD.startswith(one) for one in made.removed)
    assert proven(source, [half], made).holds


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_of_a_turned_page_lie_on_its_words(degrees: int) -> None:
    source = traps.TRAPS[f"turned by {degrees}"]()
    made = redact(source, boxes_over(source))
    assert NAME in made.removed and CARD in made.removed
    assert "会议同意按照规定拨付补助资金" in made.splits[0].text.replace(" ", "")


def test_what_may_be_read_can_be_read(tmp_path: object) -> None:
    made = redact(typeset(), boxes_over(typeset()))
    document = pypdfium2.PdfDocument(made.content)
    text = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert LINES[0] in text and LINES[3] in text and "住示范镇示范村" in text
    with pikepdf.open(io.BytesIO(made.content)) as again:
        assert again.Root.Lang == "zh-CN" and again.Root.MarkInfo.Marked
        assert set(again.docinfo) == {"/Title"}


def test_a_source_with_its_own_fake_redaction_under_a_picture() -> None:
    scan = redact(photograph(mode="1"), [Box(1, 0, 0, 1000, 100)])
    with pikepdf.open(io.BytesIO(scan.content)) as document:
        image = document.pages[0].obj.Resources.XObject["/Page"]
        assert image.BitsPerComponent == 1, "a black-and-white scan stays small"
    assert len(scan.content) < 100_000


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (traps.flood(), "这张图片的像素太多"),
        (traps.flooded_pdf(), "里有一张图片有 40000 万像素"),
        (traps.locked(user="secret"), "加了密码"),
        (traps.locked(user="", allow=pikepdf.Permissions(extract=False)), "加了密"),
        (typeset()[:3000], "打不开|一页也没有"),
        (b"%PDF-1.7\n" + b"\0" * 500, "打不开"),
        (photograph()[:900], "打不开"),
        (photograph(kind="JPEG")[:400], "打不开"),
        (b"PK\x03\x04" + b"\0" * 50, "只能涂黑 PDF"),
        (b"", "只能涂黑 PDF"),
        (b"%PDF-" + b"x" * (21 * 1024 * 1024), "超过 20 MB"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_its_cure(source: bytes, message: str) -> None:
    with pytest.raises(RedactionRefused, match=message):
        redact(source, [Box(1, 0, 0, 10, 10)])


def test_too_many_pages_are_refused() -> None:
    document = pikepdf.new()
    for _ in range(501):
        document.add_blank_page()
    buffer = io.BytesIO()
    document.save(buffer)
    with pytest.raises(RedactionRefused, match="501 页，一次最多 500 页"):
        redact(buffer.getvalue(), [])


def test_a_huge_page_is_drawn_within_bounds() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(14_000, 14_000))
    buffer = io.BytesIO()
    document.save(buffer)
    with opened(buffer.getvalue()) as source:
        image = source.picture(1, 200)
    assert image.width * image.height < 26_000_000


def test_the_worker_stands_alone_and_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    answer, _ = apart.run("search", typeset(), words=NAME, today="2026-01-01")
    assert len(answer["boxes"]) == 1
    with pytest.raises(RedactionRefused, match="打不开"):
        apart.run("look", b"%PDF-1.7 nothing", page=1, boxes=[], today="2026-01-01")
    monkeypatch.setitem(apart.SECONDS, "look", 0)
    with pytest.raises(RedactionRefused, match="时间或者内存太多"):
        apart.run("look", typeset(), page=1, boxes=[], today="2026-01-01")
