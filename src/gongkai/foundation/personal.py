"""Personal data at rest (个人信息的加密保存): sealed under numbered keys, found again by keyed hash, masked.

A sealed text reads ``cipher:number:base64``: which cipher, which data key. It opens at its own place alone.
"""

from __future__ import annotations

import base64
import hmac
import os
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.foundation import seal_marks
from gongkai.foundation.current_key import current_key

_NONCE, _TAG = 12, 16


class Unreadable(Exception):
    """A sealed text that does not open: moved, changed, or its key is gone; the message names the cure."""


@lru_cache(maxsize=64)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(key)


def _aes_seal(key: bytes, nonce: bytes, plain: bytes, place: bytes) -> bytes:
    return _aes(key).encrypt(nonce, plain, place)


def _aes_open(key: bytes, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
    return _aes(key).decrypt(nonce, sealed, place)


def _sm4_seal(key: bytes, nonce: bytes, plain: bytes, place: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def _sm4_open(key: bytes, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-_TAG:])).decryptor()
    decryptor.authenticate_additional_data(place)
    return decryptor.update(sealed[:-_TAG]) + decryptor.finalize()


_Work = Callable[[bytes, bytes, bytes, bytes], bytes]
# Key length in bytes, sealing, opening. SM4-GCM is for installations that are told to use national algorithms.
CIPHERS: dict[str, tuple[int, _Work, _Work]] = {
    "aes-256-gcm": (32, _aes_seal, _aes_open),
    "sm4-gcm": (16, _sm4_seal, _sm4_open),
}


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str, length: int) -> bytes:
    """A key for one purpose alone from a data key."""
    return HKDF(hashes.SHA256(), length, None, f"gongkai {purpose}".encode()).derive(key)


def _data_key(number: int) -> bytes:
    try:
        key: bytes = settings.GONGKAI_DATA_KEYS[number]
    except KeyError as lost:
        cure = "把备份的密钥文件放回 GONGKAI_KEYS。"
        raise Unreadable(f"第 {number} 号数据密钥不在密钥文件里，用它加密的内容打不开。{cure}") from lost
    return key


def current_cipher() -> tuple[str, int]:
    """The cipher and the number of the data key for what is sealed now. Raises Unreadable for an unknown one."""
    name = getattr(settings, "GONGKAI_PERSONAL_CIPHER", "") or "aes-256-gcm"
    if name not in CIPHERS:
        raise Unreadable(f"GONGKAI_PERSONAL_CIPHER 写的是“{name}”，应为 {' 或 '.join(CIPHERS)}。")
    return name, current_key()


def _seal(plain: bytes, place: str) -> tuple[str, int, bytes]:
    name, number = current_cipher()
    length, work, _ = CIPHERS[name]
    nonce = os.urandom(_NONCE)
    key = _derived(_data_key(number), name, length)
    return name, number, nonce + work(key, nonce, plain, place.encode())


def _open(name: str, number: int, body: bytes, place: str) -> bytes:
    if name not in CIPHERS:
        raise Unreadable(f"{place}：不认识“{name}”这种加密，用新一些的版本打开。")
    length, _, work = CIPHERS[name]
    key = _derived(_data_key(number), name, length)
    try:
        return work(key, body[:_NONCE], body[_NONCE:], place.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable(f"{place}：加密的内容被改过，或者不是这里的。从备份恢复。") from wrong


def seal(plain: str, *, place: str) -> str:
    """The text sealed under the current key and cipher; it opens at ``place`` alone."""
    name, number, body = _seal(plain.encode(), place)
    return f"{name}:{number}:{base64.b64encode(body).decode()}"


def open_sealed(sealed: str, *, place: str) -> str:
    """The text again. Raises Unreadable where it was moved or changed, or its key is gone."""
    try:
        name, number, body = sealed.split(":", 2)
        raw = base64.b64decode(body, validate=True)
        key = int(number)
    except ValueError as wrong:
        raise Unreadable(f"{place}：不是加密的内容。从备份恢复。") from wrong
    return _open(name, key, raw, place).decode()


def seal_bytes(plain: bytes, *, place: str) -> bytes:
    """A file's bytes sealed (扫描件加密), with cipher and key number in front."""
    name, number, body = _seal(plain, place)
    return seal_marks.written(name, number) + body


def open_bytes(sealed: bytes, *, place: str) -> bytes:
    """The file's bytes again. Raises Unreadable."""
    label = seal_marks.sealed_under(sealed)
    if not label:
        raise Unreadable(f"{place}：文件不是加密保存的。从备份恢复。")
    name, number = label.partition(":")[0], seal_marks.key_of(label)
    body = sealed[len(seal_marks.FILE_MARK) :].partition(b"\n")[2]
    if number is None:
        raise Unreadable(f"{place}：文件被改过。从备份恢复。")
    return _open(name, number, body, place)


def is_current(sealed: str) -> bool:
    """Whether a text is sealed under the current cipher and key (要不要重新加密)."""
    name, number = current_cipher()
    return sealed.startswith(f"{name}:{number}:")


def reseal(sealed: str, *, place: str) -> str:
    """The same text under the current cipher and key; itself where it already is. Raises Unreadable."""
    return sealed if is_current(sealed) else seal(open_sealed(sealed, place=place), place=place)


def _normal(value: str) -> str:
    """One form for the same name or number: full width, blanks, invisible characters and case aside."""
    if value.isascii() and value.isprintable():
        return value.replace(" ", "").casefold()
    plain = unicodedata.normalize("NFKC", value)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf").casefold()


def _index(value: str, purpose: str, number: int) -> str:
    key = _derived(_data_key(number), f"index {purpose}", 32)
    keyed = hmac.digest(key, _normal(value).encode(), "sha256")
    return f"{number}:{keyed.hex()}"


def blind_index(value: str, *, purpose: str) -> str:
    """The keyed hash by which a value is found again without being opened (盲索引); "" for a blank."""
    return _index(value, purpose, current_key()) if _normal(value) else ""


def lookups(value: str, *, purpose: str) -> list[str]:
    """The keyed hashes of a value under every data key there is: rows of older keys are found too."""
    if not _normal(value):
        return []
    return [_index(value, purpose, number) for number in settings.GONGKAI_DATA_KEYS]


def derived_code(value: str, *, purpose: str, key_number: int, letters: str, length: int) -> str:
    """A secret derived from a value and a data key (派生口令), never stored. Raises Unreadable."""
    key = _derived(_data_key(key_number), f"code {purpose}", 32)
    number = int.from_bytes(hmac.digest(key, value.encode(), "sha256"), "big")
    found = []
    for _ in range(length):
        number, place = divmod(number, len(letters))
        found.append(letters[place])
    return "".join(found)


def mask_name(name: str) -> str:
    """申请人 → 申＊＊: the first character alone."""
    plain = name.strip()
    return plain[:1] + "＊" * min(max(len(plain) - 1, 1), 6) if plain else ""


def mask_number(number: str) -> str:
    """6403…1234: the first and last four of a number long enough, else the last two."""
    plain = number.strip()
    if len(plain) >= 12:
        return f"{plain[:4]}…{plain[-4:]}"
    if len(plain) > 6:
        return f"{plain[:3]}…{plain[-2:]}"
    return "…" if plain else ""


def mask_email(email: str) -> str:
    """a…@example.cn: the first letter and the domain."""
    name, at, domain = email.strip().partition("@")
    return f"{name[:1]}…@{domain}" if at else mask_number(email)


def mask_text(text: str) -> str:
    """示范区…: the first three characters of an address."""
    plain = text.strip()
    return f"{plain[:3]}…" if plain else ""
