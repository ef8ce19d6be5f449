"""What the person is told (告知书): which letter an outcome asks for, its words, what it may not lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citations import cite
from gongkai.rules.documents import OfficialDocument, Paragraph, printed
from gongkai.rules.provision import Provision
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.law import at
from gongkai.rules.requests.letter_lint import Fault

# Elements every letter holds; no remedies: articles 41 and 44 give none, and none is made up (需确认).
_ALWAYS = "addressee received request basis decision reason seal date"


@dataclass(frozen=True, slots=True)
class SideLetter:
    """One letter (告知书). ``decides``: the sentence of the decision, with its places."""

    outcome: str
    title: str
    decides: str
    elements: tuple[str, ...]
    provision: Provision


def _letter(outcome: str, title: str, decides: str, extra: str, provision: Provision) -> SideLetter:
    return SideLetter(outcome, title, decides, tuple(f"{_ALWAYS} {extra}".split()), provision)


_C, _S = at(41), at(44, 2)
LETTERS: dict[str, SideLetter] = {
    one.outcome: one
    for one in (
        _letter("corrected", "政府信息记录更正告知书", "经审核属实，予以更正，已于{carried}更正：{done}", "done", _C),
        _letter("accurate", "政府信息记录不予更正告知书", "经审核，记录准确，不予更正。", "", _C),
        _letter("not-proven", "政府信息记录不予更正告知书", "经审核，现有证据不足以证明记录不准确，不予更正。", "", _C),
        _letter(
            "transferred", "政府信息记录更正申请转送告知书",
            "该记录的更正不属于本机关职能范围，本机关已于{carried}将你（单位）的申请转送有权更正的{responsible}处理。",
            "responsible", _C,
        ),
        _letter(
            "directed", "政府信息记录更正申请告知书",
            "该记录的更正不属于本机关职能范围，请向有权更正的{responsible}提出。", "responsible", _C,
        ),
        _letter(
            "public", "政府信息纳入主动公开告知书",
            "经审核，该信息属于主动公开范围，本机关已于{carried}主动公开。获取途径：{access}", "access", _S,
        ),
        _letter("not-public", "政府信息纳入主动公开建议告知书", "经审核，该信息不纳入主动公开的范围。", "", _S),
        _letter(
            "already-public", "政府信息纳入主动公开建议告知书", "该信息已经主动公开。获取途径：{access}", "access", _S
        ),
    )
}  # fmt: skip
# Stands in a draft for what is known only when the decision was carried out.
LATER = "（办理后填入）"
# What only these letters hold, beside the elements of requests' letters.
_CURES = {"done": "缺怎样更正的。先登记“更正记录”。"}


def values_of(
    letter: SideLetter,
    said: Mapping[str, str],
    *,
    received: date,
    dated: date,
    organ: str,
    carried: date | None,
) -> dict[str, str]:
    """The elements by code. ``said``: addressee, request, reason, done, responsible, access; blank where unknown."""
    places = {"carried": printed(carried) if carried else LATER}
    for code in ("done", "responsible", "access"):
        words = said.get(code, "").strip()
        places[code] = (words if code == "responsible" else _end(words)) or LATER
    return {
        **said,
        "received": printed(received),
        "basis": cite((letter.provision,)),
        "decision": letter.decides.format(**places),
        "seal": organ,
        "date": printed(dated),
    }


def _end(words: str) -> str:
    plain = words.strip()
    return plain if not plain or plain[-1] in "。！？；" else f"{plain}。"


def compose(
    letter: SideLetter,
    values: Mapping[str, str],
    *,
    number: str,
    case_number: str,
    dated: date,
    what: str,
    contact: str = "",
) -> OfficialDocument:
    """The letter as content. ``what``: 更正申请 or 建议, as the first sentence calls it."""  # fmt: skip
    paragraphs = [
        Paragraph(f"本机关于{values['received']}收到你（单位）提出的{what}（编号：{case_number}），内容是："),
        *(Paragraph(line.strip(), "quote") for line in values["request"].splitlines() if line.strip()),
        Paragraph(f"依据{values['basis']}，现告知如下："),
        *(Paragraph(line.strip()) for line in values["decision"].splitlines() if line.strip()),
        *_reason(values["reason"]),
        Paragraph("特此告知。"),
    ]
    return OfficialDocument(
        code=f"side-{letter.outcome}",
        title=letter.title,
        organ=values["seal"],
        dated=dated,
        number=number,
        addressee=values["addressee"],
        blocks=tuple(paragraphs),
        contact=contact,
    )


def _reason(words: str) -> list[Paragraph]:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if not lines:
        return []
    first = lines[0] if lines[0].startswith("理由") else f"理由：{lines[0]}"
    return [Paragraph(_end(line)) for line in (first, *lines[1:])]


def lint(letter: SideLetter, values: Mapping[str, str]) -> tuple[Fault, ...]:
    """Every element that is missing (缺的要件) with its cure; a letter with any does not leave."""
    found = []
    for code in letter.elements:
        if not values.get(code, "").strip():
            known = ELEMENTS.get(code)
            cure = _CURES.get(code) or (f"缺{known.label}。{known.cure}。" if known else f"缺{code}。")
            found.append(Fault(code, cure))
    return tuple(found)
