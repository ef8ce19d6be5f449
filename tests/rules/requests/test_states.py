"""The state table: whole, closed, everyone's way out, and refusals that say what may be done instead."""

from __future__ import annotations

import re

import pytest

from gongkai.rules.requests.act import EFFECTS, ClockEffect
from gongkai.rules.requests.diagram import DRAWN, PLACES, svg
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.letters import LETTERS
from gongkai.rules.requests.perform import CHANGES, offers, perform
from gongkai.rules.requests.reference import pages
from gongkai.rules.requests.states import ACTS, START, STATES, ActRefused, available, check_allowed, targets
from gongkai.rules.requests.tasks import ONWARD
from gongkai.rules.roles import Permission, permitting
from tests.rules.requests.lives import CALENDAR, GRANT, Story, day


def test_REQ_45_steps() -> None:
    """行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。"""
    labels = {a.label for a in ACTS.values()}
    assert {"登记", "送审", "签发", "送达", "归档"} <= labels
    story = (
        Story("counter", "2024-03-01").registered("2024-03-04").answered("2024-03-05", "利政公复〔2024〕1号")
    )
    assert story.do("archive", retention_class="ordinary").state == "archived"


def test_every_state_can_be_reached_and_left() -> None:
    reached, frontier = set(START), list(START)
    while frontier:
        source = frontier.pop()
        new = {t for a in available(source) for t in targets(a, source)} - reached
        reached |= new
        frontier += new
    assert reached == set(STATES)
    assert all(available(code) for code in STATES)


def test_every_open_state_leads_to_an_end() -> None:
    """From each state some way leads to the archive (每种状态都有出路)."""
    ends = {"archived"}
    for _ in STATES:
        ends |= {s for s in STATES if any(set(targets(a, s)) & ends for a in available(s))}
    assert ends == set(STATES)
    assert {s for s in STATES if STATES[s].open} <= set(ONWARD) | {"awaiting_confirmation"}
    assert all(source in ACTS[code].sources for source, code in ONWARD.items())


@pytest.mark.parametrize("code", list(ACTS))
def test_every_act_is_whole(code: str) -> None:
    act = ACTS[code]
    assert act.label and act.what_next and act.provisions and act.sources
    assert act.sources <= set(STATES) and set(act.targets) <= set(STATES)
    assert permitting(act.permission) and act.permission.value.startswith("case.")
    assert {*act.needs, *act.also} <= set(FIELDS) and len(act.fields) == len({f.code for f in act.fields})
    assert all(letter == "reply" or letter in LETTERS for letter in act.letters)
    assert code in CHANGES
    for words in (act.what_next, act.citizen):
        assert "！" not in words and "请" not in re.sub("申请|报请|请求", "", words)
    assert "您" not in act.what_next


def test_every_field_and_effect_is_used() -> None:
    assert {code for a in ACTS.values() for code in (*a.needs, *a.also)} == set(FIELDS)
    assert set(EFFECTS) == set(ClockEffect) and {a.clock for a in ACTS.values()} == set(ClockEffect)


def test_handling_and_signing_are_done_by_different_people() -> None:
    others = {s.second for s in ACTS["decide"].separations}
    assert ACTS["sign"].permission == Permission.CASE_APPROVE and Permission.CASE_APPROVE in others
    assert ACTS["approve_extension"].permission == Permission.CASE_EXTEND
    # Whoever finds that a request was given up is not the one who handled it.
    assert {ACTS[code].permission for code in ("lapse_supplement", "lapse_fee")} == {Permission.CASE_APPROVE}


def test_a_refusal_names_why_and_what_may_be_done_instead() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    story.do("ask_supplement", matters="写明年份", term_on=day("2024-03-15"))
    refusal = story.refused(
        "现在是“待补正”，不能“签发”.*只在“审核中”时可以.*现在可以：收到补正", "sign", number=""
    )
    assert refusal.instead == ("receive_supplement", "lapse_supplement", "withdraw", "note_order")
    assert (refusal.act, refusal.state) == ("sign", "awaiting_supplement")
    with pytest.raises(ActRefused, match="没有“fly”这个动作"):
        check_allowed("fly", "handling")


def test_what_is_missing_is_named_and_days_that_cannot_be() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    refusal = story.refused("还缺：需要补正的事项、期限的最后一日", "ask_supplement", matters="  ")
    assert refusal.missing == ("matters", "term_on")
    story.refused("不晚于", "ask_supplement", matters="x", term_on=day("2024-03-04"))
    story.refused("应是日期", "ask_supplement", matters="x", term_on="2024-03-15")
    story.refused("早于收到申请之日|早于申请到达", "record_search", "2024-02-01")
    story.today = day("2024-03-04")
    with pytest.raises(ActRefused, match="还没有到"):
        perform(story.life, "withdraw", on=day("2024-03-06"), today=day("2024-03-05"), calendar=CALENDAR)
    story.refused("没有“r99”这个办理结果", "decide", **{**GRANT, "outcome": "r99"})
    story.refused("理由不能是", "decide", **{**GRANT, "grounds": ("privacy",)})
    story.refused("没有分给别的机关", "part_answered", part=0)
    story.refused("须经申请人同意", "forward", organ="区财政局", contact="电话", consent=False)
    story.refused("按这个数量不收费", "issue_fee", method="page", count=30)
    story.refused("只能用一种", "issue_fee", method="weight", count=30)


def test_offers_show_what_is_closed_and_why() -> None:
    story = Story("counter", "2024-03-01").registered("2024-03-04")
    late = {o.act.id: o.reason for o in offers(story.life, day("2024-03-13"), CALENDAR)}
    assert "补正告知的期限是 2024-03-12" in late["ask_supplement"]
    assert late["decide"] == "" and "先“报请延期”" in late["approve_extension"]
    shown = {o.act.id for o in offers(story.life, day("2024-03-13"), CALENDAR) if o.shown}
    assert "ask_supplement" in shown, "closed by law: the clerk sees why"
    assert not shown & {"approve_extension", "part_answered", "delay"}, "nothing to follow"
    assert "要求说明理由" in late["delay"] and late["ask_reasons"] == ""


def test_the_diagram_shows_every_state_and_only_lawful_edges() -> None:
    picture = svg("handling")
    assert set(PLACES) == set(STATES) and picture.count('class="state') == len(STATES) + 1
    assert picture.count("state current") == 1 and "style=" not in picture
    assert all(s.label in picture for s in STATES.values())
    for act, source, target in DRAWN:
        assert source in ACTS[act].sources and target in ACTS[act].targets


def test_the_reference_pages_hold_every_act_and_letter() -> None:
    found = pages()
    assert all(f"### {a.label} `{a.id}`" in found["requests.md"] for a in ACTS.values())
    assert all(letter.title in found["letters.md"] for letter in LETTERS.values())
    assert "| 待确认 | `awaiting_confirmation` |" in found["requests.md"]
