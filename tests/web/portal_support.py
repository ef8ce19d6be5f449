"""What the portal's tests share: published reports of a small district, and a page read back."""

from __future__ import annotations

from datetime import datetime

from django.test import Client

from gongkai.annual_report import filings, sealing
from gongkai.annual_report.models import Filing, ReportEdition
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Organ
from tests.conftest import NOW, explain_all

HOME = "/reports/999000/2021/"


def publish(organ: Organ, now: datetime = NOW) -> ReportEdition:
    """Carry an organ's 2021 report to publication, without the files to stamp."""
    filing = filings.open_filing(organ, 2021, by=COMMAND_LINE, now=now)
    explain_all(filing)
    if not filing.government:
        filings.submit(filing, by=COMMAND_LINE, now=now)
        filings.accept(filing, by=COMMAND_LINE, now=now)
    sealing.seal(filing, by=COMMAND_LINE, now=now, with_documents=False)
    return sealing.publish(filing, by=COMMAND_LINE, now=now)


def correct(organ: Organ, reason: str, now: datetime = NOW) -> ReportEdition:
    """Publish a correction from the records of now."""
    filing = sealing.correct(Filing.objects.get(organ=organ, year=2021), reason, by=COMMAND_LINE, now=now)
    explain_all(filing)
    sealing.seal(filing, by=COMMAND_LINE, now=now, with_documents=False)
    return sealing.publish(filing, by=COMMAND_LINE, now=now)


def page(client: Client, address: str, status: int = 200) -> str:
    """The text at an address, which must answer with that status."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    return answer.content.decode()
