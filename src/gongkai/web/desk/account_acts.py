"""Acts on one account (账号的办理): roles given and ended, password reset, closed and reopened, handed over."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework.handover import open_cases_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.crossings.hand_over import hand_over_everything
from gongkai.foundation import accounts, organs, staffing
from gongkai.foundation.models import Account, RoleHolding
from gongkai.rules import roles
from gongkai.web.clock import moment, today
from gongkai.web.desk import account_forms as forms
from gongkai.web.desk.account_lists import term
from gongkai.web.desk.account_views import account_of, keep_slip
from gongkai.web.desk.admin_forms import Field, Form
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed


def give(request: Any, pk: int) -> HttpResponse:
    """Give the account one more role."""
    one = account_of(pk)
    posted = request.POST if request.method == "POST" else None
    form = forms.giving(request.GET, posted, today(request))
    if posted is not None and not resumed(request):
        chosen = forms.chosen_term(form)
        try:
            if chosen is not None:
                holding = accounts.give_role(one, by=request.actor, now=moment(request), **chosen)
                said(request, _given(holding))
                return redirect("desk:account", pk=one.pk)
        except accounts.AccountRefused as error:
            forms.refused(form, error)
    context = {"one": one, "form": form, "roles": roles.ROLES.values()}
    return page(request, "desk/account_role.html", context, status=422 if form.bad else 200)


def _given(holding: RoleHolding) -> str:
    label = roles.ROLES[holding.role].label
    factor = "下次登录时要先绑定动态口令。" if roles.signs((holding.role,)) else "下次打开页面就生效。"
    name = organs.current_name(holding.organ)
    return f"已登记：{holding.account.display_name}从 {holding.from_on} 起任{name}{label}。{factor}"


def end(request: Any, pk: int, holding: int) -> HttpResponse:
    """End one role after its last day."""
    one = account_of(pk)
    held = staffing.holdings(request.actor).filter(account=one, pk=holding).first()
    if held is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = Form([Field("last_day", "离任前最后一天", today(request).isoformat(), "date")], posted)
    shown = term(held, {held.organ_id: organs.current_name(held.organ)}, today(request))
    if posted is not None and not resumed(request):
        form.demand("last_day")
        last_day = form.day("last_day")
        try:
            if last_day is not None:
                accounts.end_role(held, last_day=last_day, by=request.actor, now=moment(request))
                said(
                    request,
                    f"已登记离任：{shown.place}{shown.role}到 {last_day} 为止。以前办的事仍记在本人名下。",
                )
                return redirect("desk:account", pk=one.pk)
        except accounts.AccountRefused as error:
            forms.refused(form, error)
    context = {"one": one, "form": form, "term": shown}
    return page(request, "desk/account_end_role.html", context, status=422 if form.bad else 200)


def _confirm(request: Any, one: Account, act: str, error: str = "") -> HttpResponse:
    """Say what an act does before it is done."""
    context = {"one": one, "act": act, "error": error}
    return page(request, "desk/account_confirm.html", context, status=422 if error else 200)


def reset(request: Any, pk: int) -> HttpResponse:
    """Give a new first password on paper; unlock; unbind the second factor."""
    one = account_of(pk)
    if request.method != "POST":
        return _confirm(request, one, "reset")
    try:
        password = accounts.reset_password(one, by=request.actor, now=moment(request))
    except accounts.AccountRefused as error:
        return _confirm(request, one, "reset", str(error))
    keep_slip(request, one, password)
    return redirect("desk:account-slips")


def close(request: Any, pk: int) -> HttpResponse:
    """Close the account."""
    return _set_active(request, account_of(pk), "close", False)


def reopen(request: Any, pk: int) -> HttpResponse:
    """Open a closed account again."""
    return _set_active(request, account_of(pk), "reopen", True)


def _set_active(request: Any, one: Account, act: str, active: bool) -> HttpResponse:
    if request.method != "POST":
        return _confirm(request, one, act)
    try:
        accounts.set_active(one, active, by=request.actor, now=moment(request))
    except accounts.AccountRefused as error:
        return _confirm(request, one, act, str(error))
    done = (
        "已启用，用原来的密码登录；忘了的，再重置。" if active else "已停用，不能再登录。以前办的事都还在。"
    )
    said(request, f"{one.display_name}的账号{done}")
    return redirect("desk:account", pk=one.pk)


def hand_over(request: Any, pk: int) -> HttpResponse:
    """Hand everything to another person: chosen and previewed by address, then done in one act."""
    giver = account_of(pk)
    asked = request.POST if request.method == "POST" else request.GET if request.GET.get("taker") else None
    form = forms.handing_over(giver, asked, today(request))
    last_day = form.day("last_day")
    taker = _taker(form)
    if asked is not None:
        form.demand("taker", "last_day")
    if request.method == "POST" and taker is not None and last_day is not None and not form.bad:
        try:
            count, cases = hand_over_everything(
                giver, taker, last_day=last_day, by=request.actor, now=moment(request)
            )
        except accounts.AccountRefused as error:
            forms.refused(form, error)
        except CaseworkRefused as error:
            form.wrong("taker", str(error))
        else:
            also = f"，在办的 {cases} 件申请也由其接着办" if cases else ""
            said(
                request,
                f"已交接：{giver.display_name}的 {count} 项职责到 {last_day} 为止，次日起都由"
                f"{taker.display_name}承担{also}。{giver.display_name}的账号不再用的，过了那天再停用。",
            )
            return redirect("desk:account", pk=taker.pk)
    rows = accounts.to_hand_over(giver, last_day or today(request))
    names = organs.current_names([row.organ for row in rows])
    context = {
        "one": giver,
        "cases": len(open_cases_of(giver)),
        "form": form,
        "taker": taker if not form.bad else None,
        "last_day": last_day,
        "terms": [term(row, names, today(request)) for row in rows],
    }
    return page(request, "desk/account_hand_over.html", context, status=422 if form.bad else 200)


def _taker(form: Form) -> Account | None:
    number = form.text("taker")
    if not number:
        return None
    found = Account.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if found is None:
        form.wrong("taker", "没有这个账号，从列表里选。")
    return found
