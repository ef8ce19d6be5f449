"""Accounts: opening one, giving and ending a role (账号与任职)."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account, Organ, RoleHolding
from gongkai.rules import roles

# Letters and figures that a clerk cannot mistake for one another when a password comes on paper.
_PAPER_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountRefused(Exception):
    """An account or role that cannot be; the message names the cure."""


def paper_password() -> str:
    """A first password to hand over on paper: four groups of four."""
    return "-".join("".join(secrets.choice(_PAPER_ALPHABET) for _ in range(4)) for _ in range(4))


def open_account(
    *,
    username: str,
    display_name: str,
    password: str,
    by: Actor,
    now: datetime,
    must_change: bool = False,
) -> Account:
    """Open an account (开立账号). The ledger knows it by number; the name stays in its own table.

    ``must_change``: the password comes on paper and is changed at the first sign-in.
    """
    username = username.strip()
    if not username:
        raise AccountRefused("账号名不能空着。")
    if len(username) > 64 or any(c.isspace() for c in username):
        raise AccountRefused("账号名最多 64 个字，中间不要有空格，例如 jyj-jbr（教育局经办人）。")
    with write_transaction():
        if Account.objects.filter(username=username).exists():
            raise AccountRefused(f"账号 {username} 已经有了，换一个账号名。")
        account = Account(
            username=username, display_name=display_name, opened_at=now, must_change=must_change
        )
        account.set_password(password)
        account.save()
        ledger.append("account.opened", subject=account.ref, actor=by.ref, now=now, payload={})
    return account


def give_role(
    account: Account,
    *,
    role: str,
    organ: Organ,
    by: Actor,
    now: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
) -> RoleHolding:
    """Give a role at an organ for a term (任职). Raises AccountRefused for an unknown role or term."""
    if role not in roles.ROLES:
        raise AccountRefused(f"没有“{role}”这个职责，应为：{'、'.join(roles.ROLES)}。")
    start = from_on or legal_day(now)
    if until_on is not None and until_on < start:
        raise AccountRefused(f"任期止于 {until_on}，早于起始日 {start}，改正其中一个。")
    with write_transaction():
        holding = RoleHolding.objects.create(
            account=account, organ=organ, role=role, from_on=start, until_on=until_on
        )
        payload = {"role": role, "from": start.isoformat()}
        if until_on is not None:
            payload["until"] = until_on.isoformat()
        ledger.append(
            "role.given",
            subject=account.ref,
            actor=by.ref,
            now=now,
            organ_code=organ.code,
            occurred_on=start,
            payload=payload,
        )
    return holding


def end_role(holding: RoleHolding, *, last_day: date, by: Actor, now: datetime) -> None:
    """End a role after its last day (离任)."""
    if last_day < holding.from_on:
        raise AccountRefused(f"离任日 {last_day} 早于任职日 {holding.from_on}，改正其中一个。")
    with write_transaction():
        holding.until_on = last_day
        holding.save(update_fields=["until_on"])
        ledger.append(
            "role.ended",
            subject=holding.account.ref,
            actor=by.ref,
            now=now,
            organ_code=holding.organ.code,
            occurred_on=last_day,
            payload={"role": holding.role},
        )


def change_password(account: Account, *, old: str, new: str, now: datetime) -> Account:
    """Change one's own password (改密码). Raises AccountRefused with what the new one lacks."""
    if not account.check_password(old):
        raise AccountRefused("现在的密码不对。")
    if old == new:
        raise AccountRefused("新密码和现在的一样，换一个。")
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise AccountRefused("".join(error.messages) + "用 10 个以上的字符，不用常见的词。") from error
    return _set_password(
        account, new, must_change=False, act="account.password_changed", by=account.ref, now=now
    )


def reset_password(account: Account, *, by: Actor, now: datetime) -> str:
    """Give a new first password to hand over on paper (重置密码), unlock, and unbind the second factor."""
    password = paper_password()
    with write_transaction():
        _set_password(account, password, must_change=True, act="account.password_reset", by=by.ref, now=now)
        Account.objects.filter(pk=account.pk).update(
            failures=0, locked_until=None, second_factor="", second_factor_step=0
        )
    return password


def _set_password(
    account: Account, password: str, *, must_change: bool, act: str, by: str, now: datetime
) -> Account:
    with write_transaction():
        account = Account.objects.get(pk=account.pk)
        account.set_password(password)
        account.must_change = must_change
        account.save(update_fields=["password", "must_change"])
        ledger.append(act, subject=account.ref, actor=by, now=now, payload={})
    return account


def set_active(account: Account, active: bool, *, by: Actor, now: datetime) -> None:
    """Close an account, or open it again (停用、启用). Its past acts stay in the ledger."""
    if account.ref == by.ref:
        raise AccountRefused("不能停用自己的账号。由另一位管理账号的人办理。")
    with write_transaction():
        Account.objects.filter(pk=account.pk).update(is_active=active, failures=0, locked_until=None)
        act = "account.reopened" if active else "account.closed"
        ledger.append(act, subject=account.ref, actor=by.ref, now=now, payload={})


def hand_over(giver: Account, taker: Account, *, last_day: date, by: Actor, now: datetime) -> int:
    """Hand everything from one person to another (交接): every running role, from the day after ``last_day``.

    One act, one event. Returns how many roles went over. Raises AccountRefused.
    """
    if giver.pk == taker.pk:
        raise AccountRefused("交出和接手的是同一个账号，选另一个人接手。")
    if not taker.is_active:
        raise AccountRefused("接手的账号已经停用，先启用它。")
    first = date.fromordinal(last_day.toordinal() + 1)
    with write_transaction():
        running = Q(until_on__isnull=True) | Q(until_on__gt=last_day)
        rows = list(
            RoleHolding.objects.filter(running, account=giver, from_on__lte=last_day).select_related("organ")
        )
        if not rows:
            raise AccountRefused(f"{giver.display_name}在 {last_day} 没有正在担任的职责，没有什么可交接。")
        moved = []
        for row in rows:
            until, row.until_on = row.until_on, last_day
            row.save(update_fields=["until_on"])
            same = RoleHolding.objects.filter(
                Q(until_on__isnull=True) | Q(until_on__gte=first),
                account=taker,
                organ=row.organ,
                role=row.role,
            )
            if not same.exists():
                RoleHolding.objects.create(
                    account=taker, organ=row.organ, role=row.role, from_on=first, until_on=until
                )
            moved.append({"role": row.role, "organ": row.organ.code})
        ledger.append(
            "account.handed_over",
            subject=giver.ref,
            actor=by.ref,
            now=now,
            occurred_on=last_day,
            payload={"to": taker.ref, "last_day": last_day.isoformat(), "roles": moved},
        )
    return len(moved)
