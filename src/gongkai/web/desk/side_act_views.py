"""An act as a page of its own (办理动作): its form, what it does, what the person sees, what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect

from gongkai.casework.letter_numbers import next_number
from gongkai.casework.models import LetterNumber
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side import acts
from gongkai.casework.side.acts import SideChanged
from gongkai.casework.side.letters import drafted
from gongkai.casework.side.queries import SideView
from gongkai.casework.side.told import asked, names_of
from gongkai.crossings.side_publication import publish_and_register
from gongkai.disclosure.models import InformationClass
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Organ
from gongkai.foundation.records import RowRefused
from gongkai.rules.citations import cite
from gongkai.rules.requests.fields import Field
from gongkai.rules.side_requests.fields import METHODS
from gongkai.rules.side_requests.kinds import CRITERIA, OUTCOMES, RESULTS
from gongkai.rules.side_requests.states import ACTS, STATES, SideAct
from gongkai.web.clock import moment, today
from gongkai.web.desk import side_words
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_forms import MOST, FormField, Option, day_of, handlers_at
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.side_views import found_or_404, head, why_not_this_person

_REGISTERS = "register_publication"
_DAYS = {
    "confirm": "哪一天确认的", "receive_evidence": "哪一天收到的", "correct_record": "哪一天更正的",
    "transfer": "哪一天转送的", "publish": "哪一天公开的", "tell": "哪一天告知的", "withdraw": "哪一天撤回的",
}  # fmt: skip


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
    if resumed(request):
        return _ask(request, organ, found, known, typed=True)
    given, on, wrong = _given(known, request.POST)
    if wrong:
        return _ask(request, organ, found, known, typed=True, wrong=wrong, status=422)
    try:
        _do(request, found, known, given, on)
    except SideChanged as changed:
        fresh = found_or_404(request, organ, number)
        return _ask(request, organ, fresh, known, typed=True, status=409, meanwhile=str(changed))
    except (CaseworkRefused, RowRefused) as error:
        return _ask(request, organ, found, known, typed=True, wrong=list(error.findings), status=422)
    said(request, known.what_next)
    return redirect("desk:side", organ.code, number)


def _do(request: Any, found: SideView, act: SideAct, given: dict[str, Any], on: date | None) -> None:
    seq = request.POST.get("seq", "")
    based_on = int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 19 else None
    by, now = request.actor, moment(request)
    if act.id == "publish" and request.POST.get(_REGISTERS) in InformationClass.values:
        publish_and_register(
            found.side,
            given,
            request.POST[_REGISTERS],
            by=by,
            now=now,
            on=on or today(request),
            based_on=based_on,
        )
    else:
        acts.act(found.side, act.id, given, by=by, now=now, on=on, based_on=based_on)


def _given(act: SideAct, posted: QueryDict) -> tuple[dict[str, Any], date | None, list[Finding]]:
    """What was filled in, the day, and what cannot be read."""
    given: dict[str, Any] = {}
    wrong: list[Finding] = []
    for one in act.fields:
        text = posted.get(one.code, "").strip()
        match one.kind:
            case "date":
                given[one.code] = day_of(text)
                if text and given[one.code] is None:
                    wrong.append(Finding(one.code, f"“{one.label}”写的是“{text}”，应是日期，如 2021-10-15。"))
            case "flag":
                given[one.code] = {"yes": True, "no": False}.get(text)
            case "checks":
                given[one.code] = tuple(code for code in CRITERIA if code in posted.getlist(one.code))
            case _:
                given[one.code] = text
    on = day_of(posted.get("on", "").strip())
    if on is None:
        wrong.append(Finding("on", f"“{_day_label(act)}”要写日期，如 2021-10-15。"))
    return given, on, wrong


def _day_label(act: SideAct) -> str:
    return _DAYS.get(act.id, "哪一天办的")


def _ask(
    request: Any, organ: Organ, found: SideView, act: SideAct, *, typed: bool = False,
    wrong: list[Finding] | tuple[Finding, ...] = (), meanwhile: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    raw = request.POST if typed else _first(act, found, request.account.ref, today(request))
    fields = _fields(act, found, raw, wrong, today(request))
    offer = next((one for one in found.offers if one.act.id == act.id), None)
    if found.side.voided_seq is not None:
        why_not = "这件是误登记的，已经撤销登记，不能再办。"
    elif offer is None:
        why_not = f"现在是“{STATES[found.side.state].label}”，只在“{'、'.join(STATES[c].label for c in act.sources)}”时可以。"
    else:
        why_not = offer.reason or why_not_this_person(request, found, act)
    shown = {f.code for f in fields} | {"criteria"}
    context = {
        **head(found, organ),
        "act": act,
        "law": cite(act.provisions),
        "fields": fields,
        "criteria": _criteria(act, found, request.POST if typed else None),
        "criteria_error": next((f.message for f in wrong if f.column == "criteria"), ""),
        "why_not": why_not,
        "findings": list(
            dict.fromkeys((f"#f-{f.column}" if f.column in shown else "#form", f.message) for f in wrong)
        ),
        "meanwhile": meanwhile,
        "letter": drafted(found.side, found.life, found.texts, dated=today(request))
        if act.id in ("approve", "return", "tell")
        else None,
        "checked": found.life.checked,
        "result": RESULTS[found.side.kind][found.life.checked.result] if found.life.checked else "",
        "asked": asked(found.texts),
        "classes": InformationClass.choices
        if act.id == "publish" and request.actor.may("record.enter", organ)
        else [],
        "register_as": request.POST.get(_REGISTERS, "") if typed else "",
        "resumed": resumed(request),
        "told": side_words.tell(found, names_of(found))[:3] if meanwhile else [],
    }
    return page(request, "desk/side_act.html", context, status=status)


def _first(act: SideAct, found: SideView, own: str, day: date) -> dict[str, str]:
    values = {"on": day.isoformat()}
    if act.id == "register":
        values["handler"] = own
    if act.id == "approve":
        last = LetterNumber.objects.filter(organ=found.side.organ).order_by("-seq").first()
        values["number"] = next_number(found.side.organ, last.code, day.year) if last is not None else ""
    if act.id == "publish":
        values["title"] = found.title
    if act.id == "tell":
        values["method"] = "online"
    return values


def _fields(act: SideAct, found: SideView, raw: Any, wrong: Any, day: date) -> list[FormField]:
    errors: dict[str, str] = {}
    for one in wrong:
        errors[one.column] = errors.get(one.column, "") + one.message
    first = FormField(
        "on", _day_label(act), "date", "今天办的不用改。补记前几天办的，写实际的那一天", True, raw.get("on", ""),
        errors.get("on", ""),
    )  # fmt: skip
    rest = [
        FormField(
            f.code, _label(f, act), _kind(f, act), _HINTS.get((act.id, f.code), f.help), f.code in act.needs,
            raw.get(f.code, ""), errors.get(f.code, ""), tuple(_options(f.code, found, day)), MOST.get(f.kind, 200),
        )
        for f in act.fields
        if f.kind != "checks" and not _useless(f.code, act, found)
    ]  # fmt: skip
    return [first, *rest]


_HINTS = {("assess", "found"): "涉及哪些人、为什么大家需要知道，有没有第三方、内部事务信息"}


def _label(one: Field, act: SideAct) -> str:
    """The field's label in the words of this act."""
    return "审核的情况" if (act.id, one.code) == ("assess", "found") else one.label


def _kind(one: Field, act: SideAct) -> str:
    return "yesno" if one.kind == "flag" and one.code in act.needs else one.kind


def _useless(code: str, act: SideAct, found: SideView) -> bool:
    """The organ is named by a correction that is not ours; the address by a proposal already public."""
    if act.id != "decide":
        return False
    return code == "access" if found.side.kind == "correction" else code in ("organ", "contact")


def _options(code: str, found: SideView, day: date) -> list[Option]:
    match code:
        case "handler":
            return handlers_at(found.side.organ, day)
        case "result":
            return list(RESULTS[found.side.kind].items())
        case "outcome":
            return [(o.code, o.label) for o in OUTCOMES.values() if o.kind == found.side.kind]
        case "method":
            return list(METHODS.items())
    return []


def _criteria(act: SideAct, found: SideView, posted: QueryDict | None) -> list[tuple[str, str, str, bool]]:
    """The reasons to tick, those proposed ticked at first."""
    if "criteria" not in act.also:
        return []
    ticked = posted.getlist("criteria") if posted is not None else found.side.criteria.split()
    return [(code, label, cite((law,)), code in ticked) for code, (label, law) in CRITERIA.items()]
