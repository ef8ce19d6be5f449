"""One correction or proposal on its page (更正、转主动公开的案卷): next step, what was asked, story, acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from gongkai.archive.shelf import kept_of
from gongkai.casework.applicants import OF_SIDES, id_label, masked, reveal
from gongkai.casework.lives import calendar_for
from gongkai.casework.models import Case
from gongkai.casework.readers import may_read, works_on
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side.letters import drafted
from gongkai.casework.side.queries import SideView, others_asked, side_for, view
from gongkai.casework.side.told import asked, names_of
from gongkai.casework.side.voiding import why_not_void
from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.rules import roles
from gongkai.rules.citations import cite
from gongkai.rules.requests.terms import WHOSE, Whose
from gongkai.rules.side_requests.clock import OWN_TERM
from gongkai.rules.side_requests.fields import FIELDS
from gongkai.rules.side_requests.kinds import CRITERIA, KINDS, OUTCOMES
from gongkai.rules.side_requests.law import NOT_COUNTED
from gongkai.rules.side_requests.life import WAYS, received_on
from gongkai.rules.side_requests.states import ACTS, SideAct
from gongkai.web.clock import moment, today
from gongkai.web.desk import side_words
from gongkai.web.desk.access import refused
from gongkai.web.desk.frame import page
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.tasks import spoken

# The other way to meet a step, beside its button.
_BESIDE = {
    "confirm": "note_unreachable",
    "approve": "return",
    "verify": "ask_evidence",
    "go_on": "receive_evidence",
}


@dataclass(frozen=True, slots=True)
class Lawful:
    """One act as the page lists it: possible, or why not."""

    act: SideAct
    law: str
    href: str
    why_not: str

    @property
    def words(self) -> str:
        """What it asks for."""
        needed = "、".join(FIELDS[code].label for code in self.act.needs)
        return f"要填：{needed}。" if needed else "不用填。"


def found_or_404(request: Any, organ: Organ, number: str) -> SideView:
    """The one with all its page says; another organ's is as if absent."""
    side = side_for(request.actor, number)
    if side is None or side.organ_id != organ.pk:
        raise Http404
    return view(side, today(request))


def head(found: SideView, organ: Organ) -> dict[str, Any]:
    """What every page of one knows."""
    return {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "side": found.side,
        "kind": KINDS[found.side.kind],
        "title": found.title or "（内容已删除）",
        "state": found.state,
        "channel": WAYS[found.side.channel],
    }


