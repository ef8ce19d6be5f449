"""Anonymous filings in an hour (网上提交的限次): generous by address and in sum, so that a flood stops and a library does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import FailedSignIn

PER_ADDRESS, TOGETHER = 30, 1000
WINDOW = timedelta(hours=1)
# In the table that counts by address; apart from passwords and codes, which have marks of their own.
_MARK = "file:"


class TooManyFilings(Exception):
    """So much was filed that nothing more is taken for a while; the message says until when, and what stays open."""


def check(address: str, *, now: datetime) -> None:
    """Whether one more may be filed from there now. Raises TooManyFilings."""
    mine = FailedSignIn.objects.filter(address=_mark(address))
    every = FailedSignIn.objects.filter(address__startswith=_MARK)
    for rows, most, whose in ((mine, PER_ADDRESS, "这个网络地址"), (every, TOGETHER, "网上")):
        times = list(rows.filter(at__gt=now - WINDOW).order_by("-at").values_list("at", flat=True)[:most])
        if len(times) >= most:
            free = (times[-1] + WINDOW + timedelta(minutes=1)).astimezone(SHANGHAI)
            raise TooManyFilings(
                f"{whose}一小时内提交的申请太多，{free:%H:%M} 以后再提交；填的内容和材料都还在。"
                "邮寄、当面提交不受影响；着急的可以打电话。"
            )


def count(address: str, *, now: datetime) -> None:
    """One more was filed from there."""
    with write_transaction():
        FailedSignIn.objects.filter(address__startswith=_MARK, at__lt=now - WINDOW).delete()
        FailedSignIn.objects.create(address=_mark(address), at=now)


def _mark(address: str) -> str:
    return f"{_MARK}{address}"[:64]
