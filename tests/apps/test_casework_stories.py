"""Stories beside the golden ones: a correction, and what the ledger tells of the acts."""

from __future__ import annotations

import json

import pytest

from gongkai.casework.models import Case
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from gongkai.rules.requests.facts import Passage
from tests.apps.casework_support import GRANT, People, day, told


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def proven() -> None:
    assert [(b.place, b.message) for b in verify().breaks] == []


def test_a_correction_moves_the_outcome_never_the_day(people: People) -> None:
    story = told(people, "2021-06-01").registered("2021-06-01").answered("2021-06-21")
    partly = {
        "outcome": "r4",
        "grounds": ("privacy",),
        "reason": "其中有身份证号码。",
    }
    story.refused(
        "缺第三方意见",
        "correct",
        "2021-07-05",
        passages=(Passage(place="第 2 页", ground="privacy"),),
        **partly,
    )
    inner = {"outcome": "r4", "grounds": ("personnel",), "reason": "含人事管理内容。"}
    story.do("correct", "2021-07-05", passages=(Passage(place="第 2 页", ground="personnel"),), **inner)
    assert story.row is not None and (story.row.outcome, story.row.closed_on) == ("r3", day("2021-06-21"))
    story.do("submit").do("sign", number="示教公复〔2021〕2号").do("send", method="post")
    assert (story.row.outcome, story.row.closed_on) == ("r4", day("2021-06-21"))
    proven()


def test_the_ledger_tells_each_act_and_nothing_personal(people: People) -> None:
    story = told(people, "2021-07-01").registered("2021-07-01").answered("2021-07-12")
    events = list(LedgerEvent.objects.filter(subject=story.case.ref).order_by("seq"))
    assert [e.kind for e in events if e.kind != "case.letter_kept"] == ["case.filed"] + ["case.act"] * 6
    assert [json.loads(e.payload)["act"] for e in events if e.kind == "case.act"] == [
        "register",
        "decide",
        "submit",
        "sign",
        "send",
        "prove_service",
    ]
    everything = "".join(e.payload for e in events) + story.case.facts
    for word in ("申请人甲", "110101199001010015", "13800000000", "危房改造", GRANT["reason"], "挂号单"):
        assert word not in everything
    assert Case.objects.get().latest_seq == events[-1].seq
