"""Corrections and proposals on the portal: question by question, receipt, followed by code, with no JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.casework.codes import grouped, side_secret_of
from gongkai.casework.models import InformationRequest, SideRequest
from gongkai.casework.side.voiding import void_side
from gongkai.web.portal import side_visitor, visitor
from tests.apps.casework_support import CARD, People, actor, at, told
from tests.apps.side_support import SideTold, correction, filed, proposal
from tests.conftest import District
from tests.web.portal_support import page

CORRECTION, CONVERSION, SIDE = "/ask/correction/", "/ask/conversion/", "/track/side/"
ANSWERS: dict[str, dict[str, Any]] = {
    "person": {"name": "申请人甲", "id_type": "identity-card", "id_number": CARD},
    "contact": {"phone": "13800000000"},
    "record": {"record": "学籍卡", "wrong": "王某", "right": "汪某"},
    "evidence": {"evidence": "户口簿"},
    "organ": {"organ": "999002"},
}
PROPOSAL: dict[str, dict[str, Any]] = {
    "what": {"information": "校车线路表"},
    "why": {"criteria": ["known", "interest"], "grounds": "家长都要看"},
    "organ": {"organ": "999002"},
    "contact": {},
}


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The moment the pages see: 2 July 2021."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2021-07-02"))


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


def filled(client: Client, start: str, answers: dict[str, dict[str, Any]]) -> str:
    """Every question answered; where the last leads."""
    where = ""
    for code, given in answers.items():
        answer = client.post(f"{start}{code}/", given)
        assert answer.status_code == 302, answer.content.decode()
        where = answer["Location"]
    return where


def opened(client: Client, side: SideRequest) -> str:
    answer = client.post(
        "/track/", {"code": grouped(side.query_code), "secret": grouped(side_secret_of(side))}
    )
    assert answer["Location"] == SIDE
    return page(client, SIDE)


def test_the_start_offers_three_ways(on: Any, people: People, client: Client) -> None:
    html = page(client, "/apply/")
    assert "更正关于自己的记录" in html and "建议把已答复的信息公开" in html and "申请公开信息" in html
    for start, law in ((CORRECTION, "第四十一条"), (CONVERSION, "第四十四条")):
        assert law in page(client, start)
    assert client.get("/ask/other/").status_code == 404
    assert client.get("/ask/correction/what/").status_code == 404


def test_a_correction_from_the_first_question_to_the_receipt(on: Any, people: People, client: Client) -> None:
    assert filled(client, CORRECTION, ANSWERS) == f"{CORRECTION}check/"
    look = page(client, f"{CORRECTION}check/")
    assert "汪某" in look and CARD not in look and "1380" not in look.replace("138…00", "")
    assert client.post(f"{CORRECTION}check/").status_code == 422
    assert client.post(f"{CORRECTION}check/", {"true": "yes"})["Location"] == "/ask/receipt/"
    side = SideRequest.objects.get()
    assert side.number in page(client, "/ask/receipt/") and grouped(side_secret_of(side)) in page(
        client, "/ask/receipt/"
    )
    # A second click, and the back button.
    assert client.post(f"{CORRECTION}check/", {"true": "yes"})["Location"] == "/ask/receipt/"
    assert SideRequest.objects.count() == 1 and not InformationRequest.objects.exists()


def test_a_proposal_by_anybody(on: Any, people: People, client: Client) -> None:
    filled(client, CONVERSION, PROPOSAL)
    client.post(f"{CONVERSION}check/", {"true": "yes"})
    side = SideRequest.objects.get()
    assert side.criteria == "interest known" and not side.proven
    assert "建议已收到" in page(client, "/ask/receipt/")
    assert "争取 8 月 3 日（周二）前告知您" in page(client, SIDE)


@pytest.mark.parametrize(
    ("code", "change", "field"),
    [
        ("person", {"name": ""}, "name"), ("person", {"id_number": "1"}, "id_number"), ("contact", {"phone": ""}, "phone"),
        ("record", {"right": " "}, "right"), ("evidence", {"evidence": ""}, "evidence"), ("organ", {"organ": "x"}, "organ"),
    ],
)  # fmt: skip
def test_a_wrong_answer_comes_back_as_it_was_typed(
    on: Any, people: People, client: Client, code: str, change: dict[str, str], field: str
) -> None:
    answer = client.post(f"{CORRECTION}{code}/", {**ANSWERS[code], **change})
    html = answer.content.decode()
    assert answer.status_code == 422 and f'href="#f-{field}"' in html and f'id="e-{field}"' in html
    for name, words in {**ANSWERS[code], **change}.items():
        assert not words.strip() or name == "organ" or words in html


def test_clearing_and_going_on(on: Any, people: People, client: Client) -> None:
    client.post(f"{CORRECTION}person/", ANSWERS["person"])
    assert "接着填" in page(client, CORRECTION) and "申请人甲" in page(client, f"{CORRECTION}person/")
    assert str(client.session.get("side correction")).count("申请人甲") == 0
    client.post(f"{CORRECTION}clear/")
    assert "接着填" not in page(client, CORRECTION)
    assert client.get(f"{CORRECTION}check/")["Location"] == "/apply/"


def test_followed_by_code_and_secret(on: Any, people: People, client: Client) -> None:
    side = filed(people.organ, correction()).side
    html = opened(client, side)
    assert "等我们与您确认收到" in html and grouped(side_secret_of(side)) not in html
    assert client.get(SIDE)["Cache-Control"] == "no-store"
    wrong = client.post("/track/", {"code": grouped(side.query_code), "secret": "AAAA"})
    assert wrong.status_code == 404
    client.post("/track/leave/")
    assert client.get(SIDE)["Location"] == "/track/"


def test_one_struck_out_says_so_and_asks_for_nothing(on: Any, people: People, client: Client) -> None:
    side = filed(people.organ, correction(), by=actor(people.clerk), channel="counter").side
    void_side(side, reason="与另一件重复登记", by=actor(people.head), now=at("2021-07-02"))
    html = opened(client, side)
    assert "这件登记已经撤销" in html and "重复" not in html
    assert "交材料" not in html and "withdraw/" not in html and "现在</time>" not in html
    assert client.get("/track/side/withdraw/")["Location"] == SIDE
    assert client.post("/track/side/withdraw/", {"seq": side.latest_seq}).status_code == 409


def test_a_case_opens_no_correction_nor_the_other_way(on: Any, people: People, client: Client) -> None:
    filed(people.organ, correction())
    case = told(people, "2021-07-01").case
    session = client.session
    session[visitor._SESSION] = {"case": case.pk, "at": 1625187600 + 3600}
    session.save()
    assert client.get(SIDE)["Location"] == "/track/"
    assert side_visitor._SESSION != visitor._SESSION


def test_evidence_papers_and_withdrawing(on: Any, people: People, client: Client) -> None:
    one = SideTold(people, filed(people.organ, correction()).side).registered()
    from datetime import date

    one.do("ask_evidence", matters="户口簿原件照片", term_on=date(2021, 7, 15))
    html = opened(client, one.side)
    assert "户口簿原件照片" in html and "最后一天是 7 月 15 日（周四）" in html
    pdf = SimpleUploadedFile("户口簿.pdf", b"%PDF-1.4 x", "application/pdf")
    assert client.post("/track/side/papers/", {"purpose": "evidence", "file": pdf}).status_code == 302
    assert client.get("/track/side/papers/1/").content == b"%PDF-1.4 x"
    assert client.get("/track/side/papers/2/").status_code == 404
    assert client.post("/track/side/papers/", {"purpose": "letter"}).status_code == 422
    assert client.post("/track/side/evidence/", {"words": " "}).status_code == 422
    assert client.post("/track/side/evidence/", {"words": "已上传"})["Location"].endswith(
        "done=receive_evidence"
    )
    assert "撤回这件更正申请" in page(client, "/track/side/withdraw/")
    stale = client.post("/track/side/withdraw/", {"seq": str(one.side.entered_seq), "why": "x"})
    assert stale.status_code == 409
    assert client.post("/track/side/withdraw/", {"why": "找到了"}).status_code == 302
    assert "您已撤回" in page(client, SIDE)
    assert client.get("/track/side/withdraw/")["Location"] == SIDE


def test_the_result_and_its_letter(on: Any, people: People, client: Client) -> None:
    side = SideTold(people, filed(people.organ, correction()).side).finished().side
    html = opened(client, side)
    assert "已于 7 月 1 日（周四）告知：予以更正" in html and "学籍卡姓名由王某改为汪某" in html
    letter = client.get("/track/side/papers/1/")
    assert letter["Content-Type"] == "application/pdf" and letter.content.startswith(b"%PDF")
    public = SideTold(people, filed(people.organ, proposal()).side).finished().side
    assert 'href="https://example.cn/lines"' in opened(client, public)


def test_proposed_from_the_applicants_own_page(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-06-01").registered("2021-06-01").case
    from gongkai.casework.codes import secret_of
    from tests.apps.casework_support import Told

    client.post("/track/", {"code": case.query_code, "secret": secret_of(case)})
    # Not before it is answered.
    assert "建议把这条信息主动公开" not in page(client, "/track/case/")
    assert client.get("/track/case/propose/")["Location"] == "/track/case/"
    Told(people, case).answered("2021-06-10")
    assert "建议把这条信息主动公开" in page(client, "/track/case/")
    assert "公开的是信息，不是您的姓名" in page(client, "/track/case/propose/")
    for _ in range(2):
        answer = client.post("/track/case/propose/", {"criteria": ["interest"], "grounds": "大家要看"})
        assert answer["Location"] == "/ask/receipt/"
    side = SideRequest.objects.get()
    assert side.proven and side.about == case and side.channel == "tracked"
    too_long = client.post("/track/case/propose/", {"grounds": "字" * 3001})
    assert too_long.status_code == 422 and "字" * 3001 in too_long.content.decode()
