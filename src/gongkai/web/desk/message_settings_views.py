"""How messages leave (通知设置): the address of the portal, mail, text messages, each tried out before it is used."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.foundation import message_settings
from gongkai.foundation.gateways import NotSent
from gongkai.foundation.message_settings import PARTS, SettingsRefused
from gongkai.foundation.models import Channel
from gongkai.web.clock import moment
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.message_forms import form_of, values_of

TITLES = {"portal": "门户网址", "email": "邮件", "sms": "短信"}


def overview(request: Any) -> HttpResponse:
    """What is set, and what is not."""
    row = message_settings.current()
    return page(request, "desk/message_settings.html", {"row": row})


def edit(request: Any, part: str) -> HttpResponse:
    """Set one part."""
    if part not in PARTS:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = form_of(part, message_settings.current(), posted)
    if posted is not None and not resumed(request):
        try:
            row = message_settings.configure(
                part, values_of(part, form), by=request.actor, now=moment(request)
            )
        except SettingsRefused as refused:
            for one in refused.findings:
                form.wrong(one.column, one.message)
        else:
            said(request, _done(part, row))
            return redirect("desk:message-settings" if part == "portal" else _address(part))
    return _show(request, part, form)


def _address(part: str) -> str:
    return reverse("desk:message-channel", args=[part])


def _done(part: str, row: Any) -> str:
    if part == "portal":
        return "已保存。以后的通知里写这个网址。"
    if part == "email":
        return "已保存。" + (
            "从下一步起给申请人发邮件。" if row.email_on else "还没有开通，可以先发一封试试。"
        )
    return "已保存。" + (
        "从下一步起给没有邮箱的申请人发短信。" if row.sms_on else "还没有开通，可以先发一条试试。"
    )


def _show(request: Any, part: str, form: Any, **more: Any) -> HttpResponse:
    row = message_settings.current()
    ready = bool(row.smtp_host and row.sender) if part == "email" else bool(row.sms_url and row.sms_body)
    context = {
        "part": part,
        "title": TITLES[part],
        "form": form,
        "may_try": part != "portal" and ready,
        "to": request.POST.get("to", ""),
        **more,
    }
    return page(
        request, "desk/message_channel.html", context, status=422 if form.bad or "failed" in more else 200
    )


def try_out(request: Any, part: str) -> HttpResponse:
    """Send one at once (发一封试试), and say word for word what the other side answers."""
    if part not in Channel.values:
        raise Http404
    form = form_of(part, message_settings.current(), None)
    to = " ".join(request.POST.get("to", "").split())
    try:
        message_settings.try_out(Channel(part), to, by=request.actor, now=moment(request))
    except SettingsRefused as refused:
        return _show(request, part, form, failed=str(refused))
    except NotSent as failed:
        answer = f"{failed.answer} {failed}" if failed.answer else str(failed)
        return _show(request, part, form, failed=f"没有发出：{failed.failure.words}。", answered=answer[:500])
    what = "邮件服务器收下了，到那个邮箱里看" if part == "email" else "短信网关收下了，看那部手机"
    said(request, f"{what}。没有收到的，看看垃圾邮件，再核对设置。" if part == "email" else f"{what}。")
    return redirect(_address(part))
