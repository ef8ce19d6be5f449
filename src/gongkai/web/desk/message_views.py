"""Messages that leave the house (通知): the list, trying again, giving up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.foundation import lease, message_settings, outbox
from gongkai.web.clock import moment
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.message_lists import export, listing, wanted
from gongkai.web.desk.message_words import short


def message_list(request: Any) -> HttpResponse:
    """What has not left, and why; or the same as xlsx."""
    now = moment(request)
    if request.GET.get("export") == "xlsx":
        return export(request.actor, request.GET.dict(), now)
    alive, settings = lease.pulse(now), message_settings.current()
    context = {
        "listing": listing(request.actor, request.GET.dict(), now),
        "backlog": outbox.backlog(),
        "silent": alive.silent,
        "beat": short(alive.last_beat, now) if alive.last_beat else "",
        "off": not (settings.email_on or settings.sms_on),
    }
    return page(request, "desk/messages.html", context)


def retry_all(request: Any) -> HttpResponse:
    """Try everything again that the list shows, all pages."""
    rows = wanted(request.actor, request.POST.dict()).order_by()
    tried = outbox.retry(rows, by=request.actor, now=moment(request))
    said(
        request,
        f"{tried} 条马上再发。过一会儿刷新，看发出没有。"
        if tried
        else "没有能再发的：正在发，或者内容已经删除。",
    )
    return redirect("desk:messages")


def retry(request: Any, pk: int) -> HttpResponse:
    """Try one again."""
    rows = _one(request, pk)
    if outbox.retry(rows, by=request.actor, now=moment(request)):
        said(request, "马上再发。过一会儿刷新，看发出没有。")
    else:
        said(request, "没有再发：已经发出、正在发，或者内容已经删除。")
    return redirect("desk:messages")


def dismiss(request: Any, pk: int) -> HttpResponse:
    """Give one up."""
    if outbox.dismiss(_one(request, pk), by=request.actor, now=moment(request)):
        said(request, "不再发了。要告知申请人的，打电话或者寄信；以后还要发的，在“不再发”的清单里再发。")
    else:
        said(request, "没有改动：它已经发出，或者已经停发。")
    return redirect(f"{reverse('desk:messages')}?state=unsent")


def _one(request: Any, pk: int) -> Any:
    rows = outbox.messages(request.actor).filter(pk=pk)
    if not rows.exists():
        raise Http404
    return rows
