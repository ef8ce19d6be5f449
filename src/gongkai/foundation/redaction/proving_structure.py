"""What an issued file may consist of (允许的对象): a closed list, walked from the trailer; nothing else may be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gongkai.foundation.redaction.model import Leak
from gongkai.foundation.redaction.normal import Needles, found_in, found_in_stream, normal

# For each kind of dictionary: its keys, each with the kind of what stands there ("" for a plain value).
_NUMBERED = "*"
_SCHEMA: dict[str, dict[str, str]] = {
    "trailer": {"/Root": "catalog", "/Info": "info", "/Size": "", "/ID": ""},
    "catalog": {
        "/Type": "", "/Pages": "pages", "/Lang": "", "/MarkInfo": "marked", "/ViewerPreferences": "viewer",
        "/StructTreeRoot": "tree",
    },
    "info": {"/Title": ""},
    "marked": {"/Marked": ""},
    "viewer": {"/DisplayDocTitle": ""},
    "pages": {"/Type": "", "/Kids": "pages|page", "/Count": "", "/Parent": "pages"},
    "page": {
        "/Type": "", "/Parent": "pages", "/MediaBox": "", "/Resources": "resources", "/Contents": "content",
        "/StructParents": "", "/Tabs": "",
    },
    "resources": {"/XObject": "pictures", "/Font": "fonts"},
    "pictures": {_NUMBERED: "picture"},
    "fonts": {_NUMBERED: "font"},
    "picture": {
        "/Type": "", "/Subtype": "", "/Width": "", "/Height": "", "/ColorSpace": "", "/BitsPerComponent": "",
        "/ImageMask": "", "/Decode": "", "/Filter": "", "/DecodeParms": "packing", "/Length": "",
    },
    "packing": {"/Predictor": "", "/Colors": "", "/BitsPerComponent": "", "/Columns": ""},
    "font": {
        "/Type": "", "/Subtype": "", "/FontBBox": "", "/FontMatrix": "", "/CharProcs": "shapes",
        "/Encoding": "encoding", "/FirstChar": "", "/LastChar": "", "/Widths": "", "/Resources": "nothing",
        "/ToUnicode": "stream",
    },
    "shapes": {"/n": "shape"},
    "encoding": {"/Type": "", "/Differences": ""},
    "nothing": {},
    "content": {"/Length": "", "/Filter": ""},
    "shape": {"/Length": "", "/Filter": ""},
    "stream": {"/Length": "", "/Filter": ""},
    "tree": {"/Type": "", "/K": "element", "/ParentTree": "parents"},
    "parents": {"/Nums": "element"},
    "element": {
        "/Type": "", "/S": "", "/P": "tree|element", "/Pg": "page", "/K": "element", "/Alt": "",
    },
}  # fmt: skip
# What other kinds of PDF carry, by the key under which it is hung up.
_CARRIERS = {
    "metadata": ("/Metadata", "/Info", "/PieceInfo", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer"),
    "attachment": (
        "/Names", "/EmbeddedFiles", "/AF", "/Annots", "/AcroForm", "/OpenAction", "/AA", "/JS", "/EF",
        "/Collection", "/OCProperties", "/Outlines", "/Dests", "/Perms", "/XFA",
    ),
    "revision": ("/Prev", "/XRefStm"),
}  # fmt: skip
_SHAPE = b"1000 0 0 0 1000 1000 d1"
# The only things the writer ever puts on a page.
_OPERATORS = {
    "q",
    "Q",
    "cm",
    "Do",
    "re",
    "f",
    "g",
    "BT",
    "ET",
    "Tr",
    "Tz",
    "Tm",
    "Tf",
    "Tj",
    "BMC",
    "BDC",
    "EMC",
}


def structure_leaks(document: Any, own: frozenset[str]) -> list[Leak]:
    """Whatever is not in the closed list: keys, orphans, operators, fonts with shapes, other tags.

    ``own``: the only words that may stand in the file beside its pages' text.
    """
    walk = _Walk(own)
    walk.visit(document.trailer, "trailer")
    leaks = walk.leaks
    # A place without an object is None.
    known = {thing.objgen for thing in document.objects if thing is not None}
    orphans = known - walk.seen - {(0, 0)}
    leaks += [Leak(0, "structure", f"没有被引用的对象 {number}") for number, _ in sorted(orphans)]
    for number, page in enumerate(document.pages, 1):
        leaks += _content_leaks(page, number)
    return leaks


class _Walk:
    """From the trailer through everything that is referred to."""

    def __init__(self, own: frozenset[str]) -> None:
        self.own = own
        self.seen: set[tuple[int, int]] = set()
        self.leaks: list[Leak] = []

    def visit(self, first: Any, kind: str) -> None:
        """Hold one thing against its kind, and everything below it."""
        waiting = [(first, kind)]
        while waiting:
            thing, expected = waiting.pop()
            waiting += self._step(thing, expected)

    def _step(self, thing: Any, expected: str) -> list[tuple[Any, str]]:
        import pikepdf

        if not isinstance(thing, pikepdf.Object):
            return []
        if thing.objgen != (0, 0):
            if thing.objgen in self.seen:
                return []
            self.seen.add(thing.objgen)
        if isinstance(thing, pikepdf.Array):
            return [(one, expected) for one in thing]
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            return []
        if not expected:
            self.leaks.append(Leak(0, "structure", "不该有的对象"))
            return []
        kind = self._kind(thing, expected)
        keys = _SCHEMA[kind]
        found = []
        for key in thing.keys():  # noqa: SIM118 - a stream is iterated by its dictionary
            if key not in keys and _NUMBERED not in keys:
                self.leaks.append(Leak(0, _carrier(key), f"{key}"))
                continue
            found.append((thing[key], keys.get(key, keys.get(_NUMBERED, ""))))
        self._value(thing, kind)
        return found

    @staticmethod
    def _kind(thing: Any, expected: str) -> str:
        if "|" not in expected:
            return expected
        by_type = {"/Pages": "pages", "/Page": "page", "/StructTreeRoot": "tree", "/StructElem": "element"}
        named = by_type.get(str(thing.get("/Type", "")), "")
        return named if named in expected.split("|") else expected.split("|")[0]

    def _value(self, thing: Any, kind: str) -> None:
        wrong = {
            "info": ("metadata", "标题不是本系统写的", str(thing.get("/Title", "")) not in self.own),
            "element": (
                "string",
                "替代文字不是本系统写的",
                "/Alt" in thing and str(thing.Alt) not in self.own,
            ),
            "shape": ("content", "字体里有字形", kind == "shape" and thing.read_bytes() != _SHAPE),
            "picture": ("structure", "页面里有图片以外的对象", str(thing.get("/Subtype", "")) != "/Image"),
        }
        leak, words, there = wrong.get(kind, ("", "", False))
        if there:
            self.leaks.append(Leak(0, leak, words))


def _carrier(key: str) -> str:
    return next((kind for kind, keys in _CARRIERS.items() if key in keys), "structure")


def _content_leaks(page: Any, number: int) -> list[Leak]:
    import pikepdf

    try:
        found = list(pikepdf.parse_content_stream(page))
    except pikepdf.PdfError:
        return [Leak(number, "content", "内容流读不出")]
    used = {str(one.operator) for one in found}
    properties = [one.operands[1] for one in found if str(one.operator) == "BDC"]
    if any(not isinstance(p, pikepdf.Dictionary) or set(p.keys()) != {"/MCID"} for p in properties):
        return [Leak(number, "content", "标记里有别的内容")]
    return [Leak(number, "content", f"不该有的指令 {one}") for one in sorted(used - _OPERATORS)]


def content_texts(document: Any) -> list[str]:
    """The text of each page, spelled out of its content stream by the tables of its fonts."""
    import pikepdf

    found = []
    for page in document.pages:
        fonts = page.obj.get("/Resources", {}).get("/Font", {})
        tables = {name: _table(font) for name, font in fonts.items()}
        table: dict[int, str] = {}
        words = []
        for one in pikepdf.parse_content_stream(page):
            if str(one.operator) == "Tf":
                table = tables.get(str(one.operands[0]), {})
            elif str(one.operator) == "Tj":
                words.append("".join(table.get(code, "\ufffd") for code in bytes(one.operands[0])))
        found.append(" ".join(words))
    return found


def _table(font: Any) -> dict[int, str]:
    text = font["/ToUnicode"].read_bytes().decode("ascii", "replace")
    pairs = re.findall(r"<([0-9a-f]{2})> <([0-9a-f]+)>", text)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be", "replace") for code, value in pairs}


def string_leaks(document: Any, needles: Needles, own: frozenset[str]) -> list[Leak]:
    """Removed words in any string or name of any object, or in any stream that is no picture."""
    import pikepdf

    # The trailer is no object of the list.
    leaks = _in_strings(document.trailer, "metadata", needles, own)
    for thing in document.objects:
        leaks += _in_strings(thing, "string", needles, own)
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
            for text in _decoded(_bytes(thing)):
                leaks += [Leak(0, "string", one) for one in found_in_stream(text, needles)]
    return leaks


def _in_strings(thing: Any, kind: str, needles: Needles, own: frozenset[str]) -> list[Leak]:
    foreign = [text for text in _strings(thing, 0) if text not in own]
    return [Leak(0, kind, one) for text in foreign for one in found_in(normal(text), needles, pieces=True)]


def _strings(thing: Any, depth: int) -> Iterator[str]:
    """The strings and names of an object, as far as the next object of its own."""
    import pikepdf

    if depth > 12:
        return
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _direct(one, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118 - a stream is iterated by its dictionary
            yield key
            yield from _direct(thing[key], depth)
    else:
        yield from _direct(thing, depth)


def _direct(thing: Any, depth: int) -> Iterator[str]:
    import pikepdf

    if isinstance(thing, pikepdf.String):
        data = bytes(thing)
        yield str(thing)
        # Bytes that no reader takes for text may still be text in another writing.
        yield from _decoded(data) if not data.startswith(b"\xfe\xff") else ()
    elif isinstance(thing, pikepdf.Name):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array | pikepdf.Dictionary) and thing.objgen == (0, 0):
        yield from _strings(thing, depth + 1)


def _bytes(stream: Any) -> bytes:
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _decoded(data: bytes) -> Iterator[str]:
    """Bytes in every writing in which Chinese may stand."""
    for encoding in ("utf-8", "gb18030", "utf-16-be", "utf-16-le"):
        yield data.decode(encoding, "ignore")
