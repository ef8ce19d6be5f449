"""The table of organs that a district begins with (机关表)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.intake.clean import clean_row
from gongkai.foundation.intake.read import Row, RowError, Table, read_table
from gongkai.foundation.kinds import Choice, Column, Kind
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.provision import Provision


class OrganTableRefused(Exception):
    """Rows of the table that cannot be organs; the message lists them with the cure."""


class _OrganTable(Kind):
    """A table of organs has no evidence file beside it."""

    @property
    def import_columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        return self.columns


ORGAN_TABLE = _OrganTable(
    code="organs",
    label="机关",
    model="foundation.Organ",
    provision=Provision("regulation-2019", 4),
    purpose="人民政府和政府办公室不用写，它们由区县名称得来",
    columns=(
        Column("name", "全称", "text", max_length=100, example="利通区教育局"),
        Column("short_name", "简称", "text", required=False, max_length=50, example="区教育局"),
        Column(
            "kind",
            "类别",
            "choice",
            choices=tuple(Choice(str(k.value), str(k.label)) for k in organs.UNIT_KINDS),
        ),
        Column("code", "代码", "text", required=False, max_length=32, help="不写就按顺序编"),
        Column("founded_on", "设立日期", "date", required=False),
        Column("disclosure_office", "政府信息公开工作机构", "text", required=False, max_length=100),
        Column("address", "地址", "text", required=False, max_length=200),
        Column("phone", "电话", "text", required=False, max_length=64),
    ),
    title=lambda r: r.code,
    date_column="founded_on",
)


@dataclass(slots=True)
class OrganTableResult:
    """What a table of organs did: how many it entered (0 where anything was wrong), and the errors."""

    entered: int = 0
    errors: list[RowError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _RollBack(Exception):
    """Leave the transaction without writing: a dry run, or a row was wrong."""


def enter_organs(
    table: Table, *, government: Organ, by: Actor, now: datetime, dry_run: bool = False
) -> OrganTableResult:
    """Enter the organs of a table below a government, all or none; errors by row and column."""
    result = OrganTableResult(errors=list(table.errors), remarks=list(table.remarks))
    try:
        with write_transaction():
            codes = _Codes(government, table)
            for row in table.rows:
                _enter_row(row, codes, government, by, now, result)
            if dry_run or result.errors:
                raise _RollBack
            result.entered = len(table.rows)
    except _RollBack:
        pass
    return result


def read_organs(path: Path, *, government: Organ, by: Actor, now: datetime) -> int:
    """Enter the organs of a file below a government; returns how many. All or nothing.

    Raises FileRefused for the file, OrganTableRefused for its rows.
    """
    table = read_table(path, ORGAN_TABLE)
    result = enter_organs(table, government=government, by=by, now=now)
    if result.errors:
        raise OrganTableRefused("\n".join(_said(error) for error in result.errors[:50]))
    return result.entered


def _said(error: RowError) -> str:
    return f"第 {error.row} 行“{error.column}”：{error.message}" if error.row else error.message


class _Codes:
    """Codes for the organs that bring none: the district's digits and the next free number."""

    def __init__(self, government: Organ, table: Table) -> None:
        self._prefix = government.code[:-3]
        self._taken = set(Organ.objects.values_list("code", flat=True))
        self._taken |= {str(row.values.get("code") or "") for row in table.rows}
        self._next = Organ.objects.filter(parent=government).count()
        self.names: set[str] = set()

    def place(self) -> int:
        """The next place in the fixed order."""
        self._next += 1
        return self._next

    def free(self, place: int) -> str:
        """The next code nobody has."""
        while (code := f"{self._prefix}{place:03d}") in self._taken:
            place += 1
        self._taken.add(code)
        return code


def next_code(government: Organ) -> tuple[str, int]:
    """The code and the place that the next organ would have."""
    codes = _Codes(government, Table())
    place = codes.place()
    return codes.free(place), place


def _enter_row(
    row: Row, codes: _Codes, government: Organ, by: Actor, now: datetime, result: OrganTableResult
) -> None:
    values, findings = clean_row(ORGAN_TABLE, row.values)
    missing = [c for c in ORGAN_TABLE.columns if c.required and not values.get(c.code)]
    written = {finding.column for finding in findings}
    wrong = [(finding.column, finding.message) for finding in findings]
    wrong += [(c.code, f"“{c.label}”没有写。") for c in missing if c.code not in written]
    place = codes.place()
    if values.get("name") in codes.names:
        wrong.append(("name", f"“{values['name']}”在表里写了两次，删去一行。"))
    codes.names.add(str(values.get("name") or ""))
    if not wrong:
        try:
            _enter(values, str(values.get("code") or codes.free(place)), place, government, by, now)
        except organs.OrganRefused as refused:
            wrong = [(refused.field, str(refused))]
    labels = {column.code: column.label for column in ORGAN_TABLE.columns}
    result.errors += [RowError(row.number, labels.get(code, "全称"), message) for code, message in wrong]


def _enter(
    values: dict[str, object], code: str, position: int, government: Organ, by: Actor, now: datetime
) -> None:
    contact = {key: str(values[key]) for key in ("address", "phone") if values.get(key)}
    organs.found(
        organs.NewOrgan(
            code=str(values.get("code") or code),
            kind=str(values["kind"]),
            name=str(values["name"]),
            short_name=str(values.get("short_name") or values["name"]),
            parent=government,
            founded_on=values.get("founded_on"),  # type: ignore[arg-type]
            position=position,
            disclosure_office=str(values.get("disclosure_office") or ""),
            contact=contact,
        ),
        by=by,
        now=now,
    )
