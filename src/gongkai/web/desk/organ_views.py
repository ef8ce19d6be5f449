"""Organs (机关): the list with their history, one organ, founding, renaming, merging, abolishing by date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.foundation import organs
from gongkai.foundation.actors import Actor
from gongkai.foundation.models import Organ, OrganName, RoleHolding
from gongkai.foundation.models.organs import OrganKind
from gongkai.foundation.organ_table import next_code
from gongkai.rules import roles
from gongkai.web.clock import moment, today
from gongkai.web.desk.admin_forms import Field, Form, Option
from gongkai.web.desk.admin_lists import Filter, book, headings, kept, words
from gongkai.web.desk.beginning import path_of
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.history import history
from gongkai.web.desk.interrupted import resumed

_COLUMNS = (("code", "代码"), ("name", "全称"), ("kind", "类别"), ("founded_on", "存续"), ("", "账号"))
_ORDERS = {"code": "code", "name": "name_now", "kind": "kind", "founded_on": "founded_on"}
_STATES = (("now", "现有"), ("ended", "已撤销或并入"))
_DETAILS = (
    Field("disclosure_office", "政府信息公开工作机构", hint="印在公开指南和年报上，例如 区教育局办公室", required=False),
    Field("address", "地址", required=False),
    Field("postcode", "邮政编码", required=False),
    Field("phone", "电话", type="tel", required=False),
    Field("fax", "传真", type="tel", required=False),
    Field("email", "电子邮箱", type="email", required=False),
    Field("website", "网址", required=False),
)  # fmt: skip


def government_of(actor: Actor) -> Organ:
    """The government of the district, for those who manage its organs."""
    government = Organ.objects.filter(kind="government", parent=None).first()
    if government is None or not actor.may("organ.manage", government):
        raise Http404
    return government


def organ_of(actor: Actor, code: str) -> Organ:
    """The organ of an address. It is not the ``<organ>`` of the guard: an operator reads no content there."""
    organ = Organ.objects.select_related("parent", "successor").filter(code=code).first()
    if organ is None or not actor.may("organ.manage", organ):
        raise Http404
    return organ


def _wanted(query: Mapping[str, str], day: date) -> QuerySet[Organ]:
    latest = OrganName.objects.filter(organ=OuterRef("pk"), until_on__isnull=True).order_by("-pk")
    rows = Organ.objects.annotate(name_now=Subquery(latest.values("name")[:1]))
    text = words(query)
    if text:
        named = OrganName.objects.filter(Q(name__icontains=text) | Q(short_name__icontains=text))
        rows = rows.filter(Q(code__icontains=text) | Q(pk__in=named.values("organ")))
    if query.get("kind") in OrganKind.values:
        rows = rows.filter(kind=query["kind"])
    if query.get("state") == "ended":
        rows = rows.filter(ended_on__lt=day)
    elif query.get("state") == "now":
        rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))
    order = query.get("sort", "")
    field = _ORDERS.get(order.lstrip("-"))
    return rows.order_by(("-" if order.startswith("-") else "") + field, "code") if field else rows


def organ_list(request: Any) -> HttpResponse:
    """The organs, or the same as xlsx."""
    government_of(request.actor)
    rows = list(_wanted(request.GET, today(request)).select_related("successor"))
    names = organs.current_names([*rows, *(row.successor for row in rows if row.successor)])
    if request.GET.get("export") == "xlsx":
        return _export(rows, names)
    former: dict[int, list[OrganName]] = {}
    for one in OrganName.objects.filter(organ__in=rows, until_on__isnull=False).order_by("until_on"):
        former.setdefault(one.organ_id, []).append(one)
    day = today(request)
    running = RoleHolding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)
    manned = set(running.filter(account__is_active=True).values_list("organ_id", flat=True))
    context = {
        "headings": headings(_COLUMNS, request.GET),
        "lines": [
            {
                "organ": row,
                "name": names[row.pk],
                "former": former.get(row.pk, []),
                "into": names.get(row.successor_id) if row.successor_id else "",
                "ended": row.ended_on is not None and row.ended_on < day,
                "manned": row.pk in manned,
            }
            for row in rows
        ],
        "filters": [
            Filter("kind", "类别", tuple(OrganKind.choices), request.GET.get("kind", "")),
            Filter("state", "状态", _STATES, request.GET.get("state", "")),
        ],
        "q": words(request.GET),
        "filtered": bool(kept(request.GET).keys() - {"sort"}),
        "query": "&".join(f"{k}={v}" for k, v in kept(request.GET).items()),
        "units": Organ.objects.filter(kind__in=organs.UNIT_KINDS).exists(),
        "manages_accounts": request.actor.holds("account.manage"),
        "beginning": path_of(request.actor),
    }
    return page(request, "desk/organs.html", context)


def _export(rows: list[Organ], names: Mapping[int, str]) -> HttpResponse:
    columns = (
        "代码", "全称", "类别", "设立日期", "最后一天", "并入", "政府信息公开工作机构", "地址", "邮政编码", "电话",
    )  # fmt: skip
    found = (
        (
            row.code, names[row.pk], row.get_kind_display(), row.founded_on, row.ended_on,
            names.get(row.successor_id or 0, ""), row.disclosure_office, row.address, row.postcode, row.phone,
        )
        for row in rows
    )  # fmt: skip
    return book("机关", columns, found)


def organ(request: Any, code: str) -> HttpResponse:
    """One organ: its names by date, who works there, what was done to it."""
    one = organ_of(request.actor, code)
    names = organs.current_names([one, *filter(None, [one.successor, one.parent])])
    day = today(request)
    held = RoleHolding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), organ=one)
    context = {
        "one": one,
        "name": names[one.pk],
        "parent": names.get(one.parent_id or 0, ""),
        "into": names.get(one.successor_id or 0, ""),
        "names": list(one.names.all()),
        "people": [
            (row.account, roles.ROLES[row.role].label, row)
            for row in held.select_related("account").order_by("role", "from_on")
        ],
        "details": [(field.label, getattr(one, field.name)) for field in _DETAILS],
        "own": one.kind in organs.OWN_KINDS,
        "manages_accounts": request.actor.holds("account.manage"),
        "history": history(f"organ:{one.code}"),
    }
    return page(request, "desk/organ.html", context)


def new(request: Any) -> HttpResponse:
    """Found one organ."""
    government = government_of(request.actor)
    posted = request.POST if request.method == "POST" else None
    form = _founding(government, posted)
    if posted is not None and not resumed(request):
        founded = _found(request, government, form)
        if founded is not None:
            said(request, f"已设立{form.text('name')}，代码 {founded.code}。接着给它的经办人开账号。")
            return redirect("desk:organ", code=founded.code)
    context = {"form": form}
    return page(request, "desk/organ_new.html", context, status=422 if form.bad else 200)


def _founding(government: Organ, posted: Mapping[str, Any] | None) -> Form:
    kinds = tuple(Option(str(k.value), str(k.label)) for k in organs.UNIT_KINDS)
    return Form(
        [
            Field("name", "全称", hint="公章上的名称，例如 示范区教育局"),
            Field("short_name", "简称", hint="列表里用，例如 区教育局；空着就用全称", required=False),
            Field("kind", "类别", "", "select", options=kinds),
            Field("code", "代码", next_code(government)[0], hint="定了就不再改；更名以后还是它"),
            Field("founded_on", "设立日期", "", "date", "早就有的，空着", required=False),
            *_DETAILS[:4],
        ],
        posted,
    )


def _found(request: Any, government: Organ, form: Form) -> Organ | None:
    form.demand("name", "kind", "code")
    founded_on = form.day("founded_on")
    if form.bad:
        return None
    contact = {name: form.text(name) for name in ("address", "postcode", "phone")}
    try:
        return organs.found(
            organs.NewOrgan(
                code=form.text("code"),
                kind=form.text("kind"),
                name=form.text("name"),
                short_name=form.text("short_name"),
                parent=government,
                founded_on=founded_on,
                position=next_code(government)[1],
                disclosure_office=form.text("disclosure_office"),
                contact=contact,
            ),
            by=request.actor,
            now=moment(request),
        )
    except organs.OrganRefused as error:
        form.wrong(error.field, str(error))
        return None


def rename(request: Any, code: str) -> HttpResponse:
    """Give the organ another name from a day on."""
    one = organ_of(request.actor, code)
    posted = request.POST if request.method == "POST" else None
    form = Form(
        [
            Field("name", "新的全称"),
            Field("short_name", "新的简称", hint="空着就用全称", required=False),
            Field("on", "从哪天起", today(request).isoformat(), "date"),
        ],
        posted,
    )
    if posted is not None and not resumed(request):
        form.demand("name", "on")
        on = form.day("on")
        try:
            if on is not None and not form.bad:
                organs.rename(
                    one, name=form.text("name"), short_name=form.text("short_name"), on=on,
                    by=request.actor, now=moment(request),
                )  # fmt: skip
                said(request, f"从 {on} 起称{form.text('name')}。以前年度的报告仍用当时的名称，代码不变。")
                return redirect("desk:organ", code=one.code)
        except organs.OrganRefused as error:
            form.wrong(error.field, str(error))
    return _act(request, one, form, "rename")


def end(request: Any, code: str) -> HttpResponse:
    """Abolish the organ, or merge it into another, by date."""
    one = organ_of(request.actor, code)
    day = today(request)
    posted = request.POST if request.method == "POST" else None
    rows = Organ.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)).exclude(pk=one.pk)
    others = list(rows.filter(parent__isnull=False))
    names = organs.current_names(others)
    options = tuple(Option(o.code, names[o.pk], o.get_kind_display()) for o in others)
    form = Form(
        [
            Field("on", "存续的最后一天", day.isoformat(), "date", "当年的报告仍算它在内，次年起不再有它"),
            Field("into", "并入哪个机关", "", "select", "没有承接的，空着，就是撤销", required=False, options=options),
        ],
        posted,
    )  # fmt: skip
    if posted is not None and not resumed(request) and _ended(request, one, form):
        return redirect("desk:organ", code=one.code)
    return _act(request, one, form, "end")


def _ended(request: Any, one: Organ, form: Form) -> bool:
    form.demand("on")
    on = form.day("on")
    into = Organ.objects.filter(code=form.text("into")).first() if form.text("into") else None
    if form.text("into") and into is None:
        form.wrong("into", "没有这个机关，从列表里选。")
    if form.bad or on is None:
        return False
    try:
        organs.end(one, on=on, into=into, by=request.actor, now=moment(request))
    except organs.OrganRefused as error:
        form.wrong(error.field, str(error))
        return False
    name = organs.current_name(one)
    what = f"并入{organs.current_name(into)}" if into is not None else "撤销"
    said(
        request,
        f"{name}存续到 {on}，之后{what}。它的记录和以前的报告都还在；在这里任职的人，登记离任或交接。",
    )
    return True


def describe(request: Any, code: str) -> HttpResponse:
    """Note where the organ is found and which office of it answers."""
    one = organ_of(request.actor, code)
    posted = request.POST if request.method == "POST" else None
    form = Form(
        [Field(f.name, f.label, getattr(one, f.name), f.type, f.hint, f.required) for f in _DETAILS], posted
    )
    if posted is not None and not resumed(request):
        details = {field.name: form.text(field.name) for field in _DETAILS if field.name in posted}
        try:
            organs.describe(one, details, by=request.actor, now=moment(request))
        except organs.OrganRefused as error:
            form.wrong(error.field, str(error))
        else:
            said(request, "联系方式已改，以后的公开指南和报告用新的。")
            return redirect("desk:organ", code=one.code)
    return _act(request, one, form, "describe")


def _act(request: Any, one: Organ, form: Form, act: str) -> HttpResponse:
    context = {"one": one, "name": organs.current_name(one), "form": form, "act": act}
    return page(request, "desk/organ_act.html", context, status=422 if form.bad else 200)
