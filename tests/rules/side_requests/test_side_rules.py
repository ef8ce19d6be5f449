"""Corrections and proposals by the law: what each rule holds, told on the tables and the lives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.rules.calendar import announced
from gongkai.rules.receipt import ReceiptRefused
from gongkai.rules.requests.retention import CLASSES
from gongkai.rules.requests.similar import Known, alike
from gongkai.rules.side_requests.clock import DEFAULT, OWN_TERM, SideTerms, answer_clock, publish_by
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.fields import FIELDS
from gongkai.rules.side_requests.kinds import KINDS, OUTCOMES, counted_cells
from gongkai.rules.side_requests.letters import LETTERS, compose, lint, values_of
from gongkai.rules.side_requests.life import TRACKED, begin, received_on, state
from gongkai.rules.side_requests.perform import CHANGES, perform
from gongkai.rules.side_requests.retention import RETENTION, SIDE_CLASSES, retention_classes
from gongkai.rules.side_requests.similar import asked_by_others
from gongkai.rules.side_requests.states import ACTS, STATES, SideRefused, available
from gongkai.rules.side_requests.steps import next_step

DAY = date(2021, 7, 1)
CALENDAR = announced(None)
VERIFIED = {"where": "户籍档案", "found": "原表写错一个字", "result": "inaccurate"}
ASSESSED = {"found": "涉及公众利益", "result": "public", "criteria": ("interest",), "clear": True}


def on(life: SideLife, act: str, day: date = DAY, **given: Any) -> SideLife:
    return perform(life, act, on=day, today=date(2021, 12, 31), given=given)


def correction(day: date = DAY) -> SideLife:
    return on(begin("correction", "counter", day), "register", day, handler="account:1")


def conversion() -> SideLife:
    return on(begin("conversion", "online", DAY), "register", handler="account:1")


def decided(outcome: str, **given: Any) -> SideLife:
    """A life in which that outcome is drafted."""
    kind = OUTCOMES[outcome].kind
    life = correction() if kind == "correction" else conversion()
    result = OUTCOMES[outcome].result
    if result:
        check = ("verify", VERIFIED) if kind == "correction" else ("assess", ASSESSED)
        life = on(life, check[0], **{**check[1], "result": result})
    return on(life, "decide", outcome=outcome, reason="核对过。", **given)


NAMES = {
    "transferred": {"organ": "示范区公安局"},
    "directed": {"organ": "示范区公安局"},
    "already-public": {"access": "网站"},
}


def carried(outcome: str) -> SideLife:
    """The same, approved and carried out."""
    life = on(decided(outcome, **NAMES.get(outcome, {})), "approve")
    done: dict[str, tuple[str, dict[str, str]]] = {
        "correcting": ("correct_record", {"done": "“王”改为“汪”"}),
        "transferring": ("transfer", {"proof": "函件 1 号"}),
        "publishing": ("publish", {"title": "资金分配表", "access": "https://example.cn/1"}),
    }
    return on(life, done[state(life)][0], **done[state(life)][1]) if state(life) in done else life


def test_REQ_41_correction() -> None:
    """有权更正的行政机关审核属实的，应当予以更正并告知申请人."""
    life = carried("corrected")
    assert life.decision is not None and life.decision.done and state(life) == "telling"
    life = on(life, "tell", method="online")
    assert state(life) == "told" and state(on(life, "archive")) == "archived"
    # Not this organ's: transferred and told, or told where to go.
    assert state(on(decided("transferred", organ="示范区公安局"), "approve")) == "transferring"
    assert state(on(decided("directed", organ="示范区公安局"), "approve")) == "telling"
    with pytest.raises(SideRefused, match="有权更正的行政机关的名称"):
        decided("transferred")


def test_REQ_41_verified() -> None:
    """Corrected only where checking found it inaccurate; not corrected only where it found the contrary."""
    with pytest.raises(SideRefused, match="还没有登记核实"):
        on(correction(), "decide", outcome="corrected", reason="x")
    for result, right in (("inaccurate", "corrected"), ("accurate", "accurate"), ("unclear", "not-proven")):
        life = on(correction(), "verify", **{**VERIFIED, "result": result})
        for outcome in ("corrected", "accurate", "not-proven"):
            if outcome == right:
                assert state(on(life, "decide", outcome=outcome, reason="x")) == "in_review"
            else:
                with pytest.raises(SideRefused, match="结论"):
                    on(life, "decide", outcome=outcome, reason="x")


def test_REQ_41_evidence() -> None:
    """Nothing is sent back for want of evidence: it is asked for, then one goes on with what there is."""
    life = on(correction(), "ask_evidence", matters="户口簿", term_on=date(2021, 7, 15))
    assert state(life) == "awaiting_evidence"
    with pytest.raises(SideRefused, match="还没有过"):
        on(life, "go_on", date(2021, 7, 15), why="没有交")
    gone = on(life, "go_on", date(2021, 7, 16), why="没有交")
    assert state(gone) == "verifying" and gone.notice is not None and gone.notice.received_on is None
    got = on(life, "receive_evidence", date(2021, 7, 9), evidence="户口簿复印件")
    assert state(got) == "verifying"
    for wrong in (DAY, date(2031, 7, 1)):
        with pytest.raises(SideRefused, match="最后一日"):
            on(correction(), "ask_evidence", matters="户口簿", term_on=wrong)


def test_REQ_41_term() -> None:
    """Twenty working days of the office's own, from receipt, anew from the evidence; it says it is its own."""
    clock = answer_clock(correction(), CALENDAR, DAY)
    assert (clock.due, clock.note) == (date(2021, 7, 29), OWN_TERM)
    asked = on(correction(), "ask_evidence", matters="户口簿", term_on=date(2021, 7, 15))
    waiting = answer_clock(asked, CALENDAR, DAY)
    assert waiting.due is None and waiting.waits
    got = on(asked, "receive_evidence", date(2021, 7, 9), evidence="复印件")
    assert answer_clock(got, CALENDAR, DAY).due == CALENDAR.add_working_days(date(2021, 7, 9), 20)
    assert answer_clock(correction(), CALENDAR, DAY, SideTerms(correction=5)).due == date(2021, 7, 8)
    assert answer_clock(correction(), CALENDAR, date(2021, 7, 30)).overdue
    told = on(carried("corrected"), "tell", method="post")
    assert not answer_clock(told, CALENDAR, date(2022, 7, 30)).overdue
    online = begin("correction", "online", DAY)
    assert received_on(online) is None and answer_clock(online, CALENDAR, DAY).due is None
    assert received_on(on(online, "confirm", confirmed_how="电话")) == DAY
    unknown = answer_clock(begin("correction", "counter", date(2035, 7, 1)), CALENDAR, DAY)
    assert unknown.due is None and "2035" in unknown.note


