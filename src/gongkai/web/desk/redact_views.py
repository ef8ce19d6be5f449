"""Redacting a paper page by page (涂黑): boxes drawn, found or typed, each with its ground; kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.casework.files import name_token, opened
from gongkai.casework.models import CaseFile
from gongkai.casework.queries import View
from gongkai.casework.redaction_boxes import Boxes, RedactionBox, in_words
from gongkai.casework.redaction_drafts import Draft, DraftChanged, draft_of, save_draft, source_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.files import FileMissing
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Account, Organ
from gongkai.foundation.personal import Unreadable
from gongkai.foundation.redaction import apart
from gongkai.foundation.redaction.model import RedactionRefused
from gongkai.rules.redaction import REDACTABLE
from gongkai.web.clock import moment, today
from gongkai.web.desk import redact_forms as forms
from gongkai.web.desk.case_views import found_or_404, head
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper being redacted, with its bytes and its draft."""

    found: View
    row: CaseFile
    content: bytes
    draft: Draft
    name: str


def paper_of(request: Any, organ: Organ, number: str, place: int) -> Paper:
    """The paper, if it may be redacted. Raises CaseworkRefused, RedactionRefused, NotAllowed."""
    found = found_or_404(request, organ, number)
    row = source_of(found.case, place, request.actor)
    try:
        content = opened(row)
    except (FileMissing, Unreadable) as missing:
        raise RedactionRefused(str(missing)) from missing
    return Paper(found, row, content, draft_of(row), found.texts.get(name_token(place), "材料"))


def cannot(request: Any, organ: Organ, number: str, error: Exception) -> HttpResponse:
    """The paper cannot be redacted: why, and the way back."""
    context = {**head(found_or_404(request, organ, number), organ), "message": str(error)}
    return page(request, "desk/redact_refused.html", context, status=422)


