"""The papers of an application (附材料): put in and taken out one by one, sealed at once; nothing is lost by a mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.casework import draft_papers
from gongkai.casework.draft_papers import MOST_BYTES, MOST_PAPERS, PURPOSES, DraftPaper
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.web.portal import apply_steps
from gongkai.web.portal.apply_forms import Problem
from gongkai.web.portal.apply_steps import Draft, Step
from gongkai.web.portal.frame import answer, district

TAKEN = ".pdf,.ofd,.jpg,.jpeg,.png,.docx,.xlsx"


def papers(request: HttpRequest, step: Step, draft: Draft) -> HttpResponse:
    """The papers so far, and one more; by POST put in, taken out, or on to the last look."""
    if not draft.values:
        return redirect("portal:apply")
    if request.method != "POST":
        return _show(request, step, draft, [])
    gone = [one for one in draft.papers if one.token == request.POST.get("remove", "")]
    draft = _without(draft, gone)
    sent = [] if gone else request.FILES.getlist("file")
    draft, wrong = put_in(draft, sent, request.POST.get("purpose", ""))
    if sent or gone:
        apply_steps.keep(request.session, draft)
    if wrong:
        return _show(request, step, draft, wrong, purpose=request.POST.get("purpose", ""))
    # Whoever goes on with a file chosen means it to go along.
    if gone or "add" in request.POST:
        suffix = "?from=check" if request.GET.get("from") == "check" else ""
        return redirect(reverse("portal:apply-question", args=["papers"]) + suffix)
    return redirect("portal:apply-check")


def _without(draft: Draft, gone: list[DraftPaper]) -> Draft:
    draft_papers.drop(*gone)
    return replace(draft, papers=tuple(one for one in draft.papers if one not in gone))


def put_in(draft: Draft, sent: list[Any], purpose: str) -> tuple[Draft, list[Problem]]:
    """The draft with what could be taken of the files, and what is wrong with the others."""
    wrong: dict[str, Problem] = {}
    for one in sent:
        try:
            # Told before a byte of it is read.
            content = b"" if (one.size or 0) > MOST_BYTES else one.read()
            if (one.size or 0) > MOST_BYTES:
                raise too_large(one.name or "")
            held = draft_papers.hold(
                content, name=one.name or "", purpose=purpose, key=draft.key, beside=draft.papers
            )
        except CaseworkRefused as error:
            field = "purpose" if error.findings[0].column == "purpose" else "file"
            wrong[str(error)] = Problem("papers", field, str(error))
            continue
        draft = replace(draft, papers=(*draft.papers, held))
    return draft, list(wrong.values())


def too_large(name: str) -> CaseworkRefused:
    """The refusal of a file that is too large, by its declared size."""
    most = MOST_BYTES // 1024 // 1024
    return refused("file", f"“{name[-40:]}”超过 {most} MB；压缩图片，或者分成几份再交。")


def _show(
    request: HttpRequest, step: Step, draft: Draft, wrong: list[Problem], *, purpose: str = ""
) -> HttpResponse:
    returning = request.GET.get("from") == "check"
    first = "authority" if draft.by_agent and not draft.papers else ""
    context = {
        "district": district(),
        "step": step,
        "number": step.number,
        "last": apply_steps.LAST,
        "draft": draft,
        "papers": [(one, PURPOSES[one.purpose], draft_papers.is_held(one)) for one in draft.papers],
        "room": MOST_PAPERS - len(draft.papers),
        "purposes": PURPOSES,
        "purpose": purpose or first,
        "taken": TAKEN,
        "most": MOST_PAPERS,
        "megabytes": MOST_BYTES // 1024 // 1024,
        "errors": {one.field: one.message for one in reversed(wrong)},
        "wrong": wrong,
        "back": reverse("portal:apply-check")
        if returning
        else reverse("portal:apply-question", args=[apply_steps.before("papers")]),
    }
    page = answer(request, "portal/apply_papers.html", context, current="apply", status=422 if wrong else 200)
    page["Cache-Control"] = "no-store"
    return page
