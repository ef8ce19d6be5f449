"""Signing in and out, the first password, the second factor (登录)."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe

from gongkai.foundation import accounts, sign_in
from gongkai.foundation.models import Account
from gongkai.rules import roles
from gongkai.web import demo
from gongkai.web.clock import moment
from gongkai.web.desk.access import FACTOR, IDLE_MINUTES
from gongkai.web.desk.frame import page

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "pending_secret"


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/desk/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/desk/")
    return wanted if safe else "/desk/"


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that was interrupted, carried along in the page itself."""
    names = [name for name in request.POST if name.startswith("kept:")]
    return [(name[5:], value) for name in names for value in request.POST.getlist(name)]


def sign_in_view(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a form that was interrupted is handed back afterwards."""
    known = demo.card()
    context: dict[str, Any] = {
        "next": _next(request),
        "kept": _kept(request),
        "minutes": IDLE_MINUTES,
        "demonstration": known["accounts"] if known else [],
        "roles": roles.ROLES,
    }
    if request.method != "POST":
        return render(request, "desk/sign_in.html", context)
    username = request.POST.get("username", "")
    try:
        account = sign_in.sign_in(
            username, request.POST.get("password", ""), address=_address(request), now=moment(request)
        )
    except sign_in.SignInRefused as error:
        return render(
            request, "desk/sign_in.html", {**context, "error": error, "username": username}, status=401
        )
    kept = context["kept"]
    login(request, account, backend=_BACKEND)
    if kept and account.second_factor:
        return _ask_code(request, account, {"next": context["next"], "kept": kept})
    if kept:
        return render(request, "desk/resume.html", {"next": context["next"], "kept": kept})
    return redirect(context["next"])


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("desk:sign-in")


def password(request: Any) -> HttpResponse:
    """Change one's own password; the paper one must be changed first."""
    context: dict[str, Any] = {"must": request.account.must_change}
    if request.method == "POST":
        new = request.POST.get("new", "")
        try:
            if new != request.POST.get("again", ""):
                raise accounts.AccountRefused("两次输入的新密码不一样，重新输入。")
            account = accounts.change_password(
                request.account, old=request.POST.get("old", ""), new=new, now=moment(request)
            )
        except accounts.AccountRefused as error:
            return page(request, "desk/password.html", {**context, "error": error}, bare=True, status=422)
        update_session_auth_hash(request, account)
        return redirect("desk:today")
    return page(request, "desk/password.html", context, bare=True)


def second_factor(request: Any) -> HttpResponse:
    """Bind an authenticator app: the secret as text and QR code, proven by a first code."""
    account: Account = request.account
    if account.second_factor and request.session.get(FACTOR) != account.pk:
        return redirect("desk:code")
    secret = request.session.get(_PENDING) or sign_in.new_secret()
    request.session[_PENDING] = secret
    context: dict[str, Any] = {
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "qr": _qr(sign_in.provisioning_address(account, secret)),
        "bound": bool(account.second_factor),
    }
    if request.method == "POST":
        try:
            sign_in.set_second_factor(account, secret, request.POST.get("code", ""), now=moment(request))
        except sign_in.SignInRefused as error:
            return page(
                request, "desk/second_factor.html", {**context, "error": error}, bare=True, status=422
            )
        del request.session[_PENDING]
        request.session[FACTOR] = account.pk
        return redirect("desk:today")
    return page(request, "desk/second_factor.html", context, bare=True)


def _qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        scale=5, border=2, title="动态口令二维码", omitsize=False
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from our own address


def code(request: Any) -> HttpResponse:
    """Ask for the six digits of the second factor."""
    account: Account = request.account
    if not account.second_factor:
        return redirect("desk:second-factor")
    context: dict[str, Any] = {"next": _next(request), "kept": _kept(request)}
    if request.method == "POST":
        try:
            sign_in.check_second_factor(account, request.POST.get("code", ""), now=moment(request))
        except sign_in.SignInRefused as error:
            return _ask_code(request, account, {**context, "error": error}, status=422)
        request.session[FACTOR] = account.pk
        if context["kept"]:
            return render(request, "desk/resume.html", context)
        return redirect(context["next"])
    return _ask_code(request, account, context)


def _ask_code(request: Any, account: Account, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shown = sign_in.current_code(account, now=moment(request)) if demo.card() else ""
    return page(request, "desk/code.html", {**context, "code": shown}, bare=True, status=status)
