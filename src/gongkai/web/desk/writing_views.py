"""Writing the words of a filing and explaining its warnings (改文字、写说明), beside the facts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.annual_report import filings
from gongkai.annual_report.alike import alike
from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.differences import runs
from gongkai.annual_report.models import Filing, FilingText
from gongkai.annual_report.problems import problems_of
from gongkai.annual_report.said import marks
from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.rules.report.checks.model import CHECKS
from gongkai.rules.report.narrative import SECTION_LABELS
from gongkai.web.clock import moment
from gongkai.web.desk.access import refused
from gongkai.web.desk.filing_frame import compiled_for, filing_of, findings, frame, label_of, linker
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_PARTS = {"problems": "s5", "other": "s6"}


def write(request: Any, organ: Organ, year: int, section: str) -> HttpResponse:
    """One section of words: the text on the left, its facts on the right, every number in it checked."""
    if section not in SECTION_LABELS:
        raise Http404
    compiled = compiled_for(request, organ, year)
    filing = filing_of(organ, year)
    if filing is None:
        raise Http404
    if request.method == "GET":
        return _writing(request, organ, compiled, filing, section)
    typed = request.POST.get("text", "").replace("\r\n", "\n")
    if request.POST.get("do") == "check" or resumed(request):
        return _writing(request, organ, compiled, filing, section, typed=typed)
    text = "" if request.POST.get("do") == "draft" else typed
    try:
        based_on = int(request.POST.get("based_on", "0"))
    except ValueError:
        based_on = -1
    if text.strip() == compiled.drafted.text(section).strip():
        text = ""  # The draft's own words: they keep following the records.
    try:
        filings.write_text(filing, section, text, by=request.actor, now=moment(request), based_on=based_on)
    except filings.TextConflict as conflict:
        return _conflict(request, organ, compiled, filing, conflict)
    except filings.FilingRefused as error:
        return _writing(request, organ, compiled, filing, section, typed=typed, error=str(error))
    label = SECTION_LABELS[section]
    said(
        request,
        f"已存“{label}”。数字在下面逐个核对过。" if text else f"“{label}”用初稿，以后跟着记录变。",
    )
    return redirect(f"{reverse('desk:filing', args=[organ.code, year])}?part={_PARTS.get(section, 's1')}")


def _writing(
    request: Any,
    organ: Organ,
    compiled: CompiledReport,
    filing: Filing,
    section: str,
    *,
    typed: str | None = None,
    error: str = "",
) -> HttpResponse:
    kept = FilingText.objects.filter(filing=filing, section=section).first()
    text = typed if typed is not None else compiled.draft.text(section)
    based_on = request.POST.get("based_on") if typed is not None else None
    found = marks(compiled, section, text)
    year = filing.year
    context = {
        **frame(request, organ, year, compiled, filing),
        "section": section,
        "section_label": SECTION_LABELS[section],
        "part": _PARTS.get(section, "s1"),
        "text": text,
        "written": kept is not None,
        "typed": typed is not None,
        "based_on": based_on or (kept.latest_seq if kept else 0),
        "longest": filings.LONGEST_TEXT,
        "marks": found,
        "tally": Counter(one.state for one in found if one.state),
        "drafted": compiled.drafted.text(section),
        "facts": _facts(organ, compiled, section),
        "alike": alike(filing, section, text) if kept is not None or typed is not None else [],
        "last_problems": problems_of(organ, year - 1, reader=request.actor) if section == "problems" else [],
        "error": error,
        "locked": not filing.editable,
    }
    return page(request, "desk/write.html", context, status=422 if error else 200)


def _facts(organ: Organ, compiled: CompiledReport, section: str) -> list[dict[str, str]]:
    """The numbers that the draft of the section says, each with where it opens; once."""
    link = linker(organ, compiled.tables.year)
    found: dict[str, dict[str, str]] = {}
    for segment in compiled.drafted.sections.get(section, ()):
        if segment.fact:
            label = "，".join(label_of(compiled, code) for code in segment.fact.split("+"))
            found.setdefault(
                segment.fact,
                {"label": label, "value": segment.text.strip(), "href": link(segment.fact)},
            )
    return list(found.values())


def _conflict(
    request: Any, organ: Organ, compiled: CompiledReport, filing: Filing, conflict: filings.TextConflict
) -> HttpResponse:
    """Two wrote the same section: both texts side by side, to choose or to merge; nothing is lost."""
    theirs = conflict.theirs or compiled.drafted.text(conflict.section)
    context = {
        **frame(request, organ, filing.year, compiled, filing),
        "section": conflict.section,
        "section_label": SECTION_LABELS[conflict.section],
        "message": str(conflict),
        "theirs": theirs,
        "theirs_is_draft": not conflict.theirs,
        "ours": conflict.ours,
        "runs": runs(theirs, conflict.ours),
        "based_on": conflict.seq,
    }
    return page(request, "desk/write_conflict.html", context, status=409)


def explain(request: Any, organ: Organ, year: int, check: str) -> HttpResponse:
    """Why a warning stands, signed by name and printed with the report."""
    if check not in CHECKS:
        raise Http404
    if not (request.actor.may("filing.prepare", organ) or request.actor.may("report.seal", organ)):
        return refused(request, "filing.prepare")
    compiled = compiled_for(request, organ, year)
    filing = filing_of(organ, year)
    if filing is None:
        raise Http404
    found = next(one for one in findings(compiled) if one.result.id == check)
    context = {
        **frame(request, organ, year, compiled, filing),
        "finding": found,
        "finding_list": [found],
        "rule": CHECKS[check].rule,
        "text": found.explanation,
        "signs_as": f"{organs.current_name(organ)}　{request.actor.name}",
        "locked": not filing.editable,
    }
    if request.method == "GET" or resumed(request):
        return page(
            request, "desk/explain.html", context | {"text": request.POST.get("text", context["text"])}
        )
    text = request.POST.get("text", "")
    taken_back = request.POST.get("do") == "take-back"
    if not text.strip() and not taken_back:
        return _explain_again(
            request, context, text, "写明为什么数字没有错，例如“2020 年有效件数未在本系统登记”。"
        )
    try:
        filings.explain(filing, check, "" if taken_back else text, by=request.actor, now=moment(request))
    except filings.FilingRefused as error:
        return _explain_again(request, context, text, str(error))
    said(request, f"{check} 的说明已撤回。" if taken_back else f"已存 {check} 的说明，会署名印在报告后面。")
    return redirect(f"{reverse('desk:filing', args=[organ.code, year])}#checks")


def _explain_again(request: Any, context: dict[str, Any], text: str, error: str) -> HttpResponse:
    return page(request, "desk/explain.html", {**context, "text": text, "error": error}, status=422)
