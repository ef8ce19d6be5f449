"""The draft of a reply (答复书草稿): the sheet as it would leave, what is wrong with it, and its text to edit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework.draft_text import Draft, lines_of, tidy
from gongkai.casework.drafting import draft_of, draft_versions, save_draft
from gongkai.casework.issuing import reply_preview
from gongkai.casework.keeping import KINDS
from gongkai.casework.letter_values import FREE
from gongkai.casework.queries import View
from gongkai.casework.refusals import CaseChanged, CaseworkRefused
from gongkai.foundation.models import Account, Organ
from gongkai.rules.requests.answer_words import decision_words
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.leaving import answer_letter, grounds_of
from gongkai.rules.requests.letters import must_hold
from gongkai.rules.requests.states import STATES
from gongkai.web.clock import moment, today
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_forms import FormField
from gongkai.web.desk.case_views import found_or_404, head, works_on
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.letter_look import in_codes, in_words, marked, reply_look
from gongkai.web.desk.letter_views import as_file, download, file_name

_LONGEST = 2_000


def draft_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The draft; by POST what was edited is kept as a new version, or the generated wording comes back."""
    found = _found(request, organ, number)
    if found is None:
        return refused(request, "case.handle")
    if request.method == "GET":
        return _show(request, organ, found)
    if resumed(request):
        return _show(request, organ, found, typed=True)
    filled = {code: request.POST.get(code, "") for code in FREE if request.POST.get(code, "").strip()}
    text = None if request.POST.get("reset") else in_codes(request.POST.get("text", ""))
    if text is not None and _unchanged(found, request, text, filled):
        text = None
    try:
        saved = save_draft(
            found.case, text, filled, by=request.actor, now=moment(request), based_on=_based_on(request)
        )
    except CaseChanged as changed:
        fresh = found_or_404(request, organ, number)
        return _show(request, organ, fresh, typed=True, meanwhile=str(changed), status=409)
    except CaseworkRefused as error:
        wrong = {f.column: f.message for f in error.findings}
        return _show(request, organ, found, typed=True, wrong=wrong, status=422)
    said(request, f"草稿已存为第 {saved.version} 稿。看一遍，齐了就送审。" if saved else "没有改动，不用存。")
    return redirect("desk:case-draft", organ.code, number)


def _found(request: Any, organ: Organ, number: str) -> View | None:
    """The case with a decision; None for whom it is none of their business."""
    found = found_or_404(request, organ, number)
    if not works_on(request, organ):
        return None
    if found.life.round.answer is None:
        raise Http404
    return found


def _unchanged(found: View, request: Any, text: str, filled: dict[str, str]) -> bool:
    """Whether the text is the generated one, before or after what was filled in: it goes on following the record."""
    now = draft_of(found.case, found.texts)
    drafts = (Draft(None, filled), Draft(None, now.filled))
    made = (reply_preview(found.case, today(request), texts=found.texts, draft=one) for one in drafts)
    return any(tidy(text) == lines_of(one.generated) for one in made if one is not None)


def _based_on(request: Any) -> int | None:
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _show(
    request: Any,
    organ: Organ,
    found: View,
    *,
    typed: bool = False,
    meanwhile: str = "",
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = draft_of(found.case, found.texts)
    look = reply_look(found, today(request))
    may_edit = found.case.state == "drafting" and request.actor.may("case.handle", organ)
    context = {
        **head(found, organ),
        "look": look,
        "may_edit": may_edit,
        "why_not": "" if may_edit else _why_not(found),
        "text": request.POST.get("text", "") if typed else (in_words(lines_of(look.paper)) if look else ""),
        "stored": in_words(lines_of(look.paper)) if look and meanwhile else "",
        "fields": _fields(
            found,
            draft,
            request.POST if typed else None,
            wrong or {},
            {fault.column for fault in look.faults} if look else set(),
        ),
        "edited": draft.text is not None,
        "meanwhile": meanwhile,
        "errors": wrong or {},
        "findings": [(f"#f-{code or 'text'}", message) for code, message in (wrong or {}).items()],
        "versions": _versions(found),
        "kinds": list(KINDS),
    }
    return page(request, "desk/case_draft.html", context, status=status)


def _why_not(found: View) -> str:
    if found.case.state == "drafting":
        return "草稿由经办人改。"
    cures = {
        "in_review": "审核的人退回以后再改",
        "signed": "撤回签发以后再改",
        "sent": "已经发出；送达以后发现写错的，用“更正答复”",
    }
    cure = cures.get(found.case.state, "答复写错了的，用“更正答复”")
    return f"现在是“{STATES[found.case.state].label}”，草稿不能改。{cure}。"


def _fields(
    found: View, draft: Draft, posted: Any, wrong: dict[str, str], lacking: set[str]
) -> list[FormField]:
    """The elements that no record need hold and the letter does: to be filled in here; optional where one does."""
    letter = answer_letter(found.life)
    wanted = set(must_hold(letter, grounds_of(letter.code, found.life))) if letter else set()
    answer = found.life.round.answer
    if answer is not None and decision_words(answer.outcome, answer.grounds):
        # The conclusion follows from the decision; what is written here would not be printed.
        wanted.discard("decision")
    return [
        FormField(
            code, ELEMENTS[code].label, "long", ELEMENTS[code].cure, code in lacking or code in draft.filled,
            (posted.get(code, "") if posted is not None else draft.filled.get(code, "")), wrong.get(code, ""),
            (), _LONGEST,
        )
        for code in FREE
        if code in wanted
    ]  # fmt: skip


def _versions(found: View) -> list[tuple[int, Any, str]]:
    rows = draft_versions(found.case)
    ids = [int(row.by.partition(":")[2]) for row in rows if row.by.startswith("account:")]
    names = {one.ref: one.display_name for one in Account.objects.filter(pk__in=ids)}
    return [(row.version, row.at, names.get(row.by, "系统")) for row in reversed(rows)]


def draft_file(request: Any, organ: Organ, number: str, kind: str) -> HttpResponse:
    """The draft as a file, marked as one (草稿); nothing of it is kept."""
    found = _found(request, organ, number)
    if found is None:
        return refused(request, "case.handle")
    made = reply_preview(found.case, today(request), texts=found.texts)
    if made is None or kind not in KINDS:
        raise Http404
    name = file_name(f"草稿-{made.document.title}", found.case.number, made.document.dated)
    return download(as_file(marked(made.document), kind), name, kind)
