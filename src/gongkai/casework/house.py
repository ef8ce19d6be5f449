"""The terms of this house (本区的内部期限), where the law sets none: the first values, or what the installation sets."""

from __future__ import annotations

from django.conf import settings

from gongkai.rules.requests.terms import DEFAULT, Terms


def house_terms() -> Terms:
    """The terms in working days: to confirm receipt with the applicant, as GONGKAI_CONFIRMATION_DAYS sets it."""
    days = int(getattr(settings, "GONGKAI_CONFIRMATION_DAYS", DEFAULT.confirmation))
    return DEFAULT if days == DEFAULT.confirmation else Terms(confirmation=days)
