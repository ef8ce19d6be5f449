"""A part that another organ asked for (协办): what is asked, by when, and the answer in the organ's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.casework import part_papers, parts
from gongkai.casework.file_checks import MOST_BYTES
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.calendars import calendar_of
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.rules.citations import cite
from gongkai.rules.requests.law import PARTS
from gongkai.web.clock import moment, today
from gongkai.web.desk.case_file_views import TAKEN, handed_out
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.record_forms import clean_name
from gongkai.web.desk.tasks import Clock, Look, Task, clock


@dataclass(frozen=True, slots=True)
class Line:
    """One part as the inbox lists it (一份协办)."""

    row: parts.PartRow
    clock: Clock
    asked_by: str
    href: str


def lines(
    actor: Actor, day: date, organ: Organ | None = None, among: list[Organ] | None = None
) -> list[Line]:
    """The parts that wait for the person's organs; a fixed number of queries."""
    rows = parts.waiting(actor, day, organ=organ, among=among)
    if not rows:
        return []
    calendar = calendar_of(rows[0].part.organ.parent or rows[0].part.organ)
    names = organs.current_names([row.asked_by for row in rows])
    return [
        Line(row, clock(_task(row, names), calendar, day), names[row.asked_by.pk], _href(row)) for row in rows
    ]


def tasks(look: Look) -> list[Task]:
    """The parts as things to do today (今日的协办)."""
    if not look.actor.holds("case.handle"):
        return []
    rows = parts.waiting(look.actor, look.day)
    names = organs.current_names([row.asked_by for row in rows]) if rows else {}
    return [_task(row, names) for row in rows]


def _task(row: parts.PartRow, names: dict[int, str]) -> Task:
    return Task(
        kind="协办",
        title=f"回复{names[row.asked_by.pk]}的协办：{row.what[:40]}",
        why=f"{row.part.case.number}　{row.excerpt}",
        button="回复",
        href=_href(row),
        due=row.part.due_on,
        law=cite(PARTS.provisions),
    )


def _href(row: parts.PartRow) -> str:
    return reverse("desk:part", args=[row.part.organ.code, row.part.case.number, row.part.place])


def part_page(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """What is asked of the organ; by POST its answer."""
    found = parts.part_for(request.actor, organ, number, place, today(request))
    if found is None:
        raise Http404
    asking = found.case.organ
    context: dict[str, Any] = {
        "found": found,
        "organ": organ,
        "asked_by": organs.current_name(asking),
        "asking": asking,
        "opinion": request.POST.get("opinion", ""),
        "law": cite(PARTS.provisions),
        "taken": TAKEN,
        "megabytes": MOST_BYTES // 1024 // 1024,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/part.html", context)
    errors = _attach(request, found)
    if not errors and not request.POST.get("attach"):
        errors = _answer(request, found, context["opinion"])
        if not errors:
            return _answered(request, context["asked_by"], number)
    if not errors:
        said(request, "材料已附上，还没有回复。")
    # What was attached meanwhile stays attached, and stands in the list.
    context["found"] = parts.part_for(request.actor, organ, number, place, today(request)) or found
    context |= {"findings": [(f"#f-{code}", words) for code, words in errors.items()], "errors": errors}
    return page(request, "desk/part.html", context, status=422 if errors else 200)


def _attach(request: Any, found: parts.PartView) -> dict[str, str]:
    """Attach what was chosen; what is wrong with the others, the good ones stay."""
    uploads = request.FILES.getlist("file")
    if not uploads and request.POST.get("attach"):
        return {"file": "没有选文件；选了再附。"}
    wrong = [words for upload in uploads if (words := _attached(request, found, upload))]
    return {"file": "".join(wrong)} if wrong else {}


def _attached(request: Any, found: parts.PartView, upload: Any) -> str:
    """Attach one file; what keeps it from being attached, "" where nothing does."""
    name = clean_name(upload.name)
    if (upload.size or 0) > MOST_BYTES:
        # Told before a byte of it is read.
        return f"“{name}”超过 {MOST_BYTES // 1024 // 1024} MB；压缩图片或者分成几份再附。"
    try:
        part_papers.attach(found.part, upload.read(), name=name, by=request.actor, now=moment(request))
    except CaseworkRefused as error:
        return str(error)
    return ""


def _answer(request: Any, found: parts.PartView, opinion: str) -> dict[str, str]:
    try:
        parts.answer_part(found.part, opinion, by=request.actor, now=moment(request))
    except CaseworkRefused as error:
        return {"opinion": str(error)}
    return {}


def _answered(request: Any, asked_by: str, number: str) -> HttpResponse:
    said(
        request,
        f"已回复{asked_by}，意见和材料记进 {number} 的案卷。由它合并答复申请人，本单位不计这一件。",
    )
    return redirect("desk:inbox")


def attached_file(request: Any, organ: Organ, number: str, place: int, paper: int) -> HttpResponse:
    """A paper the organ attached itself, as a download; every other paper of the case is as if absent."""
    found = parts.part_for(request.actor, organ, number, place, today(request))
    if found is None:
        raise Http404
    try:
        kept = part_papers.read_attached(request.actor, found.part, paper)
    except (FileMissing, Unreadable) as missing:
        return page(request, "desk/refused.html", {"message": str(missing)}, status=503)
    if kept is None:
        raise Http404
    return handed_out(*kept)
