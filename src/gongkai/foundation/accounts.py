"""Accounts: opening one, giving and ending a role, handing over (账号、任职、交接).

Nobody raises themselves: what an account may do is given by another person, who may manage accounts
(``account.manage``), and the ledger names both. So an operator cannot give himself a role, take over
somebody's, nor reset his own password. And an account that operates the system (运行维护) never holds a
role that reads content at the same time: the operator makes accounts for everybody, so he must be the one
whom content is kept from; a person who does both jobs has two accounts, the second given by the office.
The command line is bound by the second rule alone: it is the way back in when nobody is left.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account, Organ, RoleHolding
from gongkai.rules import roles

# Letters and figures that a clerk cannot mistake for one another when a password comes on paper.
_PAPER_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountRefused(Exception):
    """An account or role that cannot be; the message names the cure, ``field`` what was filled in wrongly."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def _require_manager(by: Actor, act: str) -> None:
    if not by.holds("account.manage"):
        raise NotAllowed(f"没有{act}的权限。账号由区政府办公室负责人或运行维护人员管理。")


def _refuse_self(account: Account, by: Actor, message: str) -> None:
    if account.ref == by.ref:
        raise AccountRefused(message)


def operates(role: str) -> bool:
    """Whether the role runs the system (运行维护)."""
    return roles.may((role,), "system.operate")


def reads_content(role: str) -> bool:
    """Whether the role reaches what the district keeps: records, filings, cases."""
    return any(roles.may((role,), one) for one in ("record.read", "filing.read", "case.enter"))


def _refuse_mixture(account: Account, role: str, start: date, until: date | None) -> None:
    """An operator holds no content, on any day of the term."""
    other = reads_content if operates(role) else operates if reads_content(role) else None
    if other is None:
        return
    terms = RoleHolding.objects.filter(account=account).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=start)
    )
    if until is not None:
        terms = terms.filter(from_on__lte=until)
    for held in terms.values_list("role", flat=True):
        if other(held):
            raise AccountRefused(
                f"{account.display_name}在这段时间担任“{roles.ROLES[held].label}”，不能再担任"
                f"“{roles.ROLES[role].label}”：运行维护不接触内容。同一个人两样都做的，另开一个账号。",
                "role",
            )


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
    _require_manager(by, "开立账号")
    username, display_name = username.strip(), " ".join(display_name.split())
    if not username:
        raise AccountRefused("账号名不能空着，例如 jyj-jbr（教育局经办人）。", "username")
    if len(username) > 64 or not all(c.isprintable() and not c.isspace() for c in username):
        raise AccountRefused("账号名最多 64 个字，中间不要有空格，例如 jyj-jbr（教育局经办人）。", "username")
    if not display_name or len(display_name) > 64 or not display_name.isprintable():
        raise AccountRefused("称呼要写，最多 64 个字，例如 教育局经办人。", "display_name")
    with write_transaction():
        # Two names that differ in case alone would be one on paper.
        if Account.objects.filter(username__iexact=username).exists():
            raise AccountRefused(f"账号 {username} 已经有了，换一个账号名。", "username")
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
    _require_manager(by, "登记任职")
    _refuse_self(account, by, "不能给自己加职责。由另一位管理账号的人办理。")
    if role not in roles.ROLES:
        raise AccountRefused(f"没有“{role}”这个职责，应为：{'、'.join(roles.ROLES)}。", "role")
    start = from_on or legal_day(now)
    _refuse_term(role, organ, start, until_on, by)
    with write_transaction():
        _refuse_mixture(account, role, start, until_on)
        if _covered(account, role, organ, start, until_on):
            raise AccountRefused(
                f"{account.display_name}在这段时间已经担任这个机关的“{roles.ROLES[role].label}”，不用再登记。",
                "role",
            )
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


def _refuse_term(role: str, organ: Organ, start: date, until: date | None, by: Actor) -> None:
    if until is not None and until < start:
        raise AccountRefused(f"任期止于 {until}，早于起始日 {start}，改正其中一个。", "until_on")
    if organ.ended_on is not None and start > organ.ended_on:
        raise AccountRefused(f"这个机关已于 {organ.ended_on} 撤销，选承接它的机关。", "organ")
    if roles.ROLES[role].district and not by.server and organ.kind not in ("government", "office"):
        raise AccountRefused(
            f"“{roles.ROLES[role].label}”面向全区，只能在区政府或区政府办公室担任；各单位的人选单位的职责。",
            "role",
        )


