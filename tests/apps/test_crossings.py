"""Acts over casework and the foundation: a late notice moves open cases, a hand-over takes them along."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.casework import filing as filing_module
from gongkai.casework.acts import act
from gongkai.casework.filing import ApplicantGiven, Filing, file_request
from gongkai.casework.models import Case
from gongkai.casework.refusals import CaseworkRefused
from gongkai.crossings.hand_over import hand_over_everything
from gongkai.crossings.notices import load_and_recount, told
from gongkai.foundation import accounts, message_settings, personal
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Account, LedgerEvent, Organ, OutboxMessage
from gongkai.foundation.verification import verify
from tests.conftest import District

# 20 working days from here reach into 2027, whose notice is not built in.
DECEMBER = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
NOTICE = {
    "year": 2027, "region": "national", "notice": "国办发明电〔2026〕1号",
    "holidays": ["2027-01-01", "2027-01-04", "2027-01-05"], "workdays": [],
}  # fmt: skip


def filed(organ: Organ, now: datetime = DECEMBER) -> Case:
    """A request confirmed on the day it is filed."""
    applicant = ApplicantGiven(
        applicant_class="natural",
        name="申请人甲",
        id_type="identity-card",
        id_number="11010519491231002X",
        email="a@example.com",
    )
    filing = Filing(applicant=applicant, description="老旧小区改造年度计划", confirmed=True)
    return file_request(organ, filing, by=COMMAND_LINE, now=now, channel="online").case


def person(name: str, organ: Organ, *roles: str) -> Account:
    account = accounts.open_account(
        username=name, display_name=name, password="tea-mountain-2231", by=COMMAND_LINE, now=DECEMBER
    )
    for role in roles:
        accounts.give_role(account, role=role, organ=organ, by=COMMAND_LINE, now=DECEMBER)
    return account


def test_a_late_notice_gives_open_cases_their_day(district: District) -> None:
    case = filed(district.education)
    assert case.due_on is None and "2027" in case.due_note
    notice, moved = load_and_recount(NOTICE, by=COMMAND_LINE, now=DECEMBER)
    case.refresh_from_db()
    # Nine working days are left in 2026 after the 21st (not counted itself), eleven more from 6 January.
    assert case.due_on is not None and case.due_on == moved[0].after and moved[0].before is None
    assert case.number in told(moved) and "待定" in told(moved)
    assert notice.year == 2027
    event = LedgerEvent.objects.get(kind="cases.recounted")
    assert json.loads(event.payload)["moved"][0]["after"] == case.due_on.isoformat()
    assert verify().breaks == ()


def test_a_notice_that_comes_while_a_filing_waits_for_its_turn_counts_for_it(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out = filing_module._made_ready

    def then_comes_a_notice(*given: Any) -> Any:
        ready = worked_out(*given)
        load_and_recount(NOTICE, by=COMMAND_LINE, now=DECEMBER)
        return ready

    monkeypatch.setattr(filing_module, "_made_ready", then_comes_a_notice)
    case = filed(district.education)
    assert case.due_on is not None and case.due_on.year == 2027
    assert verify().breaks == ()


def test_the_applicant_is_told_of_the_new_day(district: District) -> None:
    values = {"email_on": True, "smtp_host": "smtp.example.cn", "sender": "gongkai@example.cn"}
    message_settings.configure("email", values, by=COMMAND_LINE, now=DECEMBER)
    case = filed(district.education)
    before = OutboxMessage.objects.count()
    load_and_recount(NOTICE, by=COMMAND_LINE, now=DECEMBER)
    assert OutboxMessage.objects.count() == before + 1
    told_ = OutboxMessage.objects.latest("pk")
    words = personal.open_sealed(told_.body, place=told_.place("body"))
    case.refresh_from_db()
    assert case.due_on is not None and f"{case.due_on.month} 月 {case.due_on.day} 日" in words
    assert "放假安排有了新的通知" in words


def test_nothing_is_told_where_nothing_moves(district: District) -> None:
    _, moved = load_and_recount(NOTICE, by=COMMAND_LINE, now=DECEMBER)
    assert moved == [] and told(moved) == ""
    assert not LedgerEvent.objects.filter(kind="cases.recounted").exists()


def test_a_hand_over_takes_the_cases_along(district: District) -> None:
    giver = person("giver", district.education, "unit_clerk")
    taker = person("taker", district.education)
    case = filed(district.education)
    act(case, "register", {"handler": giver.ref, "applicant_class": "natural"}, by=COMMAND_LINE, now=DECEMBER)
    done = hand_over_everything(giver, taker, last_day=date(2026, 12, 21), by=COMMAND_LINE, now=DECEMBER)
    case.refresh_from_db()
    assert done == (1, 1) and case.handler == taker
    assert verify().breaks == ()


def test_nothing_is_handed_over_to_somebody_who_may_not_handle_it(district: District) -> None:
    giver = person("giver", district.education, "unit_clerk")
    act(
        filed(district.education),
        "register",
        {"handler": giver.ref, "applicant_class": "natural"},
        by=COMMAND_LINE,
        now=DECEMBER,
    )
    accounts.give_role(giver, role="unit_head", organ=district.civil, by=COMMAND_LINE, now=DECEMBER)
    for holding in giver.roles.filter(role="unit_clerk"):
        accounts.end_role(holding, last_day=date(2026, 12, 21), by=COMMAND_LINE, now=DECEMBER)
    taker = person("taker", district.civil)
    with pytest.raises(CaseworkRefused, match="先加上职责"):
        hand_over_everything(giver, taker, last_day=date(2026, 12, 25), by=COMMAND_LINE, now=DECEMBER)
    assert taker.roles.count() == 0, "one act: where the cases cannot go, the roles stay too"
