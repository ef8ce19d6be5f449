"""What every golden story is held to: its letters as they left, its events, its place in the year's tables.

With ``GONGKAI_LETTER_PICTURES`` naming a folder, the pages of every letter are put there as PNG, to be looked at.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from gongkai.annual_report import filings, sealing
from gongkai.annual_report.compile import compile_report
from gongkai.casework.keeping import keep_letter, kept_file
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case, Letter
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import LedgerEvent, Organ
from gongkai.foundation.verification import verify
from tests.apps.casework_support import day

_HARD = ("K1", "K2", "K3", "K4", "K5")
# A word so short says nothing of anybody: 电话, 回执.
_SHORT = 3


# Letters -------------------------------------------------------------------------------------------


def letters_of(case: Case) -> list[tuple[str, str, str]]:
    """Every letter of the case in order: kind, number, day."""
    rows = Letter.objects.filter(case=case).order_by("place")
    return [(row.code, row.number, row.dated.isoformat()) for row in rows]


def letter(case: Case, code: str, *words: str, without: tuple[str, ...] = ()) -> str:
    """The words of the case's last letter of that kind, as both its files have them; each of ``words`` stands there."""
    row = Letter.objects.filter(case=case, code=code).latest("place")
    row = keep_letter(row, now=datetime.combine(row.dated, time(16), SHANGHAI))
    pdf, docx = kept_file(row, "pdf"), kept_file(row, "docx")
    story = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[2].partition(" ")[0]
    printed = _text_of_pdf(pdf, f"{story}-{case.serial}-{row.place:02}-{code}")
    word = _squeezed(
        re.sub(r"<[^>]+>", "", zipfile.ZipFile(BytesIO(docx)).read("word/document.xml").decode())
    )
    for one in words:
        assert _squeezed(one) in printed, (one, printed)
        assert _squeezed(one) in word, (one, word)
    for one in ("{{", "None", *without):
        assert _squeezed(one) not in printed and _squeezed(one) not in word, one
    return printed


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _text_of_pdf(pdf: bytes, name: str) -> str:
    import pypdfium2

    found, folder = "", os.environ.get("GONGKAI_LETTER_PICTURES", "")
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            found += page.get_textpage().get_text_bounded()
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                page.render(scale=1.2).to_pil().save(Path(folder) / f"{name}-{number}.png")
    finally:
        document.close()
    return _squeezed(found)


# The ledger ----------------------------------------------------------------------------------------


def proven(case: Case, acts: str) -> None:
    """The events tell the filing and these acts in order, their open part nothing personal; the proof holds."""
    events = list(LedgerEvent.objects.filter(subject=case.ref).order_by("seq"))
    assert events[0].kind == "case.filed"
    told = [json.loads(event.payload)["act"] for event in events if event.kind == "case.act"]
    assert told == acts.split()
    case.refresh_from_db()
    opened = case.facts + "".join(event.payload for event in events)
    sealed = {name: words for name, words in texts_of(case).items() if len(words) > _SHORT}
    assert {"applicant.name", "applicant.id_number", "filing.description"} <= set(sealed)
    assert [name for name, words in sealed.items() if words in opened] == []
    assert [(b.place, b.message) for b in verify().breaks] == []


# The tables ----------------------------------------------------------------------------------------


def rows(*names: str, column: str = "c1", number: int = 1) -> dict[str, int]:
    """Cells of table three: these rows with so many, in the applicant's column and the total."""
    return {f"t3.{name}.{place}": number for name in names for place in (column, "c7")}


def tables(organ: Organ, year: int, *, after: int | None = None) -> dict[str, int]:
    """The cells of tables three and four that are not nought, as the report is compiled; its hard checks hold.

    The district's report over all its units has the same ones: what one organ was asked counts once.
    ``after``: a year whose report was published, with which K5 then compares.
    """
    found: list[dict[str, int]] = []
    for one in (organ, organ.parent):
        assert one is not None
        report = compile_report(one, year, reader=COMMAND_LINE, today=day(f"{year + 1}-01-20"))
        status = {check.id: check.status for check in report.checks if check.id in _HARD}
        known = "pass" if after is not None and one is organ else "not_assessable"
        assert status == {**dict.fromkeys(_HARD, "pass"), "K5": known}, (one.code, status)
        cells = report.tables.cells.items()
        found.append({n: int(c.value) for n, c in cells if n[:3] in ("t3.", "t4.") and c.value})
    assert found[0] == found[1]
    return found[0]


def publish(organ: Organ, year: int) -> None:
    """The organ's report of the year, declared, explained, sealed and published: what K5 holds the next against."""
    now = datetime(year + 1, 1, 20, 10, tzinfo=SHANGHAI)
    for month in range(1, 13):
        for item in ("licence", "penalty", "coercion", "fee"):
            values = {"year": year, "month": month, "item": item, "value": Decimal(0)}
            records.enter(kinds.get("statistics"), organ, values, by=COMMAND_LINE, now=now)
    filing = filings.open_filing(organ, year, by=COMMAND_LINE, now=now)
    report = compile_report(organ, year, reader=COMMAND_LINE, today=now.date())
    for check in report.unexplained():
        filings.explain(filing, check.id, "情况属实，已核对。", by=COMMAND_LINE, now=now)
    filings.submit(filing, by=COMMAND_LINE, now=now)
    filings.accept(filing, by=COMMAND_LINE, now=now)
    sealing.seal(filing, by=COMMAND_LINE, now=now)
    sealing.publish(filing, by=COMMAND_LINE, now=now)


def remedy(kind: str, organ: Organ, on: str, **values: Any) -> Any:
    """A reconsideration or a lawsuit, entered on that day."""
    given: Mapping[str, Any] = values
    now = datetime.combine(day(on), time(10), SHANGHAI)
    return records.enter(kinds.get(kind), organ, given, by=COMMAND_LINE, now=now)
