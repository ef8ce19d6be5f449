"""Entry of a correction or a proposal that came on paper, or that the office makes itself (录入), and its receipt."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.casework.codes import grouped
from gongkai.casework.models import Case
from gongkai.casework.queries import case_for
from gongkai.casework.readers import organs_where
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side.filing import SideFiling, file_side, receipt_of
from gongkai.foundation import organs
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Organ
from gongkai.rules.identifiers import ID_TYPES
from gongkai.rules.receipt import CHANNELS
from gongkai.rules.side_requests.kinds import CONVERSION, CORRECTION, CRITERIA, KINDS, PROPOSED
from gongkai.rules.side_requests.life import OWN
from gongkai.web.clock import moment, today
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_forms import FormField, day_of
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.side_views import found_or_404, head

# Field → label, hint, kind, needed; by kind in the order of the form.
_PERSON = (
    ("name", "姓名或者名称", "", "text", False), ("id_type", "证件", "没有的空着", "choice", False),
    ("id_number", "证件号码", "加密保存，页面上只显示头尾", "text", False), ("phone", "电话", "", "text", False),
    ("email", "电子邮箱", "", "text", False), ("address", "通信地址", "", "text", False),
    ("agent_name", "代理人姓名", "", "text", False), ("agent_phone", "代理人电话", "", "text", False),
)  # fmt: skip
_CAME = (
    ("organ", "收到的机关", "", "choice", True), ("channel", "怎样来的", "", "choice", True),
    ("arrived_on", "哪一天到的", "", "date", True),
)  # fmt: skip
FORMS = {
    CORRECTION: (
        *_CAME,
        ("record", "哪一份记录", "照抄申请人的原话", "long", True),
        ("wrong", "现在的记载", "", "long", True),
        ("right", "要求更正为", "", "long", True),
        ("evidence", "证据", "没有的空着，登记以后告知补交；扫描件放在“材料”", "long", False),
        *_PERSON,
    ),
    CONVERSION: (
        *_CAME,
        ("information", "哪一条信息", "名称、文号，或者特征", "long", True),
        ("about_number", "申请编号", "答复过的那一件", "text", False),
        ("grounds", "理由", "", "long", False),
        *_PERSON[:1],
        *_PERSON[3:5],
    ),
}


def new(request: Any) -> HttpResponse:
    """Enter one; ``kind`` chooses the form, ``about`` the request it is made from."""
    if not request.actor.holds("record.read"):
        return refused(request, "case.handle")
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else CORRECTION
    places = organs_where(request.actor, "case.enter")
    about = case_for(request.actor, request.GET.get("about", "")) if request.GET.get("about") else None
    if request.method == "GET":
        first = {"arrived_on": today(request).isoformat(), "channel": "counter"}
        if len(places) == 1:
            first["organ"] = places[0].code
        if about is not None:
            first |= {"organ": about.organ.code, "about_number": about.number, "channel": OWN}
        return _form(request, kind, places, about, first)
    if resumed(request):
        return _form(request, kind, places, about, request.POST)
    return _enter(request, kind, places, about)


def _enter(request: Any, kind: str, places: list[Organ], about: Case | None) -> HttpResponse:
    raw = request.POST
    organ = next((one for one in places if one.code == raw.get("organ", "")), None)
    arrived = day_of(raw.get("arrived_on", ""))
    wrong = []
    if organ is None:
        wrong.append(Finding("organ", "没有选收到的机关；从列出的机关里选。"))
    if arrived is None:
        wrong.append(Finding("arrived_on", "“哪一天到的”要写日期，如 2021-10-15。"))
    if about is not None and organ is not None and about.organ_id != organ.pk:
        wrong.append(Finding("organ", "要选办理这件申请的机关。"))
    if wrong or organ is None:
        return _form(request, kind, places, about, raw, wrong, status=422)
    try:
        receipt = file_side(
            organ, _filing(kind, raw, arrived), by=request.actor, now=moment(request), channel=raw.get("channel", ""),
            about=about, key=raw.get("key", "")[:100],
        )  # fmt: skip
    except CaseworkRefused as error:
        return _form(request, kind, places, about, raw, list(error.findings), status=422)
    if receipt.repeated:
        said(request, f"这张表单已经录入为 {receipt.number}，没有再录入一件。")
        return redirect("desk:side", organ.code, receipt.number)
    said(request, f"已录入，编号 {receipt.number}。不计入表三。")
    return redirect("desk:side-receipt", organ.code, receipt.number)


def _filing(kind: str, raw: Any, arrived: date | None) -> SideFiling:
    names = [code for code, *_ in FORMS[kind] if code not in ("organ", "channel", "arrived_on")]
    words: dict[str, Any] = {name: raw.get(name, "") for name in names}
    ticked = tuple(code for code in PROPOSED if code in raw.getlist("criteria")) if kind == CONVERSION else ()
    return SideFiling(kind=kind, criteria=ticked, arrived_on=arrived, **words)


def _form(
    request: Any,
    kind: str,
    places: list[Organ],
    about: Case | None,
    raw: Any,
    wrong: Any = (),
    *,
    status: int = 200,
) -> HttpResponse:
    errors: dict[str, str] = {}
    for one in wrong:
        errors[one.column] = errors.get(one.column, "") + one.message
    names = organs.current_names(places)
    options: dict[str, list[tuple[str, str]]] = {
        "organ": [(one.code, names.get(one.pk, one.code)) for one in places],
        "channel": [(c.code, c.label) for c in CHANNELS.values() if c.code != "online"]
        + ([(OWN, "本机关提出（多个申请人申请相同信息）")] if kind == CONVERSION else []),
        "id_type": [(one.code, one.label) for one in ID_TYPES.values()],
    }
    ticked = request.POST.getlist("criteria") if request.method == "POST" else []
    shown = {code for code, *_ in FORMS[kind]}
    context = {
        "kind": KINDS[kind],
        "kinds": KINDS.values(),
        "about": about,
        "fields": [
            FormField(code, label, style, hint, needed, raw.get(code, ""), errors.get(code, ""), tuple(options.get(code, ())))
            for code, label, hint, style, needed in FORMS[kind]
        ],
        "reasons": [(c, CRITERIA[c][0], c in ticked) for c in PROPOSED] if kind == CONVERSION else [],
        "findings": [(f"#f-{f.column}" if f.column in shown else "#form", f.message) for f in wrong],
        "key": raw.get("key", "") or secrets.token_urlsafe(18),
        "resumed": resumed(request),
    }  # fmt: skip
    return page(request, "desk/side_new.html", context, status=status)


def receipt(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The receipt for the person: number, code, secret; for whoever entered it alone."""
    found = found_or_404(request, organ, number)
    if found.side.filed_by != request.actor.ref:
        raise Http404
    known = receipt_of(found.side)
    context = {
        **head(found, organ),
        "code": grouped(known.query_code),
        "secret": grouped(known.secret),
        "address": request.build_absolute_uri(reverse("portal:track")),
    }
    return page(request, "desk/side_receipt.html", context)
