"""What an organ's letters need beside the record (文书设置): read with the district's behind it, changed, on record."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from gongkai.casework.models import LetterNumber, LetterSettings
from gongkai.casework.refusals import CaseChanged, CaseworkRefused, refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.requests.numbers import letter_number
from gongkai.rules.roles import Permission
from gongkai.rules.supplements import CaseRefused

CHANGED = "letters.settings_changed"
# Whoever approves an organ's letters answers for what stands in them.
MANAGE = Permission.CASE_APPROVE
WHERE = "在“文书设置”里填写"


@dataclass(frozen=True, slots=True)
class LetterNeeds:
    """The settings as values (文书设置的内容). See ``models.LetterSettings``."""

    letter_code: str = ""
    used_year: int | None = None
    used_serial: int | None = None
    contact: str = ""
    pickup_place: str = ""
    payment: str = ""
    higher_government: str = ""
    leading_department: str = ""
    review_channel: str = ""
    court_name: str = ""


LABELS: dict[str, str] = {
    "letter_code": "机关代字",
    "used_year": "已用到的年份",
    "used_serial": "已用到的顺序号",
    "contact": "联系人、电话、地址",
    "pickup_place": "领取地点",
    "payment": "缴纳方式、账户",
    "higher_government": "上一级人民政府",
    "leading_department": "上一级主管部门（实行垂直领导的）",
    "review_channel": "网上提交行政复议申请的网址",
    "court_name": "有管辖权的人民法院",
}
# Where a unit leaves these blank, what the district's government has set holds for it.
SHARED = ("payment", "review_channel", "court_name")
_LONGEST = {
    "letter_code": 20,
    "payment": 500,
    "higher_government": 100,
    "leading_department": 100,
    "court_name": 100,
}
_WHOLE = ("used_year", "used_serial")


def own_needs(organ: Organ) -> LetterNeeds:
    """What the organ itself has set; blanks where it has not."""
    row = LetterSettings.objects.filter(organ=organ).first()
    return _needs(row) if row is not None else LetterNeeds()


def _needs(row: LetterSettings) -> LetterNeeds:
    return LetterNeeds(**{f.name: getattr(row, f.name) for f in fields(LetterNeeds)})


def needs_of(organ: Organ) -> LetterNeeds:
    """What stands in the organ's letters: its own settings, shared ones from the government where blank."""
    places = [organ.pk, *([organ.parent_id] if organ.parent_id else [])]
    rows = {row.organ_id: row for row in LetterSettings.objects.filter(organ_id__in=places)}
    own = _needs(rows[organ.pk]) if organ.pk in rows else LetterNeeds()
    above = rows.get(organ.parent_id or 0)
    values = {f.name: getattr(own, f.name) for f in fields(LetterNeeds)}
    if above is not None:
        values |= {name: getattr(above, name) for name in _shared(own) if not values[name]}
    return LetterNeeds(**values)


def _shared(own: LetterNeeds) -> tuple[str, ...]:
    """An organ led vertically is reviewed elsewhere: the district's way to file a reconsideration is not its own."""
    return tuple(name for name in SHARED if not (own.leading_department and name == "review_channel"))


def change_settings(
    organ: Organ, values: Mapping[str, Any], *, by: Actor, now: datetime, based_on: int | None = None
) -> LetterSettings:
    """Change what is named (改文书设置). ``based_on``: the ``latest_seq`` the person had before them, 0 for none.

    Raises CaseworkRefused with every finding, CaseChanged where somebody else was first, NotAllowed.
    """
    require(by, MANAGE, organ, "改文书设置")
    clean = _checked(values)
    with write_transaction():
        row = LetterSettings.objects.filter(organ=organ).first()
        if based_on is not None and based_on != (row.latest_seq if row else 0):
            raise CaseChanged("打开以后，有人改过文书设置；看过现在的内容再改，填的还在。", ())
        before = _needs(row) if row else LetterNeeds()
        changed = {name: value for name, value in clean.items() if getattr(before, name) != value}
        if row is not None and not changed:
            return row
        _check_series(organ, {**{f.name: getattr(before, f.name) for f in fields(before)}, **changed})
        row = row or LetterSettings(organ=organ)
        for name, value in changed.items():
            setattr(row, name, value)
        row.latest_seq = ledger.next_seq()
        row.save()
        ledger.append(
            CHANGED,
            subject=row.ref,
            actor=by.ref,
            now=now,
            organ_code=organ.code,
            payload={"values": plain(row)},
        )
    return row


def plain(row: LetterSettings) -> dict[str, Any]:
    """The settings as the ledger has them; blanks left out."""
    values = {f.name: getattr(row, f.name) for f in fields(LetterNeeds)}
    return {name: value for name, value in values.items() if value not in ("", None)}


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(values) - set(LABELS))
    if unknown:
        raise refused(unknown[0], f"没有“{unknown[0]}”这一项设置。")
    clean = {name: value if name in _WHOLE else _tidy(value) for name, value in values.items()}
    found = [finding for name, value in clean.items() if (finding := _finding(name, value)) is not None]
    if bool(clean.get("used_year")) != bool(clean.get("used_serial")):
        found.append(Finding("used_serial", "“已用到的年份”和“已用到的顺序号”要么都写，要么都空着。"))
    if found:
        raise CaseworkRefused(*found)
    return clean


def _tidy(value: Any) -> str:
    words = unicodedata.normalize("NFC", str(value or ""))
    return " ".join("".join(c for c in words if unicodedata.category(c) not in ("Cf", "Cc", "Cs")).split())


def _finding(name: str, value: Any) -> Finding | None:
    if name in _WHOLE:
        if value is None or (isinstance(value, int) and 0 < value < 1_000_000):
            return None
        return Finding(name, f"“{LABELS[name]}”写的是“{value}”，应是整数，如 2026、57。")
    longest = _LONGEST.get(name, 200)
    if len(value) > longest:
        return Finding(name, f"“{LABELS[name]}”有 {len(value)} 个字，最多 {longest} 个；写短一些。")
    if name == "letter_code" and value:
        try:
            letter_number(value, 2026, 1)
        except CaseRefused:
            return Finding(name, f"机关代字“{value}”写不成文号；用 2 到 20 个汉字或者字母，如 利政公复。")
    if name == "review_channel" and value and not value.startswith(("http://", "https://")):
        return Finding(name, f"“{LABELS[name]}”要写完整的网址，以 https:// 开头。")
    return None


def _check_series(organ: Organ, values: Mapping[str, Any]) -> None:
    """A series that has begun here is not set back. Raises CaseworkRefused."""
    code, year, serial = (values[name] for name in ("letter_code", "used_year", "used_serial"))
    if not (code and year and serial):
        return
    rows = LetterNumber.objects.filter(organ=organ, code=code, year=year).order_by("-serial")
    last = rows.values_list("serial", flat=True).first()
    if last is not None and last < serial:
        raise refused(
            "used_serial",
            f"{year} 年的“{code}”在这里已经用到 {last} 号，接着用下去；不能再跳到 {serial} 号以后。",
        )
