"""Corrections and proposals of the demonstration (更正申请、转主动公开建议): running ones and one told, by any day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.casework.models import Case, SideRequest
from gongkai.casework.readers import applicant_of
from gongkai.casework.side import acts
from gongkai.casework.side.filing import SideFiling, file_side
from gongkai.demonstration.units import OFFICE, unit
from gongkai.foundation.actors import PUBLIC, Actor
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import Organ
from gongkai.rules.side_requests.kinds import CONVERSION, CORRECTION

_CARD = "110101199001010015"
_APPROVES = frozenset({"approve", "return"})
Actors = Callable[[str, date], Actor]


def live_all(places: Mapping[str, Organ], actors: Actors, today: date) -> None:
    """File them and carry them on, each act on its day, by those whose it is."""

    def back(days: int) -> date:
        return today - timedelta(days=days)

    land = places[unit("自然资源局").code]
    _carry(
        _filed(land, _correction("宅基地登记表", "面积写作 183 平方米", "面积应为 138 平方米"), back(2)),
        actors,
        (),
    )
    checked = _filed(
        land, _correction("土地承包经营权登记簿", "承包方姓名有一字写错", "按户口簿改正"), back(7)
    )
    _carry(checked, actors, (
        ("confirm", back(6), {"confirmed_how": "电话确认，尾号 0000，本人接听"}),
        ("register", back(6), {}),
        ("verify", back(3), {"where": "登记簿、发证档案", "found": "登记簿与户口簿、档案不一致。", "result": "inaccurate"}),
        ("decide", back(2), {"outcome": "corrected", "reason": "档案和户口簿都能证明登记簿写错一字。"}),
    ))  # fmt: skip
    answered = (
        Case.objects.filter(organ=places[OFFICE], state="archived", year=2021).order_by("serial").first()
    )
    if answered is not None:
        proposed = _filed(
            places[OFFICE], _proposal("老旧小区改造 2021 年度计划和资金安排", answered.number), back(9),
            by=applicant_of(answered), channel="tracked", about=answered,
        )  # fmt: skip
        _carry(proposed, actors, (
            ("register", back(9), {}),
            ("assess", back(6), {
                "found": "涉及多个小区住户，已经申请人取得，没有第三方和内部事务信息。", "result": "public",
                "criteria": ("interest", "known"), "clear": True,
            }),
            ("decide", back(6), {"outcome": "public", "reason": "涉及公众利益调整，需要公众广泛知晓。"}),
            ("approve", back(5), {}),
            ("publish", back(4), {"title": "老旧小区改造 2021 年度计划和资金安排", "access": "区政府网站“政府信息公开”栏目"}),
            ("tell", back(4), {"method": "online"}),
        ))  # fmt: skip
    _carry(
        _filed(places[OFFICE], _proposal("学区划分的会议纪要", ""), back(3)),
        actors,
        (("register", back(3), {}),),
    )


def _correction(record: str, wrong: str, right: str) -> SideFiling:
    return SideFiling(
        kind=CORRECTION, name="申请人甲", id_type="identity-card", id_number=_CARD, phone="13800000000",
        record=record, wrong=wrong, right=right, evidence="户口簿和原证复印件，能证明原登记与实际不符",
    )  # fmt: skip


def _proposal(information: str, number: str) -> SideFiling:
    return SideFiling(
        kind=CONVERSION,
        information=information,
        about_number=number,
        criteria=("interest",),
        grounds="住户都想知道。",
    )


def _filed(organ: Organ, filing: SideFiling, on: date, **given: Any) -> SideRequest:
    return file_side(organ, filing, **{"by": PUBLIC, "now": _at(on, 9), **given}).side


def _carry(side: SideRequest, actors: Actors, steps: tuple[tuple[str, date, dict[str, Any]], ...]) -> None:
    for act, on, given in steps:
        person = actors("office-head" if act in _APPROVES else "office-clerk", on)
        filled = {"handler": person.ref} if act == "register" else given
        side = acts.act(side, act, filled, by=person, now=_at(on, 15), on=on)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)
