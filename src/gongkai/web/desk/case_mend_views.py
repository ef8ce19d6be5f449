"""Mending a case beside its course (改派、更正登记、撤销登记): who handles it, whose it is, an entry made by mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.casework.applicants import masked
from gongkai.casework.correcting import correct_applicant, void_case
from gongkai.casework.forwarding import handed_on
from gongkai.casework.handover import hand_over_cases
from gongkai.casework.queries import View
from gongkai.casework.readers import account_by_ref
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation.models import Organ
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.identifiers import ID_TYPES
from gongkai.web.clock import moment, today
from gongkai.web.desk.case_forms import FormField, handlers
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed

_WORDS: dict[str, tuple[str, str, str]] = {
    "name": ("姓名或者名称", "text", "applicant.name"),
    "id_number": ("证件号码", "text", "applicant.id_number"),
    "phone": ("联系电话", "text", "applicant.phone"),
    "email": ("电子邮箱", "text", "applicant.email"),
    "address": ("通信地址", "text", "applicant.address"),
    "representative": ("法定代表人或者联系人", "text", "applicant.representative"),
}


def handler_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Give one case to another clerk (改派)."""
    found = found_or_404(request, organ, number)
    able = [one for one in handlers(found.case, today(request)) if one[0] != _ref(found)]

    def do() -> str:
        taker = account_by_ref(request.POST.get("handler", ""))
        if taker is None:
            raise refused("handler", "没有选接手的人；从本单位承担办理的人里选。")
        if not request.POST.get("reason", "").strip():
            raise refused("reason", "没有写原因，例如“经办人休假”；写给接手的人看。")
        hand_over_cases(
            None, taker, by=request.actor, now=moment(request), cases=[found.case],
            reason=request.POST["reason"],
        )  # fmt: skip
        return f"{number} 已改由{taker.display_name}经办，出现在他的“我的”里。期限不变。"

    fields = [
        _field(request, "handler", "由谁接手", "choice", "本单位承担办理的人", options=tuple(able)),
        _field(request, "reason", "原因", "text", "例如 经办人休假；写进经过"),
    ]
    words = ("改派经办人", "改派", "期限、办到哪一步都不变，只换经办的人。接手的人在“今日”和“我的”里看到。")
    return _page(request, organ, found, words, fields, do)


def _ref(found: View) -> str:
    return found.case.handler.ref if found.case.handler is not None else ""


def correct_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Mend what was entered of the applicant (更正申请人信息)."""
    found = found_or_404(request, organ, number)
    known = {one.token: one.shown for one in masked(found.case, found.texts)}

    def do() -> str:
        changes = {code: request.POST[code] for code in _WORDS if request.POST.get(code, "").strip()}
        changes |= {code: "" for code in request.POST.getlist("remove") if code in _WORDS}
        for code in ("applicant_class", "id_type"):
            if request.POST.get(code):
                changes[code] = request.POST[code]
        reason = request.POST.get("reason", "")
        correct_applicant(found.case, changes, reason=reason, by=request.actor, now=moment(request))
        return f"{number} 的申请人信息已更正，原来的加密留在底账里；年报按更正后的类别计。"

    classes = tuple((c.code, c.printed.replace("/", "：")) for c in APPLICANT_CLASSES.values())
    documents = tuple((c.code, c.label) for c in ID_TYPES.values())
    fields = [
        _field(request, "applicant_class", "申请人类别", "choice", "不改的空着", False, classes),
        _field(request, "id_type", "证件", "choice", "不改的空着", False, documents),
        *(
            _field(
                request, code, label, kind, f"现在是 {known[token]}" if token in known else "现在没有", False
            )
            for code, (label, kind, token) in _WORDS.items()
        ),
        _field(request, "reason", "更正的原因", "text", "例如 类别选错；号码录错一位"),
    ]
    removable = [
        (code, label) for code, (label, _, token) in _WORDS.items() if token in known and code != "name"
    ]
    ticked = request.POST.getlist("remove") if request.method == "POST" else []
    words = ("更正申请人信息", "更正", "只填要改的，空着的不动。改了什么记入底账，原来的加密留存。")
    return _page(request, organ, found, words, fields, do, removable=removable, ticked=ticked)


def void_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Strike out an entry made by mistake (撤销登记)."""
    found = found_or_404(request, organ, number)
    came = any(row.entered == found.case for row in handed_on(found.case))

    def do() -> str:
        reason = request.POST.get("reason", "")
        void_case(found.case, reason=reason, by=request.actor, now=moment(request))
        back = "转来的那一件又在待办里等着登记。" if came else ""
        return f"{number} 已撤销登记：不再办理，不计入年报，编号不再使用。{back}"

    fields = [_field(request, "reason", "撤销登记的原因", "text", "例如 与另一件重复登记；登记到了别的单位")]
    words = (
        "撤销登记",
        "撤销登记",
        "只用于登记时弄错的：重复登记，或者登记到别的单位。撤销以后不能恢复，编号留空；申请人自己提交的不能撤销。"
        + ("这件由别的机关转来，撤销以后，转来的那一件回到待办，等着再登记或者办结。" if came else ""),
    )
    return _page(request, organ, found, words, fields, do, danger=True)


def _field(
    request: Any,
    code: str,
    label: str,
    kind: str,
    hint: str,
    required: bool = True,
    options: tuple[tuple[str, str], ...] = (),
) -> FormField:
    return FormField(code, label, kind, hint, required, request.POST.get(code, ""), "", options)


def _page(
    request: Any,
    organ: Organ,
    found: View,
    words: tuple[str, str, str],
    fields: list[FormField],
    do: Callable[[], str],
    **more: Any,
) -> HttpResponse:
    """The form, or the act and back to the case; what was typed stays after a mistake."""
    title, button, what = words
    context: dict[str, Any] = {
        **head(found, organ),
        "heading": title,
        "button": button,
        "what": what,
        "fields": fields,
        **more,
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/case_mend.html", context)
    try:
        done = do()
    except CaseworkRefused as error:
        named = {
            f.column.rpartition(".")[2].replace("class", "applicant_class"): f.message for f in error.findings
        }
        codes = {one.code for one in fields}
        context["fields"] = [replace(one, error=named.get(one.code, "")) for one in fields]
        context["findings"] = [
            (f"#f-{c}" if c in codes else "#form", message) for c, message in named.items()
        ]
        return page(request, "desk/case_mend.html", context, status=422)
    said(request, done)
    return redirect("desk:case", organ.code, found.case.number)
