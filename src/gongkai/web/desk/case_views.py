"""One case on its page (案卷): what comes next, what was asked, what was done, what the law still allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from gongkai.annual_report.counted_in import counted_in
from gongkai.casework.applicants import PERSONAL, id_label, masked, reveal
from gongkai.casework.filing_checks import DELIVERIES, FORMS
from gongkai.casework.keeping import keep_after
from gongkai.casework.kinds import REQUESTS
from gongkai.casework.letters import letters_of, missing
from gongkai.casework.models import Case, CaseFile, InformationRequest
from gongkai.casework.queries import Repetition, View, case_for, similar, view
from gongkai.casework.redacting import redactions_of
from gongkai.casework.redaction_drafts import why_not_redactable
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import organs, outbox
from gongkai.foundation.models import Organ
from gongkai.rules import roles
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.citations import cite
from gongkai.rules.receipt import CHANNELS
from gongkai.rules.requests.act import EFFECTS, Act
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.life import days_of_delay, receipt
from gongkai.rules.requests.perform import Offer
from gongkai.rules.requests.states import ACTS, STATES
from gongkai.rules.requests.terms import WHOSE
from gongkai.rules.side_requests.similar import asked_by_others
from gongkai.web.clock import moment, today
from gongkai.web.desk import case_beside, case_words
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_clock import account_weeks, reply_words, ruler, waits_for_others
from gongkai.web.desk.case_parts import parts_of
from gongkai.web.desk.forward_views import joined
from gongkai.web.desk.frame import page
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.message_words import notified
from gongkai.web.desk.remedy_panel import remedy_panel
from gongkai.web.desk.tasks import Clock, spoken

# A step may be met in two ways; the other way stands beside the button of the step.
_BESIDE: dict[str, str] = {
    "ask_supplement": "record_search", "decide": "record_search", "sign": "return",
    "approve_extension": "decline_extension", "confirm": "note_unreachable", "prove_service": "service_failed",
    "lapse_supplement": "receive_supplement", "lapse_fee": "record_payment", "submit": "reconsider_decision",
}  # fmt: skip
# Most requests are clear: the search stands first there, the supplement beside it.
_TURNED = frozenset({"ask_supplement"})
_MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Lawful:
    """One act as the page lists it (一个动作): possible, or why not."""

    act: Act
    law: str
    href: str
    why_not: str

    @property
    def words(self) -> str:
        """What it asks for and what it does to the clock."""
        needed = "、".join(FIELDS[code].label for code in self.act.needs)
        return f"{'要填：' + needed + '。' if needed else ''}{EFFECTS[self.act.clock]}。"


@dataclass(frozen=True, slots=True)
class Next:
    """The panel of the next step (下一步)."""

    title: str
    words: str
    law: str
    tone: str
    buttons: tuple[Lawful, ...]


def found_or_404(request: Any, organ: Organ, number: str) -> View:
    """The case with all its page says; another organ's is as if absent."""
    case = case_for(request.actor, number)
    if case is None or case.organ_id != organ.pk:
        raise Http404
    return view(case, today(request))


def head(found: View, organ: Organ) -> dict[str, Any]:
    """What every page of a case knows."""
    words = found.texts.get("filing.title") or found.texts.get("filing.description", "")
    return {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "case": found.case,
        "title": " ".join(words.split())[:60] or "（申请内容已删除）",
        "state": STATES[found.case.state],
        "class_label": APPLICANT_CLASSES[found.case.applicant_class].label,
        "channel": CHANNELS[found.case.channel].label,
    }


def works_on(request: Any, organ: Organ) -> bool:
    """Whether the person handles or approves there: only they meet the applicant's data and papers."""
    return any(request.actor.may(permission, organ) for permission in ("case.handle", "case.approve"))


