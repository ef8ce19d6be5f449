"""An archived file as the desk's pages of the archive name it (案卷): number, kind, where it is."""

from __future__ import annotations

from django.urls import reverse

from gongkai.casework.models import Case, Dossier, SideRequest
from gongkai.foundation.models import Organ
from gongkai.rules.side_requests.kinds import KINDS


def dossiers(organ: Organ, numbers: list[str]) -> list[Dossier]:
    """The files of an organ by their numbers: requests, then corrections and proposals."""
    cases = Case.objects.filter(organ=organ, number__in=numbers).select_related("organ").order_by("number")
    sides = SideRequest.objects.filter(organ=organ, number__in=numbers).select_related("organ")
    return [*cases, *sides.order_by("number")]


def address_of(one: Dossier) -> str:
    """Its page."""
    name = "desk:case" if isinstance(one, Case) else "desk:side"
    return reverse(name, args=[one.organ.code, one.number])


def kind_of(one: Dossier) -> str:
    """What it is, in the word of the lists; "" for a request, which most are."""
    return "" if isinstance(one, Case) else KINDS[one.kind].badge
