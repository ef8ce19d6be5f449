"""Sources that try to let something through (对抗样本): each hides the name in a place of its own."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.foundation.redaction_papers import CARD, LINES, NAME, photograph, typeset

SECRET = f"{NAME}的秘密住址在示范巷"


def changed(change: Callable[[pikepdf.Pdf], None], source: bytes | None = None) -> bytes:
    """The typeset page after a change to its objects."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(source or typeset())) as document:
        change(document)
        document.save(buffer)
    return buffer.getvalue()


def _rotated(degrees: int) -> bytes:
    return changed(lambda d: d.pages[0].obj.__setitem__("/Rotate", degrees))


def _cropped(document: pikepdf.Pdf) -> None:
    # The page's own origin is far away, and less of it is shown than there is.
    page = document.pages[0].obj
    page.MediaBox = Array([-100, -50, 700, 900])
    page.CropBox = Array([40, 300, 560, 842])


def _annotated(document: pikepdf.Pdf) -> None:
    look = document.make_stream(b"BT /F1 12 Tf 10 10 Td (x) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([50, 50, 150, 70]), Contents=String(SECRET),
        T=String(NAME), AP=Dictionary(N=look), DA=String("/F1 12 Tf"),
    )  # fmt: skip
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def _form(document: pikepdf.Pdf) -> None:
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(NAME), DV=String(SECRET),
            Rect=Array([50, 90, 250, 110]), DA=String("/Helv 12 Tf 0 g"), F=4,
        )
    )  # fmt: skip
    helv = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=Dictionary(Helv=helv))
    )


def _described(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as xmp:
        xmp["dc:title"], xmp["dc:description"] = NAME, SECRET
    document.docinfo["/Author"], document.docinfo["/Keywords"] = String(NAME), String(CARD)
    document.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["原件.txt"] = SECRET.encode()


def _scripted(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{NAME}')"))
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))


def _without_tables(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing:
            del thing["/ToUnicode"]


def _lying_tables(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing:
            thing.ToUnicode = document.make_stream(
                b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
                b"1 beginbfrange <0000> <ffff> <4e00> endbfrange endcmap"
            )


def _thumbnail(document: pikepdf.Pdf) -> None:
    image = document.make_stream(zlib.compress(SECRET.encode() * 30), Filter=Name.FlateDecode)
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 10, 10, Name.DeviceGray, 8
    document.pages[0].obj.Thumb = image


def plain_page(content: bytes, **root: Any) -> bytes:
    """A page written by hand in Helvetica, with whatever stands in its content."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = document.make_stream(content)
    if root.get("hidden"):
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        page.Resources.Properties = Dictionary(L1=layer)
        document.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
        )
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


OPEN = b"BT /F1 14 Tf 60 700 Td (Open part of the minutes) Tj ET\n"
HIDDEN_LAYER = plain_page(OPEN + b"/OC /L1 BDC BT /F1 14 Tf 60 650 Td (ZHANGSAN1980) Tj ET EMC", hidden=True)
# Somebody's own black rectangle over a name that still stands in the file.
COVERED = plain_page(OPEN + b"BT /F1 14 Tf 60 650 Td (ZHANGSAN1980) Tj ET 0 g 50 640 200 30 re f")
INVISIBLE = plain_page(OPEN + b"BT 3 Tr /F1 14 Tf 60 650 Td (ZHANGSAN1980) Tj ET")
OFF_THE_PAGE = plain_page(OPEN + b"BT /F1 14 Tf 60 2650 Td (ZHANGSAN1980) Tj ET")
SPELLED = plain_page(OPEN + b"BT /F1 14 Tf 60 650 Td [(Z)-900(HANG)-700(SAN)-900(1)-800(980)] TJ ET")


def revised() -> bytes:
    """A file whose first version holds the name; its last version shows another page."""
    first = typeset()
    with pikepdf.open(io.BytesIO(first)) as document:
        page, root, size = document.pages[0].obj.objgen[0], document.Root.objgen[0], len(document.objects) + 2
        kept = document.pages[0].obj.get("/Parent").objgen[0]
    before = int(first.rsplit(b"startxref", 1)[1].split()[0])
    new = b"%d 0 obj\n<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<<>>>>\nendobj\n" % (
        page,
        kept,
    )
    at = len(first) + 1
    table = at + len(new)
    tail = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (
        page, at, size, root, before,
    )  # fmt: skip
    return first + b"\n" + new + tail + b"startxref\n%d\n%%%%EOF\n" % table


def polyglot() -> bytes:
    """A PDF that is a zip as well, with the name in it."""
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("name.txt", SECRET)
    return typeset() + pack.getvalue()


def flood(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of a few hundred bytes that unpacks to four hundred million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def flooded_pdf() -> bytes:
    """A PDF that draws such a picture."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842)).obj
    image = document.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image)
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 20_000, 20_000, Name.DeviceRGB, 8
    page.Resources = Dictionary(XObject=Dictionary(X=image))
    page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /X Do Q")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def locked(**rights: Any) -> bytes:
    """The page under a password."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="o", **rights))
    return buffer.getvalue()


def tagged_photograph() -> bytes:
    """A JPEG that lies on its side and tells the name in its EXIF."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x9C9C] = 6, SECRET.encode().hex(), NAME.encode("utf-16-le")
    return photograph(kind="JPEG", exif=exif, comment=SECRET.encode(), quality=92)


SPACED = (*LINES[:1], "补助对象 申 请 人 甲 乙，公民身份号码 1101 0119 9001 0100 15。", *LINES[2:])
BROKEN_LINE = ("补助对象申请人#linebreak()甲乙，公民身份号码11010119900#linebreak()1010015。", *LINES[2:])

# Name of the trap → the source, with all its names under boxes found by searching.
TRAPS: dict[str, Callable[[], bytes]] = {
    "plain": typeset,
    "white text": lambda: typeset((*[LINES], [f"#text(fill: white)[{SECRET}]", "可以公开的一句话。"])),
    "turned by 90": lambda: _rotated(90),
    "turned by 180": lambda: _rotated(180),
    "turned by 270": lambda: _rotated(270),
    "crop box off the origin": lambda: changed(_cropped),
    "annotation": lambda: changed(_annotated),
    "form field": lambda: changed(_form),
    "metadata": lambda: changed(_described),
    "embedded file": lambda: changed(_attached),
    "script and outline": lambda: changed(_scripted),
    "earlier version": revised,
    "zip behind the end": polyglot,
    "letters spaced": lambda: typeset([SPACED]),
    "over a line break": lambda: typeset([BROKEN_LINE]),
    "font without a table": lambda: changed(_without_tables),
    "font with a lying table": lambda: changed(_lying_tables),
    "thumbnail": lambda: changed(_thumbnail),
    "tagged JPEG": tagged_photograph,
    "one-bit scan": lambda: photograph(mode="1"),
    "colour PNG": lambda: photograph(mode="RGB"),
    "see-through PNG": lambda: photograph(mode="LA"),
}
