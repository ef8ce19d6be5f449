"""Before and after a redacted file is issued (涂黑后提供): how it will look, what is proven, what was proven."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework.files import name_token
from gongkai.casework.models import Redaction
from gongkai.casework.redacting import LeaksFound, issue_redacted, leak_words, passages_from, redactions_of
from gongkai.casework.redaction_boxes import Boxes, by_ground, findings
from gongkai.casework.redaction_drafts import save_draft
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Account, Organ
from gongkai.foundation.redaction import apart
from gongkai.foundation.redaction.model import KINDS, RedactionRefused
from gongkai.foundation.redaction.normal import FRAGMENT
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.redaction import article_label, short_label
from gongkai.web.clock import moment, today
from gongkai.web.desk.case_views import found_or_404, head, works_on
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed
from gongkai.web.desk.redact_views import Paper, cannot, paper_of

_LEAVES = 20
# Seconds for each page of making and proving, on a small server; told before somebody waits.
_SECONDS = 0.6


def preview_page(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """The pages as they will be issued, and the one button that makes, proves and gives them."""
    try:
        paper = paper_of(request, organ, number, place)
        if request.method == "GET" or resumed(request):
            return _show(request, organ, paper)
        return _issue(request, organ, paper)
    except (CaseworkRefused, RedactionRefused) as error:
        return cannot(request, organ, number, error)


def _issue(request: Any, organ: Organ, paper: Paper) -> HttpResponse:
    if request.POST.get("version", "") != str(paper.draft.version):
        changed = Finding("", "打开以后，框改过；下面是现在的样子，看过再提供。")
        return _show(request, organ, paper, wrong=[changed], status=409)
    boxes = _accepting(request, paper)
    try:
        row = issue_redacted(paper.found.case, paper.row.place, boxes, by=request.actor, now=moment(request))
    except LeaksFound as found:
        return _show(request, organ, paper, leaks=found.leaks, status=422)
    except CaseworkRefused as error:
        return _show(request, organ, paper, wrong=list(error.findings), status=422)
    said(request, "已经证明没有泄露，放进案卷。答复送达以后，申请人凭查询码取。")
    return redirect("desk:case-redaction", organ.code, paper.found.case.number, row.place)


def _accepting(request: Any, paper: Paper) -> Boxes:
    """The boxes with the words that the person just looked at and left; kept, so that a refusal loses none."""
    words = tuple(request.POST.getlist("accept"))
    boxes = paper.draft.boxes
    if not words or set(words) <= set(boxes.accepted):
        return boxes
    more = replace(boxes, accepted=(*boxes.accepted, *words))
    save_draft(
        paper.found.case, paper.row.place, more, by=request.actor, now=moment(request),
        based_on=paper.draft.version,
    )  # fmt: skip
    return more


def _show(
    request: Any,
    organ: Organ,
    paper: Paper,
    *,
    wrong: list[Finding] | tuple[Finding, ...] = (),
    leaks: list[dict[str, Any]] | tuple[dict[str, Any], ...] = (),
    status: int = 200,
) -> HttpResponse:
    # A refusal may have kept accepted words: the draft as it now is.
    paper = paper_of(request, organ, paper.found.case.number, paper.row.place)
    boxes = paper.draft.boxes
    seen, _ = apart.run("look", paper.content, page=1, today=today(request).isoformat(), boxes=[])
    start = _start(request.GET.get("from", ""), seen["pages"])
    missing = findings(boxes.boxes)
    context = {
        **head(paper.found, organ),
        "paper": paper.row,
        "paper_name": paper.name,
        "version": paper.draft.version,
        "grounds": _grounds(boxes),
        "total": len(boxes.boxes),
        "leaves": [
            (n, sum(box.page == n for box in boxes.boxes))
            for n in range(start, min(start + _LEAVES, seen["pages"] + 1))
        ],
        "before": start - _LEAVES if start > 1 else 0,
        "after": start + _LEAVES if start + _LEAVES <= seen["pages"] else 0,
        "pages": seen["pages"],
        "seconds": max(round(seen["pages"] * _SECONDS), 2),
        "kinds": KINDS.values(),
        "missing": missing,
        "scan": not seen["letters"],
        "accepted": boxes.accepted,
        "findings": [("#issue", f.message) for f in wrong],
        "leaks": [(leak, leak_words(leak)) for leak in leaks],
        "acceptable": list(dict.fromkeys(x["words"] for x in leaks if x["kind"] in ("text", "content"))),
    }
    return page(request, "desk/redact_preview.html", context, status=status)


def _start(text: str, pages: int) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    return min(max(wanted, 1), pages)


def _grounds(boxes: Boxes) -> list[tuple[str, str, int]]:
    return [
        (GROUNDS[code].label, article_label(code), count)
        for code, count in by_ground(boxes.boxes).items()
        if code in GROUNDS
    ]


def redaction_page(request: Any, organ: Organ, number: str, serial: int) -> HttpResponse:
    """What was issued, what was searched in it and where, and the passages for the decision."""
    found = found_or_404(request, organ, number)
    row = next((one for one in redactions_of(request.actor, found.case) if one.place == serial), None)
    if row is None:
        raise Http404
    handles = works_on(request, organ)
    context = {
        **head(found, organ),
        "row": row,
        "handles": handles,
        "source_name": found.texts.get(name_token(row.source.place), "材料") if handles else "",
        "issued_name": found.texts.get(name_token(row.issued.place), "材料") if handles else "",
        "who": _who(row),
        "proof": json.loads(row.proof),
        "places": _places(row),
        "grounds": [
            (GROUNDS[code].label, article_label(code), count)
            for code, count in json.loads(row.grounds).items()
        ],
        "fragment": FRAGMENT,
        "passages": [(one.place, short_label(one.ground)) for one in passages_from(row)] if handles else [],
        "replaced": any(
            one.source_id == row.source_id and one.place > row.place
            for one in redactions_of(request.actor, found.case)
        ),
    }
    return page(request, "desk/redaction.html", context)


def _who(row: Redaction) -> str:
    number = row.issued_by.partition(":")[2]
    account = Account.objects.filter(pk=int(number)).first() if number.isdigit() else None
    return account.display_name if account else "系统"


_COUNTED = {
    "text": "页",
    "content": "页",
    "pixels": "个框",
    "source": "份原文件",
    "metadata": "份",
    "revision": "份",
}


def _places(row: Redaction) -> list[tuple[str, str]]:
    """Where was searched, with how much of it."""
    counted = json.loads(row.proof)["places"]
    return [
        (label, f"{counted[code]} {_COUNTED.get(code, '个对象')}")
        for code, label in KINDS.items()
        if code in counted
    ]
