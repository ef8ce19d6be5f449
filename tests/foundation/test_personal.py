"""Personal data at rest: sealed for one place, under any cipher and key, found by hash, masked."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest

from gongkai.config.key_file import KeyRing
from gongkai.foundation import personal
from gongkai.foundation.personal import Unreadable

CIPHERS = ("aes-256-gcm", "sm4-gcm")


@pytest.fixture(autouse=True)
def _keys(settings) -> None:  # type: ignore[no-untyped-def]
    settings.GONGKAI_DATA_KEYS = KeyRing({1: bytes(range(32))}, 1)


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_text_opens_at_its_place_alone(settings, cipher: str) -> None:  # type: ignore[no-untyped-def]
    settings.GONGKAI_PERSONAL_CIPHER = cipher
    sealed = personal.seal("申请人甲", place="case:1 applicant.name")
    assert sealed.startswith(f"{cipher}:1:") and "申请人" not in sealed
    assert sealed != personal.seal("申请人甲", place="case:1 applicant.name"), "never the same twice"
    assert personal.open_sealed(sealed, place="case:1 applicant.name") == "申请人甲"
    with pytest.raises(Unreadable, match="case:2 applicant.name"):
        personal.open_sealed(sealed, place="case:2 applicant.name")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_every_changed_letter_is_noticed(settings, cipher: str) -> None:  # type: ignore[no-untyped-def]
    settings.GONGKAI_PERSONAL_CIPHER = cipher
    sealed = personal.seal("640300000000", place="x")
    for place in range(len(sealed)):
        wrong = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with suppress(Unreadable):
            # The last letter of base64 may carry bits that say nothing.
            assert personal.open_sealed(wrong, place="x") == "640300000000" and place >= len(sealed) - 3


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_file_of_any_bytes(settings, cipher: str) -> None:  # type: ignore[no-untyped-def]
    settings.GONGKAI_PERSONAL_CIPHER = cipher
    for content in (b"", b"%PDF-1.7 \n\x00", os.urandom(100_000)):
        sealed = personal.seal_bytes(content, place="case:1 file")
        assert personal.open_bytes(sealed, place="case:1 file") == content
        assert not content or content not in sealed
    with pytest.raises(Unreadable):
        personal.open_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]), place="case:1 file")
    for wrong in (b"%PDF-1.7", b"GKSEAL1\nxx", b"GKSEAL1\nrot13:1\nabc"):
        with pytest.raises(Unreadable):
            personal.open_bytes(wrong, place="case:1 file")


def test_a_new_key_and_cipher_while_running(settings) -> None:  # type: ignore[no-untyped-def]
    old = personal.seal("申请人甲", place="x")
    index = personal.blind_index("申请人甲", purpose="name")
    settings.GONGKAI_DATA_KEYS = KeyRing({1: bytes(range(32)), 2: os.urandom(32)}, 2)
    settings.GONGKAI_PERSONAL_CIPHER = "sm4-gcm"
    assert personal.open_sealed(old, place="x") == "申请人甲"
    new = personal.reseal(old, place="x")
    assert new.startswith("sm4-gcm:2:") and personal.reseal(new, place="x") == new
    assert personal.open_sealed(new, place="x") == "申请人甲"
    assert index in personal.lookups("申请人甲", purpose="name"), "rows of the older key are found too"
    settings.GONGKAI_DATA_KEYS = KeyRing({2: settings.GONGKAI_DATA_KEYS[2]}, 2)
    with pytest.raises(Unreadable, match="第 1 号数据密钥不在密钥文件里"):
        personal.open_sealed(old, place="x")


def test_an_unknown_cipher_is_refused_before_anything_is_sealed(settings) -> None:  # type: ignore[no-untyped-def]
    settings.GONGKAI_PERSONAL_CIPHER = "rot13"
    with pytest.raises(Unreadable, match="应为 aes-256-gcm 或 sm4-gcm"):
        personal.seal("x", place="y")


def test_the_index_tells_the_same_person_and_nothing_else() -> None:
    one = personal.blind_index("11010119900101001x", purpose="identity")
    assert one == personal.blind_index("１１０１０１ 19900101\u200b001X", purpose="identity")
    assert one != personal.blind_index("11010119900101001X", purpose="name")
    assert "1101" not in one
    assert personal.blind_index("  ", purpose="name") == "" and personal.lookups("", purpose="name") == []


def test_masks() -> None:
    assert [personal.mask_name(n) for n in ("申请人", "申请", "申", "")] == ["申＊＊", "申＊", "申＊", ""]
    assert personal.mask_number("640300199001011234") == "6403…1234"
    assert [personal.mask_number(n) for n in ("13800000000", "12345", "")] == ["138…00", "…", ""]
    assert personal.mask_email("someone@example.cn") == "s…@example.cn"
    assert personal.mask_text("示范区东河镇一村") == "示范区…"
