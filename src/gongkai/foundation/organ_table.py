"""The table of organs that a district begins with (机关表)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.intake.clean import clean_row
from gongkai.foundation.intake.read import read_table
from gongkai.foundation.kinds import Choice, Column, Kind
from gongkai.foundation.models import Organ
from gongkai.rules.provision import Provision


class OrganTableRefused(Exception):
    """Rows of the table that cannot be organs; the message lists them with the cure."""


ORGAN_TABLE = Kind(
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


def read_organs(path: Path, *, government: Organ, by: Actor, now: datetime) -> int:
    """Enter the organs of a table below a government; returns how many. All or nothing.

    Raises FileRefused for the file, OrganTableRefused for its rows.
    """
    table = read_table(path, ORGAN_TABLE)
    errors = [f"第 {e.row} 行“{e.column}”：{e.message}" if e.row else e.message for e in table.errors]
    prefix = government.code[:-3]
    seen: set[str] = set()
    taken = Organ.objects.filter(parent=government).count()
    for number, row in enumerate(table.rows, taken + 1):
        values, findings = clean_row(ORGAN_TABLE, row.values)
        errors += [f"第 {row.number} 行：{finding.message}" for finding in findings]
        name = values.get("name")
        if name and name in seen:
            errors.append(f"第 {row.number} 行：“{name}”写了两次，删去一行。")
        if errors or not name:
            continue
        seen.add(name)
        try:
            _enter(values, f"{prefix}{number:03d}", number, government, by, now)
        except organs.OrganRefused as refused:
            errors.append(f"第 {row.number} 行：{refused}")
    if errors:
        raise OrganTableRefused("\n".join(errors[:50]))
    return len(table.rows)


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
