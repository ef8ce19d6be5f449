"""What a file really is (文件核对): by its first bytes, never by its name alone; what it is not is refused."""

from __future__ import annotations

import io
import zipfile

from gongkai.casework.refusals import refused

MOST_BYTES = 20 * 1024 * 1024
_MOST_ENTRIES, _MOST_UNPACKED, _MOST_RATIO = 2000, 200 * 1024 * 1024, 200
_TAKEN = "PDF、OFD、JPG、PNG、DOCX、XLSX"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "application/ofd": ("ofd",),
    _DOCX: ("docx",),
    _XLSX: ("xlsx",),
}


def media_type_of(content: bytes, name: str) -> str:
    """The media type by the content. Raises CaseworkRefused where it is none that is taken, or lies."""
    if not content:
        raise refused("file", f"“{_short(name)}”是空文件；重新选择文件。")
    if len(content) > MOST_BYTES:
        raise refused(
            "file", f"“{_short(name)}”超过 {MOST_BYTES // 1024 // 1024} MB；压缩图片或者分成几份再交。"
        )
    found = next((kind for start, kind in _BEGINNINGS if content.startswith(start)), "")
    if not found and content.startswith(b"PK\x03\x04"):
        found = _packed(content, name)
    if not found:
        raise refused("file", f"“{_short(name)}”不是可以收的文件；可以交 {_TAKEN}，其他的先转成 PDF。")
    extension = name.rpartition(".")[2].lower()
    if extension not in _EXTENSIONS[found]:
        right = _EXTENSIONS[found][0]
        raise refused(
            "file",
            f"“{_short(name)}”的内容是 {right.upper()}，扩展名却是“{extension}”；核对文件，改成 .{right} 再交。",
        )
    return found


def _packed(content: bytes, name: str) -> str:
    """An office document is a zip; bombs and macros are refused before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            entries = pack.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise refused("file", f"“{_short(name)}”打不开，可能没有传完；重新选择文件。") from None
    unpacked = sum(e.file_size for e in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or unpacked > _MOST_RATIO * len(content):
        raise refused("file", f"“{_short(name)}”展开后过大，不收；另存为 PDF 再交。")
    names = {e.filename for e in entries}
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise refused("file", f"“{_short(name)}”里有宏，不收；另存为不含宏的文件或者 PDF 再交。")
    for inside, kind in (
        ("word/document.xml", _DOCX),
        ("xl/workbook.xml", _XLSX),
        ("OFD.xml", "application/ofd"),
    ):
        if inside in names:
            return kind
    return ""


def _short(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= 40 else f"{plain[:18]}…{plain[-18:]}"
