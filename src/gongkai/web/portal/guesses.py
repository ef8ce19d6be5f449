"""Guessed codes (猜查询码): wrong answers are counted by network address, and slow the next ones down."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.casework.models import Case
from gongkai.casework.queries import by_query_code
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import FailedSignIn

ATTEMPTS = 20
WINDOW = timedelta(minutes=10)
_KEPT = timedelta(hours=1)
# Apart from the passwords of the desk: a wrong code must not keep a clerk out, nor the other way round.
_MARK = "code:"
NOT_FOUND = "没有查到。核对查询码和口令，两个要一起用；丢了可带身份证明到窗口补。"
TOO_MANY = "这个网络地址 10 分钟内查错的次数太多。过 10 分钟再试；着急的可以打电话，报申请编号。"


class TooManyGuesses(Exception):
    """So many wrong answers came from the address that nothing is looked up for a while."""


def find(code: str, secret: str, *, address: str, now: datetime) -> Case | None:
    """The case for code and secret, None for a wrong secret and an unknown code alike. Raises TooManyGuesses."""
    mark = f"{_MARK}{address}"[:64]
    if FailedSignIn.objects.filter(address=mark, at__gt=now - WINDOW).count() >= ATTEMPTS:
        raise TooManyGuesses(TOO_MANY)
    case = by_query_code(code, secret)
    if case is None:
        with write_transaction():
            FailedSignIn.objects.filter(at__lt=now - _KEPT).delete()
            FailedSignIn.objects.create(address=mark, at=now)
    return case
