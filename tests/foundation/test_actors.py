"""Who may do and see what: roles are held at an organ and for a term."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report.compile import compile_report
from gongkai.foundation import accounts, kinds, records
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, Actor, NotAllowed, actor_for
from gongkai.foundation.models import Organ
from tests.conftest import NOW, District, day, enter

TODAY = date(2022, 1, 10)


def somebody(role: str, organ: Organ, **term: date) -> Actor:
    account = accounts.open_account(
        username=f"{role}-{organ.code}",
        display_name="经办人",
        password="三个字节以上的密码",
        by=COMMAND_LINE,
        now=NOW,
    )
    accounts.give_role(account, role=role, organ=organ, by=COMMAND_LINE, now=NOW, **term)  # type: ignore[arg-type]
    return actor_for(account, today=TODAY)


def may_enter(actor: Actor, organ: Organ) -> bool:
    values = {"received_on": day("2021-03-01"), "class": "natural"}
    try:
        records.enter(kinds.get("requests"), organ, values, by=actor, now=NOW)
    except NotAllowed as error:
        assert "权限" in str(error)
        return False
    return True


def may_read(actor: Actor, organ: Organ) -> bool:
    enter("requests", organ, received_on=day("2021-03-02"), **{"class": "natural"})
    return records.visible(kinds.get("requests"), actor, organ).exists()


@pytest.mark.parametrize(
    ("role", "enters", "reads"),
    [
        ("operator", False, False), ("office_head", False, True), ("office_clerk", True, True),
        ("unit_head", False, True), ("disclosure_lead", True, True), ("unit_clerk", True, True),
        ("reviewer_first", False, True), ("reviewer_second", False, True), ("reviewer_final", False, True),
        ("secrecy_reviewer", False, True), ("legal_reviewer", False, True), ("supervisor", False, True),
        ("kiosk", False, False), ("linked_platform", False, False),
    ],
)  # fmt: skip
def test_what_each_role_may_at_its_own_organ(
    district: District, role: str, enters: bool, reads: bool
) -> None:
    at = district.government if role in ("operator", "supervisor", "linked_platform") else district.education
    actor = somebody(role, at)
    assert may_enter(actor, district.education) is enters
    assert may_read(actor, district.education) is reads


def test_a_units_role_ends_at_its_unit(district: District) -> None:
    clerk = somebody("unit_clerk", district.education)
    assert not may_enter(clerk, district.civil) and not may_read(clerk, district.civil)
    with pytest.raises(NotAllowed):
        compile_report(district.government, 2021, reader=clerk)
    assert compile_report(district.education, 2021, reader=clerk).tables.organ == district.education


def test_the_offices_roles_reach_the_government_and_every_unit(district: District) -> None:
    clerk = somebody("office_clerk", district.office)
    assert may_enter(clerk, district.government) and may_enter(clerk, district.town)
    assert compile_report(district.government, 2021, reader=clerk).tables.units


def test_a_role_ends_with_its_term(district: District) -> None:
    past = somebody("unit_clerk", district.education, from_on=date(2021, 1, 1), until_on=date(2022, 1, 9))
    future = somebody("disclosure_lead", district.education, from_on=date(2022, 1, 11))
    assert not may_enter(past, district.education) and not may_enter(future, district.education)


def test_the_public_sees_public_kinds_alone(district: District) -> None:
    enter("open-days", district.education, theme="开放日", held_on=day("2021-08-01"))
    assert records.visible(kinds.get("open-days"), PUBLIC, district.education).count() == 1
    assert not may_read(PUBLIC, district.education)
