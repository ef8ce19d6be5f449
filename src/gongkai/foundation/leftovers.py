"""What nobody needs any more (过期的痕迹): ended sessions, failed sign-ins. No records, so the ledger is not told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from gongkai.foundation import files
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import FailedSignIn

FAILURES_KEPT = timedelta(hours=1)


def forget_sessions(now: datetime) -> bool:
    """Delete the sessions that have ended (过期的登录)."""
    ended = Session.objects.filter(expire_date__lt=now)
    if ended.exists():
        with write_transaction():
            ended.delete()
    return False


def forget_failures(now: datetime) -> bool:
    """Delete the failed sign-ins and guessed codes that slow nobody down any more."""
    old = FailedSignIn.objects.filter(at__lt=now - FAILURES_KEPT)
    if old.exists():
        with write_transaction():
            old.delete()
    return False


def clear_destroyed(now: datetime) -> bool:
    """Remove the bytes of destroyed files that a crash left behind (销毁后残留的字节)."""
    files.sweep()
    return False
