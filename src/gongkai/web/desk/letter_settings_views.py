"""Settings and wordings of an organ's letters (文书设置、文书模板), by those who approve its letters."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework import letter_settings, letter_templates
from gongkai.casework.letter_numbers import letter_code, next_number
from gongkai.casework.models import LetterSettings
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import organs
from gongkai.foundation.models import Account, Organ
from gongkai.rules.documents import Paragraph
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.letter_compose import PLACED, compose, default_template
from gongkai.rules.requests.letter_templates import WORDS
from gongkai.rules.requests.letters import LETTERS, TO, must_hold
from gongkai.web.clock import moment, today
from gongkai.web.desk.case_forms import FormField
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.letter_look import sheet

_HINTS: dict[str, str] = {
    "letter_code": "文号〔年〕前面的字，例如 利政公复。一个机关一年一个序列，自动接着编号",
    "used_year": "在纸上编过号的，写哪一年；没有编过的空着",
    "used_serial": "那一年已经编到第几号，这里从下一号起",
    "contact": "印在文书最下面。空着的，印机关资料里的工作机构和电话",
    "pickup_place": "当面领取文书、材料的地点和时间",
    "payment": "印在收费通知书上：到哪里缴、账户或者缴款码",
    "higher_government": "人民政府自己作出的答复，向它申请行政复议；部门、乡镇不用写",
    "leading_department": "税务、海关等实行垂直领导的机关才写；写了，就向它申请行政复议",
    "review_channel": "电子送达的答复必须写明；写了，每份答复都印上",
    "court_name": "空着的，印“有管辖权的人民法院”",
}
_LONG = frozenset({"payment"})
_MISSING = "（这里放{label}）"


def settings_page(request: Any, organ: Organ) -> HttpResponse:
    """What stands in the organ's letters beside the record."""
    if request.method == "GET" or resumed(request):
        return _settings(request, organ)
    values = {code: request.POST.get(code, "") for code in letter_settings.LABELS}
    whole: dict[str, Any] = {code: _whole(values.pop(code)) for code in ("used_year", "used_serial")}
    seen = request.POST.get("seq", "0")
    try:
        letter_settings.change_settings(
            organ, {**values, **whole}, by=request.actor, now=moment(request),
            based_on=int(seen) if seen.isdigit() and len(seen) < 19 else 0,
        )  # fmt: skip
    except CaseworkRefused as error:
        return _settings(request, organ, {f.column: f.message for f in error.findings})
    said(request, "文书设置已存，以后的文书照这样印；已经出的不变。")
    return redirect("desk:letter-settings", organ.code)


def _whole(text: str) -> Any:
    plain = text.strip()
    if not plain:
        return None
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 else plain