def side_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The page of one."""
    found, day = found_or_404(request, organ, number), today(request)
    acts = lawful(request, found)
    side = found.side
    standing = side.voided_seq is None
    draft = drafted(side, found.life, found.texts, dated=day)
    told = found.life.decision is not None and found.life.decision.told_on is not None
    context = {
        **head(found, organ),
        "next": _next(request, found, acts),
        "asked": asked(found.texts),
        "criteria": [CRITERIA[code][0] for code in side.criteria.split()],
        "acts": [one for one in acts if not one.why_not],
        "closed": [one for one in acts if one.why_not],
        "told": side_words.tell(found, names_of(found)),
        "decision": found.life.decision,
        "outcome": OUTCOMES[found.life.decision.outcome].label if found.life.decision else "",
        "letter": None if told else draft,
        "may_void": request.actor.may("case.approve", organ) and not why_not_void(side, request.actor),
        "clock": found.clock,
        "chip": side_words.step_clock(side, found.step, found.clock, calendar_for(organ), day),
        "own_term": OWN_TERM,
        "kept": next(iter(kept_of([side])), None) if side.state == "archived" else None,
        "may_pack": request.actor.may("case.handle", organ),
        "received": received_on(found.life),
        "personal": masked(found.side, found.texts),
        "id_label": id_label(side),
        "may_reveal": works_on(request.actor, side),
        "may_add": standing and any(request.actor.may(p, organ) for p in ("case.handle", "case.enter")),
        "papers": [
            (one, found.texts.get(f"file.{one.place}.name", "材料"))
            for one in side.papers.select_related("file")
        ],
        "about": _about(request, found),
        "counted": NOT_COUNTED,
    }
    return page(request, "desk/side.html", context)


def _about(request: Any, found: SideView) -> dict[str, Any] | None:
    """The request whose answer is meant, where it is known and may be read; how many others asked the same."""
    case: Case | None = found.side.about
    if case is None or not may_read(request.actor, case):
        return None
    return {
        "case": case,
        "others": others_asked(request.actor, Case.objects.select_related("applicant").get(pk=case.pk)),
    }


def lawful(request: Any, found: SideView) -> list[Lawful]:
    """Every act the state allows, each possible for this person now or with the reason why not."""
    side = found.side
    return [
        Lawful(
            offer.act,
            cite(offer.act.provisions),
            reverse("desk:side-act", args=[side.organ.code, side.number, offer.act.id]),
            offer.reason or why_not_this_person(request, found, offer.act),
        )
        for offer in found.offers
    ]


def why_not_this_person(request: Any, found: SideView, act: SideAct) -> str:
    """Why somebody may not do a lawful act (职责、不相容的工作); "" where they may."""
    if not request.actor.may(act.permission, found.side.organ):
        return f"由{'、'.join(role.label for role in roles.permitting(act.permission))}办理"
    mine = {ACTS[row.act].permission for row in found.acts if row.actor == request.actor.ref}
    apart = roles.separated(mine, act.permission)
    return f"{apart.why}，这一件自己办过另一项，由另一人办（{apart.rule.citation()}）" if apart else ""


def _next(request: Any, found: SideView, acts: list[Lawful]) -> dict[str, Any]:
    """The panel of the next step."""
    step, day = found.step, today(request)
    if found.side.voided_seq is not None:
        gone = "是误登记的，不再办理，不进清单和件数；编号不再使用。"
        return {"title": "登记已经撤销", "words": gone, "law": "", "tone": "calm", "buttons": ()}
    if step is None:
        return {"title": "已经归档", "words": "没有要办的。", "law": "", "tone": "ok", "buttons": ()}
    by_id = {one.act.id: one for one in acts}
    wanted = (step.act, _BESIDE.get(step.act, ""))
    buttons = tuple(by_id[code] for code in wanted if code in by_id and not by_id[code].why_not)
    words = [step.note] if step.note else []
    if step.overdue:
        words.append("这一步过了内部时间，现在办，仍要办。")
    if not buttons and step.whose is not Whose.APPLICANT:
        held = by_id.get(step.act)
        words.append(f"{held.why_not}。" if held and held.why_not else f"该{WHOSE[step.whose]}办。")
    until = f"，最迟 {spoken(step.due, day)}" if step.due else ""
    tone = "bad" if step.overdue else "calm" if step.whose is Whose.APPLICANT else ""
    return {
        "title": f"下一步：{step.sentence}{until}",
        "words": "".join(words),
        "law": step.provision,
        "tone": tone,
        "buttons": buttons,
    }


def reveal_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Show one thing known of the person, once, with a reason, on record."""
    found = found_or_404(request, organ, number)
    if not works_on(request.actor, found.side):
        return refused(request, "case.handle")
    token = request.POST.get("token", request.GET.get("token", ""))
    context: dict[str, Any] = {
        **head(found, organ),
        "known": list(masked(found.side, found.texts)),
        "token": token if token in OF_SIDES else "",
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/side_reveal.html", context)
    try:
        context["plain"] = reveal(
            found.side, token, reason=context["reason"], by=request.actor, now=moment(request)
        )
    except CaseworkRefused as error:
        context["findings"] = [(f"#f-{f.column or 'token'}", f.message) for f in error.findings]
        context["errors"] = {f.column: f.message for f in error.findings}
        return page(request, "desk/side_reveal.html", context, status=422)
    context["label"] = OF_SIDES[token].label
    return page(request, "desk/side_reveal.html", context)