def test_REQ_44_suggestion() -> None:
    """经审核认为属于主动公开范围的，应当及时主动公开."""
    life = carried("public")
    assert life.decision is not None and life.decision.access.startswith("https")
    # Received the day it came: no right hangs on its confirmation.
    assert received_on(begin("conversion", TRACKED, DAY)) == DAY
    with pytest.raises(SideRefused, match="至少一项"):
        on(conversion(), "assess", **{**ASSESSED, "criteria": ()})
    with pytest.raises(SideRefused, match="不予公开的情形"):
        on(conversion(), "assess", **{**ASSESSED, "clear": False})
    assert state(decided("not-public")) == "in_review"
    with pytest.raises(SideRefused, match="在哪里看"):
        decided("already-public")
    for channel in (TRACKED, "own", "pigeon"):
        with pytest.raises(ReceiptRefused):
            begin("correction", channel, DAY)
    with pytest.raises(ReceiptRefused):
        begin("complaint", "online", DAY)


def test_REQ_44_same() -> None:
    """多个申请人就相同政府信息提出申请: other applicants' alone make several."""
    text = "2020 年农村危房改造补助资金的分配表"
    known = [Known("a", "one", DAY, text, True), Known("b", "two", DAY, text, True)]
    assert [one.ref for one in asked_by_others(alike(text, "one", known))] == ["b"]


def test_REQ_44_promptly() -> None:
    """及时: five working days of the office's own after it was agreed; the step says so."""
    life = on(decided("public"), "approve")
    assert publish_by(life, CALENDAR) == (date(2021, 7, 8), "")
    assert publish_by(decided("public"), CALENDAR) == (None, "")
    step = next_step(life, date(2021, 7, 9), CALENDAR)
    assert step is not None and step.act == "publish" and step.overdue
    assert (DEFAULT.conversion, DEFAULT.publication) == (20, 5)