def _settings(request: Any, organ: Organ, wrong: dict[str, str] | None = None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    own, row = letter_settings.own_needs(organ), LetterSettings.objects.filter(organ=organ).first()
    errors = wrong or {}
    fields = [
        FormField(
            code, label, "long" if code in _LONG else "text", _HINTS[code], False,
            posted.get(code, "") if posted is not None else str(getattr(own, code) or ""),
            errors.get(code, ""), (), 500 if code in _LONG else 200,
        )
        for code, label in letter_settings.LABELS.items()
        if code != "higher_government" or organ.kind == "government"
    ]  # fmt: skip
    code = letter_code(organ)
    context = {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "fields": fields,
        "seq": row.latest_seq if row else 0,
        "findings": [(f"#f-{c}" if c else "#form", m) for c, m in errors.items()],
        **_above(request, organ, "desk:letter-settings"),
        "following": next_number(organ, code, today(request).year) if code else "",
        "shared": [label for c, label in letter_settings.LABELS.items() if c in letter_settings.SHARED],
    }
    return page(request, "desk/letter_settings.html", context, status=422 if errors else 200)


def _above(request: Any, organ: Organ, name: str) -> dict[str, str]:
    """The district's own, for those who may change it."""
    parent = organ.parent
    return (
        {"above": parent.code, "above_name": name}
        if parent and request.actor.may(letter_settings.MANAGE, parent)
        else {}
    )


def templates_page(request: Any, organ: Organ) -> HttpResponse:
    """Every letter with whose wording is in use."""
    own = letter_templates.own_active(organ)
    above = letter_templates.own_active(organ.parent) if organ.parent else {}
    lines = []
    for code, letter in LETTERS.items():
        if letter.is_form:
            continue
        row = own.get(code) or above.get(code)
        whose = "本机关" if code in own else "区政府统一" if row else "初始文字"
        lines.append((letter, TO[letter.to], whose, row))
    context = {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "lines": lines,
        **_above(request, organ, "desk:letter-templates"),
    }
    return page(request, "desk/letter_templates.html", context)


def template_page(request: Any, organ: Organ, code: str) -> HttpResponse:
    """One wording: its text, what it must hold, how it looks; saved as a version, or given up."""
    if code not in LETTERS or LETTERS[code].is_form:
        raise Http404
    if request.method == "GET" or resumed(request) or request.POST.get("preview"):
        return _template(request, organ, code)
    seen = request.POST.get("version", "")
    based_on = int(seen) if seen.isdigit() and len(seen) < 9 else None
    try:
        if request.POST.get("reset"):
            letter_templates.reset_template(
                organ, code, by=request.actor, now=moment(request), based_on=based_on
            )
            said(request, "已恢复，以后的文书用原来的文字。改过的各版都留着。")
        else:
            letter_templates.save_template(
                organ, code, request.POST.get("text", ""), by=request.actor, now=moment(request),
                based_on=based_on,
            )  # fmt: skip
            said(request, "模板已存，以后的文书照这样写；已经出的不变。")
    except CaseworkRefused as error:
        return _template(request, organ, code, [f.message for f in error.findings])
    return redirect("desk:letter-template", organ.code, code)


def _template(request: Any, organ: Organ, code: str, wrong: list[str] | None = None) -> HttpResponse:
    in_use, rows = letter_templates.in_use(organ, code), letter_templates.versions(organ, code)
    shown = request.GET.get("version", "")
    old = next((row for row in rows if str(row.version) == shown and row.text), None)
    typed = request.POST.get("text") if request.method == "POST" else None
    text = typed if typed is not None else (old.text if old else in_use.text)
    faults = [f.message for f in letter_templates.faults(code, text)]
    context = {
        "organ": organ,
        "organ_name": organs.current_name(organ),
        "letter": LETTERS[code],
        "text": text,
        "initial": default_template(code),
        "in_use": in_use,
        "own": in_use.organ is not None and in_use.organ.pk == organ.pk,
        "old": old,
        "version": rows[0].version if rows else 0,
        "versions": _told(rows),
        "elements": [(e, ELEMENTS[e].label) for e in must_hold(LETTERS[code]) if e not in PLACED],
        "words": list(WORDS.items()),
        "faults": faults,
        "findings": [("#f-text", message) for message in wrong or ()],
        "look": _sample(organ, code, text, request),
    }
    return page(request, "desk/letter_template.html", context, status=422 if wrong else 200)


def _told(rows: list[Any]) -> list[tuple[Any, str]]:
    ids = [int(row.by.partition(":")[2]) for row in rows if row.by.startswith("account:")]
    names = {one.ref: one.display_name for one in Account.objects.filter(pk__in=ids)}
    return [(row, names.get(row.by, "命令行")) for row in rows]


def _sample(organ: Organ, code: str, text: str, request: Any) -> Any:
    """The wording on a sheet, the places of the elements named: nobody's data."""
    values = {
        e: _MISSING.format(label=ELEMENTS[e].label)
        for e in must_hold(LETTERS[code])
        if e not in ("seal", "date")
    }
    name = organs.current_name(organ)
    made = compose(code, values, organ=name, dated=today(request), template=text or " ")
    return sheet(made) if any(isinstance(one, Paragraph) for one in made.blocks) or made.blocks else None
