"""Which data key is the current one (现用的密钥)."""

from __future__ import annotations

from django.conf import settings


def current_key() -> int:
    """The number of the data key under which things are sealed now.

    It may change while the site runs: what is sealed and the number kept beside it come of one call.
    """
    number: int = settings.GONGKAI_DATA_KEYS.current
    return number
