"""What the foundation itself keeps sealed (基础部分加密的地方): messages, their settings, second factors, event keys."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db.models import Count

from gongkai.foundation import ledger, message_settings, sealing
from gongkai.foundation.current_key import current_key
from gongkai.foundation.models import EventKey
from gongkai.foundation.personal import Unreadable
from gongkai.foundation.sealed_places import (
    AnyPlace,
    Batch,
    Column,
    Files,
    number_current,
    number_prefixes,
    words,
)
from gongkai.foundation.sign_in import second_factor_place


class EventKeys:
    """The keys of the ledger's personal parts (事件密钥): wrapped anew; what they open is never touched."""

    label = "底账里个人信息的钥匙"

    def under(self) -> Counter[int]:
        """How many are wrapped by each data key."""
        counted = EventKey.objects.order_by().values_list("data_key").annotate(many=Count("pk"))
        return Counter(dict(counted))

    def left(self) -> int:
        """How many are wrapped by another key than the current one."""
        return EventKey.objects.exclude(data_key=current_key()).count()

    def reseal(self, after: int, most: int) -> Batch:
        """Wrap the next ones by the current data key."""
        old = EventKey.objects.exclude(data_key=current_key()).filter(pk__gt=after)
        rows = list(old.order_by("pk")[:most])
        done, stuck = [], []
        for row in rows:
            try:
                done.append(ledger.wrapped_anew(row))
            except (KeyError, InvalidTag):
                stuck.append(f"底账第 {row.pk} 号事件的个人信息打不开。把备份的密钥文件放回 GONGKAI_KEYS。")
        EventKey.objects.bulk_update(done, ["data_key", "wrapped"])
        return Batch(len(done), rows[-1].pk if len(rows) == most else None, tuple(stuck))


def _second_factor(account: Any) -> str:
    place = second_factor_place(account)
    try:
        return sealing.seal(sealing.unseal(account.second_factor, place=place), place=place)
    except (KeyError, InvalidTag) as wrong:
        raise Unreadable(
            f"账号 {account.username} 的动态口令打不开。由区政府办公室解除绑定，重新绑定。"
        ) from wrong


PLACES: tuple[AnyPlace, ...] = (
    EventKeys(),
    Column(
        "动态口令", "foundation.Account", "second_factor", _second_factor, prefixes=number_prefixes,
        current=number_current,
    ),
    words("通知的收件人", "foundation.OutboxMessage", "recipient", lambda m: m.place("recipient")),
    words("通知的标题", "foundation.OutboxMessage", "subject", lambda m: m.place("subject")),
    words("通知的正文", "foundation.OutboxMessage", "body", lambda m: m.place("body")),
    words(
        "通知附件的名称", "foundation.OutboxAttachment", "name",
        lambda one: one.message.place(f"attachment {one.position}"), related=("message",),
    ),
    Files("通知的附件", "foundation.OutboxAttachment", "file", lambda one: one.opens_at),
    *(
        words("通知设置的密码", "foundation.MessageSettings", name, lambda _, name=name: message_settings.place(name))  # type: ignore[misc]
        for name in message_settings.SEALED
    ),
)  # fmt: skip
