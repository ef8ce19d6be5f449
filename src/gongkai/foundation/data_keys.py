"""Changing the data key (换密钥): what is on record of it, and whether an old key is still needed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.current_key import current_key
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.resealing import needs
from gongkai.foundation.sealed_places import UNKNOWN
from gongkai.rules.roles import Permission

ADDED, RETIRED = "keys.added", "keys.retired"
# Begun applications and the papers beside them live no longer, and are sealed for their visitor alone.
DRAFTS_LIVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """One data key (一个数据密钥): whether it is the current one, and what needs it, by place."""

    number: int
    current: bool
    needed: dict[str, int]

    @property
    def total(self) -> int:
        """How many things need it."""
        return sum(self.needed.values())


def held() -> tuple[tuple[Held, ...], int]:
    """The keys of the key file with what needs each, and of how many things nobody can say the key."""
    counted = needs()
    keys = tuple(
        Held(
            number,
            number == current_key(),
            {label: found[number] for label, found in counted.items() if found[number]},
        )
        for number in sorted(settings.GONGKAI_DATA_KEYS)
    )
    return keys, sum(found[UNKNOWN] for found in counted.values())


def added(number: int, *, by: Actor, now: datetime) -> None:
    """Put on record that a new key is the current one, inside the transaction that writes the key file."""
    _require(by)
    with write_transaction():
        ledger.append(ADDED, subject="system", actor=by.ref, now=now, payload={"data_key": number})


def retired(number: int, *, by: Actor, now: datetime) -> None:
    """Put on record that a key was taken out of the key file, inside the transaction that writes it."""
    _require(by)
    with write_transaction():
        ledger.append(RETIRED, subject="system", actor=by.ref, now=now, payload={"data_key": number})


def why_not_retire(number: int, *, now: datetime) -> str:
    """Why a key cannot be taken out of the key file, with the cure; "" where nothing needs it."""
    keys, unknown = held()
    key = next((one for one in keys if one.number == number), None)
    if key is None:
        return f"密钥文件里没有第 {number} 号；有的是 {'、'.join(str(one.number) for one in keys)}。"
    if key.current:
        return f"第 {number} 号是现用的密钥；先用 gongkai keys new 换一个新的。"
    if key.total:
        return (
            f"第 {number} 号密钥还有 {key.total} 处用着；先运行 gongkai keys reseal，再看 gongkai keys list。"
        )
    if unknown:
        return f"有 {unknown} 处看不出用的是哪个密钥；先运行 gongkai keys reseal，打不开的照提示从备份恢复。"
    since = _current_since()
    if since is None or now - since < DRAFTS_LIVE:
        return "换密钥还不满一天，申请人没有提交的草稿可能还用着旧的；满一天再停用。"
    return ""


def _current_since() -> datetime | None:
    for event in LedgerEvent.objects.filter(kind=ADDED).order_by("-seq"):
        if json.loads(event.payload)["data_key"] == current_key():
            return event.recorded_at
    return None


def _require(by: Actor) -> None:
    if not by.holds(Permission.SYSTEM_OPERATE):
        raise NotAllowed("没有更换密钥的权限。由运行维护人员办理。")
