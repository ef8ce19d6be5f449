"""Letters along random lives: each passes the lint, or its act is refused naming the element; nothing ever breaks."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.casework import acts, issuing
from gongkai.casework.composing import Composed, composed
from gongkai.casework.filing import file_request
from gongkai.casework.given import EXTRAS
from gongkai.casework.keeping import content_of
from gongkai.casework.letter_numbers import following
from gongkai.casework.letter_settings import change_settings
from gongkai.casework.lives import calendar_for, life_of
from gongkai.casework.models import Case, Letter
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.verification import verify
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.leaving import LEAVING_ACTS
from gongkai.rules.requests.letter_lint import blanks
from gongkai.rules.requests.perform import offers
from gongkai.rules.requests.states import ACTS
from tests.apps.casework_support import LETTER_NEEDS, People, at, filing, natural
from tests.rules.requests.test_properties import DAYS, steered, values

# Words as people type them, and as nobody should: marks of templates, lines, crosses, articles nobody passed.
TYPED = (
    "", "写明", "合同第 2 页。", "一、甲\n二、乙", "{{reason}}", "××村 XX 组", "____", "见附件（填写）",
    "向上一级主管部门申请行政复议", "第九百条", "词" * 400, "甲\u200b乙", "⟦1.reason⟧", "”。",
)  # fmt: skip
WORDS = st.sampled_from(TYPED)
SET = ("letter_code", "payment", "contact", "review_channel", "court_name")


class Watched:
    """Every letter that is composed, as the act saw it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[Composed] = []
        self.issued: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

        def watched(*args: Any, **kwargs: Any) -> Composed:
            self.seen.append(composed(*args, **kwargs))
            return self.seen[-1]

        monkeypatch.setattr(issuing, "composed", watched)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def begun(data: st.DataObject, people: People, today: date) -> Case:
    """A request of anybody, in whatever words; the organ's settings with a gap now and then."""
    gap = data.draw(st.sampled_from((*SET, *[""] * 6)))
    change_settings(
        people.organ,
        {**LETTER_NEEDS, gap: ""} if gap else LETTER_NEEDS,
        by=COMMAND_LINE,
        now=at("2019-06-01"),
    )
    words = data.draw(WORDS) or "危房改造补助资金的分配表"
    given = filing(description=words, applicant=natural(), confirmed=data.draw(st.booleans()))
    now = datetime.combine(today, time(9), SHANGHAI)
    return file_request(people.organ, given, by=COMMAND_LINE, now=now, channel="online").case


def filled_in(data: st.DataObject, people: People, act: str, today: date) -> dict[str, Any]:
    """The act's own fields and the words beside them."""
    own = {field.code for field in ACTS[act].fields}
    given = {code: value for code, value in data.draw(values(today, act)).items() if code in own}
    given |= {code: data.draw(WORDS) for code in ("reason", "matters", "what", "override") if code in own}
    if act in LEAVING_ACTS or act in ("decide", "correct"):
        given |= {code: data.draw(WORDS) for code in EXTRAS if code != "note"}
    given |= {"handler": people.clerk.ref} if act == "register" else {}
    if act == "register":
        given["applicant_class"] = data.draw(st.sampled_from(sorted(APPLICANT_CLASSES)))
    if act == "sign" and data.draw(st.integers(0, 7)):
        given["number"] = number(people, today)
    return given


def number(people: People, today: date) -> str:
    try:
        return following(people.organ, today.year)
    except CaseworkRefused:
        return f"示教公复〔{today.year}〕1号"


def a_life(data: st.DataObject, people: People, watched: Watched) -> None:
    """Acts at random, then on to an answer as far as it goes."""
    today = data.draw(st.dates(date(2021, 1, 1), date(2025, 6, 30)))
    case = begun(data, people, today)
    for act in [""] * data.draw(st.integers(2, 12)) + ["decide", "submit", "sign", "send"]:
        today += timedelta(days=data.draw(st.sampled_from(DAYS)))
        ready = [o.act.id for o in offers(life_of(case), today, calendar_for(people.organ)) if not o.reason]
        if act in ready or (ready and not act):
            chosen = act or data.draw(st.sampled_from(steered(ready)))
            case = one_act(case, chosen, filled_in(data, people, chosen, today), today, watched)


def one_act(case: Case, act: str, given: dict[str, Any], today: date, watched: Watched) -> Case:
    """The act is done with letters that have no fault, or refused with the faults of its letter, and nothing written."""
    before, watched.seen = Letter.objects.count(), []
    now = datetime.combine(today, time(15), SHANGHAI)
    try:
        done = acts.act(case, act, given, by=COMMAND_LINE, now=now, on=today)
    except CaseworkRefused as refused:
        assert Letter.objects.count() == before and str(refused)
        wrong = [fault for one in watched.seen for fault in one.faults]
        for fault in refused.findings if wrong else ():
            assert (
                fault in wrong and (fault.column in ELEMENTS or fault.column == "") and len(fault.message) > 5
            )
            watched.refused[fault.column] += 1
        return case
    rows = list(Letter.objects.filter(case=case, act_place=done.acts.count()))
    whole = [one for one in watched.seen if not one.faults]
    assert {row.code for row in rows} <= {one.code for one in whole}
    for row in rows:
        document = content_of(row)
        assert [one for one in whole if one.document == document], "what was checked is what was written"
        assert (
            document.dated == today
            and document.title
            and (document.is_form or not own_blanks(document.text, whole))
        )
        watched.issued[row.code] += 1
    if act not in ("submit", "withdraw", "confirm"):
        assert len(rows) == len(watched.seen), "an act that says something outside says all of it"
    return done


def own_blanks(text: str, whole: list[Composed]) -> list[object]:
    """Blanks that are not the applicant's own words."""
    for one in TYPED:
        text = text.replace(one, "") if one else text
    return blanks(text)


def lives(people: People, watched: Watched, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def each(data: st.DataObject) -> None:
        a_life(data, people, watched)

    each()
    assert [(b.place, b.message) for b in verify().breaks] == []


def test_every_letter_of_any_life_is_whole_or_its_act_is_refused(people: People, watched: Watched) -> None:
    lives(people, watched, 12)
    assert watched.issued


@pytest.mark.proof
def test_every_letter_of_hundreds_of_lives_is_whole_or_refused(people: People, watched: Watched) -> None:
    often = {
        "supplement",
        "consult-third-party",
        "fee-notice",
        "reply-provided",
        "reply-withheld-14",
    }
    refused = {"content", "access", "payment", "remedy", ""}
    # Chance brings each of them sooner or later: so many lives, and as many again until it has.
    for _ in range(5):
        lives(people, watched, 600)
        if often <= set(watched.issued) and refused <= set(watched.refused):
            return
    raise AssertionError((often - set(watched.issued), refused - set(watched.refused)))
