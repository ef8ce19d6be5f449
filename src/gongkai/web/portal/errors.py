"""What a visitor reads when something is not there or went wrong."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gongkai.web.portal.frame import answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page: say where to go on."""
    return answer(request, "portal/not_found.html", {}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came cannot be read as a request of ours."""
    if isinstance(exception, RequestDataTooBig):
        text = "没有接收，也没有丢：按浏览器的返回键回到表单，写短一些再提交。其余的可以作为材料交来。"
        return _said("写的内容太长", text, 400)
    return _said("这个请求读不出来", "地址或提交的内容不完整。回到上一页，再试一次。", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not to be had this way."""
    return _said("不能这样打开", "从首页或办公桌面进入，再试一次。", 403)


def _said(title: str, text: str, status: int) -> HttpResponse:
    page = render_to_string("portal/refused.html", {"title": title, "text": text})
    return HttpResponse(page, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our mistake: a page that needs no database."""
    return HttpResponse(render_to_string("portal/server_error.html"), status=500)
