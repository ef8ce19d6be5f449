"""An act on a filing as a page of its own (动作页): what will be, for whom, whether it can be taken back."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.annual_report import filings, sealing
from gongkai.annual_report.compile import CompiledReport
from gongkai.annual_report.differences import Differences, differences
from gongkai.annual_report.models import Filing, ReportEdition
from gongkai.annual_report.output import as_json
from gongkai.foundation.models import Organ
from gongkai.rules.report.filing_states import TRANSITIONS, Transition
from gongkai.web.clock import moment, today
from gongkai.web.desk.access import refused
from gongkai.web.desk.act_words import CONSEQUENCES
from gongkai.web.desk.filing_frame import compiled_for, filing_of, findings, frame
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_SEALS = ("seal", "seal_government")
_CHECKED = (*_SEALS, "submit", "accept")
_LOOKED = "gongkai.desk.looked-at"


def act_page(request: Any, organ: Organ, year: int, act: str) -> HttpResponse:
    """Before an act: its consequences; by POST, the act itself, once."""
    if act == "open":
        return _open(request, organ, year)
    transition = TRANSITIONS.get(act)
    filing = filing_of(organ, year)
    if transition is None or filing is None or transition.government not in (None, filing.government):
        raise Http404
    if not request.actor.may(transition.permission, organ):
        return refused(request, transition.permission)
    if request.method == "GET" or resumed(request):
        return _ask(request, organ, filing, transition)
    try:
        return _done(request, organ, filing, transition)
    except sealing.ReportChanged as error:
        return _ask(request, organ, filing, transition, error=str(error), changed=True, status=409)
    except filings.FilingRefused as error:
        fresh = filing_of(organ, year) or filing
        status = 422 if fresh.state in transition.sources else 409
        return _ask(request, organ, fresh, transition, error=str(error), status=status)


def _open(request: Any, organ: Organ, year: int) -> HttpResponse:
    """Begin a year's filing."""
    if not request.actor.may("filing.prepare", organ):
        return refused(request, "filing.prepare")
    compiled = compiled_for(request, organ, year)
    filing = filing_of(organ, year)
    context = {
        **frame(request, organ, year, compiled, filing),
        "act": "open",
        "words": CONSEQUENCES["open"],
        "possible": filing is None,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/act.html", context)
    try:
        filings.open_filing(organ, year, by=request.actor, now=moment(request))
    except filings.FilingRefused as error:
        return page(request, "desk/act.html", {**context, "possible": False, "error": str(error)}, status=409)
    said(request, "已开始填报。先看核对里标出来的格子，再改文字。")
    return redirect("desk:filing", organ.code, year)


def _done(request: Any, organ: Organ, filing: Filing, transition: Transition) -> HttpResponse:
    """Do the act and say what happens next."""
    by, now, form = request.actor, moment(request), request.POST
    reason = form.get("reason", "")
    edition: ReportEdition | None = None
    match transition.act:
        case "submit":
            filings.submit(filing, by=by, now=now)
        case "return":
            filings.give_back(filing, reason, by=by, now=now)
        case "accept":
            filings.accept(filing, by=by, now=now)
        case "seal" | "seal_government":
            edition = sealing.seal(filing, by=by, now=now, seen=form.get("seen", ""))
        case "publish":
            edition = sealing.publish(filing, by=by, now=now, seen=form.get("seen", ""))
        case "unseal":
            sealing.unseal(filing, reason, by=by, now=now)
        case "correct":
            sealing.correct(filing, reason, by=by, now=now)
    said(request, transition.what_next)
    if edition is not None:
        return redirect("desk:edition", organ.code, filing.year, edition.version)
    return redirect("desk:filing", organ.code, filing.year)


def _ask(
    request: Any,
    organ: Organ,
    filing: Filing,
    transition: Transition,
    *,
    error: str = "",
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page before an act; after a refusal again, with what was typed."""
    compiled = compiled_for(request, organ, filing.year)
    right_state = filing.state in transition.sources
    why_not = (
        sealing.hindrance(filing, transition, request.actor, today=today(request)) if right_state else ""
    )
    found = findings(compiled)
    blocking = [one for one in found if one.tone in ("bad", "near")] if transition.act in _CHECKED else []
    stops = bool(blocking) and transition.act != "accept"
    sealing_now = transition.act in _SEALS and right_state
    context = {
        **frame(request, organ, filing.year, compiled, filing),
        "act": transition.act,
        "words": CONSEQUENCES[transition.act],
        "transition": transition,
        "right_state": right_state,
        "why_not": why_not,
        "blocking": blocking,
        "possible": right_state and not why_not and not stops,
        "explained": [one for one in found if one.tone == "explained"] if sealing_now else [],
        "sealing": sealing_now,
        "seen": sealing.fingerprint(compiled) if sealing_now else "",
        "looked_at": _sign(compiled) if sealing_now else "",
        "differences": _since_looking(request, compiled) if changed and sealing_now else None,
        "reason": request.POST.get("reason", _suggested(transition, found)),
        "error": error,
    }
    if transition.act in ("publish", "unseal") and right_state:
        newest = sealing.newest_sealed(filing)
        context |= {"edition": newest, "seen": newest.content.digest}
    return page(request, "desk/act.html", context, status=status)


def _suggested(transition: Transition, found: list[Any]) -> str:
    """A return's reason begins with what the checks found, for the person to finish."""
    if transition.act != "return":
        return ""
    return "\n".join(f"{one.result.id} {one.result.message}" for one in found if one.tone in ("bad", "near"))


def _sign(compiled: CompiledReport) -> str:
    """What the person looks at, carried in the form itself, so that changes can be shown without keeping it."""
    shown = as_json(compiled)
    slim = {key: shown[key] for key in ("form", "cells", "narrative", "explanations")}
    slim["checks"] = [{key: one[key] for key in ("id", "status", "message")} for one in shown["checks"]]
    slim["units"] = [{"organ": one["organ"], "cells": one["cells"]} for one in shown["units"]]
    return signing.dumps(slim, salt=_LOOKED, compress=True)


def _since_looking(request: Any, compiled: CompiledReport) -> Differences | None:
    try:
        looked = signing.loads(request.POST.get("looked_at", ""), salt=_LOOKED, max_age=7 * 86400)
    except signing.BadSignature:
        return None
    return differences(looked, as_json(compiled))
