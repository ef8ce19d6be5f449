"""The proof itself: leaks of every kind, planted by hand into an issued file, are each caught."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from gongkai.foundation.redaction.model import Box, Proof
from gongkai.foundation.redaction.normal import FRAGMENT, found_in, needles_of, normal
from gongkai.foundation.redaction.proving import prove
from gongkai.foundation.redaction.writing import Issued, canonical, redact
from tests.foundation.redaction_papers import CARD, NAME, PHONE, photograph, typeset
from tests.foundation.test_redaction_traps import boxes_over

REMOVED = (NAME, CARD, "示范镇示范村第三组某某巷")


@pytest.fixture(scope="module")
def source() -> bytes:
    return typeset()


@pytest.fixture(scope="module")
def boxes(source: bytes) -> list[Box]:
    return boxes_over(source, (NAME, CARD, PHONE))


@pytest.fixture(scope="module")
def made(source: bytes, boxes: list[Box]) -> Issued:
    return redact(source, boxes)


@pytest.fixture
def proving(source: bytes, boxes: list[Box], made: Issued) -> Callable[[bytes], Proof]:
    texts = [one.text for one in made.splits]
    removed = (*made.removed, *REMOVED)
    return lambda content: prove(content, removed, boxes=boxes, readable=texts, source=source)


def planted(made: Issued, plant: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The issued file with something planted, written as issued files are."""
    with pikepdf.open(io.BytesIO(made.content)) as document:
        plant(document)
        content = canonical(document)
    with pikepdf.open(io.BytesIO(content)) as again:
        return canonical(again)


def _page(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.pages[0].obj


def _written(document: pikepdf.Pdf, extra: bytes) -> None:
    page = _page(document)
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n" + extra)


def _in_own_font(document: pikepdf.Pdf, text: str = NAME) -> None:
    """The name in the invisible layer, by a font of the very form that the writer uses."""
    codes = bytes(range(1, len(text) + 1))
    table = "\n".join(f"<{n:02x}> <{c.encode('utf-16-be').hex()}>" for n, c in enumerate(text, 1))
    font = _page(document).Resources.Font["/T0"]
    twin = Dictionary({key: font[key] for key in font.keys()})  # noqa: SIM118
    twin.ToUnicode = document.make_stream(
        b"1 begincodespacerange <01> <ff> endcodespacerange\n%d beginbfchar\n%s\nendbfchar"
        % (len(text), table.encode())
    )
    _page(document).Resources.Font["/T1"] = document.make_indirect(twin)
    _written(document, b"BT 3 Tr /T1 12 Tf 1 0 0 1 50 50 Tm <" + codes.hex().encode() + b"> Tj ET")


def _backwards(document: pikepdf.Pdf) -> None:
    _in_own_font(document, NAME[::-1])


def _part(document: pikepdf.Pdf) -> None:
    _in_own_font(document, REMOVED[2][3 : 3 + FRAGMENT])


def _white(document: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    _page(document).Resources.Font["/F9"] = document.make_indirect(font)
    _written(document, b"BT 1 g /F9 9 Tf 50 50 Td (" + CARD.encode() + b") Tj ET")


def _info(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = String(NAME)


def _xmp(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:title"] = NAME


def _other_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = String("别的标题")


def _attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.txt"] = NAME.encode()


def _annotation(document: pikepdf.Pdf) -> None:
    _page(document).Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String(NAME))])


def _form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Tx, V=String(NAME))]))


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _read_aloud(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.K.K[0].K[0].Alt = String(f"已涂黑：{NAME}")


def _property(document: pikepdf.Pdf) -> None:
    text = String(NAME).unparse()
    _written(document, b"/Span <</ActualText " + text + b">> BDC EMC")


def _orphan(document: pikepdf.Pdf) -> None:
    # Written out because something refers to it, though no reader ever gets there.
    _page(document).Resources.XObject["/Page"].Hidden = document.make_indirect(Dictionary(Note=String(NAME)))


def _peeping(document: pikepdf.Pdf) -> None:
    """Pixels under a box that are not black: the picture, drawn once more without boxes."""
    _page(document).Resources.XObject["/Page"] = document.make_indirect(
        _same_picture(document, lambda data: b"\xff" * len(data))
    )


def _behind_the_rows(document: pikepdf.Pdf) -> None:
    _page(document).Resources.XObject["/Page"] = document.make_indirect(
        _same_picture(document, lambda data: data + NAME.encode("utf-16-be"))
    )


def _same_picture(document: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> pikepdf.Object:
    picture = _page(document).Resources.XObject["/Page"]
    data = zlib.decompress(picture.read_raw_bytes())
    copy = document.make_stream(b"")
    copy.write(
        zlib.compress(change(data)), filter=Name.FlateDecode, decode_parms=Dictionary(picture.DecodeParms)
    )
    for key in ("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent"):
        copy[key] = picture[key]
    return copy


def _second_picture(document: pikepdf.Pdf) -> None:
    twin = _same_picture(document, lambda data: data)
    _page(document).Resources.XObject["/Other"] = document.make_indirect(twin)


def _clear_glyph(document: pikepdf.Pdf) -> None:
    font = _page(document).Resources.Font["/T0"]
    font.CharProcs["/n"] = document.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 500 500 re f")


def _comment(document: pikepdf.Pdf) -> None:
    _written(document, b"% " + NAME.encode("gb18030"))


PLANTS: dict[str, tuple[Callable[[pikepdf.Pdf], None], set[str]]] = {
    "invisible text": (_in_own_font, {"text", "content"}),
    "backwards": (_backwards, {"text", "content"}),
    "a part": (_part, {"text", "content"}),
    "white text": (_white, {"text", "string"}),
    "author": (_info, {"metadata", "string"}),
    "XMP": (_xmp, {"metadata", "string"}),
    "title": (_other_title, {"metadata"}),
    "attachment": (_attachment, {"attachment", "string"}),
    "annotation": (_annotation, {"attachment", "string"}),
    "form": (_form, {"attachment", "string"}),
    "script": (_script, {"attachment"}),
    "alternative text": (_read_aloud, {"string"}),
    "property of marked content": (_property, {"content"}),
    "hidden key": (_orphan, {"structure", "string"}),
    "pixels under a box": (_peeping, {"pixels"}),
    "bytes behind the rows": (_behind_the_rows, {"pixels"}),
    "second picture": (_second_picture, {"pixels"}),
    "glyph": (_clear_glyph, {"content"}),
    "comment": (_comment, {"string"}),
}


def test_what_was_made_proves(made: Issued, proving: Callable[[bytes], Proof]) -> None:
    proof = proving(made.content)
    assert proof.holds and proof.pages == 1 and proof.boxes == 3 and proof.searched > 20
    assert proof.places["pixels"] == 3 and proof.places["source"] == 1


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_leak_is_caught(made: Issued, proving: Callable[[bytes], Proof], kind: str) -> None:
    plant, wanted = PLANTS[kind]
    found = {leak.kind for leak in proving(planted(made, plant)).leaks}
    assert wanted <= found, found


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda c, s: c + NAME.encode(), "revision"),
        (lambda c, s: c + b"\n1 0 obj\n<</A 1>>\nendobj\nstartxref\n0\n%%EOF\n", "revision"),
        (lambda c, s: b"\n" + c, "revision"),
        (lambda c, s: c.replace(b"endobj\n", b"endobj\n% " + CARD.encode() + b"\n", 1), "revision"),
        (lambda c, s: c.replace(b"endobj\n", b"endobj\n% " + NAME.encode("utf-16-be").hex().encode() + b"\n", 1), "string"),
        (lambda c, s: c[: len(c) // 2], "revision"),
        (lambda c, s: b"nothing at all", "structure"),
        (lambda c, s: s, "text"),
        (lambda c, s: s, "source"),
        (lambda c, s: s, "structure"),
    ],
)  # fmt: skip
def test_leaks_outside_the_objects_are_caught(
    made: Issued,
    source: bytes,
    proving: Callable[[bytes], Proof],
    change: Callable[[bytes, bytes], bytes],
    kind: str,
) -> None:
    proof = proving(change(made.content, source))
    assert not proof.holds and kind in {leak.kind for leak in proof.leaks}, proof.leaks


def test_a_stream_of_the_source_is_caught(
    made: Issued, source: bytes, proving: Callable[[bytes], Proof]
) -> None:
    def plant(document: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(source)) as original:
            data = original.pages[0].obj.Contents.read_bytes()
        _page(document).Contents = document.make_stream(data)

    assert "source" in {leak.kind for leak in proving(planted(made, plant)).leaks}


def test_photographs_are_proven_too() -> None:
    """Noise makes a page a JPEG: rings at the edge of a box are no leak, pixels in it are."""
    from PIL import Image

    noise = Image.effect_noise((1800, 2400), 120).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=90)
    boxes = [Box(1, 100, 100, 300, 140), Box(1, 500, 500, 507, 504)]
    made = redact(buffer.getvalue(), boxes)
    proof = prove(made.content, (), boxes=boxes, readable=[""], source=buffer.getvalue())
    assert b"/DCTDecode" in made.content and proof.leaks == ()
    elsewhere = prove(made.content, (), boxes=[Box(1, 600, 600, 700, 640)], readable=[""])
    assert {leak.kind for leak in elsewhere.leaks} == {"pixels"}


