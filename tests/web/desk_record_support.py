"""What the tests of records on the desk share: an organ's registers, a statistic, how many events there are."""

from __future__ import annotations

from decimal import Decimal

from gongkai.foundation.models import LedgerEvent, Organ, Record
from tests.conftest import enter

HOME = "/desk/organs/999002/registers/"
STAT = {"year": "2021", "month": "3", "item": "licence", "value": "27"}
PDF = b"%PDF-1.7\n%%EOF\n"


def statistic(organ: Organ, month: int = 3, value: int = 27) -> Record:
    return enter("statistics", organ, year=2021, month=month, item="licence", value=Decimal(value))


def events(kind: str) -> int:
    return LedgerEvent.objects.filter(kind=kind).count()
