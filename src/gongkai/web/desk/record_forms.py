"""The form of one record (登记表单), made from the kind's one description; it keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongkai.foundation.intake.clean import clean_row
from gongkai.foundation.kinds import Column, Finding, Kind
from gongkai.web.desk.holding import Held, hold

EVIDENCE_LIMIT = 50 * 1024 * 1024
EVIDENCE_TYPES = ".pdf,.xlsx,.xls,.docx,.doc,.ofd,.wps,.et,.png,.jpg,.jpeg,.zip,.txt,.csv"
# What a file says it is by its first bytes, and the endings that agree with it.
_SIGNS: tuple[tuple[bytes, tuple[str, ...]], ...] = (
    (b"%PDF", ("pdf",)),
    (b"PK\x03\x04", ("xlsx", "docx", "pptx", "zip", "ofd", "et", "wps")),
    (bytes.fromhex("d0cf11e0a1b11ae1"), ("xls", "doc", "ppt", "wps", "et")),
    (b"\x89PNG", ("png",)),
    (b"\xff\xd8\xff", ("jpg", "jpeg")),
)
_KNOWN = {ending for _, endings in _SIGNS for ending in endings}
_PLAIN = ("txt", "csv")


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the form draws it."""

    column: Column
    value: str
    error: str

    @property
    def input_type(self) -> str:
        """The browser's kind of input; a date that is none stays as text, or the browser would drop it."""
        return "date" if self.column.type == "date" and _is_date(self.value) else "text"

    @property
    def inputmode(self) -> str:
        """The keyboard a phone shows."""
        return {"integer": "numeric", "decimal": "decimal"}.get(self.column.type, "")

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What may be chosen: value, label."""
        if self.column.type == "boolean":
            return (("是", "是"), ("否", "否"))
        return tuple((choice.code, choice.label) for choice in self.column.choices)

    @property
    def chosen(self) -> str:
        """The value chosen, by whatever spelling it came."""
        known = self.column.choice(self.value) if self.column.choices else None
        return known.code if known is not None else self.value

    @property
    def described(self) -> str:
        """The ids of what stands beside the field."""
        ids = [f"hint-{self.column.code}"] if self.column.help or self.column.example else []
        return " ".join([*ids, *([f"error-{self.column.code}"] if self.error else [])])


def _is_date(text: str) -> bool:
    try:
        return text == "" or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def typed(kind: Kind, posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by column."""
    return {column.code: posted.get(column.code, "") for column in kind.columns}


def as_typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Values of a record as somebody would type them."""
    return {code: _as_typed(value) for code, value in values.items()}


def _as_typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def fields(kind: Kind, raw: Mapping[str, str], findings: Iterable[Finding] = ()) -> list[Field]:
    """The fields with what was typed and what is wrong with it."""
    wrong: dict[str, str] = {}
    for finding in findings:
        wrong[finding.column] = wrong.get(finding.column, "") + finding.message
    return [Field(column, raw.get(column.code, ""), wrong.get(column.code, "")) for column in kind.columns]


def cleaned(kind: Kind, raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Finding]]:
    """The values, and what is wrong with them."""
    values, findings = clean_row(kind, raw)
    values.pop("evidence", None)
    return values, findings


class UploadRefused(Exception):
    """An uploaded file that is not kept; the message names the cure."""


def hold_evidence(upload: UploadedFile[Any] | None) -> Held | None:
    """Hold an uploaded evidence file until the form is entered. Raises UploadRefused for one too large, empty,
    or not what its name says.
    """
    if upload is None:
        return None
    name = clean_name(upload.name or "")
    if (upload.size or 0) > EVIDENCE_LIMIT:
        raise UploadRefused(f"“{name}”超过 50 MB，压缩或拆分后再上传。")
    content = upload.read()
    if not content:
        raise UploadRefused(f"“{name}”是空文件，核对是不是选错了。")
    refuse_liar(name, content)
    return hold(content, name)


def clean_name(name: str) -> str:
    """A file's name without folders, control or direction characters."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return plain.strip()[-150:] or "未命名"


def refuse_liar(name: str, content: bytes) -> None:
    """Refuse a file whose content is not what its ending says. Raises UploadRefused."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    found = next((endings for sign, endings in _SIGNS if content.startswith(sign)), None)
    if ending not in _KNOWN and ending not in _PLAIN:
        raise UploadRefused(f"“{name}”不是可以存的类型。用 pdf、xlsx、docx、png、jpg、zip、txt 或 csv。")
    if found is not None and ending not in found:
        raise UploadRefused(
            f"“{name}”的内容其实是 {found[0]} 文件，和文件名对不上。改成正确的扩展名，或换一个文件。"
        )
    if found is None and ending in _KNOWN:
        raise UploadRefused(f"“{name}”的内容不是 {ending} 文件。用原来的软件打开，另存后再上传。")
