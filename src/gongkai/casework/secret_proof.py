"""Proving the query secrets (验证查询口令): each can still be said, derived or carried over."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from gongkai.casework.models import CarriedSecret, Case, SideRequest
from gongkai.foundation import personal
from gongkai.foundation.verification import Break


def secret_breaks() -> Iterator[Break]:
    """Every query secret that is lost."""
    for row in CarriedSecret.objects.order_by("pk").iterator():
        try:
            personal.open_sealed(row.sealed, place=row.at)
        except personal.Unreadable as wrong:
            yield Break("查询口令", str(wrong))
    for model in (Case, SideRequest):
        derived = model._default_manager.filter(carried_secret=None)
        lost = derived.exclude(key_number__in=list(settings.GONGKAI_DATA_KEYS))
        for number in lost.order_by("number").values_list("number", flat=True):
            yield Break(
                f"{number} 的查询口令",
                "推出它的数据密钥不在密钥文件里，也没有存底。把备份的密钥文件放回 GONGKAI_KEYS。",
            )
