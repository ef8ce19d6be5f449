"""What casework wants done regularly (定时的工作). Found by the background process, by no web worker."""

from __future__ import annotations

from datetime import timedelta

from gongkai.casework.first_answers import forget_keys
from gongkai.foundation.background import Job, register

register(Job("idempotency-keys", timedelta(hours=6), forget_keys))
