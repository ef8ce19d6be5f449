"""Holiday notices (放假通知): what a government office's notice says of a year, and reading one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

NATIONAL = "national"
REGIONS: dict[str, str] = {
    NATIONAL: "全国",
    "ningxia": "宁夏回族自治区",
    "inner-mongolia": "内蒙古自治区",
    "guangxi": "广西壮族自治区",
    "tibet": "西藏自治区",
    "xinjiang": "新疆维吾尔自治区",
}
_SHAPE = (
    '{"year": 2027, "region": "national", "notice": "文号", '
    '"holidays": ["2027-01-01"], "workdays": ["2027-01-03"]}'
)
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")
# How far a notice may reach into the neighbouring years: the days around New Year.
_REACH = timedelta(days=10)


class CalendarRefused(ValueError):
    """A notice or a calendar that cannot be; ``findings`` are the reasons, each with its cure."""

    def __init__(self, *findings: str) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """One notice (放假通知) for one year and region: days off and make-up working days (调休上班)."""

    year: int
    region: str
    number: str
    issued_on: date | None
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]

    def occasion(self, day: date) -> str:
        """The festival a day off belongs to, by the break it stands in; general words if unclear."""
        if self.region != NATIONAL:
            return f"{REGIONS.get(self.region, '')}规定的节日"
        days = set(self.holidays)
        first = last = day
        while first - timedelta(days=1) in days:
            first -= timedelta(days=1)
        while last + timedelta(days=1) in days:
            last += timedelta(days=1)
        return _festival(first, last)


def _festival(first: date, last: date) -> str:
    """Name a break by the fixed day in it, else by its season."""
    covered = {first + timedelta(days=i) for i in range((last - first).days + 1)}
    if any((d.month, d.day) in {(1, 1), (12, 31)} for d in covered):
        return "元旦"
    if any((d.month, d.day) == (5, 1) for d in covered):
        return "劳动节"
    if any((d.month, d.day) == (10, 1) for d in covered):
        # Eight days or more is the break in which the mid-autumn festival falls.
        return "国庆节、中秋节" if len(covered) > 7 else "国庆节"
    by_month = {1: "春节", 2: "春节", 4: "清明节", 5: "端午节", 6: "端午节", 9: "中秋节"}
    return by_month.get(first.month, "法定节假日或调休")


def parse_notice(content: object) -> HolidayNotice:
    """Read a notice from JSON values (载入放假通知). Raises CalendarRefused with every finding."""
    if not isinstance(content, Mapping):
        raise CalendarRefused(f"通知文件应是一个 JSON 对象，形如 {_SHAPE}。")
    findings: list[str] = []
    year = content.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or not 2000 <= year <= 2200:
        raise CalendarRefused(f"“year”是 {_shown(year)}，应是四位年份的数字，如 2027。")
    region = content.get("region", NATIONAL)
    if not isinstance(region, str) or region not in REGIONS:
        findings.append(f"“region”是 {_shown(region)}，应为：{'、'.join(REGIONS)}。")
    number = content.get("notice")
    if not isinstance(number, str) or not number.strip():
        findings.append("“notice”空着，填写通知的文号；没有文号的填写发文机关和标题。")
    issued_on = _optional_day(content.get("issued_on"), findings)
    holidays = _days(content.get("holidays"), "holidays", year, findings)
    workdays = _days(content.get("workdays", []), "workdays", year, findings)
    findings += _contradictions(holidays, workdays)
    if not holidays and not findings:
        findings.append("“holidays”里一天也没有，填写放假的日期。")
    if findings:
        raise CalendarRefused(*findings)
    return HolidayNotice(year, str(region), str(number).strip(), issued_on, holidays, workdays)


def notice_warnings(notice: HolidayNotice) -> tuple[str, ...]:
    """What an honest notice may lack, but rarely does: fixed days of the year that are not off.

    A notice replaces the earlier one of its year, so a file with the changed days alone would lose the rest.
    """
    if notice.region != NATIONAL:
        return ()
    fixed = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
    days = set(notice.holidays)
    return tuple(
        f"通知里没有{name}（{notice.year}-{month:02d}-{day:02d}）放假。"
        "后载入的通知替换同年的前一份，文件要写全年的安排。"
        for name, (month, day) in fixed.items()
        if date(notice.year, month, day) not in days
    )


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not _ISO.match(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _optional_day(value: object, findings: list[str]) -> date | None:
    if value is None or value == "":
        return None
    day = _day(value)
    if day is None:
        findings.append(f"“issued_on”是 {_shown(value)}，应是 2026-11-04 这样的日期，或者不写。")
    return day


def _days(value: object, field: str, year: int, findings: list[str]) -> tuple[date, ...]:
    if not isinstance(value, list):
        findings.append(f'“{field}”应是日期的列表，如 ["{year}-01-01"]。')
        return ()
    first, last = date(year, 1, 1) - _REACH, date(year, 12, 31) + _REACH
    days: list[date] = []
    for entry in value:
        day = _day(entry)
        if day is None:
            findings.append(f"“{field}”里的 {_shown(entry)} 不是日期，改成 {year}-01-01 这样的写法。")
        elif not first <= day <= last:
            findings.append(f"“{field}”里的 {day} 不在 {year} 年（连同跨元旦的几天），核对年份。")
        elif day in days:
            findings.append(f"“{field}”里 {day} 写了两次，删去一个。")
        else:
            days.append(day)
    return tuple(sorted(days))


def _contradictions(holidays: tuple[date, ...], workdays: tuple[date, ...]) -> list[str]:
    both = sorted(set(holidays) & set(workdays))
    findings = [f"{day} 既写成放假又写成上班，按通知原文留一个。" for day in both]
    findings += [
        f"“workdays”里的 {day} 不是周六、周日，本来就上班；调休上班的日期核对后改正。"
        for day in workdays
        if day.weekday() < 5
    ]
    return findings


@cache
def built_in_notices() -> tuple[HolidayNotice, ...]:
    """The notices that come with this version, typed from their texts, in the order of the file."""
    text = files("gongkai.rules.legislation").joinpath("holidays.json").read_text("utf-8")
    return tuple(parse_notice(entry) for entry in json.loads(text)["notices"])
