"""Remedies for one reader (救济的查询): those that want something, by the nearest day, and what stands beside one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.foundation.actors import Actor
from gongkai.foundation.calendars import calendar_of
from gongkai.foundation.models import Organ
from gongkai.remedies.lives import complaint_of, proceeding_of
from gongkai.remedies.models import Complaint, Lawsuit, Reconsideration
from gongkai.rules.calendar import WorkingCalendar
from gongkai.rules.remedies.forms import FORMS
from gongkai.rules.remedies.steps import RemedyStep, complaint_step, next_step
from gongkai.rules.roles import Permission

AnyRemedy = Reconsideration | Lawsuit | Complaint
MODELS: dict[str, type[AnyRemedy]] = {
    "reconsiderations": Reconsideration,
    "lawsuits": Lawsuit,
    "complaints": Complaint,
}
_REDO = tuple({code for forms in FORMS.values() for code, form in forms.items() if form.redo})
# After a decision the applicant may sue, or either side appeal: no term of these is longer.
_STILL_MATTERS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One remedy in a list (一件): the record and what comes next with it; None where nothing does."""

    record: AnyRemedy
    step: RemedyStep | None
    overdue: bool

    @property
    def day(self) -> date | None:
        """The nearest day, where one can be said."""
        return self.step.day if self.step is not None else None


def readable(actor: Actor, organs: Iterable[Organ]) -> list[Organ]:
    """The organs whose remedies the reader may see."""
    if actor.public:
        return []
    return [organ for organ in organs if actor.may(Permission.RECORD_READ, organ)]


def remedy_for(actor: Actor, organ: Organ, kind: str, pk: int) -> AnyRemedy | None:
    """One remedy of an organ, a withdrawn one too; None where there is none or it may not be read, alike."""
    if kind not in MODELS or not readable(actor, [organ]):
        return None
    rows = MODELS[kind]._default_manager.select_related("organ__parent", "evidence")
    return rows.filter(pk=pk, organ=organ).first()


def open_rows(
    actor: Actor, organs: Iterable[Organ], today: date, *, kinds: Iterable[str] = ()
) -> list[AnyRemedy]:
    """Remedies that may still want something: pending, ordered anew, or lately decided; one query a kind."""
    scope = Q(organ__in=readable(actor, organs), withdrawn_seq__isnull=True)
    since = date.fromordinal(today.toordinal() - _STILL_MATTERS)
    pending = Q(closed_on__isnull=True)
    ordered = Q(carried_out_on__isnull=True) & (
        Q(decision_form__in=_REDO) | Q(decision_received_on__gte=since)
    )
    found: list[AnyRemedy] = []
    for code in kinds or MODELS:
        alive = pending if code == "complaints" else pending | ordered
        if code == "lawsuits":
            alive |= Q(decision_form="appeal_dismissed", first_form__in=_REDO, carried_out_on__isnull=True)
        found += (
            MODELS[code]._default_manager.filter(scope, alive).select_related("organ__parent").order_by("pk")
        )
    return found


def every_row(actor: Actor, organs: Iterable[Organ], *, kinds: Iterable[str] = ()) -> list[AnyRemedy]:
    """All remedies of the organs, closed ones too (全部)."""
    scope = Q(organ__in=readable(actor, organs), withdrawn_seq__isnull=True)
    found: list[AnyRemedy] = []
    for code in kinds or MODELS:
        found += MODELS[code]._default_manager.filter(scope).select_related("organ__parent").order_by("pk")
    return found


def rows_of(
    records: Iterable[AnyRemedy], today: date, *, answered_anew: Mapping[str, date] | None = None
) -> list[Row]:
    """The records with what comes next, the nearest day first; ``answered_anew`` by reference of the record."""
    calendars: dict[int, WorkingCalendar] = {}
    found = [_row(record, today, calendars, answered_anew or {}) for record in records]
    return sorted(
        found, key=lambda row: (row.step is None, row.day is None, row.day or date.max, row.record.pk)
    )


def row_of(record: AnyRemedy, today: date, *, answered_anew: date | None = None) -> Row:
    """One record with what comes next."""
    return _row(record, today, {}, {record.ref: answered_anew} if answered_anew else {})


def _row(
    record: AnyRemedy, today: date, calendars: dict[int, WorkingCalendar], answered_anew: Mapping[str, date]
) -> Row:
    calendar = calendar_for(record.organ, calendars)
    if isinstance(record, Complaint):
        step = complaint_step(complaint_of(record), today, calendar)
    else:
        one = proceeding_of(record, answered_anew=answered_anew.get(record.ref))
        step = next_step(one, today, calendar)
    late = step is not None and step.whose == "organ" and step.day is not None and step.day < today
    return Row(record, step, late)


def calendar_for(organ: Organ, known: dict[int, WorkingCalendar] | None = None) -> WorkingCalendar:
    """The calendar of the organ's district; ``known`` keeps it by district."""
    district = organ.parent if organ.parent is not None else organ
    kept = known if known is not None else {}
    if district.pk not in kept:
        kept[district.pk] = calendar_of(district)
    return kept[district.pk]


def about_request(actor: Actor, number: str) -> list[AnyRemedy]:
    """The remedies that name a request (这件申请的复议、诉讼、投诉), those the reader may see, the oldest first."""
    if not number:
        return []
    found: list[AnyRemedy] = []
    for model in MODELS.values():
        rows = model._default_manager.filter(request_number=number, withdrawn_seq__isnull=True)
        found += rows.select_related("organ__parent").order_by("pk")
    return [one for one in found if readable(actor, [one.organ])]


def disputed(number: str) -> bool:
    """Whether a request was ever disputed (有没有争议): any reconsideration, suit or complaint that names it."""
    return bool(number) and any(
        model._default_manager.filter(request_number=number, withdrawn_seq__isnull=True).exists()
        for model in MODELS.values()
    )


def disputed_among(numbers: Iterable[str]) -> set[str]:
    """Which of these requests were ever disputed (有争议的): one query a kind of remedy."""
    wanted, found = list(numbers), set[str]()
    for model in MODELS.values():
        rows = model._default_manager.filter(request_number__in=wanted, withdrawn_seq__isnull=True)
        found.update(rows.values_list("request_number", flat=True))
    return found


def beside(actor: Actor, record: AnyRemedy) -> list[AnyRemedy]:
    """The reconsideration a lawsuit follows, or the lawsuits that follow a reconsideration (复议后起诉)."""
    if isinstance(record, Lawsuit) and record.review_number:
        rows = Reconsideration.objects.filter(organ=record.organ, case_number=record.review_number)
    elif isinstance(record, Reconsideration) and record.case_number:
        rows = Lawsuit.objects.filter(organ=record.organ, review_number=record.case_number)  # type: ignore[assignment]
    else:
        return []
    found = rows.filter(withdrawn_seq__isnull=True).select_related("organ__parent")
    return list(found) if readable(actor, [record.organ]) else []