def redact_page(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """One page of a paper with its boxes; by POST they are kept, and words or numbers are searched."""
    try:
        paper = paper_of(request, organ, number, place)
        leaf = _number(request.POST.get("page") or request.GET.get("page"))
        if request.method == "GET":
            return _show(request, organ, paper, leaf)
        rows = forms.posted_rows(request.POST)
        if resumed(request):
            return _show(request, organ, paper, leaf, rows=rows)
        return _keep(request, organ, paper, leaf, rows)
    except (CaseworkRefused, RedactionRefused) as error:
        return cannot(request, organ, number, error)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 5 else 1


def _keep(request: Any, organ: Organ, paper: Paper, leaf: int, rows: list[forms.Row]) -> HttpResponse:
    """Keep what was drawn, then do what the button says."""
    wrong = forms.wrong_rows(rows)
    if wrong:
        return _show(request, organ, paper, leaf, rows=rows, wrong=wrong, status=422)
    boxes = forms.posted_boxes(paper.draft.boxes, rows, request.POST, leaf)
    do = request.POST.get("do", "save")
    try:
        added, told = _searched(request, paper, do)
        boxes = Boxes((*boxes.boxes, *_new(added, boxes)), boxes.also, boxes.accepted)
        save_draft(
            paper.found.case, paper.row.place, boxes, by=request.actor, now=moment(request),
            based_on=_version(request),
        )  # fmt: skip
    except DraftChanged as changed:
        return _both(request, organ, paper, leaf, changed)
    except (CaseworkRefused, RedactionRefused) as error:
        wrong = list(getattr(error, "findings", ())) or [Finding("words", str(error))]
        return _show(request, organ, paper, leaf, rows=rows, wrong=wrong, status=422)
    if do == "preview":
        return redirect("desk:case-redact-preview", organ.code, paper.found.case.number, paper.row.place)
    said(request, told or f"已存草稿，共 {len(boxes.boxes)} 处，还没有提供。")
    return _to(organ, paper, _number(do.removeprefix("go-")) if do.startswith("go-") else leaf)


def _to(organ: Organ, paper: Paper, leaf: int) -> HttpResponse:
    address = reverse("desk:case-redact", args=[organ.code, paper.found.case.number, paper.row.place])
    return redirect(f"{address}?{urlencode({'page': leaf})}")


def _version(request: Any) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _searched(request: Any, paper: Paper, do: str) -> tuple[list[RedactionBox], str]:
    """The boxes over a word, or over recognised numbers, on all pages; and what to tell of it."""
    words = request.POST.get("words", "").strip()
    if do not in ("search", "suggest"):
        return [], ""
    if do == "search" and not words:
        raise RedactionRefused("没有写要找的词；写姓名、号码或者地址，再找。")
    answer, _ = apart.run(
        "search", paper.content, words=words if do == "search" else "", today=today(request).isoformat()
    )
    ground = request.POST.get("ground-found", "")
    ground = ground if ground in REDACTABLE else ""
    sides = ("page", "left", "top", "right", "bottom")
    found = [RedactionBox(**{s: one[s] for s in sides}, ground=ground) for one in answer["boxes"]]
    what = f"“{words}”" if do == "search" else "身份证、手机、电话、银行卡号和邮箱"
    if not found:
        cure = (
            "扫描件和图片没有文字层，找不到字；在页面上画框。"
            if not paper_has_text(paper)
            else "核对写法，或者画框。"
        )
        return [], f"没有找到{what}。{cure}"
    pages = len({one.page for one in found})
    return found, f"{what}全部加了框：{len(found)} 处，在 {pages} 页。逐页核对，误加的删去。"


def paper_has_text(paper: Paper) -> bool:
    """Whether a paper may have a text layer at all."""
    return paper.row.media_type == "application/pdf"


def _new(added: list[RedactionBox], boxes: Boxes) -> list[RedactionBox]:
    """Of the boxes found, those that no box covers yet."""
    return [
        one
        for one in added
        if not any(
            box.page == one.page and box.left <= one.left and box.top <= one.top
            and box.right >= one.right and box.bottom >= one.bottom
            for box in boxes.boxes
        )
    ]  # fmt: skip


def _both(request: Any, organ: Organ, paper: Paper, leaf: int, changed: DraftChanged) -> HttpResponse:
    """Two people drew at once: the boxes of both, on the version that was saved."""
    by = changed.theirs.saved_by.partition(":")[2]
    name = Account.objects.filter(pk=int(by)).first() if by.isdigit() else None
    meanwhile = {"who": name.display_name if name else "别人", "at": changed.theirs.saved_at}
    draft = Draft(changed.both, changed.theirs.version, changed.theirs.saved_by, changed.theirs.saved_at)
    both = Paper(paper.found, paper.row, paper.content, draft, paper.name)
    return _show(request, organ, both, leaf, meanwhile=meanwhile, status=409)


def _show(
    request: Any,
    organ: Organ,
    paper: Paper,
    leaf: int,
    *,
    rows: list[forms.Row] | None = None,
    wrong: list[Finding] | tuple[Finding, ...] = (),
    meanwhile: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    boxes = paper.draft.boxes
    shown = rows if rows is not None else forms.rows_of(boxes.boxes, leaf)
    drawn = [row.box for row in shown if row.box is not None]
    seen, _ = apart.run(
        "look", paper.content, page=leaf, today=today(request).isoformat(),
        boxes=[{**box.drawn(), "page": leaf} for box in drawn],
    )  # fmt: skip
    counts = {n: sum(box.page == n for box in boxes.boxes) for n in range(1, seen["pages"] + 1)}
    counts[leaf] = len(shown)
    typed = rows is not None
    context = {
        **head(paper.found, organ),
        "paper": paper.row,
        "paper_name": paper.name,
        "leaf": leaf,
        "seen": seen,
        "scan": not seen["letters"],
        "rows": [*shown, forms.Row(len(shown) + 1, ground=last_ground(drawn, boxes))],
        "blank": len(shown) + 1,
        "counts": counts,
        "shown_counts": _near(counts, leaf),
        "total": sum(counts.values()),
        "in_words": in_words(boxes.boxes),
        "grounds": forms.GROUNDS,
        "last": last_ground(drawn, boxes),
        "also": request.POST.get("also", "") if typed else "\n".join(boxes.also),
        "words": request.POST.get("words", ""),
        "version": request.POST.get("version", "") if typed else paper.draft.version,
        "saved_at": paper.draft.saved_at,
        "findings": [(_anchor(f.column), f.message) for f in wrong],
        "meanwhile": meanwhile,
        "resumed": resumed(request),
        "issued": list(paper.row.redacted_as.order_by("-place")),
    }
    return page(request, "desk/redact.html", context, status=status)


def _near(counts: dict[int, int], leaf: int) -> list[tuple[int, int]]:
    """The pages offered as buttons: those about this one, those with boxes, the first and the last."""
    last = max(counts)
    near = {1, last, *range(leaf - 3, leaf + 4)}
    return [(n, count) for n, count in counts.items() if n in near or count or last <= 20]


def _anchor(column: str) -> str:
    return f"#{column}" if column.startswith("row-") else "#f-words" if column == "words" else "#boxes"


def last_ground(here: list[RedactionBox], boxes: Boxes) -> str:
    """The ground a new box begins with: the one used last."""
    used = [box.ground for box in (*boxes.boxes, *here) if box.ground]
    return used[-1] if used else forms.FIRST_GROUND


def page_picture(request: Any, organ: Organ, number: str, place: int, leaf: int) -> HttpResponse:
    """A page as a picture; with ``after`` in the query, as it will be issued."""
    try:
        paper = paper_of(request, organ, number, place)
        after = "after" in request.GET
        boxes = [box.drawn() for box in paper.draft.boxes.boxes if box.page == leaf] if after else []
        _, png = apart.run("preview", paper.content, page=leaf, boxes=boxes)
    except (CaseworkRefused, RedactionRefused) as error:
        return cannot(request, organ, number, error)
    answer = HttpResponse(png, content_type="image/png")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