def test_scans_have_no_text_and_say_so_by_their_numbers() -> None:
    boxes = [Box(1, 100, 150, 900, 320)]
    made = redact(photograph(), boxes)
    proof = prove(made.content, (NAME, "人"), boxes=boxes, readable=[""])
    assert proof.holds and proof.short == 1


def test_what_is_looked_for() -> None:
    needles = needles_of(["申 请 人 甲", "电话：138-0000-0000", "甲"])
    assert {"申请人甲", "13800000000"} <= needles.whole and needles.short == 1
    assert normal("１３８ 0000\u200b 0000") == "13800000000"
    assert found_in(normal("他叫申请人　甲，"), needles, pieces=False) == ["申请人甲"]
    assert found_in(normal("000-0000-0831"), needles, pieces=False) == ["13800000000"], "read from the end"
    assert found_in("380000", needles, pieces=True) and not found_in("380000", needles, pieces=False)
    assert found_in(normal("二〇二一年"), needles, pieces=True) == []


def test_words_accepted_elsewhere_may_stand_in_the_text_alone(
    made: Issued, source: bytes, boxes: list[Box]
) -> None:
    texts = [one.text for one in made.splits]
    word = "会议同意"
    refused = prove(made.content, (word,), boxes=boxes, readable=texts)
    assert {(leak.kind, leak.words) for leak in refused.leaks} == {("text", word), ("content", word)}
    assert prove(made.content, (word,), boxes=boxes, readable=texts, accepted=(word,)).holds
    hidden = planted(made, lambda d: _in_own_font(d, word))
    assert not prove(hidden, (word,), boxes=boxes, readable=texts, accepted=(word,)).holds
