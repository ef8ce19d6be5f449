"""The kinds of record of the registers, declared once each (台账的记录种类)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from gongkai.foundation.clock import legal_day
from gongkai.foundation.kinds import Choice, Column, Finding, Kind
from gongkai.foundation.records import Entry, RowRefused
from gongkai.registers.models import (
    FEN_PER_WAN_YUAN,
    Appraisal,
    StaffPost,
    Statistic,
    SupervisionItem,
)
from gongkai.rules.provision import Provision

REGULATION = "regulation-2019"


def _choices(values: type[models.TextChoices]) -> tuple[Choice, ...]:
    return tuple(Choice(code, str(label)) for code, label in values.choices)


def _check_statistic(values: Mapping[str, Any]) -> list[Finding]:
    value: Decimal | None = values.get("value")
    if value is None or values.get("item") == Statistic.Item.FEE:
        return []
    if value != value.to_integral_value():
        return [Finding("value", f"处理决定数量写的是 {value}，要写整数；只有收费可以有小数（万元）。")]
    return []


def _prepare_statistic(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    value = attributes.pop("value")
    today = legal_day(entry.now)
    if (attributes["year"], attributes["month"]) > (today.year, today.month):
        raise RowRefused(
            Finding("month", f"{attributes['year']} 年 {attributes['month']} 月还没有到，核对年份。")
        )
    scale = FEN_PER_WAN_YUAN if attributes["item"] == Statistic.Item.FEE else 1
    attributes["amount"] = int(value * scale)
    same = Statistic.objects.filter(
        organ=entry.organ, evidence=entry.evidence, withdrawn_seq__isnull=True, **attributes
    )
    if entry.existing is not None:
        same = same.exclude(pk=entry.existing.pk)
    if (known := same.first()) is not None:
        # A second number of the same month may be a late addition; the very same row is the same file again.
        raise RowRefused(
            Finding(
                "item",
                f"{known.title}已经登记过同样的一行（{known.value:f}），不再登记一次。补报的写补报的数，改数用更正。",
            )
        )
    return attributes


def _month_of(record: Any) -> date:
    return date(record.year, record.month, 1)


def _prepare_supervision(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    same = SupervisionItem.objects.filter(
        organ=entry.organ, code=attributes["code"], withdrawn_seq__isnull=True
    )
    if entry.existing is not None:
        same = same.exclude(pk=entry.existing.pk)
    if same.exists():
        raise RowRefused(Finding("code", f"监管事项编码 {attributes['code']} 已经登记过，换一个编码。"))
    return attributes


def _bind_inspection_item(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
    code = attributes.pop("item_code")
    item = SupervisionItem.objects.filter(organ=entry.organ, code=code, withdrawn_seq__isnull=True).first()
    if item is None:
        raise RowRefused(
            Finding("item_code", f"没有编码为 {code} 的监管事项。先登记监管事项，再登记检查实施事项。")
        )
    return {**attributes, "supervision_item": item}


def _term(start: str, end: str, label: str) -> Any:
    def check(values: Mapping[str, Any]) -> list[Finding]:
        first, last = values.get(start), values.get(end)
        if first is not None and last is not None and last < first:
            return [Finding(end, f"{label} {last} 早于开始日期 {first}，核对两个日期。")]
        return []

    return check


STATISTICS = Kind(
    code="statistics",
    label="申报统计",
    model="registers.Statistic",
    provision=Provision(REGULATION, 20, item=5),
    purpose="每月每项一行；没有发生也要写 0，空着等于没有报",
    columns=(
        Column("year", "年份", "integer", minimum=2000, maximum=2100, example="2021"),
        Column("month", "月份", "integer", minimum=1, maximum=12, example="3"),
        Column("item", "项目", "choice", choices=_choices(Statistic.Item)),
        Column("value", "数量（件；收费为万元）", "decimal", minimum=0, decimals=6, example="27"),
    ),
    title=lambda r: r.title,
    date_column="year",
    event_of_year=_month_of,
    validate=_check_statistic,
    prepare=_prepare_statistic,
    search=(),
)

SUPERVISION_ITEMS = Kind(
    code="supervision-items",
    label="监管事项",
    model="registers.SupervisionItem",
    provision=Provision(REGULATION, 20, item=6),
    columns=(
        Column("code", "事项编码", "text", max_length=60),
        Column("name", "事项名称", "text", max_length=200),
        Column("adopted_on", "录入日期", "date"),
        Column("basis", "设定依据", "text", required=False, max_length=300, listed=False),
        Column("method", "监管方式", "text", required=False, max_length=60, listed=False),
    ),
    title=lambda r: r.name,
    date_column="adopted_on",
    prepare=_prepare_supervision,
    search=("name", "code"),
)

INSPECTION_ITEMS = Kind(
    code="inspection-items",
    label="检查实施事项",
    model="registers.InspectionItem",
    provision=Provision(REGULATION, 20, item=6),
    columns=(
        Column("code", "实施编码", "text", max_length=60),
        Column("item_code", "监管事项编码", "text", max_length=60),
        Column("name", "检查事项名称", "text", max_length=200),
        Column("adopted_on", "录入日期", "date"),
        Column("frequency", "检查频次", "text", required=False, max_length=60, listed=False),
    ),
    title=lambda r: r.name,
    date_column="adopted_on",
    prepare=_bind_inspection_item,
    search=("name", "code"),
    list_related=("supervision_item",),
)

ZONES = Kind(
    code="zones",
    label="政务公开专区",
    model="registers.Zone",
    provision=Provision(REGULATION, 25),
    columns=(
        Column("place", "场所", "text", max_length=120),
        Column("address", "地址", "text", required=False, max_length=200),
        Column("opened_on", "启用日期", "date"),
        Column("closed_on", "停用日期", "date", future=True, required=False),
        Column("kiosks", "查询一体机台数", "integer", minimum=0),
        Column("hours", "开放时间", "text", required=False, max_length=100, listed=False),
    ),
    title=lambda r: r.place,
    date_column="opened_on",
    validate=_term("opened_on", "closed_on", "停用日期"),
    search=("place",),
)

OPEN_DAYS = Kind(
    code="open-days",
    label="政府开放日",
    model="registers.OpenDay",
    provision=Provision(REGULATION, 7),
    columns=(
        Column("theme", "主题", "text", max_length=200),
        Column("held_on", "日期", "date"),
        Column("visitors", "参加人数", "integer", required=False, minimum=0),
        Column("place", "地点", "text", required=False, max_length=120),
    ),
    title=lambda r: r.theme,
    date_column="held_on",
    search=("theme",),
)

_TOPIC = Column("topic", "主题", "text", max_length=200)
_HELD = Column("held_on", "日期", "date")

TRAININGS = Kind(
    code="trainings",
    label="培训",
    model="registers.Training",
    provision=Provision(REGULATION, 48),
    columns=(_TOPIC, _HELD, Column("participants", "参加人次", "integer", minimum=1)),
    title=lambda r: r.topic,
    date_column="held_on",
    search=("topic",),
)

MEETINGS = Kind(
    code="meetings",
    label="会议",
    model="registers.Meeting",
    provision=Provision(REGULATION, 3),
    columns=(_TOPIC, _HELD, Column("participants", "参加人数", "integer", required=False, minimum=1)),
    title=lambda r: r.topic,
    date_column="held_on",
    search=("topic",),
)

INSPECTIONS = Kind(
    code="inspections",
    label="监督检查",
    model="registers.Inspection",
    provision=Provision(REGULATION, 47),
    columns=(
        _TOPIC,
        _HELD,
        Column("organs_inspected", "检查单位数", "integer", required=False, minimum=1),
        Column("findings", "发现问题数", "integer", required=False, minimum=0),
    ),
    title=lambda r: r.topic,
    date_column="held_on",
    search=("topic",),
)

APPRAISALS = Kind(
    code="appraisals",
    label="考核、评议、追责",
    model="registers.Appraisal",
    provision=Provision(REGULATION, 46),
    columns=(
        Column("category", "类别", "choice", choices=_choices(Appraisal.Category)),
        _HELD,
        _TOPIC,
        Column("result", "结果", "long_text", required=False, max_length=2000),
    ),
    title=lambda r: r.topic,
    date_column="held_on",
    search=("topic",),
)

STAFF = Kind(
    code="staff",
    label="专职人员",
    model="registers.StaffPost",
    provision=Provision(REGULATION, 4),
    purpose="只写人数，不写姓名",
    columns=(
        Column("duty", "工作", "choice", choices=_choices(StaffPost.Duty)),
        Column("headcount", "人数", "integer", minimum=1),
        Column("from_on", "起始日期", "date"),
        Column("until_on", "截止日期", "date", future=True, required=False),
    ),
    title=lambda r: r.title,
    date_column="from_on",
    validate=_term("from_on", "until_on", "截止日期"),
    search=(),
)

KINDS = (
    STATISTICS,
    SUPERVISION_ITEMS,
    INSPECTION_ITEMS,
    ZONES,
    OPEN_DAYS,
    TRAININGS,
    MEETINGS,
    INSPECTIONS,
    APPRAISALS,
    STAFF,
)
