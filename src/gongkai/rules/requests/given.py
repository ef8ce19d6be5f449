"""What was filled in for an act (填写的内容), read by kind, refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.rules.requests.act import Act
from gongkai.rules.requests.facts import Passage
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.supplements import CaseRefused


@dataclass(frozen=True, slots=True)
class Given:
    """The values of an act's fields by code; absent, None and blank text are not given."""

    act: Act
    values: Mapping[str, object]

    def missing(self) -> tuple[str, ...]:
        """The needed fields that are not filled in. ``False`` and 0 are answers."""
        return tuple(code for code in self.act.needs if not self._has(code))

    def _has(self, code: str) -> bool:
        value = self.values.get(code)
        if isinstance(value, str):
            return bool(value.strip())
        return value is not None and value != ()

    def day(self, code: str) -> date:
        """A date. Raises CaseRefused for anything else."""
        value = self.values.get(code)
        if isinstance(value, date):
            return value
        raise CaseRefused(f"“{FIELDS[code].label}”应是日期，如 2021-10-15。")

    def day_or_none(self, code: str) -> date | None:
        """A date, or None where it was left blank."""
        return self.day(code) if self._has(code) else None

    def text(self, code: str) -> str:
        """The words, without blanks around them; "" where there are none."""
        value = self.values.get(code)
        return value.strip() if isinstance(value, str) else ""

    def number(self, code: str) -> int:
        """A whole number not below nought. Raises CaseRefused for anything else."""
        value = self.values.get(code)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise CaseRefused(f"“{FIELDS[code].label}”是“{value}”，应是不小于 0 的整数。")

    def flag(self, code: str) -> bool:
        """Whether it was ticked (勾选)."""
        return self.values.get(code) is True

    def index(self, code: str, length: int) -> int:
        """The place in a list of so many. Raises CaseRefused beyond its end."""
        place = self.number(code)
        if place >= length:
            raise CaseRefused(f"“{FIELDS[code].label}”选的是第 {place + 1} 项，只有 {length} 项；重新选。")
        return place

    def words(self, code: str) -> tuple[str, ...]:
        """A list of codes. Raises CaseRefused for anything else."""
        value = self.values.get(code, ())
        if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise CaseRefused(f"“{FIELDS[code].label}”应从列出的几项里选。")

    def passages(self) -> tuple[Passage, ...]:
        """The passages that are not given. Raises CaseRefused for anything else."""
        value = self.values.get("passages", ())
        if isinstance(value, list | tuple) and all(isinstance(one, Passage) for one in value):
            return tuple(value)
        raise CaseRefused(f"“{FIELDS['passages'].label}”要逐处写明位置和理由。")
