"""Importing a file on the desk (导入): looked at before anything is written, bad rows mended on the spot."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.foundation.importing import import_table
from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Organ
from gongkai.web.clock import moment
from gongkai.web.desk import record_forms as forms
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.holding import hold
from gongkai.web.desk.import_preview import HeldGone, Sheet, preview_rows
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.record_views import base, kind_or_404

LARGEST = 100 * 1024 * 1024
_MOST_EVIDENCE = 50
# So many wrong rows stand as fields at once, and so many right ones below them to be looked over.
_WRONG_SHOWN, _RIGHT_SHOWN = 60, 40


def upload(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """Choose a file; then the preview. Nothing is written yet."""
    found = kind_or_404(kind)
    context = {**base(request, organ, found), "types": forms.EVIDENCE_TYPES}
    if request.method == "GET" or resumed(request):
        return page(request, "desk/import.html", context)
    chosen = request.FILES.get("file")
    if chosen is None:
        error = "还没有选文件。选填好的 xlsx、csv 或 json。"
        return page(request, "desk/import.html", {**context, "error": error}, status=422)
    try:
        return _preview(request, organ, found, _held(request, chosen))
    except (FileRefused, forms.UploadRefused) as refused:
        error = in_desk_words(str(refused), found)
        return page(request, "desk/import.html", {**context, "error": error}, status=422)


def in_desk_words(message: str, kind: Kind) -> str:
    """A message that names the command line's template names this page's instead."""
    told = message.replace(f"用 gongkai template {kind.code} 得到的模板填写", "用这一页的模板填写")
    return told.replace("用模板（gongkai template）填好的", "用这一页的模板填好的")


def _held(request: Any, chosen: Any) -> Sheet:
    name = forms.clean_name(chosen.name)
    if chosen.size > LARGEST:
        raise forms.UploadRefused(f"“{name}”超过 100 MB，拆成几个文件分次导入。")
    content = chosen.read()
    if not content:
        raise forms.UploadRefused(f"“{name}”是空文件，核对是不是选错了。")
    files = request.FILES.getlist("evidence")
    if len(files) > _MOST_EVIDENCE:
        raise forms.UploadRefused(f"依据文件有 {len(files)} 个，一次最多 {_MOST_EVIDENCE} 个，分次导入。")
    evidence = [held for one in files if (held := forms.hold_evidence(one)) is not None]
    return Sheet(hold(content, name), tuple(evidence))


def confirm(request: Any, organ: Organ, kind: str) -> HttpResponse:
    """Check again with what was mended, or enter every row."""
    found = kind_or_404(kind)
    try:
        sheet = Sheet.of(request.POST)
        if request.POST.get("enter") and not resumed(request):
            with sheet.table(found) as (table, folder):
                result = import_table(
                    found, table, folder, organ=organ, by=request.actor, now=moment(request)
                )
            if not result.errors:
                said(
                    request,
                    f"已导入 {result.imported} 条{found.label}，年报里的数已经跟着变。写错的一条一条更正，不用再导入。",
                )
                return redirect("desk:register", organ=organ.code, kind=found.code)
        return _preview(request, organ, found, sheet, leave_wrong=bool(request.POST.get("leave_wrong")))
    except (HeldGone, FileRefused):
        said(request, "这次导入放得太久，没有写入任何内容。重新选一次文件。")
        return redirect("desk:import", organ=organ.code, kind=found.code)


def _preview(
    request: Any, organ: Organ, kind: Kind, sheet: Sheet, *, leave_wrong: bool = False
) -> HttpResponse:
    with sheet.table(kind) as (table, folder):
        result = import_table(
            kind, table, folder, organ=organ, by=request.actor, now=moment(request), dry_run=True
        )
        rows = preview_rows(kind, table, result)
    wrong = [row for row in rows if row.wrong]
    if leave_wrong and wrong:
        return _preview(request, organ, kind, sheet.without(row.number for row in wrong), leave_wrong=True)
    right = [row for row in rows if not row.wrong]
    context = {
        **base(request, organ, kind),
        "sheet": sheet,
        "columns": [c for c in kind.import_columns if c.code != "evidence" or sheet.evidence],
        "wrong_rows": wrong[:_WRONG_SHOWN],
        "right_rows": right[:_RIGHT_SHOWN],
        "more_wrong": max(0, len(wrong) - _WRONG_SHOWN),
        "more_right": max(0, len(right) - _RIGHT_SHOWN),
        "total": len(rows),
        "wrong": len(wrong),
        "right": len(right),
        "file_errors": [in_desk_words(error.message, kind) for error in result.errors if error.row is None],
        "remarks": result.remarks,
        "ready": not result.errors and bool(rows),
    }
    status = 200 if not result.errors else 422
    return page(request, "desk/import_preview.html", context, status=status)
