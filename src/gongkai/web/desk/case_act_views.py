"""An act on a case as a page of its own (办理动作): its form, what it does, what the applicant sees, what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework import acts
from gongkai.casework.given import ALONG
from gongkai.casework.keeping import keep_after
from gongkai.casework.queries import View
from gongkai.casework.refusals import CaseChanged, CaseworkRefused
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Organ
from gongkai.rules.citations import cite
from gongkai.rules.requests.act import EFFECTS, Act
from gongkai.rules.requests.perform import Offer
from gongkai.rules.requests.states import ACTS, STATES
from gongkai.web.clock import moment, today
from gongkai.web.desk import case_words
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_forms import EXTRA_OF, ActForm, act_form, day_of
from gongkai.web.desk.case_given import given_of
from gongkai.web.desk.case_views import found_or_404, head, why_not_this_person, works_on
from gongkai.web.desk.forward_form import along_fields
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.letter_look import OF_THE_REPLY, Look, rehearsed, reply_look, sends_letters

# Acts before which the answer is looked at once more.
_OF_THE_ANSWER = frozenset({"submit", "sign", "return", "send", "withdraw_signature", "reconsider_decision"})
_REASONED = frozenset({"decide", "correct"})


def act_page(request: Any, organ: Organ, number: str, act: str) -> HttpResponse:
    """Before an act: its form and what it does; by POST the act itself, once."""
    known = ACTS.get(act)
    if known is None:
        raise Http404
    found = found_or_404(request, organ, number)
    if not request.actor.may(known.permission, organ):
        return refused(request, known.permission)
    if request.method == "GET":
        return _ask(request, organ, found, known)
    if resumed(request) or request.POST.get("more"):
        return _ask(request, organ, found, known, typed=True)
    given, on, wrong = given_of(known, request.POST)
    if wrong:
        return _ask(request, organ, found, known, typed=True, wrong=wrong, status=422)
    if request.POST.get("look"):
        return _look(request, organ, found, known, given, on)
    try:
        acts.act(
            found.case, act, given, by=request.actor, now=moment(request), on=on, based_on=_based_on(request),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except CaseChanged as changed:
        return _changed(request, organ, found, known, changed)
    except CaseworkRefused as error:
        return _ask(request, organ, found, known, typed=True, wrong=list(error.findings), status=422)
    keep_after(found.case, now=moment(request))
    said(request, known.what_next)
    # A decision is followed by its letter: that is the next thing to look at.
    return redirect("desk:case-draft" if act in _REASONED else "desk:case", organ.code, number)


def _look(
    request: Any, organ: Organ, found: View, act: Act, given: dict[str, Any], on: date | None
) -> HttpResponse:
    """The letters as they would leave, above the form with what was typed; nothing is done yet."""
    try:
        looks = rehearsed(request, found, act.id, given, on)
    except CaseworkRefused as error:
        return _ask(request, organ, found, act, typed=True, wrong=list(error.findings), status=422)
    return _ask(request, organ, found, act, typed=True, looks=looks)


def _based_on(request: Any) -> int | None:
    """The event of the case that the person had before them."""
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _changed(request: Any, organ: Organ, found: View, act: Act, changed: CaseChanged) -> HttpResponse:
    """Somebody was first: say who did what, keep what was typed, and go on from the case as it now is."""
    fresh = found_or_404(request, organ, found.case.number)
    names = case_words.names_of(fresh)
    since = {row.seq for row in changed.since}
    told = [one for one in case_words.tell(fresh, names) if one.seq in since]
    return _ask(
        request, organ, fresh, act, typed=True, status=409,
        meanwhile={"message": str(changed), "told": told},
    )  # fmt: skip


def _ask(
    request: Any,
    organ: Organ,
    found: View,
    act: Act,
    *,
    typed: bool = False,
    wrong: list[Finding] | tuple[Finding, ...] = (),
    meanwhile: dict[str, Any] | None = None,
    looks: list[Look] | None = None,
    status: int = 200,
) -> HttpResponse:
    posted = request.POST if typed else None
    form = act_form(act, found, request.account, today(request), posted, wrong)
    form.fields.extend(along_fields(act, found, posted, wrong))
    why_not = _why_not(request, found, act)
    day = today(request)
    decision = case_words.decision_of(found.life, found.case.organ, day) if act.id in _OF_THE_ANSWER else None
    context = {
        **head(found, organ),
        "act": act,
        "law": cite(act.provisions),
        "effect": EFFECTS[act.clock],
        "letters": case_words.letters_of(act),
        "separations": act.separations,
        "form": form,
        "why_not": why_not,
        "findings": _placed(act, wrong),
        "meanwhile": meanwhile,
        "decision": decision,
        "reply": _reply(request, found, act, form),
        "looks": looks or [],
        "may_look": not why_not and sends_letters(act.id),
        "searches": [s for r in found.life.rounds for s in r.searches] if act.id in _REASONED else [],
        "filing_words": found.texts.get("filing.description", ""),
        "resumed": resumed(request),
        "day": today(request),
    }
    return page(request, "desk/case_act.html", context, status=status)


def _reply(request: Any, found: View, act: Act, form: ActForm) -> Look | None:
    """The reply exactly as it would be signed, with the number and the day that the form holds."""
    if act.id not in OF_THE_REPLY or not works_on(request, found.case.organ):
        return None
    typed = {one.code: one.value for one in form.fields}
    day = day_of(typed.get("on", "")) or today(request)
    return reply_look(found, day, typed.get("number", "") if act.id == "sign" else "")


def _placed(act: Act, wrong: list[Finding] | tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The findings for the summary: where each leads, and its message; each said once."""
    shown = {*act.needs, *act.also, *EXTRA_OF.get(act.id, ()), ALONG, "on"}
    special = {"outcome": "#f-outcome", "grounds": "#f-outcome", "passages": "#f-passages"}
    placed = [
        (special.get(f.column) or (f"#f-{f.column}" if f.column in shown else "#form"), f.message)
        for f in wrong
    ]
    return list(dict.fromkeys(placed))


def _why_not(request: Any, found: View, act: Act) -> str:
    """Why the act cannot be done now; "" where it can."""
    case = found.case
    offer: Offer | None = next((one for one in found.offers if one.act.id == act.id), None)
    if offer is None:
        when = "、".join(STATES[code].label for code in STATES if code in act.sources)
        return f"现在是“{STATES[case.state].label}”，只在“{when}”时可以。"
    mine = {ACTS[row.act].permission for row in found.acts if row.actor == request.actor.ref}
    reason = offer.reason or why_not_this_person(request, case, act, mine)
    return reason if not reason or reason.endswith("。") else f"{reason}。"
