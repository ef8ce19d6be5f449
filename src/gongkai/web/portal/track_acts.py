"""What an applicant does while following a request (申请人办的): supplement, reasons, payment, papers, withdrawal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.casework import acts
from gongkai.casework.applicant_acts import PAPER_OF, Sent, act_with_papers, put
from gongkai.casework.draft_papers import MOST_PAPERS
from gongkai.casework.file_checks import MOST_BYTES, media_type_of
from gongkai.casework.keeping import keep_after
from gongkai.casework.models import Case
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.web.clock import moment, today
from gongkai.web.portal.apply_papers import too_large
from gongkai.web.portal.frame import answer
from gongkai.web.portal.track_page import PAPERS, course
from gongkai.web.portal.track_views import CURRENT, let_in, show

_BOTH = ["GET", "HEAD", "POST"]
_SEE_PAPERS = "见所附材料。"


@require_http_methods(_BOTH)
@let_in
def supplement(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant makes the request clear (补正) within its term; whether to take it late, a person judges."""
    missing = "还没有写补正的内容；照补正告知写清楚，或者选上要补的材料。"
    return _with_papers(request, case, "receive_supplement", "supplement", "note", missing)


@require_http_methods(_BOTH)
@let_in
def reasons(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant states why so much is asked for (说明理由); whether it is reasonable, a person judges."""
    missing = "还没有写理由；写明为什么需要这些信息，或者选上说明材料。"
    return _with_papers(request, case, "state_reasons", "reasons", "opinion", missing)


@require_http_methods(_BOTH)
@let_in
def payment(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant hands in the proof of payment (交缴费凭证); the office sees whether the money came."""
    missing = "还没有选缴费凭证；选上照片或者 PDF，或者写明哪天、怎么缴的。"
    return _with_papers(request, case, "claim_payment", "payment", "note", missing)


def _with_papers(
    request: HttpRequest, case: Case, act: str, form: str, field: str, missing: str
) -> HttpResponse:
    if request.method != "POST":
        # From a page that said what was wrong, by a reload or the way into elder mode.
        return redirect("portal:track-case")
    words, (good, wrong) = request.POST.get("words", ""), _files(request)
    if not wrong and not good and not words.strip():
        return show(request, case, status=422, failed=form, error=missing)
    status = 422
    if not wrong:
        given = {field: words if words.strip() else _SEE_PAPERS}
        try:
            act_with_papers(case, act, given, good, now=moment(request), based_on=_seen(request))
            keep_after(case, now=moment(request))
            return redirect(f"{reverse('portal:track-case')}?done={act}")
        except CaseworkRefused as error:
            wrong, status = [str(error)], 409
    # What could be taken is not asked for again.
    message = "".join(wrong) + _kept(request, case, good, PAPER_OF[act])
    return show(request, case, status=status, failed=form, error=message, typed_words=words)


def _kept(request: HttpRequest, case: Case, good: list[Sent], purpose: str) -> str:
    """Keep the good files of a form that was refused; what to say of them."""
    try:
        put(case, good, purpose, now=moment(request))
    except CaseworkRefused:
        return ""
    return f"其余 {len(good)} 份材料已经收下，不用再选。" if good else ""


def _files(request: HttpRequest) -> tuple[list[Sent], list[str]]:
    """The files that can be taken, and what is wrong with the others."""
    good, wrong = [], []
    sent = request.FILES.getlist("file")
    if len(sent) > MOST_PAPERS:
        wrong.append(f"一次最多 {MOST_PAPERS} 份；前 {MOST_PAPERS} 份以外的再传一次。")
    for one in sent[:MOST_PAPERS]:
        try:
            if (one.size or 0) > MOST_BYTES:
                raise too_large(one.name or "")
            content = one.read()
            media_type_of(content, one.name or "")
        except CaseworkRefused as error:
            wrong.append(str(error))
        else:
            good.append(Sent(one.name or "", content))
    return good, wrong


def _seen(request: HttpRequest) -> int | None:
    """The event of the case that the applicant had before them."""
    seen = request.POST.get("seq", "")
    return int(seen) if seen.isdecimal() and len(seen) < 19 else None


@require_http_methods(_BOTH)
@let_in
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant withdraws (撤回): asked once on a page of its own, as it cannot be taken back."""
    if request.method != "POST":
        context = course(case, today(request))
        if "withdraw" not in context["may"]:
            return redirect("portal:track-case")
        return answer(request, "portal/track_withdraw.html", context, current=CURRENT)
    given: dict[str, Any] = {"reason": request.POST.get("reason", "")}
    by = applicant_of(case)
    try:
        acts.act(case, "withdraw", given, by=by, now=moment(request), based_on=_seen(request))
    except CaseworkRefused as error:
        return show(request, case, status=409, failed="withdraw", error=str(error))
    keep_after(case, now=moment(request))
    return redirect(f"{reverse('portal:track-case')}?done=withdraw")


@require_http_methods(_BOTH)
@let_in
def add_paper(request: HttpRequest, case: Case) -> HttpResponse:
    """The applicant hands in papers (交材料): identity, authority, what else they have."""
    if request.method != "POST":
        return redirect("portal:track-case")
    purpose, (good, wrong) = request.POST.get("purpose", ""), _files(request)
    if purpose not in PAPERS:
        wrong, good = ["还没有选是什么材料；选一种再交。"], []
    elif not good and not wrong:
        wrong = ["还没有选文件；选一份 PDF 或者照片再交。"]
    try:
        put(case, good, purpose, now=moment(request))
    except CaseworkRefused as error:
        wrong, good = [str(error)], []
    if wrong:
        kept = f"其余 {len(good)} 份已经收下。" if good else ""
        return show(request, case, status=422, failed="paper", error="".join(wrong) + kept, purpose=purpose)
    return redirect(f"{reverse('portal:track-case')}?done=paper")
