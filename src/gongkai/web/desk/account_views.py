"""Accounts (账号): the list, one account, opening one, and the slips of first passwords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.foundation import accounts, organs, staffing
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account, Organ
from gongkai.foundation.sealing import seal, unseal
from gongkai.rules import roles
from gongkai.web.clock import moment, today
from gongkai.web.desk import account_forms as forms
from gongkai.web.desk.account_lists import export, listing, state, term
from gongkai.web.desk.admin_forms import Form
from gongkai.web.desk.beginning import path_of
from gongkai.web.desk.frame import page
from gongkai.web.desk.history import Line, history
from gongkai.web.desk.interrupted import resumed

_SLIPS = "paper_passwords"
# Hosts that lead to the reader's own machine: on somebody else's paper they lead nowhere.
_LOCAL = ("127.0.0.1", "localhost", "[")


def account_of(pk: int) -> Account:
    """The account of an address."""
    account = Account.objects.filter(pk=pk).first()
    if account is None:
        raise Http404
    return account


def account_list(request: Any) -> HttpResponse:
    """The accounts with what they do where, or the same as xlsx; what is missing or too much in one hand."""
    if request.GET.get("export") == "xlsx":
        return export(request.actor, request.GET, moment(request))
    alone = staffing.lonely(request.actor, today(request))
    empty = staffing.without_clerk(request.actor, today(request))
    names = organs.current_names([*empty, *(organ for one in alone for organ in one.organs)])
    context = {
        "listing": listing(request.actor, request.GET, moment(request)),
        "lonely": [
            {"who": one, "names": [names[o.pk] for o in one.organs], "law": _law(one.separation)}
            for one in alone
        ],
        "without_clerk": [{"organ": organ, "name": names[organ.pk]} for organ in empty],
        "beginning": path_of(request.actor),
    }
    return page(request, "desk/accounts.html", context)


def _law(separation: roles.Separation) -> str:
    return "、".join(provision.citation() for provision in separation.rule.provisions)


def account(request: Any, pk: int) -> HttpResponse:
    """One account: its roles, past and to come, what may be done, what was done to it."""
    one = account_of(pk)
    held = staffing.holdings(request.actor).filter(account=one)
    rows = list(held.order_by("organ__position", "organ__code", "from_on"))
    everywhere = list(Organ.objects.all())
    names = organs.current_names(everywhere)
    by_code = {organ.code: names[organ.pk] for organ in everywhere}
    terms = [term(row, names, today(request)) for row in rows]
    label, tone = state(one, moment(request))
    context = {
        "one": one,
        "state": label,
        "tone": tone,
        "self": one.ref == request.actor.ref,
        "terms": [t for t in terms if not t.past],
        "past": [t for t in terms if t.past],
        "needs_factor": roles.signs([t.holding.role for t in terms if not t.past]),
        "history": [_placed(line, by_code) for line in history(one.ref)],
    }
    return page(request, "desk/account.html", context)


def _placed(line: Line, names: Mapping[str, str]) -> Line:
    """A line of the history with the organ that a role was given at."""
    place = names.get(line.organ_code, "")
    return replace(line, detail="　".join(filter(None, (place, line.detail)))) if place else line


def new(request: Any) -> HttpResponse:
    """Open an account with its first role; for somebody who takes over, without one."""
    giver = _giver(request)
    posted = request.POST if request.method == "POST" else None
    form = forms.opening(request.GET, posted, today(request), bare=giver is not None)
    if posted is not None and not resumed(request):
        opened = _open(request, form, bare=giver is not None)
        if opened is not None:
            where = reverse("desk:account-slips")
            return redirect(f"{where}?giver={giver.pk}" if giver is not None else where)
    context = {"form": form, "giver": giver, "roles": roles.ROLES.values()}
    return page(request, "desk/account_new.html", context, status=422 if form.bad else 200)


def _giver(request: Any) -> Account | None:
    number = request.GET.get("giver", "")
    return account_of(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _open(request: Any, form: Form, *, bare: bool) -> Account | None:
    form.demand("display_name", "username")
    chosen = None if bare else forms.chosen_term(form)
    if form.bad:
        return None
    password = accounts.paper_password()
    by, now = request.actor, moment(request)
    try:
        # One act for the person who does it: an account whose role is refused is not opened either.
        with write_transaction():
            opened = accounts.open_account(
                username=form.text("username"),
                display_name=form.text("display_name"),
                password=password,
                must_change=True,
                by=by,
                now=now,
            )
            if chosen is not None:
                accounts.give_role(opened, by=by, now=now, **chosen)
    except accounts.AccountRefused as error:
        forms.refused(form, error)
        return None
    keep_slip(request, opened, password)
    return opened


def keep_slip(request: Any, one: Account, password: str) -> None:
    """Keep a first password, sealed, until the next page has shown it."""
    waiting = request.session.get(_SLIPS, {})
    request.session[_SLIPS] = {**waiting, str(one.pk): seal(password, place=f"{one.ref} paper-password")}


def slips(request: Any) -> HttpResponse:
    """The first passwords that wait to be handed over, one slip each; shown once."""
    waiting = request.session.pop(_SLIPS, {}) if request.method == "GET" else {}
    found = list(Account.objects.filter(pk__in=[int(pk) for pk in waiting]).prefetch_related("roles__organ"))
    names = organs.current_names({held.organ for one in found for held in one.roles.all()})
    context = {
        "slips": [
            {
                "account": one,
                "password": unseal(waiting[str(one.pk)], place=f"{one.ref} paper-password"),
                "duties": [term(held, names, today(request)) for held in one.roles.all()],
                "factor": roles.signs(held.role for held in one.roles.all()),
            }
            for one in found
        ],
        "address": request.build_absolute_uri(reverse("desk:sign-in")),
        "local": request.get_host().partition(":")[0] in _LOCAL,
        "district": _district(),
        "giver": _giver(request),
        "following": _following(request) if waiting else None,
        "day": today(request),
    }
    answer = page(request, "desk/account_slips.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _following(request: Any) -> tuple[str, str] | None:
    """The next unit where nobody enters records: forty accounts are opened one after the other."""
    empty = staffing.without_clerk(request.actor, today(request))
    return (empty[0].code, organs.current_name(empty[0])) if empty else None


def _district() -> str:
    government = Organ.objects.filter(kind="government", parent=None).first()
    return organs.current_name(government) if government is not None else ""
