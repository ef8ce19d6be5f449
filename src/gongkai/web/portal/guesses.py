"""Guessed codes (猜查询码): wrong answers are counted by network address, and slow the next ones down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from gongkai.casework.models import Case, SideRequest
from gongkai.casework.queries import by_query_code
from gongkai.casework.side import queries as sides
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import FailedSignIn

Found = Case | SideRequest | None
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
    found = _guess(lambda: by_query_code(code, secret), address, now)
    return found if isinstance(found, Case) else None


def find_any(code: str, secret: str, *, address: str, now: datetime) -> Found:
    """The case, correction or proposal for code and secret (更正、建议也由此进), as ``find``. Raises TooManyGuesses."""

    def look() -> Found:
        case = by_query_code(code, secret)
        if case is not None:
            return case
        return sides.by_query_code(code, secret)

    return _guess(look, address, now)


def _guess(look: Callable[[], Found], address: str, now: datetime) -> Found:
    mark = f"{_MARK}{address}"[:64]
    if FailedSignIn.objects.filter(address=mark, at__gt=now - WINDOW).count() >= ATTEMPTS:
        raise TooManyGuesses(TOO_MANY)
    found = look()
    if found is None:
        with write_transaction():
            FailedSignIn.objects.filter(at__lt=now - _KEPT).delete()
            FailedSignIn.objects.create(address=mark, at=now)
    return found
