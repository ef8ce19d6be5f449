"""Signing in and out, the first password, the second factor (登录)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe

from gongkai.foundation import accounts, sign_in
from gongkai.foundation.actors import actor_for
from gongkai.foundation.models import Account
from gongkai.web import demo
from gongkai.web.clock import moment, today
from gongkai.web.desk import access
from gongkai.web.desk.access import FACTOR, SEEN
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import Errand, errand_of, onward, show_sign_in

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "pending_secret"


def sign_in_view(request: Any) -> HttpResponse:
    """Ask for name and password; a form that was interrupted is handed back afterwards."""
    errand = errand_of(request)
    if request.method != "POST":
        if access.signed_in(request) is not None:
            return redirect(errand.next)
        return show_sign_in(request, errand, idle=getattr(request, "idle", False))
    username = request.POST.get("username", "")
    try:
        account = sign_in.sign_in(
            username, request.POST.get("password", ""), address=address_of(request), now=moment(request)
        )
    except sign_in.SignInRefused as error:
        return show_sign_in(request, errand, error=error, username=username, status=401)
    request.session.flush()
    request.session.clear_expired()
    login(request, account, backend=_BACKEND)
    request.session[SEEN] = moment(request).timestamp()
    return _next_of(request, account, errand)


def address_of(request: HttpRequest) -> str:
    """The sender's network address: what our own proxies say of it, and nothing that the sender says."""
    forwarded = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    ours: int = settings.GONGKAI_PROXIES
    if ours and len(forwarded) >= ours and forwarded[-ours]:
        return forwarded[-ours][:64]
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def _next_of(request: Any, account: Account, errand: Errand) -> HttpResponse:
    """The next page on the way in: the paper password, the second factor, then the errand."""
    request.account = account
    request.actor = actor_for(account, today=today(request))
    if account.must_change:
        return _ask_password(request, errand)
    if access.halfway(request) is None:
        return onward(request, errand)
    return _ask_code(request, errand) if account.second_factor else _ask_binding(request, errand)


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("desk:sign-in")


def password(request: Any) -> HttpResponse:
    """Change one's own password; the paper one must be changed first."""
    errand, account = errand_of(request), request.account
    halted = None if account.must_change else access.halfway(request)
    if halted is not None:
        return halted
    if request.method != "POST":
        return _ask_password(request, errand)
    if _shared(account):
        error = "演示区的账号大家共用，密码不能改。"
        return _ask_password(request, errand, error=error, status=422)
    must, new = account.must_change, request.POST.get("new", "")
    try:
        if new != request.POST.get("again", ""):
            raise accounts.AccountRefused("两次输入的新密码不一样，重新输入。")
        account = accounts.change_password(
            account, old=request.POST.get("old", ""), new=new, now=moment(request)
        )
    except accounts.AccountRefused as error:
        return _ask_password(request, errand, error=error, status=422)
    update_session_auth_hash(request, account)
    said(
        request,
        "密码已改。下次登录用新密码；纸上的那张可以销毁了。" if must else "密码已改。下次登录用新密码。",
    )
    return _next_of(request, account, errand)


def _shared(account: Account) -> bool:
    """Whether it is a demonstration's account, whose password stands on the sign-in page."""
    known = demo.card()
    return known is not None and any(one["user"] == account.username for one in known["accounts"])


def _ask_password(request: Any, errand: Errand, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"errand": errand, "must": request.account.must_change, **more}
    return page(request, "desk/password.html", context, bare=True, status=status)


def second_factor(request: Any) -> HttpResponse:
    """Bind an authenticator app: the secret as text and QR code, proven by a first code."""
    errand, account = errand_of(request), request.account
    if account.must_change or (account.second_factor and request.session.get(FACTOR) != account.pk):
        return access.halfway(request) or redirect("desk:today")
    if request.method != "POST":
        return _ask_binding(request, errand)
    try:
        sign_in.set_second_factor(
            account, _pending(request), request.POST.get("code", ""), now=moment(request)
        )
    except sign_in.SignInRefused as error:
        return _ask_binding(request, errand, error=error, status=422)
    del request.session[_PENDING]
    request.session[FACTOR] = account.pk
    said(request, "动态口令已绑定。以后登录，输入密码后再输入手机上的 6 位数字。")
    return onward(request, errand)


def _pending(request: Any) -> str:
    secret: str = request.session.get(_PENDING) or sign_in.new_secret()
    request.session[_PENDING] = secret
    return secret


def _ask_binding(request: Any, errand: Errand, *, status: int = 200, **more: Any) -> HttpResponse:
    secret, account = _pending(request), request.account
    context: dict[str, Any] = {
        "errand": errand,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "qr": _qr(sign_in.provisioning_address(account, secret)),
        "bound": bool(account.second_factor),
        "shown_code": sign_in.current_code(secret, now=moment(request)) if demo.card() else "",
        **more,
    }
    return page(request, "desk/second_factor.html", context, bare=True, status=status)


def _qr(address: str) -> SafeString:
    import segno

    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, title="动态口令二维码", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from our own address


def code(request: Any) -> HttpResponse:
    """Ask for the six digits of the second factor."""
    errand, account = errand_of(request), request.account
    if not account.second_factor or account.must_change:
        return access.halfway(request) or redirect(errand.next)
    if request.method != "POST":
        return _ask_code(request, errand)
    again = demo.card() is not None
    try:
        sign_in.check_second_factor(account, request.POST.get("code", ""), now=moment(request), again=again)
    except sign_in.SignInRefused as error:
        return _ask_code(request, errand, error=error, status=422)
    request.session.cycle_key()
    request.session[FACTOR] = account.pk
    return onward(request, errand)


def _ask_code(request: Any, errand: Errand, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = (
        sign_in.current_code(sign_in.secret_of(request.account), now=moment(request)) if demo.card() else ""
    )
    context = {"errand": errand, "shown_code": shown, **more}
    return page(request, "desk/code.html", context, bare=True, status=status)
