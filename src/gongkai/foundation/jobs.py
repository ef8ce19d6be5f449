"""What the foundation wants done regularly (定时的工作). Found by the background process, by no web worker."""

from __future__ import annotations

from datetime import timedelta

from gongkai.foundation.background import Job, register
from gongkai.foundation.leftovers import clear_destroyed, forget_failures, forget_sessions
from gongkai.foundation.outbox_sending import send_next

register(Job("outbox", timedelta(0), send_next))
register(Job("sessions", timedelta(hours=1), forget_sessions))
register(Job("failed-sign-ins", timedelta(hours=1), forget_failures))
register(Job("destroyed-files", timedelta(hours=1), clear_destroyed))
