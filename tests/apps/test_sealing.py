"""Sealing and publishing: what was looked at is what is sealed; nothing half-done on a full disk."""

from __future__ import annotations

import errno
from decimal import Decimal

import pytest

from gongkai.annual_report import documents, filings, sealing
from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.models import EditionDocument, Filing, ReportEdition
from gongkai.foundation import files, ledger
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.clock import legal_day
from gongkai.foundation.verification import verify
from tests.conftest import NOW, District, day, enter, explain_all

ITEMS = ("licence", "penalty", "coercion", "fee")


@pytest.fixture
def filing(district: District) -> Filing:
    """The government's filing, ready to be sealed."""
    for organ in district.all[1:]:
        for month in range(1, 13):
            for item in ITEMS:
                enter("statistics", organ, year=2021, month=month, item=item, value=Decimal(0))
    opened = filings.open_filing(district.government, 2021, by=COMMAND_LINE, now=NOW)
    explain_all(opened)
    return opened


def looked_at(filing: Filing) -> str:
    report = compile_report(filing.organ, filing.year, reader=COMMAND_LINE, today=legal_day(NOW))
    return sealing.fingerprint(report)


def test_what_changed_since_looking_is_not_sealed(district: District, filing: Filing) -> None:
    seen = looked_at(filing)
    enter("requests", district.education, received_on=day("2021-12-01"), **{"class": "natural"})
    head = ledger.head()
    with pytest.raises(sealing.ReportChanged, match="看过以后再封存"):
        sealing.seal(filing, by=COMMAND_LINE, now=NOW, seen=seen, with_documents=False)
    assert ledger.head() == head and not ReportEdition.objects.exists()
    again = looked_at(filing)
    assert sealing.seal(filing, by=COMMAND_LINE, now=NOW, seen=again, with_documents=False).version == 1


def test_a_full_disk_while_sealing_leaves_nothing_half_done(
    filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, kept = ledger.head(), files.keep

    def full(content: bytes, **values: object):  # type: ignore[no-untyped-def]
        # The report itself still fits; the first document does not.
        if values["media_type"] != "application/json":
            raise OSError(errno.ENOSPC, "No space left on device")
        return kept(content, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "keep", full)
    monkeypatch.setattr(documents, "FORMATS", {"pdf": documents.FORMATS["pdf"]})
    with pytest.raises(OSError, match="No space"):
        sealing.seal(filing, by=COMMAND_LINE, now=NOW)
    assert Filing.objects.get().state == "open" and ledger.head() == head
    assert not ReportEdition.objects.exists() and not EditionDocument.objects.exists()
    monkeypatch.setattr(files, "keep", kept)
    assert sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False).version == 1
    assert verify().breaks == ()


def test_what_is_published_is_what_was_looked_at(filing: Filing) -> None:
    first = sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False)
    sealing.unseal(filing, "漏写一句", by=COMMAND_LINE, now=NOW)
    filings.write_text(filing, "lead", "另一句导语。", by=COMMAND_LINE, now=NOW)
    second = sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False)
    with pytest.raises(sealing.ReportChanged, match="重新封存过"):
        sealing.publish(filing, by=COMMAND_LINE, now=NOW, seen=first.content.digest)
    published = sealing.publish(filing, by=COMMAND_LINE, now=NOW, seen=second.content.digest)
    assert published.version == 2 and published.reason == "漏写一句"
    assert ReportEdition.objects.get(version=1).published_on is None
    assert verify().breaks == ()


def test_sealing_twice_is_refused_and_seals_once(filing: Filing) -> None:
    sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False)
    with pytest.raises(filings.FilingRefused, match="已封存，现在不能封存"):
        sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False)
    assert ReportEdition.objects.count() == 1
