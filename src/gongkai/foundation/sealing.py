"""Short secrets kept in the database (密封): encrypted under a numbered data key, bound to their place."""

from __future__ import annotations

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongkai.foundation.current_key import current_key


def seal(plain: str, *, place: str) -> str:
    """The text under the current data key; it opens at ``place`` alone (``account:7 second-factor``)."""
    number = current_key()
    nonce = os.urandom(12)
    sealed = AESGCM(settings.GONGKAI_DATA_KEYS[number]).encrypt(nonce, plain.encode(), place.encode())
    return f"{number}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, place: str) -> str:
    """The text again. Raises KeyError for a lost data key, InvalidTag where it was moved or changed."""
    number, _, body = sealed.partition(":")
    raw = base64.b64decode(body)
    return (
        AESGCM(settings.GONGKAI_DATA_KEYS[int(number)]).decrypt(raw[:12], raw[12:], place.encode()).decode()
    )
