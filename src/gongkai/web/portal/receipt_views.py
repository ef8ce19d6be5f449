"""The receipt (回执): number, code, secret, the day in words, a QR code, a day for the calendar, on one page."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from gongkai.casework.codes import grouped
from gongkai.casework.filing import receipt_of
from gongkai.casework.house import house_terms
from gongkai.casework.lives import calendar_for, life_of, texts_of
from gongkai.casework.models import Case
from gongkai.casework.tracking import tracking
from gongkai.foundation.clock import legal_day
from gongkai.rules.requests.terms import confirmation_due
from gongkai.web.clock import moment, today
from gongkai.web.portal.apply_views import counted
from gongkai.web.portal.calendar_file import MEDIA_TYPE, DayToKeep, calendar_file
from gongkai.web.portal.catalogue import Names
from gongkai.web.portal.day_words import said
from gongkai.web.portal.frame import answer
from gongkai.web.portal.track_page import title_of
from gongkai.web.portal.visitor import opened


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of the request just sent, or just opened with code and secret."""
    case = opened(request)
    if case is None:
        return redirect("portal:track")
    paper, day = receipt_of(case), today(request)
    confirm_by, _ = confirmation_due(life_of(case), calendar_for(case.organ), house_terms())
    context = {
        "case": case,
        "number": paper.number,
        "asked": title_of(texts_of(case)),
        "code": grouped(paper.query_code),
        "secret": grouped(paper.secret),
        "filed_on": legal_day(case.filed_at),
        "received_on": paper.received_on,
        "due": said(paper.due, day) if paper.due else "",
        "due_note": paper.due_note,
        "confirm_by": said(confirm_by, day) if confirm_by and paper.received_on is None else "",
        "if_today": counted(case.organ, request) if paper.received_on is None else {},
        "organ_name": Names(case.organ).now(case.organ),
        "address": tracking_address(request, case),
        "qr": drawn_code(tracking_address(request, case)),
        "keeps": day_to_keep(request, case) is not None,
        "lacks_authority": case.applicant.by_agent and not case.papers.filter(purpose="authority").exists(),
    }
    page = answer(request, "portal/receipt.html", context, current="apply")
    page["Cache-Control"] = "no-store"
    return page


def tracking_address(request: HttpRequest, case: Case) -> str:
    """Where the course is looked up: with the code, never with the secret."""
    return request.build_absolute_uri(f"{reverse('portal:track')}?code={grouped(case.query_code)}")


def drawn_code(address: str) -> SafeString:
    """A QR code as SVG."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from our own address


def day_to_keep(request: HttpRequest, case: Case) -> DayToKeep | None:
    """The day to be reminded of: the applicant's own term, else the answer's, else that of confirmation."""
    found, day = tracking(case, today(request)), None
    awaited = found.awaited
    if awaited is not None and awaited.whose == "applicant" and awaited.until is not None:
        day, title = awaited.until, f"最后一天：{awaited.what}（{case.number}）"
        words = "过了这一天没有办的，可能视为放弃申请。"
    elif found.clock.due is not None and found.clock.status in ("running", "paused"):
        day, title = found.clock.due, f"政府信息公开申请最迟今天答复（{case.number}）"
        words = "期限有变化的，进度页会写明原来和现在的日期。没有收到答复的，进度页写着可以怎么办。"
    elif awaited is not None and awaited.until is not None and found.clock.status == "not-started":
        day, title = awaited.until, f"今天前应当与您确认收到申请（{case.number}）"
        words = "没有人联系您的，可以打电话，报申请编号。"
    if day is None:
        return None
    host = request.get_host().partition(":")[0]
    return DayToKeep(f"{case.number}@{host}", day, title, words, tracking_address(request, case))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The day for the phone's calendar."""
    case = opened(request)
    kept = day_to_keep(request, case) if case is not None else None
    if case is None or kept is None:
        raise Http404
    response = HttpResponse(
        calendar_file(kept, now=moment(request), sequence=case.latest_seq), content_type=MEDIA_TYPE
    )
    response["Content-Disposition"] = f'attachment; filename="{case.number}.ics"'
    response["Cache-Control"] = "no-store"
    return response
