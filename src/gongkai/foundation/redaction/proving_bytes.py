"""The raw bytes of an issued file (原始字节): one version, nothing behind it, no word, no stream of the source."""

from __future__ import annotations

import contextlib
import hashlib
import io
from typing import Any

from gongkai.foundation.redaction.model import Leak
from gongkai.foundation.redaction.normal import TELLING, Needles

_ENCODINGS = ("utf-8", "gb18030", "utf-16-be", "utf-16-le")
# Shorter streams (an empty page, a colour) are alike in all files.
_OWN = 48


def revision_leaks(issued: bytes) -> list[Leak]:
    """Earlier versions, and whatever stands before the header or behind the end."""
    leaks = []
    if not issued.startswith(b"%PDF-"):
        leaks.append(Leak(0, "revision", "文件头前面有内容"))
    for mark, most in ((b"%%EOF", 1), (b"startxref", 1)):
        if issued.count(mark) != most:
            leaks.append(Leak(0, "revision", f"{mark.decode()} 有 {issued.count(mark)} 处，应当只有 1 处"))
    if not issued.rstrip(b"\r\n").endswith(b"%%EOF"):
        leaks.append(Leak(0, "revision", "文件尾后面有内容"))
    return leaks


def byte_leaks(issued: bytes, needles: Needles) -> list[Leak]:
    """Removed words in the file as it lies on the disk, in every writing, spelled out as digits of hex too."""
    low = issued.lower()
    leaks = []
    for word in sorted(needles.whole):
        if word.rstrip("x").isdigit() and len(word) < TELLING:
            continue
        for encoding in _ENCODINGS:
            data = word.encode(encoding, "ignore")
            if len(data) >= TELLING and (data.lower() in low or data.hex().encode() in low):
                leaks.append(Leak(0, "string", word))
                break
    return leaks


def survivors(document: Any, source: bytes) -> list[Leak]:
    """Streams of the source that stand in the issued file, packed or unpacked."""
    import pikepdf

    if not source.startswith(b"%PDF-"):
        # The very bytes of an image source, wherever they stand.
        digest = {hashlib.sha256(source).digest()}
    else:
        try:
            with pikepdf.open(io.BytesIO(source), suppress_warnings=True) as original:
                digest = {one for thing in original.objects for one in _digests(thing)}
        except pikepdf.PdfError:
            return [Leak(0, "source", "原文件打不开，无法比较")]
    return [
        Leak(0, "source", f"对象 {thing.objgen[0]}")
        for thing in document.objects
        if digest & set(_digests(thing))
    ]


def _digests(thing: Any) -> list[bytes]:
    import pikepdf

    if not isinstance(thing, pikepdf.Stream):
        return []
    found = [thing.read_raw_bytes()]
    if thing.get("/Subtype") != "/Image":
        with contextlib.suppress(pikepdf.PdfError):
            found.append(thing.read_bytes())
    return [hashlib.sha256(bytes(data)).digest() for data in found if len(data) >= _OWN]
