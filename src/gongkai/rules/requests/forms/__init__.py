"""The forms and lists among the letters (表格式文书): which boxes each has, filled in or left for a hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gongkai.rules.documents import Block
from gongkai.rules.requests.forms import application, handling, lists, service
from gongkai.rules.requests.forms.boxes import Filled, FormRefused, row_words

__all__ = ["COLUMNS", "DETAILS", "ROOM", "Filled", "FormRefused", "form_blocks", "listed"]

_DRAWN: dict[str, Callable[[Filled], tuple[Block, ...]]] = {
    "application": application.application,
    "registration": handling.registration,
    "consult-confirmation": service.confirmation,
    "search-record": handling.search_record,
    "approval": handling.approval,
    "service-proof": service.service_proof,
    "transfer-list": lists.transfer_list,
    "archive-index": lists.archive_index,
}
# The lines a form takes (``rows``), by the headings of their columns; the last ones may be left out.
COLUMNS: dict[str, tuple[str, ...]] = {
    "search-record": handling.SEARCH_COLUMNS,
    "approval": handling.STEP_COLUMNS,
    "transfer-list": lists.TRANSFER_COLUMNS,
    "archive-index": lists.INDEX_COLUMNS,
}
# What else a form has boxes for (``details``), code to label.
DETAILS: dict[str, dict[str, str]] = {
    "application": application.DETAILS,
    "registration": handling.REGISTRATION_DETAILS,
    "consult-confirmation": service.CONFIRMATION_DETAILS,
    "search-record": handling.SEARCH_DETAILS,
    "approval": handling.APPROVAL_DETAILS,
    "service-proof": service.PROOF_DETAILS,
    "transfer-list": {},
    "archive-index": lists.INDEX_DETAILS,
}
# Elements that may be left to somebody's hand, with the words that stand at the room for it.
ROOM: dict[str, str] = {
    "form_wanted": application.FORM_WANTED,
    "opinion": service.OPINION,
    "signatures": handling.SIGNING,
    "signed_for": service.SIGNED_FOR,
}


def form_blocks(code: str, filled: Filled) -> tuple[Block, ...]:
    """The form with what is known in its boxes. Raises KeyError, or FormRefused for what it has no box for."""
    unknown = [name for name in filled.details if name not in DETAILS[code]]
    if unknown:
        known = "、".join(f"{name}（{label}）" for name, label in DETAILS[code].items()) or "没有"
        raise FormRefused(f"表格里没有“{'、'.join(unknown)}”这一栏，可以填的有：{known}。")
    columns = COLUMNS.get(code, ())
    for row in filled.rows:
        if len(row) > len(columns):
            heads = "、".join(columns) or "这张表不列明细"
            raise FormRefused(f"一行有 {len(row)} 栏，多于表格的栏目：{heads}。")
    return _DRAWN[code](filled)


def listed(code: str, rows: Sequence[Sequence[str]]) -> str:
    """The words of ``rows`` as the form prints them: the value of the element that they are (目录、检索情况、意见)."""
    drawn = {
        "search-record": handling.search_rows,
        "approval": handling.step_rows,
        "transfer-list": lists.transfer_rows,
        "archive-index": lists.index_rows,
    }[code]
    return row_words(drawn(tuple(map(tuple, rows))))
