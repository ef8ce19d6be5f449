"""What waits in the annual report (年报类待办): a unit's own filing, and the office's look over its units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from gongkai.annual_report.compile import CompiledReport, compile_many
from gongkai.annual_report.models import Chase, CollectionRound, Filing
from gongkai.annual_report.overview import Overview, UnitLine, overview
from gongkai.foundation.models import Organ
from gongkai.foundation.organs import UNIT_KINDS
from gongkai.rules.report.filing_states import GOVERNMENT_TERM, UNIT_TERM, due_on
from gongkai.rules.report.forms import NoForm
from gongkai.web.desk.next_steps import Situation, Step, acts, next_step
from gongkai.web.desk.tasks import Look, Task

_SEASON_BEGINS = 12
_SEASON_ENDS = 6
_FILING = ("filing.prepare", "filing.submit", "report.seal")
_DONE = ("published", "corrected")
_MOST_WRONG, _MOST_NAMED = 5, 3


@dataclass(frozen=True, slots=True)
class _Season:
    """One year whose report is in hand: the round's day, the filings and chases of these organs."""

    year: int
    due: date
    filings: dict[int, Filing]
    chases: dict[int, Chase]


def filings(look: Look) -> list[Task]:
    """The person's own filings of the years in hand (本单位的年报): begin, mend, hand in, seal, publish."""
    units = [o for o in look.held if o.kind in UNIT_KINDS and any(look.actor.may(p, o) for p in _FILING)]
    own = [*units, *_government(look)]
    found = []
    for season in _seasons(look, own):
        waiting = [o for o in own if _waits(season.filings.get(o.pk))]
        for organ, compiled in _compiled(look, waiting, season.year):
            task = _task(look, season, organ, compiled)
            if task is not None:
                found.append(task)
    return found


def _government(look: Look) -> list[Organ]:
    one = look.government
    holds = one is not None and any(o.kind in ("government", "office") for o in look.held)
    return [one] if one is not None and holds and any(look.actor.may(p, one) for p in _FILING) else []


def _waits(filing: Filing | None) -> bool:
    return filing is None or filing.state not in _DONE


def _compiled(look: Look, waiting: list[Organ], year: int) -> list[tuple[Organ, CompiledReport]]:
    if not waiting:
        return []
    try:
        found = compile_many(waiting, year, reader=look.actor, today=look.day)
    except NoForm:
        return []
    return [(organ, found[organ.pk]) for organ in waiting]


def _seasons(look: Look, own: list[Organ]) -> list[_Season]:
    """Last year until the summer, this year from December; before that only what somebody has begun."""
    if not own:
        return []
    years = (look.day.year - 1, look.day.year)
    filings_ = list(Filing.objects.filter(organ__in=own, year__in=years).select_related("organ"))
    rounds = dict(
        CollectionRound.objects.filter(government=look.government, year__in=years).values_list(
            "year", "units_due_on"
        )
    )
    chases = list(Chase.objects.filter(Q(organ__in=own), year__in=years))
    found = []
    for year in years:
        by_time = look.day.month <= _SEASON_ENDS if year < look.day.year else look.day.month >= _SEASON_BEGINS
        here = {f.organ_id: f for f in filings_ if f.year == year}
        if by_time or year in rounds or here:
            due = rounds.get(year, due_on(year, government=False))
            found.append(_Season(year, due, here, {c.organ_id: c for c in chases if c.year == year}))
    return found


def _task(look: Look, season: _Season, organ: Organ, compiled: CompiledReport) -> Task | None:
    filing = season.filings.get(organ.pk)
    government = organ.kind == "government"
    case = Situation(filing, organ, season.year, compiled, look.actor, look.day, season.due)
    step = next_step(case, acts(case))
    if filing is not None and step.tone == "bad" and filing.state in ("submitted", "accepted"):
        return _wrong_since(look, season, organ, compiled)
    if step.tone in ("calm", "ok") or not _mine(look, organ, step):
        return None
    chased = season.chases.get(organ.pk)
    pressed = chased is not None and (filing is None or filing.state in ("open", "returned"))
    why = " ".join(step.text.split("\n"))
    if pressed and chased is not None:
        why = f"区政府办公室 {chased.on.month} 月 {chased.on.day} 日催办：{chased.text}　{why}"
    return Task(
        kind="催办" if pressed else "年报",
        title=f"{look.called(organ)}{_title(season.year, filing, step)}",
        why=why,
        button=_button(filing, step),
        href=reverse("desk:filing", args=[organ.code, season.year]),
        due=due_on(season.year, government=True) if government else season.due,
        law=(GOVERNMENT_TERM if government else UNIT_TERM).citation(),
        urgent=pressed or (filing is not None and filing.state == "returned"),
    )


