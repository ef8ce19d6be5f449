"""The short forms of the admin pages (管理表单): fields that keep what was typed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.foundation.intake.clean import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list; ``group`` puts it under a heading."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the form draws it. ``type``: text, date, select, tel, email, url, password, textarea."""

    name: str
    label: str
    value: str = ""
    type: str = "text"
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    error: str = ""

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options under their headings, in order."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.group, []).append(option)
        return list(found.items())

    @property
    def described(self) -> str:
        """The ids of what stands beside the field."""
        ids = [f"hint-{self.name}"] if self.hint else []
        return " ".join([*ids, *([f"error-{self.name}"] if self.error else [])])


# Here blanks and lines are part of what was typed.
_AS_TYPED = ("textarea", "password")


class Form:
    """A form as it was sent, or as it begins (表单)."""

    def __init__(self, fields: Iterable[Field], given: Mapping[str, Any] | None = None) -> None:
        self._fields = list(fields)
        self._given = given
        self._errors: dict[str, str] = {}
        self.general: list[str] = []

    def text(self, name: str) -> str:
        """What was typed, on one line but for a textarea or password; the field's own value before anything was."""
        own = next(field.value for field in self._fields if field.name == name)
        if self._given is None:
            return own
        typed = str(self._given.get(name, "")).replace("\x00", "")
        if self._kind(name) in _AS_TYPED:
            return typed.replace("\r\n", "\n")
        return " ".join(typed.split())

    def day(self, name: str) -> date | None:
        """A day, or None where it is blank or no day; the latter is an error of the field."""
        text = self.text(name)
        if not text:
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.wrong(name, f"“{text[:30]}”不是日期，写成 2026-03-01 这样。")
            return None
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.wrong(name, f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，核对年份。")
            return None
        return found

    def wrong(self, name: str, message: str) -> None:
        """Note what is wrong; with no such field it is said of the form as a whole."""
        if any(field.name == name for field in self._fields):
            self._errors.setdefault(name, message)
        else:
            self.general.append(message)

    def demand(self, *names: str) -> None:
        """What must not be blank."""
        for name in names:
            if not self.text(name):
                self.wrong(name, "没有写。" if self._kind(name) != "select" else "没有选。")

    def _kind(self, name: str) -> str:
        return next(field.type for field in self._fields if field.name == name)

    @property
    def bad(self) -> bool:
        """Whether anything is wrong so far."""
        return bool(self._errors or self.general)

    @property
    def fields(self) -> list[Field]:
        """The fields with what was typed and what is wrong with it."""
        return [
            Field(
                one.name, one.label, self.text(one.name), one.type, one.hint, one.required, one.options,
                self._errors.get(one.name, ""),
            )
            for one in self._fields
        ]  # fmt: skip

    @property
    def findings(self) -> list[tuple[str, str, str]]:
        """What is wrong, for the summary: field (blank for the form as a whole), label, message."""
        named = [(field.name, field.label, field.error) for field in self.fields if field.error]
        return [*(("", "", message) for message in self.general), *named]
