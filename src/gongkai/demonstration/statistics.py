"""Declared statistics of 2021 with their evidence (申报统计及依据文件)."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from gongkai.demonstration.items import Collection
from gongkai.demonstration.sampling import chance, shares
from gongkai.demonstration.units import DISTRICT, OFFICE, UNITS

ITEMS = ("licence", "penalty", "coercion", "fee")
LABELS = ("行政许可", "行政处罚", "行政强制", "行政事业性收费（万元）")
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_WAN = Decimal(1_000_000)

# Decisions of the year by unit; what is not named is 0. Fees in fen.
LICENCES = {
    "审批服务管理局": 6842, "市场监督管理局": 1936, "卫生健康局": 612, "住房城乡建设和交通局": 497, "农业农村局": 318,
    "自然资源局": 203, "水务局": 96, "民政局": 74, "文化旅游体育广电局": 58, "教育局": 41, "应急管理局": 33, "司法局": 13,
}  # fmt: skip
PENALTIES = {
    "综合执法局": 121, "市场监督管理局": 96, "住房城乡建设和交通局": 45, "卫生健康局": 27, "农业农村局": 18,
    "应急管理局": 14, "自然资源局": 9, "文化旅游体育广电局": 4,
}  # fmt: skip
FEES_FEN = {
    "自然资源局": 1_402_684_300, "住房城乡建设和交通局": 978_315_600, "教育局": 386_402_000, "水务局": 214_907_250,
    "人力资源和社会保障局": 51_220_400, "卫生健康局": 23_288_500,
}  # fmt: skip
_MAINLY = {"教育局": (3, 9)}


def add_statistics(found: Collection) -> None:
    """Every month, all four items, of the office and every unit; 0 where nothing happened."""
    owners = [(OFFICE, "人民政府办公室"), *((one.code, one.short) for one in UNITS)]
    for code, short in owners:
        months = _year(short)
        for quarter, label in enumerate(_QUARTERS):
            rows = [(3 * quarter + i + 1, months[3 * quarter + i]) for i in range(3)]
            name = f"{DISTRICT}{short}2021年{label}行政权力和收费情况统计表.xlsx"
            found.files[name] = _sheet(f"{DISTRICT}{short}", label, quarter, rows)
            for month, values in rows:
                for item, value in zip(ITEMS, values, strict=True):
                    found.add(
                        "statistics", code, evidence=name, year=2021, month=month, item=item, value=value
                    )


def _year(short: str) -> list[tuple[Decimal, ...]]:
    """The twelve months of a unit: (licences, penalties, coercion, fees in 万元)."""
    random = chance(f"statistics {short}")
    weights = [random.randint(6, 14) for _ in range(12)]
    weights[1] = 4  # the month of the Spring Festival
    licences = shares(LICENCES.get(short, 0), weights)
    penalties = shares(PENALTIES.get(short, 0), [random.randint(1, 9) for _ in range(12)])
    busy = _MAINLY.get(short)
    fees = shares(FEES_FEN.get(short, 0), [40 if busy and m in busy else w for m, w in enumerate(weights, 1)])
    return [
        (Decimal(a), Decimal(b), Decimal(0), Decimal(f) / _WAN)
        for a, b, f in zip(licences, penalties, fees, strict=True)
    ]


def _sheet(organ: str, quarter: str, number: int, rows: list[tuple[int, tuple[Decimal, ...]]]) -> bytes:
    """The evidence file as an office fills it in; the same bytes each time."""
    stream = io.BytesIO()
    filled = date(2021, 3 * number + 4, 6) if number < 3 else date(2022, 1, 6)
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": f"{organ}{quarter}", "created": datetime(2021, 1, 1)})  # noqa: DTZ001
        title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        head = book.add_format(
            {"bold": True, "border": 1, "align": "center", "text_wrap": True, "valign": "vcenter"}
        )
        box = book.add_format({"border": 1, "align": "center"})
        sheet = book.add_worksheet("统计表")
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 5, 18)
        sheet.merge_range(0, 0, 0, 5, f"{organ}2021年{quarter}行政权力运行和收费情况统计表", title)
        sheet.set_row(0, 34)
        sheet.write_string(1, 0, f"填报单位：{organ}（盖章）")
        sheet.write_string(1, 4, f"填报日期：{filled.year}年{filled.month}月{filled.day}日")
        for column, label in enumerate(("月份", *LABELS, "备注")):
            sheet.write_string(2, column, label, head)
        for line, (month, values) in enumerate(rows, 3):
            sheet.write_string(line, 0, f"{month}月", box)
            for column, value in enumerate(values, 1):
                sheet.write_number(line, column, float(value), box)
            sheet.write_string(line, 5, "" if any(values) else "本月未发生", box)
        sheet.write_string(6, 0, "合计", head)
        for column in range(1, 5):
            sheet.write_number(6, column, float(sum(values[column - 1] for _, values in rows)), head)
        sheet.write_string(6, 5, "", head)
        sheet.write_string(8, 0, "填表人：经办人")
        sheet.write_string(8, 4, "审核人：股室负责人")
    return stream.getvalue()