def test_CNT_not_requests() -> None:
    """更正申请、转主动公开建议不计入表三."""
    assert all(counted_cells(kind) == () for kind in KINDS)
    with pytest.raises(KeyError):
        counted_cells("requests")


@pytest.mark.parametrize("outcome", list(OUTCOMES))
def test_every_outcome_has_its_letter_and_says_what_it_lacks(outcome: str) -> None:
    life, letter = carried(outcome), LETTERS[outcome]
    decision = life.decision
    assert decision is not None
    said = {
        "addressee": "申请人甲", "request": "记录：户籍\n要求更正为：汪", "reason": decision.reason, "done": decision.done,
        "responsible": decision.organ, "access": decision.access,
    }  # fmt: skip
    values = values_of(
        letter, said, received=DAY, dated=DAY, organ="示范区教育局", carried=decision.carried_on
    )
    assert lint(letter, values) == ()
    text = compose(
        letter, values, number="示教公复〔2021〕1号", case_number="x", dated=DAY, what="更正申请"
    ).text
    assert "条例》第四十" in text and "特此告知" in text and "{" not in text
    # No remedy stands where the law gives none.
    assert "行政复议" not in text and "诉讼" not in text
    for code in letter.elements:
        if code != "decision":
            assert [f.element for f in lint(letter, {**values, code: ""})] == [code]


def test_the_table_holds_together() -> None:
    assert set(CHANGES) == set(ACTS)
    for act in ACTS.values():
        assert set(act.needs) | set(act.also) <= set(FIELDS)
        assert set(act.sources) | set(act.targets) <= set(STATES)
        assert act.what_next and act.provisions
    for kind in KINDS:
        for code, one in STATES.items():
            assert (
                code == "archived"
                or not one.open
                or any(kind in a.kinds for a in ACTS.values() if code in a.sources)
            )
    assert "verify" not in {a.id for a in available("conversion", "assessing")}


@pytest.mark.parametrize("outcome", list(OUTCOMES))
def test_there_is_a_next_step_until_the_end(outcome: str) -> None:
    life = begin(OUTCOMES[outcome].kind, "counter", DAY)
    for _ in range(12):
        step = next_step(life, DAY, CALENDAR)
        if step is None:
            break
        assert step.act in {a.id for a in available(life.kind, state(life))}
        given: dict[str, Any] = {
            "register": {"handler": "account:1"},
            "verify": {**VERIFIED, "result": OUTCOMES[outcome].result or "accurate"},
            "assess": {**ASSESSED, "result": OUTCOMES[outcome].result},
            "decide": {"outcome": outcome, "reason": "核对过。", **NAMES.get(outcome, {})},
            "correct_record": {"done": "改了"},
            "transfer": {"proof": "函"},
            "publish": {"title": "表", "access": "网站"},
            "tell": {"method": "online"},
        }.get(step.act, {})
        life = on(life, step.act, **given)
    assert state(life) == "archived"


def test_days_and_what_is_missing() -> None:
    with pytest.raises(SideRefused, match="还没有到"):
        perform(correction(), "verify", on=date(2022, 1, 5), today=DAY, given=VERIFIED)
    with pytest.raises(SideRefused, match="早于前一步"):
        on(correction(), "verify", date(2021, 6, 30), **VERIFIED)
    with pytest.raises(SideRefused) as refusal:
        on(correction(), "verify", where="档案")
    assert refusal.value.missing == ("found", "result")
    with pytest.raises(SideRefused, match="现在可以") as refusal:
        on(correction(), "tell", method="online")
    assert "verify" in refusal.value.instead
    returned = on(decided("corrected"), "return", opinion="再核对户口簿")
    assert state(returned) == "verifying" and returned.decision is None
    assert state(on(decided("not-public"), "withdraw")) == "withdrawn"


def test_ARC_14_side_retention() -> None:
    """Each kind has its own class; what was disputed falls into the longer class of requests too."""
    assert {kind: [c.years for c in retention_classes(kind)] for kind in KINDS} == {
        "correction": [30], "conversion": [10],
    }  # fmt: skip
    assert max(c.years for c in retention_classes("conversion", disputed=True)) == 30
    assert not set(SIDE_CLASSES) & set(CLASSES), "one list of terms holds both"
    assert not RETENTION.confirmed and "需确认" in RETENTION.note
    with pytest.raises(KeyError):
        retention_classes("complaint")
