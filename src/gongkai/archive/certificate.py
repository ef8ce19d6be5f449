"""The certificate of a destruction (档案销毁清册), to be signed by the two and kept for ever."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.archive.models import Destruction
from gongkai.archive.terms import CLASSES
from gongkai.casework.models import Case, Dossier
from gongkai.foundation import organs
from gongkai.foundation.clock import legal_day
from gongkai.rules.documents import Cell, Form, OfficialDocument, Paragraph, printed
from gongkai.rules.side_requests.kinds import KINDS

_HEADS = ("序号", "编号", "归档日期", "保管类别", "保管到")
_WIDTHS = (14, 58, 28, 28, 28)
_SIGNING_WIDTHS = (28, 128)


def certificate_of(listed: Destruction, names: Mapping[str, str]) -> OfficialDocument:
    """The certificate of a list that was carried out. ``names``: what to call the two, by reference."""
    assert listed.confirmed_at is not None
    items = list(listed.items.all())
    called = list(dict.fromkeys(_called(item.dossier) for item in items))
    day, proposed = legal_day(listed.confirmed_at), legal_day(listed.proposed_at)
    rows = [tuple(Cell(head, label=True) for head in _HEADS)]
    for number, item in enumerate(items, 1):
        values = (
            str(number), item.dossier.number, str(item.archived_on), CLASSES[item.class_code].label, str(item.kept_until),
        )  # fmt: skip
        rows.append(tuple(Cell(value) for value in values))
    first, second = names.get(listed.proposed_by, ""), names.get(listed.confirmed_by, "")
    signatures = (
        (
            Cell("鉴定人", label=True),
            Cell(f"{first}\n{printed(proposed)}\n{listed.reason}", height=24),
        ),
        (
            Cell("复核人", label=True),
            Cell(f"{second}\n{printed(day)}\n{listed.opinion}", height=24),
        ),
    )
    said = (
        f"下列{'、'.join(called)}案卷 {len(items)} 件，保管期限已满，经两人鉴定，"
        f"其中的文字和材料于{printed(day)}销毁。办理的日期、结果和底账保留。"
    )
    return OfficialDocument(
        code="destruction",
        title=f"{called[0] if len(called) == 1 else '政府信息公开申请等'}案卷销毁清册",
        organ=organs.current_name(listed.organ),
        dated=day,
        blocks=(Paragraph(said), Form(_WIDTHS, tuple(rows), heads=1), Form(_SIGNING_WIDTHS, signatures)),
    )


def _called(one: Dossier) -> str:
    return "政府信息公开申请" if isinstance(one, Case) else KINDS[one.kind].label
