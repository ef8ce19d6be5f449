"""What the worker does (涂黑的工作): each task takes a source's bytes and plain values, and gives plain values and bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.foundation.redaction import pictures
from gongkai.foundation.redaction.label_pictures import drawn_on
from gongkai.foundation.redaction.model import MOST_BOXES, Box, RedactionRefused
from gongkai.foundation.redaction.passages import find, split
from gongkai.foundation.redaction.proving import prove
from gongkai.foundation.redaction.recognising import recognise
from gongkai.foundation.redaction.writing import opened, redact

Answer = tuple[dict[str, Any], bytes]


def look(content: bytes, given: Mapping[str, Any]) -> Answer:
    """One page: its size, what may be read of it under its boxes, the numbers recognised on it."""
    boxes = boxes_from(given["boxes"])
    with opened(content) as source:
        sheet = source.sheet(given["page"])
        parted = split(sheet, [box for box in boxes if box.page == given["page"]])
        found = recognise(sheet, given["page"], today=date.fromisoformat(given["today"]))
        return {
            "pages": len(source),
            "width": sheet.width,
            "height": sheet.height,
            "letters": len(sheet.letters),
            "hidden": sum(not letter.seen for letter in sheet.letters),
            "unreadable": sheet.unreadable,
            "text": parted.text,
            "suggested": [asdict(one) for one in found],
        }, b""


def preview(content: bytes, given: Mapping[str, Any]) -> Answer:
    """One page as a PNG, its boxes black where there are any."""
    boxes = tuple(box for box in boxes_from(given["boxes"]) if box.page == given["page"])
    with opened(content) as source:
        image = pictures.blackened(source.picture(given["page"], pictures.PREVIEW_DPI), boxes)
        sheet = source.sheet(given["page"], shown=False)
        return {}, pictures.png(drawn_on(image, boxes, (sheet.width, sheet.height)))


def search(content: bytes, given: Mapping[str, Any]) -> Answer:
    """Every place of some words on all pages, or every number recognised where ``words`` is empty."""
    found: list[Box] = []
    with opened(content) as source:
        for number in range(1, len(source) + 1):
            sheet = source.sheet(number, shown=False)
            if given["words"]:
                found += find(sheet, number, given["words"])
            else:
                today = date.fromisoformat(given["today"])
                found += [box for one in recognise(sheet, number, today=today) for box in one.boxes]
            if len(found) > MOST_BOXES:
                raise RedactionRefused(f"找到的超过 {MOST_BOXES} 处；写长一些的词，或者把文件分成几份。")
        return {"boxes": [asdict(box) for box in found], "pages": len(source)}, b""


def issue(content: bytes, given: Mapping[str, Any]) -> Answer:
    """The issued file with its proof; without the file where the proof does not hold."""
    boxes = boxes_from(given["boxes"])
    made = redact(content, boxes)
    proof = prove(
        made.content,
        (*made.removed, *given["also"]),
        boxes=boxes,
        readable=[one.text for one in made.splits],
        accepted=given["accepted"],
        source=content,
    )
    return asdict(proof), made.content if proof.holds else b""


def boxes_from(rows: Sequence[Mapping[str, Any]]) -> list[Box]:
    """Boxes from plain values."""
    return [Box(**{**row, "marks": tuple(row.get("marks", ()))}) for row in rows]


TASKS: dict[str, Callable[[bytes, Mapping[str, Any]], Answer]] = {
    "look": look,
    "preview": preview,
    "search": search,
    "issue": issue,
}
