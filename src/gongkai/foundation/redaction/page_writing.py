"""One page of an issued file (写一页): the picture, the marks of the boxes, the readable text under it, its tags."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

from gongkai.foundation.redaction.label_pictures import label_for
from gongkai.foundation.redaction.model import WHOLE, Box, Letter, Sheet
from gongkai.foundation.redaction.text_layer import TextLayer

# Above this many bytes a lossless page is a photograph: JPEG then, fine enough for print.
_MOST_LOSSLESS = 1_200_000
_JPEG_QUALITY = 82
# So many levels of grey show a scanned or drawn letter as well as 256.
_LEVELS = 16


def add_page(
    target: Any, sheet: Sheet, image: Any, boxes: Sequence[Box], runs: Sequence[Sequence[Letter]]
) -> None:
    """Append the page to the document, with structure elements for its runs of text and its boxes."""
    from pikepdf import Array, Dictionary, Name, Page

    width, height = round(sheet.width, 2), round(sheet.height, 2)
    layer = TextLayer(width, height)
    body = [b"/Artifact BMC q %s 0 0 %s 0 0 cm /Page Do Q EMC" % (_n(width), _n(height))]
    pictures = {"/Page": target.make_indirect(_picture(target, image))}
    tags: list[Any] = []
    for box in boxes:
        tags.append(_figure(target, box, len(tags)))
        body.append(_box(target, box, (width, height), pictures, len(tags) - 1))
    for run in runs:
        tags.append(Dictionary(Type=Name.StructElem, S=Name.P, K=len(tags)))
        body.append(b"/P <</MCID %d>> BDC %s EMC" % (len(tags) - 1, layer.run(run)))
    fonts = layer.fonts(target)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width, height]),
        Resources=Dictionary(XObject=Dictionary(pictures)),
        Contents=target.make_stream(b"\n".join(body)),
        StructParents=len(target.pages),
        Tabs=Name.S,
    )
    if fonts:
        page.Resources.Font = Dictionary(fonts)
    target.pages.append(Page(target.make_indirect(page)))
    _tag(target, tags)


def _n(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()


def _figure(target: Any, box: Box, number: int) -> Any:
    from pikepdf import Dictionary, Name, String

    return Dictionary(Type=Name.StructElem, S=Name.Figure, K=number, Alt=String(said(box)))


def said(box: Box) -> str:
    """What is read aloud in place of a box."""
    return f"已涂黑：{box.marks[0]}" if box.marks else "已涂黑"


def _box(target: Any, box: Box, size: tuple[float, float], pictures: dict[str, Any], number: int) -> bytes:
    """A black rectangle over the black of the picture, and its mark in white where it fits."""
    width, height = size
    left, bottom = box.left * width / WHOLE, height - box.bottom * height / WHOLE
    wide, high = (box.right - box.left) * width / WHOLE, (box.bottom - box.top) * height / WHOLE
    drawn = [b"q 0 g", b" ".join([*map(_n, (left, bottom, wide, high))]), b"re f"]
    label = label_for(box.marks, wide, high)
    if label is not None:
        name = f"/Mark{label.key}"
        if name not in pictures:
            pictures[name] = target.make_indirect(label.stream(target))
        x, y = left + (wide - label.width) / 2, bottom + (high - label.height) / 2
        drawn += [b"1 g", b" ".join([_n(label.width), b"0 0", *map(_n, (label.height, x, y))]), b"cm"]
        drawn.append(f"{name} Do".encode())
    return b"/Figure <</MCID %d>> BDC " % number + b" ".join(drawn) + b" Q EMC"


def _tag(target: Any, tags: list[Any]) -> None:
    """Hang the page's tags into the tree of the document and the tree of its pages."""
    from pikepdf import Array, Dictionary, Name

    root = target.Root
    if "/StructTreeRoot" not in root:
        document = target.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        tree = target.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, K=document, ParentTree=Dictionary(Nums=Array()))
        )
        document.P = tree
        root.StructTreeRoot = tree
    tree = root.StructTreeRoot
    number = len(target.pages) - 1
    page = target.pages[number].obj
    section = target.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Sect, P=tree.K, Pg=page, K=Array())
    )
    parents = []
    for tag in tags:
        tag.P, tag.Pg = section, page
        made = target.make_indirect(tag)
        section.K.append(made)
        parents.append(made)
    tree.K.K.append(section)
    tree.ParentTree.Nums.extend([number, Array(parents)])


def _picture(target: Any, image: Any) -> Any:
    from pikepdf import Dictionary, Name

    image = _plain(image)
    colours = {"1": 1, "L": 1, "RGB": 3}[image.mode]
    space = Name.DeviceRGB if colours == 3 else Name.DeviceGray
    bits = 1 if image.mode == "1" else 8
    stream = target.make_stream(b"")
    data = _lossless(image)
    if len(data) <= _MOST_LOSSLESS:
        parms = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=image.width)
        stream.write(data, filter=Name.FlateDecode, decode_parms=parms)
    else:
        stream.write(_jpeg(image), filter=Name.DCTDecode)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.width, image.height
    stream.ColorSpace, stream.BitsPerComponent = space, bits
    return stream


def _plain(image: Any) -> Any:
    """Grey where there is no colour, two levels where there are only two."""
    from PIL import ImageChops

    if image.mode == "RGB":
        red, green, blue = image.split()
        ranges: list[Any] = [ImageChops.difference(red, other).getextrema() for other in (green, blue)]
        spread = max(most for _, most in ranges)
        if spread > 6:
            return image
        image = image.convert("L")
    colours = image.getcolors(2)
    if colours is not None and {level for _, level in colours} <= {0, 255}:
        return image.point(lambda level: level, "1")
    step = 255 / (_LEVELS - 1)
    return image.point([round(round(level / step) * step) for level in range(256)])


def _lossless(image: Any) -> bytes:
    """The rows as PNG packs them: the compressed data alone, without any chunk that could say more."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    raw, at, data = buffer.getvalue(), 8, b""
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        if raw[at + 4 : at + 8] == b"IDAT":
            data += raw[at + 8 : at + 8 + length]
        at += 12 + length
    return data


def _jpeg(image: Any) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGB" if image.mode == "RGB" else "L").save(
        buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0
    )
    return buffer.getvalue()
