"""Signing in: wrong passwords lock, an address is slowed down, a code of the second factor holds once."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from gongkai.foundation import accounts, sign_in
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Account, FailedSignIn, LedgerEvent
from gongkai.foundation.sign_in import SignInRefused
from tests.conftest import NOW

PASSWORD = "lamp-river-4419"


@pytest.fixture
def clerk(db: None) -> Account:
    return accounts.open_account(
        username="clerk", display_name="经办人", password=PASSWORD, by=COMMAND_LINE, now=NOW
    )


def enter(password: str = PASSWORD, *, username: str = "clerk", address: str = "10.0.0.1", after: int = 0):  # type: ignore[no-untyped-def]
    return sign_in.sign_in(username, password, address=address, now=NOW + timedelta(seconds=after))


def test_the_right_password_signs_in_and_is_noted(clerk: Account) -> None:
    assert enter(username=" clerk ").pk == clerk.pk
    assert LedgerEvent.objects.filter(kind="account.signed_in", subject=clerk.ref).count() == 1


def test_a_wrong_password_and_an_unknown_name_are_told_alike(clerk: Account) -> None:
    said = []
    for name in ("clerk", "nobody"):
        with pytest.raises(SignInRefused) as refused:
            enter("wrong", username=name)
        said.append(str(refused.value))
    assert said[0] == said[1] and "区政府办公室重置" in said[0]


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(clerk: Account) -> None:
    for number in range(5):
        with pytest.raises(SignInRefused, match="账号或密码不对"):
            enter("wrong", after=number)
    with pytest.raises(SignInRefused, match="锁到"):
        enter(after=10)
    assert LedgerEvent.objects.filter(kind="account.locked").count() == 1
    assert enter(after=4 + 15 * 60).pk == clerk.pk


def test_a_right_password_forgets_the_wrong_ones(clerk: Account) -> None:
    for _ in range(2):
        for number in range(4):
            with pytest.raises(SignInRefused):
                enter("wrong", after=number)
        enter(after=5)
    clerk.refresh_from_db()
    assert clerk.failures == 0 and clerk.locked_until is None


def test_an_address_that_guesses_is_slowed_down(clerk: Account) -> None:
    for number in range(sign_in.ADDRESS_ATTEMPTS):
        with pytest.raises(SignInRefused, match="不对"):
            enter("wrong", username=f"guess{number}", address="10.9.9.9")
    with pytest.raises(SignInRefused, match="这个网络地址"):
        enter(address="10.9.9.9")
    assert enter(address="10.0.0.2").pk == clerk.pk, "others are not hindered"
    assert enter(address="10.9.9.9", after=11 * 60).pk == clerk.pk
    with pytest.raises(SignInRefused):
        enter("wrong", after=3 * 3600)
    assert FailedSignIn.objects.count() == 1, "kept for an hour"


def test_a_closed_account_does_not_sign_in(clerk: Account) -> None:
    accounts.set_active(clerk, False, by=COMMAND_LINE, now=NOW)
    with pytest.raises(SignInRefused, match="已经停用"):
        enter()
    with pytest.raises(SignInRefused, match="账号或密码不对"):
        enter("wrong")


# The second factor -------------------------------------------------------------------------------


@pytest.fixture
def bound(clerk: Account) -> tuple[Account, pyotp.TOTP]:
    secret = sign_in.new_secret()
    account = sign_in.set_second_factor(clerk, secret, pyotp.TOTP(secret).at(NOW), now=NOW)
    return account, pyotp.TOTP(secret)


def test_a_secret_is_bound_by_a_code_and_kept_sealed(clerk: Account) -> None:
    secret = sign_in.new_secret()
    with pytest.raises(SignInRefused, match="对不上"):
        sign_in.set_second_factor(clerk, secret, "000000", now=NOW)
    clerk.refresh_from_db()
    assert not clerk.second_factor
    code = pyotp.TOTP(secret).at(NOW)
    account = sign_in.set_second_factor(clerk, secret, f"{code[:3]} {code[3:]}", now=NOW)
    assert account.second_factor and secret not in account.second_factor


def test_a_code_holds_once_and_for_its_time(bound: tuple[Account, pyotp.TOTP]) -> None:
    account, totp = bound
    with pytest.raises(SignInRefused, match="已经用过"):
        sign_in.check_second_factor(account, totp.at(NOW), now=NOW)
    later = NOW + timedelta(seconds=60)
    account = sign_in.check_second_factor(account, totp.at(later), now=later)
    with pytest.raises(SignInRefused, match="已经用过"):
        sign_in.check_second_factor(account, totp.at(later), now=later)
    much = later + timedelta(seconds=300)
    with pytest.raises(SignInRefused, match="不对"):
        sign_in.check_second_factor(account, totp.at(much - timedelta(seconds=120)), now=much)
    assert sign_in.check_second_factor(account, totp.at(much + timedelta(seconds=30)), now=much), (
        "a clock a little off"
    )


def test_wrong_codes_lock_like_wrong_passwords(bound: tuple[Account, pyotp.TOTP]) -> None:
    account, totp = bound
    later = NOW + timedelta(seconds=90)
    for _ in range(5):
        account.refresh_from_db()
        with pytest.raises(SignInRefused):
            sign_in.check_second_factor(account, "abc", now=later)
    account.refresh_from_db()
    with pytest.raises(SignInRefused, match="锁住"):
        sign_in.check_second_factor(account, totp.at(later), now=later)


def test_the_address_for_the_app_names_us_and_the_account(clerk: Account) -> None:
    secret = sign_in.new_secret()
    address = sign_in.provisioning_address(clerk, secret)
    assert address.startswith(f"otpauth://totp/Gongkai:clerk?secret={secret}")