def _wrong_since(look: Look, season: _Season, organ: Organ, compiled: CompiledReport) -> Task | None:
    """Handed in and not right any more: the unit mends the records, or asks for the return."""
    if not look.actor.may("filing.prepare", organ) or look.actor.may("filing.return", organ):
        return None
    first = [*compiled.errors(), *compiled.unexplained()][0]
    return Task(
        kind="年报",
        title=f"{look.called(organ)}{season.year} 年的年度报告报送以后又对不上",
        why=f"{first.id} {first.message}登记错了的，更正登记；要改文字或写说明的，告诉区政府办公室退回",
        button="看哪里对不上",
        href=reverse("desk:filing", args=[organ.code, season.year]),
        due=season.due if season.due >= look.day else due_on(season.year, government=False),
        law=UNIT_TERM.citation(),
        urgent=True,
    )


def _mine(look: Look, organ: Organ, step: Step) -> bool:
    """Whether this person has something to do: holds the act itself, or mends what the checks find."""
    if step.href.startswith("#"):
        return any(look.actor.may(permission, organ) for permission in ("filing.prepare", "report.seal"))
    return bool(step.button)


def _title(year: int, filing: Filing | None, step: Step) -> str:
    if filing is not None and filing.state == "returned":
        return f"{year} 年的年度报告退回来了，照原因改好再报送"
    # The step's last clause is the day, which the clock says.
    said = step.title.rpartition("，")[0] or step.title
    return said if said.startswith(str(year)) else f"{year} 年的年度报告：{said}"


def _button(filing: Filing | None, step: Step) -> str:
    if filing is not None and filing.state == "returned":
        return "照原因改"
    return {"报送": "核对并报送", "封存": "核对并封存", "发布": "核对并发布"}.get(
        step.button, step.button
    ) or "打开"


# The office over its units -------------------------------------------------------------------------


def collection(look: Look) -> list[Task]:
    """Units that are late, wrong or waiting (各单位报送), for those who may return a filing."""
    government = look.government
    if government is None or not look.actor.may("filing.return", government):
        return []
    found = []
    for year in (look.day.year - 1, look.day.year):
        row = CollectionRound.objects.filter(government=government, year=year).exists()
        by_time = look.day.month <= _SEASON_ENDS and year < look.day.year
        if not (row or by_time):
            continue
        try:
            found += _over(look, overview(government, year, reader=look.actor, today=look.day))
        except NoForm:
            continue
    return found


def _over(look: Look, seen: Overview) -> list[Task]:
    wrong = [line for line in seen.lines if line.wrong and line.state in ("submitted", "accepted")]
    late = [line for line in seen.lines if line.late]
    waiting = [line for line in seen.lines if line.state == "submitted" and not line.wrong]
    return [
        *(_wrong(line, seen.year) for line in wrong[:_MOST_WRONG]),
        *([_late(late, seen)] if late else []),
        *([_waiting(waiting, seen.year)] if waiting else []),
    ]


def _wrong(line: UnitLine, year: int) -> Task:
    return Task(
        kind="核对",
        title=f"{line.short_name}报送以后又对不上，退回并写原因",
        why=(*line.errors, *line.unexplained)[0],
        button="打开核对",
        href=reverse("desk:filing", args=[line.organ.code, year]),
        due=due_on(year, government=True),
        law=GOVERNMENT_TERM.citation(),
        urgent=True,
    )


def _late(late: list[UnitLine], seen: Overview) -> Task:
    chased = sum(1 for line in late if line.chases)
    return Task(
        kind="催办",
        title=f"{_names(late)}没有按期报送 {seen.year} 年的年度报告",
        why=f"共 {len(late)} 个单位，{f'{chased} 个催过' if chased else '还没有催过'}",
        button="去催办",
        href=f"{reverse('desk:wall', args=[seen.year])}#late",
        due=seen.due,
        law=UNIT_TERM.citation(),
    )


def _waiting(waiting: list[UnitLine], year: int) -> Task:
    alone = len(waiting) == 1
    one = reverse("desk:filing", args=[waiting[0].organ.code, year])
    return Task(
        kind="接收",
        title=f"{_names(waiting)}报送了，等接收或退回",
        why="核对没有问题的接收，有问题的退回并写原因",
        button="核对并接收" if alone else "逐个核对",
        href=one if alone else f"{reverse('desk:wall', args=[year])}#waiting",
        due=due_on(year, government=True),
        law=GOVERNMENT_TERM.citation(),
    )


def _names(lines: list[UnitLine]) -> str:
    shown = "、".join(line.short_name for line in lines[:_MOST_NAMED])
    return shown + (f"等 {len(lines)} 个单位" if len(lines) > _MOST_NAMED else "")
