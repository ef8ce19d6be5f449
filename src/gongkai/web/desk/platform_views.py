"""Tokens of linked platforms (对接平台): issued, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework import platforms
from gongkai.casework.models import PlatformToken
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import organs
from gongkai.foundation.models import Organ
from gongkai.web.clock import moment
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed


def _governments(request: Any) -> list[Organ]:
    """The districts whose platforms the person manages."""
    found = Organ.objects.filter(kind="government", ended_on__isnull=True)
    return [organ for organ in found if request.actor.may("account.manage", organ)]


def _context(request: Any) -> dict[str, Any]:
    rows = platforms.tokens(request.actor)
    names = organs.current_names([row.organ for row in rows])
    governments = _governments(request)
    own = organs.current_names(governments)
    return {
        "rows": [(row, names.get(row.organ_id, row.organ.code)) for row in rows],
        "governments": [(one.code, own.get(one.pk, one.code)) for one in governments],
        "label": request.POST.get("label", ""),
    }


def platform_list(request: Any) -> HttpResponse:
    """The tokens, and a form to issue one; the text of a new token stands on the answer alone."""
    context = _context(request)
    if request.method == "GET" or resumed(request):
        return page(request, "desk/platforms.html", context)
    code = request.POST.get("organ", "")
    organ = next((one for one in _governments(request) if code in ("", one.code)), None)
    if organ is None:
        raise Http404
    label = " ".join(context["label"].split())
    wrong = _twice(organ, label)
    if not wrong:
        try:
            issued = platforms.issue_token(organ, label, by=request.actor, now=moment(request))
        except CaseworkRefused as refused:
            wrong = str(refused)
        else:
            context = {**_context(request), "label": "", "issued": issued}
            return page(request, "desk/platforms.html", context)
    context |= {"findings": [("#f-label", wrong)], "error": wrong}
    return page(request, "desk/platforms.html", context, status=422)


def _twice(organ: Organ, label: str) -> str:
    """A second token under a name that stands (重复点击): what was shown once is not shown again."""
    standing = PlatformToken.objects.filter(organ=organ, label=label, revoked_at=None).first()
    if standing is None:
        return ""
    return f"“{label}”已经有一个令牌（尾号 {standing.ending}）。没有抄下来的，先吊销它再发；要并用两个的，换一个名称。"


def revoke(request: Any, pk: int) -> HttpResponse:
    """Take a token back, after saying what that means."""
    token = next((one for one in platforms.tokens(request.actor) if one.pk == pk), None)
    if token is None:
        raise Http404
    context: dict[str, Any] = {"token": token, "reason": request.POST.get("reason", "")}
    if request.method == "GET" or resumed(request):
        return page(request, "desk/platform_revoke.html", context)
    try:
        platforms.revoke_token(token, reason=context["reason"], by=request.actor, now=moment(request))
    except CaseworkRefused as refused:
        context |= {"error": str(refused), "findings": [("#f-reason", str(refused))]}
        return page(request, "desk/platform_revoke.html", context, status=422)
    said(request, f"“{token.label}”的令牌已吊销，从现在起这个平台不能再提交和查询。")
    return redirect("desk:platforms")
