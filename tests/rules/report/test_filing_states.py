"""The states of a year's filing and their terms."""

from __future__ import annotations

from datetime import date

from gongkai.rules.report.filing_states import (
    EDITABLE,
    HANDED_IN,
    STATES,
    TRANSITIONS,
    available,
    due_on,
    seal_act,
)
from gongkai.rules.roles import permitting


def test_ANN_49_unit_term() -> None:
    """县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作
    年度报告并向社会公布。
    """
    assert due_on(2021, government=False) == date(2022, 1, 31)


def test_ANN_49_government_term() -> None:
    """县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前向社会公布本级政府上一年度政府信息公开工作
    年度报告。
    """
    assert due_on(2021, government=True) == date(2022, 3, 31)


def test_every_state_can_be_reached_and_left() -> None:
    for government in (True, False):
        reached, frontier = {"open"}, ["open"]
        while frontier:
            for act in available(frontier.pop(), government=government):
                if act.target not in reached:
                    reached.add(act.target)
                    frontier.append(act.target)
        missing = set(STATES) - reached - {"corrected"}
        assert missing == ({"submitted", "returned", "accepted"} if government else set())
        assert all(available(state, government=government) for state in reached)


def test_every_act_is_somebodys_and_says_what_happens_next() -> None:
    for act in TRANSITIONS.values():
        assert permitting(act.permission) and act.what_next.endswith("。")
        assert act.sources <= set(STATES) and act.target in STATES


def test_what_is_sealed_or_published_cannot_be_edited() -> None:
    assert not EDITABLE & {"submitted", "accepted", "sealed", "published", "corrected"}
    assert "returned" not in HANDED_IN and "open" not in HANDED_IN


def test_the_governments_report_is_handed_in_to_nobody() -> None:
    assert {act.act for act in available("open", government=True)} == {"seal_government"}
    assert {act.act for act in available("open", government=False)} == {"submit"}
    assert (seal_act(government=True), seal_act(government=False)) == ("seal_government", "seal")
