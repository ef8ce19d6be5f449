"""Reading cases: the inbox, the code and its secret, what is alike, what the citizen is told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.casework import codes, recounting
from gongkai.casework.files import add_file, papers_of, read_file
from gongkai.casework.inbox import counts, inbox
from gongkai.casework.lives import full_life, texts_of
from gongkai.casework.models import Case, SealedText
from gongkai.casework.queries import by_query_code, case_for, offered_to, similar, story, view
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.tracking import tracking
from gongkai.config.key_file import KeyRing
from gongkai.foundation.actors import PUBLIC, NotAllowed, actor_for
from gongkai.foundation.models import StoredFile
from tests.apps.casework_support import OTHER_CARD, People, account, actor, at, day, filed, natural, told


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


def test_the_inbox_in_the_order_the_law_wants(people: People) -> None:
    late = told(people, "2021-06-01").registered("2021-06-01")
    soon = told(people, "2021-07-01").registered("2021-07-01")
    done = told(people, "2021-06-15").registered("2021-06-15").answered("2021-06-20")
    new = filed(people.organ, "2021-07-05").case
    clerk, today = actor(people.clerk), day("2021-07-06")
    page = inbox(clerk, today)
    assert [row.case.pk for row in page.rows] == [new.pk, late.case.pk, soon.case.pk, done.case.pk]
    first, second, third, last = page.rows
    assert first.step is not None and first.step.act == "confirm" and first.delay_days == 1
    assert (second.overdue, third.overdue, last.overdue) == (True, False, False)
    assert second.clock.due == day("2021-06-30") and second.applicant == "申＊＊＊"
    assert last.step is not None and last.step.act == "archive"
    assert "危房改造" in first.excerpt and first.handler == ""
    found = counts(clerk, today)
    assert (found.unconfirmed, found.overdue, found.open) == (1, 1, 3)


def test_no_filter_hides_what_is_overdue(people: People) -> None:
    late = told(people, "2021-06-01").registered("2021-06-01")
    waiting = told(people, "2021-07-01").registered("2021-07-01")
    waiting.do("ask_supplement", "2021-07-02", matters="写明年份", term_on=day("2021-07-20"))
    page = inbox(actor(people.clerk), day("2021-07-06"), states=["awaiting_supplement"])
    assert [row.case.pk for row in page.rows] == [late.case.pk, waiting.case.pk]


def test_scopes_and_readers(people: People, district) -> None:  # type: ignore[no-untyped-def]
    civil = People(district.civil)
    mine = told(people, "2021-07-01").registered("2021-07-01")
    theirs = told(civil, "2021-07-01").registered("2021-07-01")
    today = day("2021-07-02")

    def seen(who, scope: str) -> set[int]:  # type: ignore[no-untyped-def]
        return {row.case.pk for row in inbox(who, today, scope=scope).rows}  # type: ignore[arg-type]

    clerk = actor(people.clerk)
    assert seen(clerk, "mine") == seen(clerk, "organ") == seen(clerk, "district") == {mine.case.pk}
    assert seen(actor(people.other), "mine") == set(), "another clerk's case is not mine"
    assert seen(actor(people.other), "organ") == {mine.case.pk}
    office = actor(account("区办经办", district.office, "office_clerk"))
    assert seen(office, "district") == {mine.case.pk, theirs.case.pk}
    assert seen(office, "mine") == set()
    assert seen(PUBLIC, "district") == set()
    operator = actor(account("运维", district.office, "operator"))
    assert seen(operator, "district") == set(), "who runs the machine sees no case"
    assert case_for(clerk, mine.case.number) == mine.case
    for number in (theirs.case.number, "999002-2021-9999", ""):
        assert case_for(clerk, number) is None


def test_what_waits_for_approval_is_the_heads(people: People) -> None:
    review = (
        told(people, "2021-07-01")
        .registered("2021-07-01")
        .do("decide", "2021-07-02", outcome="r3", grounds=("provided",), reason="可以公开。")
        .do("submit")
    )
    extend = (
        told(people, "2021-07-01")
        .registered("2021-07-01")
        .do("propose_extension", "2021-07-02", days=5, reason="量大")
    )
    today = day("2021-07-03")
    assert {r.case.pk for r in inbox(actor(people.head), today).rows} == {review.case.pk}
    assert {r.case.pk for r in inbox(actor(people.lead), today).rows} == {review.case.pk, extend.case.pk}


def test_a_filing_unconfirmed_too_long_reaches_the_office(people: People, district) -> None:  # type: ignore[no-untyped-def]
    office = actor(account("区办负责人", district.office, "office_head"))
    case = filed(people.organ, "2021-07-05").case
    assert not inbox(office, day("2021-07-06")).rows
    late = inbox(office, day("2021-07-07")).rows
    assert [r.case.pk for r in late] == [case.pk] and late[0].overdue
    assert late[0].step is not None and late[0].step.whose == "office"


def test_the_same_number_of_queries_for_few_and_many(people: People) -> None:
    def asked() -> int:
        who = actor_for(people.clerk, today=day("2021-07-01"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            inbox(who, day("2021-07-06"))
        return len(queries)

    told(people, "2021-07-01").registered("2021-07-01")
    few = asked()
    for _ in range(8):
        told(people, "2021-07-01").registered("2021-07-01")
    filed(people.organ, "2021-07-01")
    assert asked() == few <= 14


def test_pages(people: People) -> None:
    for _ in range(5):
        filed(people.organ)
    clerk, today = actor(people.clerk), day("2021-07-01")
    first = inbox(clerk, today, page=1, page_size=3)
    second = inbox(clerk, today, page=2, page_size=3)
    assert (len(first.rows), first.more, len(second.rows), second.more) == (3, True, 2, False)
    assert not {r.case.pk for r in first.rows} & {r.case.pk for r in second.rows}


def test_code_and_secret(people: People, settings) -> None:  # type: ignore[no-untyped-def]
    receipt = filed(people.organ)
    assert len(receipt.query_code) == len(receipt.secret) == 12
    assert receipt.secret not in str(Case.objects.values().get())
    typed = codes.grouped(receipt.query_code).lower()
    assert by_query_code(typed, codes.grouped(receipt.secret)) == receipt.case
    other = filed(people.organ)
    assert other.secret != receipt.secret
    for code, secret in (
        (receipt.query_code, other.secret),
        ("23456789ABCD", receipt.secret),
        ("", ""),
        (receipt.query_code, ""),
    ):
        assert by_query_code(code, secret) is None
    settings.GONGKAI_DATA_KEYS = KeyRing({**settings.GONGKAI_DATA_KEYS, 2: b"k" * 32}, 2)
    assert by_query_code(receipt.query_code, receipt.secret) == receipt.case, "a new key keeps old secrets"


def test_similar_and_repeated(people: People) -> None:
    before = told(people, "2021-06-01").registered("2021-06-01").answered("2021-06-10")
    near = told(people, "2021-06-20", applicant=natural(id_number=OTHER_CARD, name="申请人乙"))
    told(people, "2021-06-21", description="教师编制的数量")
    now = told(people, "2021-06-25", description="申请公开 2020 年农村危房改造补助资金的分配表。")
    found = similar(actor(people.clerk), now.case)
    assert [a.ref for a in found.alike] == [before.case.ref, near.case.ref]
    assert [a.possibly_repeated for a in found.alike] == [True, False]
    assert {c.pk for c in found.same_applicant} == {before.case.pk, before.case.pk + 2}
    assert found.this_month == 3


def test_the_page_of_a_case_and_who_may_do_what(people: People) -> None:
    told_ = told(people, "2021-07-01").registered("2021-07-01")
    told_.do("ask_supplement", "2021-07-02", matters="写明年份", term_on=day("2021-07-20"))
    found = view(told_.case, day("2021-07-03"))
    supplement = found.life.round.supplement
    assert supplement is not None and supplement.matters == "写明年份"
    assert [s.act.id for s in story(found)] == ["register", "ask_supplement"]
    assert story(found)[1].given == {"matters": "写明年份", "term_on": day("2021-07-20")}
    offered = {o.act.id for o in offered_to(actor(people.clerk), found)}
    assert "receive_supplement" in offered and "lapse_supplement" not in offered
    assert "lapse_supplement" in {o.act.id for o in offered_to(actor(people.head), found)}


def test_what_the_citizen_is_told(people: People) -> None:
    receipt = filed(people.organ, "2021-07-01")
    found = tracking(receipt.case, day("2021-07-01"))
    assert [s.act for s in found.steps] == [""] and found.may == ("withdraw",)
    assert found.awaited is not None
    assert (found.awaited.who, found.awaited.what, found.awaited.until) == (
        "我们",
        "与您确认收到申请",
        day("2021-07-02"),
    )
    waiting = told(people, "2021-07-01").registered("2021-07-01")
    waiting.do("propose_extension", "2021-07-02", days=3, reason="内部")
    waiting.do("decline_extension", "2021-07-02", reason="内部")
    waiting.do("ask_supplement", "2021-07-05", matters="写明年份", term_on=day("2021-07-20"))
    shown = tracking(waiting.case, day("2021-07-06"))
    assert [s.act for s in shown.steps] == ["", "register", "ask_supplement"], "inner acts are not told"
    assert shown.awaited is not None and shown.awaited.who == "您"
    assert set(shown.may) == {"receive_supplement", "withdraw"}
    assert shown.clock.status == "waits"


def test_an_applicant_supplements_by_the_code(people: People) -> None:
    story_ = told(people, "2021-07-01").registered("2021-07-01")
    story_.do("ask_supplement", "2021-07-05", matters="写明年份", term_on=day("2021-07-20"))
    story_.do("receive_supplement", "2021-07-08", as_=applicant_of(story_.case), reason="要 2020 年的")
    assert story_.case.state == "handling"
    assert texts_of(story_.case)["3.reason"] == "要 2020 年的"


def test_a_holiday_announced_late_moves_open_cases(people: People, district) -> None:  # type: ignore[no-untyped-def]
    from gongkai.foundation.actors import COMMAND_LINE

    case = told(people, "2026-12-14").registered("2026-12-14").case
    assert recounting.recount(district.government, by=COMMAND_LINE, now=at("2026-12-15")) == []
    Case.objects.filter(pk=case.pk).update(due_on=day("2026-01-01"))
    moved = recounting.recount(district.government, by=COMMAND_LINE, now=at("2026-12-15"))
    assert [(m.case.pk, m.before, m.after) for m in moved] == [(case.pk, day("2026-01-01"), case.due_on)]


def test_papers_are_what_they_say_and_lie_encrypted(people: People, settings) -> None:  # type: ignore[no-untyped-def]
    from gongkai.foundation import files

    story_ = told(people, "2021-07-01")
    pdf = b"%PDF-1.7\n" + "申请人甲".encode()
    clerk = actor(people.clerk)

    def add(content: bytes, name: str, **more):  # type: ignore[no-untyped-def]
        values = {"purpose": "application", "by": clerk, "now": at("2021-07-01"), **more}
        return add_file(story_.case, content, name=name, **values)

    paper = add(pdf, "申请人甲的申请书.pdf")
    stored = StoredFile.objects.get(pk=paper.file_id)
    assert "申请人甲".encode() not in files.location(stored.digest).read_bytes()
    assert "申请人甲" not in stored.name
    assert read_file(clerk, story_.case, 1, now=at("2021-07-02")) == pdf
    own = add(pdf, "补正.pdf", purpose="supplement", by=applicant_of(story_.case))
    other = add(pdf, "说明.pdf", purpose="other", to_applicant=True)
    add(pdf, "所申请的信息.pdf", purpose="information", to_applicant=True)
    assert papers_of(applicant_of(story_.case), story_.case) == [own, other], (
        "what goes with a reply waits for it"
    )
    assert (
        papers_of(PUBLIC, story_.case) == []
        and read_file(PUBLIC, story_.case, 1, now=at("2021-07-02")) is None
    )
    for content, name, words in (
        (b"", "空.pdf", "空文件"),
        (b"MZ\x90", "病毒.pdf", "不是可以收的文件"),
        (pdf, "图.png", "扩展名却是“png”"),
        (b"<script>", "x.html", "不是可以收的文件"),
        (b"PK\x03\x04broken", "x.docx", "打不开"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024), "大.pdf", "超过 20 MB"),
    ):
        with pytest.raises(CaseworkRefused, match=words):
            add(content, name)
    with pytest.raises(NotAllowed):
        add(pdf, "x.pdf", by=PUBLIC)


def test_an_erased_word_says_so_and_the_life_stands(people: People) -> None:
    story_ = told(people, "2021-07-01").registered("2021-07-01").answered("2021-07-05")
    SealedText.objects.filter(case=story_.case).delete()
    answer = full_life(story_.case).round.answer
    assert answer is not None and (answer.reason, answer.outcome) == ("（已删除）", "r3")
