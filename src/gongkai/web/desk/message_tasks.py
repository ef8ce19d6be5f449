"""What messages want of who runs the system (通知的待办): letters that wait longer than an hour, or were given up."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from gongkai.foundation import outbox
from gongkai.foundation.clock import legal_day
from gongkai.foundation.gateways import FAILURES
from gongkai.web.desk.tasks import Look, Task

PATIENCE = timedelta(hours=1)


def messages(look: Look) -> list[Task]:
    """One line for all of them."""
    if not look.actor.holds("account.manage") or look.moment is None:
        return []
    found = outbox.backlog()
    late = found.oldest is not None and look.moment - found.oldest > PATIENCE
    if not late and not found.given_up:
        return []
    parts = [f"{found.waiting} 条还没有发出"] if late else []
    parts += [f"{found.given_up} 条发不出去"] if found.given_up else []
    why = FAILURES.get(found.failure)
    return [
        Task(
            kind="通知",
            title=f"给申请人的通知，{'，'.join(parts)}",
            why=f"{why.words}。{why.cure}"
            if why is not None and late
            else "逐条看原因，再发或者改用电话、信函",
            button="看没发出的",
            href=reverse("desk:messages"),
            since=legal_day(found.oldest) if late and found.oldest else None,
            urgent=late,
        )
    ]