def _covered(account: Account, role: str, organ: Organ, start: date, until: date | None) -> bool:
    """Whether one term that is already there holds the role on every one of these days."""
    held = RoleHolding.objects.filter(account=account, organ=organ, role=role, from_on__lte=start)
    lasting = Q(until_on__isnull=True)
    return held.filter(lasting if until is None else lasting | Q(until_on__gte=until)).exists()


def end_role(holding: RoleHolding, *, last_day: date, by: Actor, now: datetime) -> None:
    """End a role after its last day (离任). It may come to an end earlier than planned, never later."""
    _require_manager(by, "登记离任")
    _refuse_self(holding.account, by, "不能登记自己离任。由另一位管理账号的人办理，或交接给接手的人。")
    if last_day < holding.from_on:
        raise AccountRefused(f"离任日 {last_day} 早于任职日 {holding.from_on}，改正其中一个。", "last_day")
    if holding.until_on is not None and last_day > holding.until_on:
        raise AccountRefused(
            f"任期本来就到 {holding.until_on}。要延长的，再登记一次任职，从 {holding.until_on} 的次日起。",
            "last_day",
        )
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
    _require_manager(by, "重置密码")
    _refuse_self(account, by, "不能重置自己的密码。在“设置”里改，或由另一位管理账号的人重置。")
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
    _require_manager(by, "停用或启用账号")
    _refuse_self(account, by, "不能停用自己的账号。由另一位管理账号的人办理。")
    if account.is_active is active:
        raise AccountRefused("这个账号已经在用。" if active else "这个账号已经停用。")
    with write_transaction():
        Account.objects.filter(pk=account.pk).update(is_active=active, failures=0, locked_until=None)
        act = "account.reopened" if active else "account.closed"
        ledger.append(act, subject=account.ref, actor=by.ref, now=now, payload={})


def to_hand_over(giver: Account, last_day: date) -> list[RoleHolding]:
    """What goes over when somebody stops after ``last_day``: every role that runs on, or begins, after it."""
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=last_day)
    rows = RoleHolding.objects.filter(lasting, account=giver).select_related("organ", "account")
    return list(rows.order_by("organ__position", "organ__code", "role"))


def hand_over(giver: Account, taker: Account, *, last_day: date, by: Actor, now: datetime) -> int:
    """Hand everything from one person to another (交接): every role, from the day after ``last_day``.

    One act, one event. Returns how many roles went over. Raises AccountRefused.
    """
    _require_manager(by, "办理交接")
    if giver.pk == taker.pk:
        raise AccountRefused("交出和接手的是同一个账号，选另一个人接手。", "taker")
    _refuse_self(taker, by, "不能由自己接手。由另一位管理账号的人办理。")
    if not taker.is_active:
        raise AccountRefused("接手的账号已经停用，先启用它，或选另一个人。", "taker")
    first = date.fromordinal(last_day.toordinal() + 1)
    with write_transaction():
        rows = to_hand_over(giver, last_day)
        if not rows:
            raise AccountRefused(
                f"{giver.display_name}在 {last_day} 以后没有职责，没有什么可交接。", "last_day"
            )
        for row in rows:
            _move(row, taker, first, last_day)
        ledger.append(
            "account.handed_over",
            subject=giver.ref,
            actor=by.ref,
            now=now,
            occurred_on=last_day,
            payload={
                "to": taker.ref,
                "last_day": last_day.isoformat(),
                "roles": [{"role": row.role, "organ": row.organ.code} for row in rows],
            },
        )
    return len(rows)


def _move(row: RoleHolding, taker: Account, first: date, last_day: date) -> None:
    """One role from its holder to the taker; a term that has not begun changes its holder alone."""
    start, until = max(first, row.from_on), row.until_on
    _refuse_mixture(taker, row.role, start, until)
    covered = _covered(taker, row.role, row.organ, start, until)
    if row.from_on > last_day:
        if covered:
            row.delete()
        else:
            row.account = taker
            row.save(update_fields=["account"])
        return
    row.until_on = last_day
    row.save(update_fields=["until_on"])
    if not covered:
        RoleHolding.objects.create(
            account=taker, organ=row.organ, role=row.role, from_on=start, until_on=until
        )
