"""Identity documents and contacts: check characters, shapes, and refusals that name the cure. Synthetic numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.identifiers import (
    IdentifierRefused,
    check_email,
    check_id_type,
    check_identity,
    check_phone,
)

TODAY = date(2021, 7, 1)
CARD, CREDIT = "110101199001010015", "91350100M000100Y43"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def card(first: str) -> str:
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, _WEIGHTS, strict=True)) % 11]


def test_APP_29_identity() -> None:
    """(一)申请人的姓名或者名称、身份证明、联系方式；"""
    assert check_identity("identity-card", CARD, today=TODAY) == CARD
    assert check_identity("identity-card", "１１０１０１ 19900101 0015", today=TODAY) == CARD
    assert check_identity("unified-credit-code", CREDIT.lower(), today=TODAY) == CREDIT
    assert check_identity("passport", "e12345678", today=TODAY) == "E12345678"
    assert check_identity("hk-macao-permit", "h1234567801", today=TODAY) == "H1234567801"
    assert check_identity("taiwan-permit", "12345678", today=TODAY) == "12345678"


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("identity-card", "", "没有填写居民身份证号码"),
        ("identity-card", CARD[:17], "应为 18 位，填了 17 位"),
        ("identity-card", "110101900101001", "15 位的旧号码"),
        ("identity-card", CARD[:17] + "6", "第 18 位对不上"),
        ("identity-card", "1101011990O1010015", "第 11 位是“O”"),
        ("identity-card", card("11010119900230001"), "第 7 到 14 位“1990-02-30”不是出生日期"),
        ("identity-card", card("11010120300101001"), "出生日期 2030-01-01 还没有到"),
        ("identity-card", card("99010119900101001"), "前两位“99”"),
        ("unified-credit-code", CREDIT[:17] + "4", "第 18 位对不上"),
        ("unified-credit-code", "I" + CREDIT[1:], "第 1 位是“I”"),
        ("unified-credit-code", CREDIT[:10], "填了 10 位"),
        ("hk-macao-permit", "A12345678", "H 或者 M 加 8 位数字"),
        ("taiwan-permit", "1234567", "8 位数字"),
        ("passport", "E1", "5 到 17 位"),
        ("residence", "1", "没有“residence”这种证件"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(kind: str, number: str, words: str) -> None:
    with pytest.raises(IdentifierRefused, match=words):
        check_identity(kind, number, today=TODAY)


@given(st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_one_wrong_digit_of_an_identity_number_is_found(serial: int, place: int, shift: int) -> None:
    right = card(f"11010119900101{serial:03d}")
    assert check_identity("identity-card", right, today=TODAY) == right
    wrong = f"{right[:place]}{(int(right[place]) + shift) % 10}{right[place + 1 :]}"
    with pytest.raises(IdentifierRefused):
        check_identity("identity-card", wrong, today=TODAY)


@given(st.integers(0, 16), st.integers(1, 30))
def test_any_one_wrong_letter_of_a_credit_code_is_found(place: int, shift: int) -> None:
    other = _LETTERS[(_LETTERS.index(CREDIT[place]) + shift) % 31]
    with pytest.raises(IdentifierRefused, match="第 18 位对不上"):
        check_identity("unified-credit-code", CREDIT[:place] + other + CREDIT[place + 1 :], today=TODAY)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_taken_or_refused_in_words(written: str) -> None:
    for ask in (
        lambda: check_identity("identity-card", written, today=TODAY),
        lambda: check_identity("unified-credit-code", written, today=TODAY),
        lambda: check_identity("other", written, today=TODAY),
        lambda: check_phone(written),
        lambda: check_email(written),
    ):
        try:
            ask()
        except IdentifierRefused as refused:
            assert str(refused).endswith("。")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("(0953)2012345", "0953-2012345"),
        ("0953-2012345-801", "0953-2012345-801"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_phones(written: str, kept: str) -> None:
    assert check_phone(written) == kept


@pytest.mark.parametrize("written", ["1380000", "2012345", "电话", "12345678901"])
def test_phones_refused(written: str) -> None:
    with pytest.raises(IdentifierRefused, match="核对号码"):
        check_phone(written)


def test_email() -> None:
    assert check_email(" a.b@example.cn\u200b") == "a.b@example.cn"
    for wrong in ("a.example.cn", "a@b", "a@@example.cn", "a..b@example.cn", "@example.cn", "a@-x.cn"):
        with pytest.raises(IdentifierRefused):
            check_email(wrong)


def test_the_document_suits_the_applicant() -> None:
    assert check_id_type("passport", organisation=False) == "passport"
    with pytest.raises(IdentifierRefused, match="法人或者其他组织的证件应为：统一社会信用代码"):
        check_id_type("identity-card", organisation=True)
    with pytest.raises(IdentifierRefused, match="到窗口当面提交"):
        check_id_type("other", organisation=False)
