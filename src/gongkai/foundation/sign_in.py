"""Signing in (登录): password, throttle and lock, and the second factor of those who sign or seal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
from django.contrib.auth.hashers import check_password, make_password

from gongkai.foundation import ledger
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account, FailedSignIn
from gongkai.foundation.sealing import seal, unseal

ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)
ADDRESS_ATTEMPTS = 30
ADDRESS_WINDOW = timedelta(minutes=10)
SIGNED_IN = "account.signed_in"
_STEP = 30
_WRONG = "账号或密码不对。核对大小写和输入法；密码忘了，由区政府办公室重置。"


class SignInRefused(Exception):
    """Nobody was signed in; the message names the cure and tells a guesser nothing."""


def sign_in(username: str, password: str, *, address: str, now: datetime) -> Account:
    """Check name and password (登录). Raises SignInRefused: wrong, locked, closed, or too many from an address."""
    _refuse_flood(address, now)
    account = Account.objects.filter(username=username.strip()).first()
    if account is None:
        # As long as a real check takes, so that the time does not tell which names exist.
        make_password(password)
        _count_address(address, now)
        raise SignInRefused(_WRONG)
    if account.locked_until is not None and now < account.locked_until:
        until = account.locked_until.astimezone(SHANGHAI)
        raise SignInRefused(
            f"连续 {ATTEMPTS} 次密码不对，这个账号锁到 {until:%H:%M}。到时再试，或由区政府办公室解锁。"
        )
    if not check_password(password, account.password):
        _count_failure(account, address, now)
        raise SignInRefused(_WRONG)
    if not account.is_active:
        raise SignInRefused("这个账号已经停用。仍要使用的，由区政府办公室重新启用。")
    with write_transaction():
        account = Account.objects.get(pk=account.pk)
        if not account.second_factor:
            # With a second factor the count goes on until that is passed, or codes could be guessed for ever.
            account.failures = 0
        account.locked_until = None
        account.save(update_fields=["failures", "locked_until"])
        ledger.append(SIGNED_IN, subject=account.ref, actor=account.ref, now=now, payload={})
    return account


def _refuse_flood(address: str, now: datetime) -> None:
    recent = FailedSignIn.objects.filter(address=address, at__gt=now - ADDRESS_WINDOW).count()
    if recent >= ADDRESS_ATTEMPTS:
        raise SignInRefused("这个网络地址 10 分钟内密码不对的次数太多。过 10 分钟再试。")


def _count_address(address: str, now: datetime) -> None:
    with write_transaction():
        _keep_failure(address, now)


def _keep_failure(address: str, now: datetime) -> None:
    FailedSignIn.objects.filter(at__lt=now - timedelta(hours=1)).delete()
    FailedSignIn.objects.create(address=address, at=now)


def _count_failure(account: Account, address: str, now: datetime) -> None:
    with write_transaction():
        _keep_failure(address, now)
        account = Account.objects.get(pk=account.pk)
        account.failures += 1
        if account.failures >= ATTEMPTS:
            account.failures, account.locked_until = 0, now + LOCKED_FOR
            ledger.append("account.locked", subject=account.ref, actor=account.ref, now=now, payload={})
        account.save(update_fields=["failures", "locked_until"])


# The second factor ---------------------------------------------------------------------------------


def new_secret() -> str:
    """A new TOTP secret (RFC 6238), to be shown once as text and QR code."""
    return pyotp.random_base32()


def code_of(secret: str, *, now: datetime) -> str:
    """The six digits that an authenticator with this secret shows at a moment."""
    return pyotp.TOTP(secret).at(int(now.timestamp()))


def provisioning_address(account: Account, secret: str) -> str:
    """What an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name="Gongkai")


def set_second_factor(account: Account, secret: str, code: str, *, now: datetime) -> Account:
    """Bind the second factor (绑定动态口令) once a first code proves it. Raises SignInRefused."""
    step = _step_of(secret, code, now)
    if step is None:
        raise SignInRefused("验证码对不上。核对手机时间是否准确，输入应用里现在显示的 6 位数字。")
    with write_transaction():
        account = Account.objects.get(pk=account.pk)
        account.second_factor = seal(secret, place=second_factor_place(account))
        account.second_factor_step = step
        account.save(update_fields=["second_factor", "second_factor_step"])
        ledger.append(
            "account.second_factor_set", subject=account.ref, actor=account.ref, now=now, payload={}
        )
    return account


def check_second_factor(account: Account, code: str, *, now: datetime, again: bool = False) -> Account:
    """Accept a code once (核对动态口令). Raises SignInRefused; wrong codes lock like wrong passwords.

    ``again``: a demonstration's, whose code everybody reads on the page, may be used by the next visitor too.
    """
    if account.locked_until is not None and now < account.locked_until:
        raise SignInRefused("验证码错得太多，账号锁住了。过 15 分钟再试，或由区政府办公室解锁。")
    secret = unseal(account.second_factor, place=second_factor_place(account))
    step = _step_of(secret, code, now)
    with write_transaction():
        account = Account.objects.get(pk=account.pk)
        fresh = step is not None and (again or step > account.second_factor_step)
        if fresh:
            account.second_factor_step, account.failures = max(step or 0, account.second_factor_step), 0
            account.save(update_fields=["second_factor_step", "failures"])
            ledger.append(
                "account.second_factor_passed", subject=account.ref, actor=account.ref, now=now, payload={}
            )
    if not fresh:
        _count_failure(account, "", now)
        why = (
            "这个验证码已经用过，等下一个"
            if step is not None
            else "验证码不对，输入应用里现在显示的 6 位数字"
        )
        raise SignInRefused(f"{why}。手机丢了的，由区政府办公室解除绑定。")
    return account


def second_factor_place(account: Account) -> str:
    """The only place where the bound secret opens."""
    return f"{account.ref} second-factor"


def current_code(secret: str, *, now: datetime) -> str:
    """The code of this moment; for a demonstration alone, whose passwords everybody knows."""
    return pyotp.TOTP(secret).at(now)


def secret_of(account: Account) -> str:
    """The bound secret; for a demonstration alone."""
    return unseal(account.second_factor, place=second_factor_place(account))


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step a code belongs to: this one, or one beside it, for clocks that are a little off."""
    totp, here = pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    digits = "".join(code.split())
    for step in (here, here - 1, here + 1):
        if pyotp.utils.strings_equal(digits, totp.at(step * _STEP)):
            return step
    return None