def case_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The page of a case."""
    found = found_or_404(request, organ, number)
    day = today(request)
    if works_on(request, organ):
        # What a crash left unmade is made when somebody who works on the case looks at it.
        keep_after(found.case, now=moment(request))
    acts = lawful(request, found)
    names = case_words.names_of(found)
    context = {
        **head(found, organ),
        "next": next_panel(request, found, acts),
        "tasks": _tasks(found),
        "acts": [one for one in acts if not one.why_not],
        "closed": [one for one in acts if one.why_not],
        "told": sorted(
            [*case_words.tell(found, names), *case_beside.told_beside(found.case)], key=lambda one: -one.seq
        ),
        "said": case_beside.said_by_applicant(found),
        "may_mend": request.actor.may("case.handle", organ) and not _closed(found.case),
        "may_void": _may_void(request, found),
        "may_pack": request.actor.may("case.handle", organ),
        "may_erase": request.actor.may("account.manage", organ) and bool(found.texts),
        "decision": case_words.decision_of(found.life, found.case.organ, day),
        **_request(found),
        **_rail(request, found, day),
        **_clock(found, day),
        "similar": _similar(request, found.case, day),
        "joined": joined(request.actor, found.case),
        **remedy_panel(request, found.case, day),
    }
    return page(request, "desk/case.html", context)


def _tasks(found: View) -> list[tuple[Any, list[str]]]:
    """What wants a person's judgement, with the acts that may follow; nothing of an entry struck out."""
    standing = found.tasks if found.case.voided_seq is None else ()
    return [(task, [ACTS[code].label for code in task.acts]) for task in standing]


def _closed(case: Case) -> bool:
    """Whether nothing of the entry is mended any more."""
    return case.voided_seq is not None or case.state == "archived"


def _may_void(request: Any, found: View) -> bool:
    """Whether the person may strike the entry out, while it is one that a clerk made and nothing went on."""
    entered = found.case.filed_by.startswith("account:") and found.case.filed_by != request.actor.ref
    return entered and not _closed(found.case) and request.actor.may("case.approve", found.case.organ)


def lawful(request: Any, found: View) -> list[Lawful]:
    """Every act the state allows, each possible for this person now or with the reason why not."""
    if found.case.voided_seq is not None:
        return []
    mine = {ACTS[row.act].permission for row in found.acts if row.actor == request.actor.ref}
    return [_lawful(request, found, offer, mine) for offer in found.offers if offer.shown]


def _lawful(request: Any, found: View, offer: Offer, mine: set[Any]) -> Lawful:
    case, act = found.case, offer.act
    href = reverse("desk:case-act", args=[case.organ.code, case.number, act.id])
    return Lawful(
        act, cite(act.provisions), href, offer.reason or why_not_this_person(request, case, act, mine)
    )


def why_not_this_person(request: Any, case: Case, act: Act, mine: set[Any]) -> str:
    """Why somebody may not do a lawful act (职责、不相容的工作); "" where they may."""
    if not request.actor.may(act.permission, case.organ):
        return f"由{'、'.join(role.label for role in roles.permitting(act.permission))}办理"
    apart = roles.separated(mine, act.permission)
    return f"{apart.why}，这件申请自己办过另一项，由另一人办（{apart.rule.citation()}）" if apart else ""


def next_panel(request: Any, found: View, acts: list[Lawful]) -> Next:
    """The one thing the law wants now, with its button."""
    step, day = found.step, today(request)
    if found.case.voided_seq is not None:
        return Next("登记已经撤销", "是误登记的，不再办理，不计入年报；编号不再使用。", "", "calm", ())
    if step is None:
        return Next("已经归档", "没有要办的。更正答复、按判决（决定）重新办理，在下面。", "", "ok", ())
    by_id = {one.act.id: one for one in acts}
    wanted = [step.act, _BESIDE.get(step.act, "")]
    if step.act in _TURNED:
        wanted.reverse()
    buttons = tuple(by_id[code] for code in wanted if code in by_id and not by_id[code].why_not)
    until = f"，最迟 {spoken(step.due, day)}" if step.due else ""
    title = f"下一步：{step.sentence}{until}"
    waits = waits_for_others(step)
    clock = reply_words(found.clock, day)
    words = [
        f"{clock.words}{'，' if clock.said else ''}{clock.said}。" if found.clock.status != "ended" else ""
    ]
    if step.note:
        words.append(step.note)
    if step.overdue:
        words.append("这一步已经过期，现在办，仍要办。")
    if not buttons and not waits:
        held = by_id.get(step.act)
        words.append(f"{held.why_not}。" if held and held.why_not else f"该{WHOSE[step.whose]}办。")
    return Next(title, "".join(words), step.provision, _tone(found, clock, waits), buttons)


