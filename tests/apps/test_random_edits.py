"""A hundred random edits of the records, each against an independent, slow count of the whole table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from gongkai.annual_report.compile import compile_report
from gongkai.casework.models import InformationRequest
from gongkai.disclosure.models import NormativeDocument, NormativeEvent, Publication
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Record
from gongkai.foundation.verification import verify
from gongkai.registers.models import Statistic
from gongkai.remedies.models import Lawsuit, Reconsideration
from tests.conftest import NOW, District, enter

EDITS = 100
YEAR = 2021
COLUMN = {
    "natural": "c1",
    "enterprise": "c2",
    "research": "c3",
    "welfare": "c4",
    "legal": "c5",
    "other": "c6",
}
REASON = "随机更正"


# The slow count: one row after another, by the words of the form, sharing no code with the program. ---


def slow_count() -> dict[str, Decimal]:
    cells: Counter[str] = Counter()
    for row in InformationRequest.objects.all():
        if row.withdrawn_seq is None:
            for name in slow_request(row):
                cells[f"t3.{name}.{COLUMN[row.applicant_class]}"] += 1
                cells[f"t3.{name}.c7"] += 1
    for document in NormativeDocument.objects.all():
        if document.withdrawn_seq is None:
            slow_normative(document, cells)
    for track, model in (("review", Reconsideration), ("", Lawsuit)):
        for remedy in model.objects.all():
            slow_remedy(remedy, track or remedy.track, cells)
    for statistic in Statistic.objects.all():
        if statistic.withdrawn_seq is None and statistic.year == YEAR:
            name = "t2.fee.amount" if statistic.item == "fee" else f"t2.{statistic.item}.decisions"
            cells[name] += statistic.amount
    found = {name: Decimal(value) for name, value in cells.items() if value}
    if "t2.fee.amount" in found:
        found["t2.fee.amount"] /= 1_000_000
    return found


def slow_request(row: InformationRequest) -> list[str]:
    open_at_start = row.received_on.year < YEAR and (row.closed_on is None or row.closed_on.year >= YEAR)
    names = []
    if row.received_on.year == YEAR:
        names.append("r1")
    elif open_at_start:
        names.append("r2")
    else:
        return []
    if row.closed_on is not None and row.closed_on.year == YEAR:
        names += [row.outcome, "r24"]
    else:
        names.append("r25")
    return names


def slow_normative(document: NormativeDocument, cells: Counter[str]) -> None:
    ended = [
        event
        for event in NormativeEvent.objects.filter(document_id=document.pk)
        if event.withdrawn_seq is None and event.event != "amended" and event.on.year <= YEAR
    ]
    if document.made_on.year == YEAR:
        cells[f"t2.{document.rank}.made"] += 1
    if any(event.on.year == YEAR and event.event in ("repealed", "declared_invalid") for event in ended):
        cells[f"t2.{document.rank}.repealed"] += 1
    if document.made_on.year <= YEAR and not ended:
        cells[f"t2.{document.rank}.in_force"] += 1


def slow_remedy(remedy: Reconsideration | Lawsuit, track: str, cells: Counter[str]) -> None:
    if remedy.withdrawn_seq is not None or remedy.filed_on.year > YEAR:
        return
    if remedy.closed_on is None or remedy.closed_on.year > YEAR:
        result = "pending"
    elif remedy.closed_on.year == YEAR:
        result = remedy.result
    else:
        return
    cells[f"t4.{track}.{result}"] += 1
    cells[f"t4.{track}.total"] += 1


# The edits ---------------------------------------------------------------------------------------


class Editor:
    """Makes one random edit after another, each through its action."""

    def __init__(self, district: District, seed: int) -> None:
        self.random, self.organs = Random(seed), district.all
        self.entered: list[Record] = []
        self.number = 0

    def day(self) -> date:
        return date(2020, 6, 1) + timedelta(days=self.random.randint(0, 580))

    def closing(self, start: date) -> date | None:
        end = start + timedelta(days=self.random.randint(0, 200))
        return end if end <= date(2022, 1, 10) and self.random.random() < 0.7 else None

    def edit(self) -> str:
        acts: list[Callable[[], str]] = [
            self.request,
            self.normative,
            self.event,
            self.remedy,
            self.statistic,
        ]
        acts += [self.publication, self.move, self.withdraw, self.move, self.withdraw]
        return self.random.choice(acts)()

    def keep(self, kind: str, **values: object) -> str:
        self.entered.append(enter(kind, self.random.choice(self.organs), **values))
        return kind

    def request(self) -> str:
        received = self.day()
        closed = self.closing(received)
        outcome = self.random.choice([f"r{i}" for i in range(3, 21)]) if closed else None
        of = self.random.choice(list(COLUMN))
        return self.keep("requests", received_on=received, closed_on=closed, outcome=outcome, **{"class": of})

    def normative(self) -> str:
        self.number += 1
        made = self.day()
        repealed = self.closing(made)
        return self.keep(
            "normative-documents", title=f"办法{self.number}", document_number=f"示发〔{made.year}〕{self.number}号",
            made_on=made, repealed_on=repealed, rank=self.random.choice(["norm", "norm", "rule"]),
        )  # fmt: skip

    def event(self) -> str:
        standing = [r for r in self.entered if isinstance(r, NormativeDocument) and r.withdrawn_seq is None]
        free = [r for r in standing if not r.events.filter(withdrawn_seq__isnull=True).exists()]
        if not free:
            return self.normative()
        document = self.random.choice(free)
        on = min(document.made_on + timedelta(days=self.random.randint(0, 300)), date(2022, 1, 10))
        what = self.random.choice(["amended", "expired", "declared_invalid", "repealed"])
        values = {"document_number": document.document_number, "event": what, "on": on}
        self.entered.append(enter("normative-events", document.organ, **values))
        return f"normative-events {what}"

    def remedy(self) -> str:
        filed = self.day()
        closed = self.closing(filed)
        values = {"filed_on": filed, "closed_on": closed}
        values["result"] = self.random.choice(["upheld", "corrected", "other"]) if closed else None  # type: ignore[assignment]
        if self.random.random() < 0.5:
            return self.keep("reconsiderations", **values)
        return self.keep("lawsuits", track=self.random.choice(["direct", "after_review"]), **values)

    def statistic(self) -> str:
        organ = self.random.choice(self.organs)
        year, month = self.random.choice([2020, 2021]), self.random.randint(1, 12)
        item = self.random.choice(["licence", "penalty", "coercion", "fee"])
        if Statistic.objects.filter(
            organ=organ, year=year, month=month, item=item, withdrawn_seq=None
        ).exists():
            return self.withdraw()
        value = (
            Decimal(self.random.randint(0, 10**9)) / 10**6
            if item == "fee"
            else Decimal(self.random.randint(0, 99))
        )
        self.entered.append(enter("statistics", organ, year=year, month=month, item=item, value=value))
        return "statistics"

    def publication(self) -> str:
        self.number += 1
        values = {
            "title": f"信息{self.number}",
            "channel": "portal",
            "class": "document",
            "published_on": self.day(),
        }
        return self.keep("publications", **values)

    def standing(self) -> list[Record]:
        return [record for record in self.entered if record.withdrawn_seq is None]

    def withdraw(self) -> str:
        candidates = [r for r in self.standing() if not isinstance(r, NormativeDocument | Publication)]
        if not candidates:
            return self.request()
        record = self.random.choice(candidates)
        self.entered.remove(record)
        records.withdraw(kinds.get(record.KIND), record, by=COMMAND_LINE, now=NOW, reason=REASON)
        return f"withdraw {record.KIND}"

    def move(self) -> str:
        """One date moved, or one request's outcome, or one number."""
        candidates = [r for r in self.standing() if isinstance(r, InformationRequest | Statistic)]
        if not candidates:
            return self.request()
        record = self.random.choice(candidates)
        self.entered.remove(record)
        if isinstance(record, Statistic):
            change: dict[str, object] = {"value": Decimal(self.random.randint(0, 50))}
        else:
            received = self.day()
            closed = self.closing(received)
            change = {"received_on": received, "closed_on": closed, "outcome": "r4" if closed else None}
        self.entered.append(
            records.correct(kinds.get(record.KIND), record, change, by=COMMAND_LINE, now=NOW, reason=REASON)
        )
        return f"correct {record.KIND}"


def compiled(district: District) -> dict[str, Decimal]:
    cells = compile_report(district.government, YEAR, reader=COMMAND_LINE).tables.cells
    for name, cell in cells.items():
        assert cell.value is None or sum(c.value for c in cell.contributions) == cell.value, name
    return {name: cell.value for name, cell in cells.items() if cell.value}


def test_a_hundred_random_edits_change_exactly_the_cells_they_should(district: District) -> None:
    editor = Editor(district, seed=20_211_231)
    done: Counter[str] = Counter()
    for number in range(EDITS):
        act = editor.edit()
        done[act.split()[0]] += 1
        assert compiled(district) == slow_count(), f"edit {number}: {act}"
    assert len(done) >= 7, done
    assert verify().breaks == ()
