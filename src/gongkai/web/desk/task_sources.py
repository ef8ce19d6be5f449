"""Where the tasks of the records come from (登记类待办): months without statistics, requests, letters, notices."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.urls import reverse

from gongkai.casework.models import InformationRequest
from gongkai.foundation.models import Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.foundation.organs import UNIT_KINDS
from gongkai.mailbox.models import Letter
from gongkai.registers.kinds import STATISTICS
from gongkai.registers.models import Statistic
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.calendar import YearNotAnnounced
from gongkai.rules.clocks import REPLY
from gongkai.rules.deadlines import compute
from gongkai.web.desk.tasks import Look, Task, spoken

# More of one register than this stand as one line; the register itself lists them all.
_MOST_LINES = 20
_NOTICE_MONTH = 12


def statistics(look: Look) -> list[Task]:
    """Months that are over and not wholly declared (申报统计未报): one line an organ and year."""
    units = [organ for organ in look.where("record.enter") if organ.kind in (*UNIT_KINDS, OrganKind.OFFICE)]
    years = _statistics_years(look.day)
    rows = Statistic.objects.filter(organ__in=units, year__in=years, withdrawn_seq__isnull=True)
    declared: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    for pk, year, month, item in rows.values_list("organ_id", "year", "month", "item"):
        declared[pk, year, month].add(item)
    found = []
    for organ in units:
        for year in years:
            over = 12 if year < look.day.year else look.day.month - 1
            months = range(_first_month(organ, year), over + 1)
            missing = [m for m in months if len(declared[organ.pk, year, m]) < len(Statistic.Item.values)]
            if missing:
                found.append(_statistics_task(look, organ, year, missing))
    return found


def _statistics_years(day: date) -> list[int]:
    """This year's; in its first quarter last year's too, whose report is being written."""
    return [day.year - 1, day.year] if day.month <= 3 else [day.year]


def _first_month(organ: Organ, year: int) -> int:
    founded = organ.founded_on
    return founded.month if founded is not None and founded.year == year else 1


def _statistics_task(look: Look, organ: Organ, year: int, missing: list[int]) -> Task:
    last = missing[-1]
    said = _months(missing)
    over = date(year + last // 12, last % 12 + 1, 1)
    return Task(
        kind="月报",
        title=f"{look.called(organ)}{year} 年{said}的申报统计还没有报全",
        why="许可、处罚、强制、收费四项每月都要有，没有发生写 0；可以导入表格，也可以一项一项登记",
        button="导入表格",
        href=reverse("desk:import", args=[organ.code, STATISTICS.code]),
        since=over,
        law=STATISTICS.provision.citation(),
    )


def _months(months: list[int]) -> str:
    """Months in words, runs together: 1—3、5 月."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs]
    return f" {'、'.join(said)} 月"


def requests(look: Look) -> list[Task]:
    """Requests without an outcome (未办结的申请), by their reply clock."""
    where = {organ.pk: organ for organ in look.where("record.correct")}
    rows = InformationRequest.objects.filter(
        organ__in=where, withdrawn_seq__isnull=True, closed_on__isnull=True, case__isnull=True
    ).order_by("received_on", "pk")[:_MOST_LINES]
    return [_request_task(look, where[row.organ_id], row) for row in rows]


def _request_task(look: Look, organ: Organ, row: InformationRequest) -> Task:
    applicant = APPLICANT_CLASSES[row.applicant_class].label
    due, pending = None, ""
    try:
        due = compute("reply", row.received_on, look.calendar).due
    except YearNotAnnounced as unknown:
        pending = f"{unknown.year} 年放假安排还没有公布"
    return Task(
        kind="依申请",
        title=f"{look.called(organ)}{spoken(row.received_on, look.day)}收到的申请还没有结果",
        why=f"申请人是{applicant}。已经答复的，写上办理结果和办结日期；征求意见、补正的天数不在这个日子里",
        button="登记结果",
        href=reverse("desk:correct", args=[organ.code, row.KIND, row.pk]),
        due=due,
        pending=pending,
        law=REPLY.citation(),
    )


def letters(look: Look) -> list[Task]:
    """Letters and complaints without an answer (未答复的来信)."""
    where = {organ.pk: organ for organ in look.where("record.correct")}
    rows = Letter.objects.filter(
        organ__in=where, withdrawn_seq__isnull=True, answered_on__isnull=True
    ).order_by("received_on", "pk")[:_MOST_LINES]
    return [
        Task(
            kind="信箱",
            title=f"{look.called(where[row.organ_id])}{spoken(row.received_on, look.day)}收到的"
            f"{'来信' if row.category == Letter.Category.MAILBOX else '投诉举报'}还没有答复",
            why="已经答复的，写上答复日期",
            button="登记答复",
            href=reverse("desk:correct", args=[where[row.organ_id].code, row.KIND, row.pk]),
            since=row.received_on,
        )
        for row in rows
    ]


def notices(look: Look) -> list[Task]:
    """The holiday notice that due dates will need (放假通知), asked for from December on."""
    if not look.actor.holds("notice.load"):
        return []
    soon = look.day.month >= _NOTICE_MONTH
    wanted = [look.day.year, *([look.day.year + 1] if soon else [])]
    return [
        Task(
            kind="放假",
            title=f"还没有 {year} 年的放假安排",
            why="缺了它，落在这一年的到期日都算不出。国务院办公厅公布后载入",
            button="载入通知",
            href=reverse("desk:notices"),
            pending="公布后载入",
        )
        for year in wanted
        if year not in look.calendar.years
    ]