def _tone(found: View, clock: Clock, waits: bool) -> str:
    step = found.step
    if (step is not None and step.overdue) or (found.clock.overdue and found.clock.stopped_on is None):
        return "bad"
    if clock.tone == "near":
        return "near"
    if waits:
        return "calm"
    return "ok" if found.case.state in ("served", "withdrawn") else ""


def _request(found: View) -> dict[str, Any]:
    texts, case = found.texts, found.case
    return {
        "description": texts.get("filing.description", ""),
        "filing_title": texts.get("filing.title", ""),
        "document_number": texts.get("filing.document_number", ""),
        "form": FORMS.get(case.form, case.form),
        "delivery": DELIVERIES.get(case.delivery, case.delivery),
    }


def _clock(found: View, day: Any) -> dict[str, Any]:
    received = receipt(found.life)
    return {
        "clock": found.clock,
        "clock_words": reply_words(found.clock, day),
        "ruler": ruler(found.clock, day),
        "weeks": account_weeks(found.clock, day),
        "receipt": received,
        "delay_days": days_of_delay(found.life, day),
        "day": day,
    }


def _rail(request: Any, found: View, day: Any) -> dict[str, Any]:
    case = found.case
    papers = list(case.papers.select_related("taken_from", "came_from__case__organ"))
    return {
        "personal": masked(case, found.texts),
        "id_label": id_label(case),
        "may_reveal": works_on(request, case.organ),
        "may_add": any(request.actor.may(p, case.organ) for p in ("case.handle", "case.enter")),
        "papers": [_paper(one, found) for one in papers],
        "parts": parts_of(found, papers),
        "may_redact": request.actor.may("case.handle", case.organ),
        "redactions": redactions_of(request.actor, case),
        "counted": _counted(request, case, day),
        "notified": notified(outbox.about(case.ref), day),
        "letters": letters_of(request.actor, case),
        "unissued": missing(case),
    }


def _paper(paper: CaseFile, found: View) -> tuple[CaseFile, str, bool, str]:
    """A paper with its name, whether it may be redacted for the applicant, and from which organ it came."""
    source = paper.taken_from or paper
    origin = found.life.parts[source.part].organ if source.part is not None else ""
    if paper.came_from is not None:
        origin = f"随申请由{organs.current_name(paper.came_from.case.organ)}转来"
    return paper, found.texts.get(f"file.{paper.place}.name", "材料"), not why_not_redactable(paper), origin


def _counted(request: Any, case: Case, day: Any) -> list[tuple[Any, str]]:
    """The cells of table three in which the case stands, each with its page."""
    row = InformationRequest.objects.select_related("organ__parent").filter(case=case).first()
    if row is None:
        return []
    organ = case.organ.parent if case.organ.kind == "office" and case.organ.parent else case.organ
    found = counted_in(REQUESTS, row, reader=request.actor, today=day)
    return [(one, reverse("desk:cell", args=[organ.code, one.year, one.code])) for one in found if one.label]


def _similar(request: Any, case: Case, day: Any) -> dict[str, Any]:
    found: Repetition = similar(request.actor, case)
    alike = [(one, found.cases[one.ref]) for one in found.alike[:_MOST_ALIKE] if one.ref in found.cases]
    return {
        "alike": [(one, other, f"{round(one.likeness * 100)}%") for one, other in alike],
        "this_month": found.this_month,
        "others": len(found.same_applicant),
        "by_others": len(asked_by_others(found.alike)),
    }


def reveal_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Show one thing known of the applicant, once, with a reason, on record."""
    found = found_or_404(request, organ, number)
    if not works_on(request, organ):
        return refused(request, "case.handle")
    known = list(masked(found.case, found.texts))
    token = request.POST.get("token", request.GET.get("token", ""))
    context: dict[str, Any] = {
        **head(found, organ),
        "known": known,
        "token": token if token in PERSONAL else "",
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/case_reveal.html", context)
    try:
        context["plain"] = reveal(
            found.case, token, reason=context["reason"], by=request.actor, now=moment(request)
        )
    except CaseworkRefused as error:
        context["findings"] = [(f"#f-{f.column or 'token'}", f.message) for f in error.findings]
        context["errors"] = {f.column: f.message for f in error.findings}
        return page(request, "desk/case_reveal.html", context, status=422)
    context["label"] = PERSONAL[token].label
    return page(request, "desk/case_reveal.html", context)
