"""Corrections and proposals on the desk: list, page, acts by form, entry, letter, papers, today, the register."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.casework.models import InformationRequest, SideRequest
from gongkai.casework.side import acts, queries
from gongkai.casework.side.voiding import void_side
from gongkai.disclosure.models import Publication
from gongkai.foundation import verification
from gongkai.foundation.actors import actor_for
from gongkai.foundation.models import Account, LedgerEvent
from tests.apps.casework_support import OTHER_CARD, natural
from tests.apps.side_support import VERIFIED, correction, filed, proposal
from tests.conftest import District
from tests.web.desk_case_support import NOW, Bureau, at
from tests.web.desk_support import page, signed_in

LIST, NEW = "/desk/side-requests/", "/desk/side-requests/new/"
PAPER = {
    "organ": "999002", "channel": "counter", "arrived_on": "2021-09-20", "record": "学籍卡", "wrong": "王某",
    "right": "汪某", "name": "申请人甲", "key": "k1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def bureau(district: District) -> Bureau:
    return Bureau(district)


@pytest.fixture
def desk(bureau: Bureau) -> Client:
    return bureau.signed_in(bureau.clerk)


def address(side: SideRequest, rest: str = "") -> str:
    return f"/desk/organs/999002/side-requests/{side.number}/{rest}"


def made(bureau: Bureau, filing: Any = None, on: str = "2021-09-17") -> SideRequest:
    return filed(bureau.organ, filing or correction(), on).side


def do(side: SideRequest, act: str, who: Account, on: str = "2021-09-17", **given: Any) -> SideRequest:
    return acts.act(side, act, given, by=actor_for(who, today=at(on).date()), now=at(on))


def checked(bureau: Bureau) -> SideRequest:
    """A correction that was verified."""
    side = do(made(bureau), "confirm", bureau.clerk, confirmed_how="电话")
    side = do(side, "register", bureau.clerk, handler=bureau.clerk.ref)
    return do(side, "verify", bureau.clerk, **VERIFIED)


def send(client: Client, side: SideRequest, act: str, status: int = 302, **given: Any) -> str:
    side.refresh_from_db()
    sent = {"on": "2021-09-22", "seq": side.latest_seq, **given}
    answer = client.post(address(side, f"acts/{act}/"), sent)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_the_list_has_badges_and_the_inbox_leads_to_it(bureau: Bureau, desk: Client) -> None:
    first, second = made(bureau), made(bureau, proposal())
    shown = page(desk, LIST)
    assert (
        first.number in shown and second.number in shown and "申＊＊＊" in shown and "申请人甲" not in shown
    )
    assert ">更正</span>" in shown and ">转公开</span>" in shown
    assert second.number not in page(desk, f"{LIST}?kind=correction")
    assert "更正和转主动公开" in page(desk, "/desk/inbox/")
    for scope in ("archived", "mine", "all"):
        page(desk, f"{LIST}?scope={scope}&page=x")
    assert "还没有归档的" in page(desk, f"{LIST}?scope=archived")


def numbers(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)


def test_they_are_found_by_their_number(bureau: Bureau, desk: Client) -> None:
    first, second = made(bureau), made(bureau, proposal())
    third = do(made(bureau, proposal()), "withdraw", bureau.clerk, why="来电")
    do(third, "archive", bureau.clerk)
    struck = entered(bureau)
    void_side(struck, reason="重复", by=actor_for(bureau.head, today=at("2021-09-17").date()), now=NOW)

    def found(q: str, **more: str) -> set[str]:
        html = page(desk, f"{LIST}?{urlencode({'q': q, **more})}")
        return {one.number for one in (first, second, third, struck) if f"{one.number}　" in html}

    assert found(first.number) == {first.number}
    assert found("转公开") == {second.number, third.number}, "a part of it, archived ones too"
    assert found("1") == {first.number, second.number, third.number, struck.number}
    assert found("0002") == {third.number, struck.number} == found("2", scope="mine") - {
        first.number, second.number,
    }  # fmt: skip
    assert found("2", kind="correction") >= {struck.number} and third.number not in found(
        "2", kind="correction"
    )
    html = page(desk, f"{LIST}?q=2")
    assert html.index(f"{third.number}　") < html.index(f"{first.number}　"), "the exact serial before a part"
    assert "已撤销登记" in page(desk, f"{LIST}?q={struck.number}") and "没有要办的" in html
    nothing = page(desk, f"{LIST}?q=不存在&kind=correction")
    assert "没有这个编号" in nothing and "两种都找" in nothing and 'value="不存在"' in nothing
    civil = signed_in("unit_clerk", bureau.district.civil)
    assert first.number not in page(civil, f"{LIST}?q={first.number}").replace(f'value="{first.number}"', "")


def test_the_list_leaves_as_xlsx_with_nothing_personal(bureau: Bureau, desk: Client) -> None:
    side = checked(bureau)
    other = made(bureau, proposal(name="申请人乙", grounds="家长都要看"))
    assert "export=xlsx" in page(desk, f"{LIST}?scope=all&kind=correction")
    heads, *rows = numbers(desk.get(f"{LIST}?scope=all&export=xlsx").content)
    assert heads[:4] == ("编号", "种类", "单位", "状态") and len(rows) == 2
    by_number = {row[0]: row for row in rows}
    mine = by_number[side.number]
    assert mine[1:4] == ("更正申请", "示范区教育局", "核实中")
    assert mine[5].date() == date(2021, 9, 17) and mine[-1] == bureau.clerk.display_name
    said = str(rows)
    for word in ("申请人", "申＊", "1380", "学籍卡", "王某", "汪某", "校车", "家长"):
        assert word not in said, word
    kept = numbers(desk.get(f"{LIST}?scope=all&kind=conversion&export=xlsx").content)
    assert [row[0] for row in kept[1:]] == [other.number]
    found = numbers(desk.get(f"{LIST}?q={side.number}&page=7&export=xlsx").content)
    assert [row[0] for row in found[1:]] == [side.number]


def test_all_pages_leave_as_xlsx(bureau: Bureau, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        made(bureau, correction(record=f"第 {n} 份"))
    monkeypatch.setattr(queries.listed, "__kwdefaults__", {**queries.listed.__kwdefaults__, "page_size": 2})
    assert len(numbers(desk.get(f"{LIST}?scope=all&kind=correction&export=xlsx").content)) == 6
    html = page(desk, f"{LIST}?scope=all&kind=correction&page=2")
    assert "scope=all&amp;kind=correction&amp;page=3" in html and "page=1" in html
    assert "从第一页看" in page(desk, f"{LIST}?scope=all&page=9")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("scope=all", "录入更正申请"), ("scope=mine", "看全部"), ("scope=archived", "在案卷里按“归档”"),
        ("scope=all&kind=conversion", "没有符合的转主动公开建议"), ("q=12", "只写序号"),
    ],
)  # fmt: skip
def test_an_empty_list_says_what_to_do(bureau: Bureau, desk: Client, asked: str, words: str) -> None:
    html = page(desk, f"{LIST}?{asked}")
    assert words in html.partition('class="empty"')[2] and "存为 xlsx" not in html


def test_another_unit_finds_nothing(bureau: Bureau) -> None:
    side = made(bureau)
    civil = signed_in("unit_clerk", bureau.district.civil)
    assert side.number not in page(civil, f"{LIST}?scope=all")
    for rest in ("", "acts/confirm/", "reveal/", "files/new/", "receipt/", "letter.pdf"):
        assert civil.get(address(side, rest)).status_code == 404
        assert civil.get(address(side, rest).replace("999002", "999003", 1)).status_code == 404
    assert civil.get(address(side, "void/")).status_code == 404
    stranger = signed_in("unit_head", bureau.district.civil)
    assert stranger.get(address(side, "void/").replace("999002", "999003", 1)).status_code == 404


@pytest.mark.parametrize("which", ["inbox", "list", "today"])
def test_as_many_queries_for_one_as_for_five(bureau: Bureau, desk: Client, which: str) -> None:
    places = {"inbox": "/desk/inbox/", "list": f"{LIST}?scope=all", "today": "/desk/"}
    made(bureau)
    asked = []
    for more in (0, 4):
        for n in range(more):
            made(bureau, correction(record=f"第 {n} 份"))
        page(desk, places[which])
        with CaptureQueriesContext(connection) as seen:
            page(desk, places[which])
        asked.append(len(seen))
    assert asked[0] == asked[1] and asked[0] < 140, asked


def test_a_correction_by_form_from_confirmation_to_the_letter(bureau: Bureau, desk: Client) -> None:
    side = made(bureau)
    assert "下一步：与申请人确认收到" in page(desk, address(side))
    send(desk, side, "confirm", confirmed_how="电话，本人接听")
    send(desk, side, "register", handler=bureau.clerk.ref)
    missing = send(desk, side, "verify", 422, where="学籍档案")
    assert "“核实的情况”没有填" in missing and 'value="学籍档案"' in missing
    send(desk, side, "verify", **VERIFIED)
    wrong = send(desk, side, "decide", 422, outcome="accurate", reason="准确")
    assert "要有“记录准确”的结论" in wrong
    send(desk, side, "decide", outcome="corrected", reason="档案与户口簿不符。")
    assert "告知以前还要：缺怎样更正的" in page(desk, address(side))
    # Who handled it does not approve; the head does, sees the letter, may give a number.
    assert desk.get(address(side, "acts/approve/")).status_code == 403
    head = bureau.signed_in(bureau.head)
    assert "政府信息记录更正告知书" in page(head, address(side, "acts/approve/"))
    assert "不合规则" in send(head, side, "approve", 422, number="第 3 号")
    send(head, side, "approve", number="示教公复〔2021〕1号")
    send(desk, side, "correct_record", done="学籍卡由王某改为汪某")
    draft = desk.get(address(side, "letter.pdf"))
    assert draft.content.startswith(b"%PDF") and desk.get(address(side, "letter.docx")).content[:2] == b"PK"
    assert desk.get(address(side, "letter.txt")).status_code == 404
    send(desk, side, "tell", method="post", proof="挂号单 1")
    side.refresh_from_db()
    assert side.state == "told" and "政府信息记录更正告知书.pdf" in page(desk, address(side))
    assert desk.get(address(side, "files/1/")).content.startswith(b"%PDF")
    send(desk, side, "archive")
    assert side.number in page(desk, f"{LIST}?scope=archived")
    assert "不计入表三" in page(desk, address(side)) and not InformationRequest.objects.exists()
    assert not verification.verify().breaks


def test_made_public_and_entered_in_the_register_at_once(bureau: Bureau, desk: Client) -> None:
    side = do(made(bureau, proposal()), "register", bureau.clerk, handler=bureau.clerk.ref)
    form = page(desk, address(side, "acts/assess/"))
    assert 'value="known" checked' in form, "what was proposed is ticked at first"
    unchosen = send(desk, side, "assess", 422, found="看过", result="public", clear="yes")
    assert "至少一项" in unchosen and 'href="#f-criteria"' in unchosen
    send(desk, side, "assess", found="看过", result="public", clear="yes", criteria=["known"])
    send(desk, side, "decide", outcome="public", reason="需要公众知晓。")
    send(bureau.signed_in(bureau.head), side, "approve")
    assert "登记到登记簿" in page(desk, address(side, "acts/publish/"))
    given = {"title": "校车线路表", "access": "https://example.cn/lines", "register_publication": "bulletin"}
    seen = SideRequest.objects.get(pk=side.pk).latest_seq
    for _ in range(2):
        send(desk, side, "publish", **given, seq=seen)
    row = Publication.objects.get()
    assert (row.channel, row.url, row.published_on) == ("portal", given["access"], date(2021, 9, 22))
    assert row.ref in page(desk, address(side))
    assert not verification.verify().breaks


def test_without_the_register_the_place_alone_is_kept(bureau: Bureau, desk: Client) -> None:
    side = do(made(bureau, proposal()), "register", bureau.clerk, handler=bureau.clerk.ref)
    do(side, "assess", bureau.clerk, found="看过", result="public", criteria=("known",), clear=True)
    do(side, "decide", bureau.clerk, outcome="public", reason="要。")
    do(side, "approve", bureau.head)
    send(desk, side, "publish", title="校车线路表", access="目录 A-1，区档案馆查阅")
    assert not Publication.objects.exists()


def test_somebody_was_first(bureau: Bureau, desk: Client) -> None:
    side = checked(bureau)
    seen = side.latest_seq
    do(side, "decide", bureau.other, outcome="corrected", reason="属实。")
    shown = send(desk, side, "withdraw", 409, seq=seen, why="申请人来电")
    assert "打开以后，办过“作出决定”" in shown and 'value="申请人来电"' in shown


def test_what_cannot_be_done_says_why(bureau: Bureau, desk: Client) -> None:
    side = made(bureau)
    assert "现在是“待确认”，只在“待告知”时可以" in page(desk, address(side, "acts/tell/"))
    assert desk.get(address(side, "acts/nothing/")).status_code == 404
    assert "要写日期" in send(desk, side, "confirm", 422, on="昨天", confirmed_how="电话")


def test_paper_is_entered_once_and_the_receipt_is_the_enterers(bureau: Bureau, desk: Client) -> None:
    assert "没有写现在是怎样记的" in desk.post(NEW, {**PAPER, "wrong": ""}).content.decode()
    first = desk.post(NEW, PAPER)
    side = SideRequest.objects.get()
    assert first.status_code == 302 and side.state == "received" and side.channel == "counter"
    desk.post(NEW, PAPER)
    assert SideRequest.objects.count() == 1
    assert "查询口令" in page(desk, address(side, "receipt/"))
    assert bureau.signed_in(bureau.other).get(address(side, "receipt/")).status_code == 404
    assert desk.post(NEW, {**PAPER, "organ": "999003", "key": "k2"}).status_code == 422
    assert desk.post(NEW, {**PAPER, "arrived_on": "", "key": "k3"}).status_code == 422


def test_several_applicants_lead_to_a_proposal_of_the_offices_own(bureau: Bureau, desk: Client) -> None:
    bureau.registered("2021-09-01", applicant=natural(id_number=OTHER_CARD, name="申请人乙"))
    case = bureau.registered()
    shown = page(desk, f"/desk/organs/999002/cases/{case.number}/")
    assert "别的申请人也申请过相近的信息（1 件）" in shown
    where = f"{NEW}?kind=conversion&about={case.number}"
    assert f'value="{case.number}"' in page(desk, where)
    sent = {
        "organ": "999002", "channel": "own", "arrived_on": "2021-09-22", "information": "资金分配表",
        "about_number": case.number, "key": "k",
    }  # fmt: skip
    assert desk.post(where, sent).status_code == 302
    side = SideRequest.objects.get()
    assert (side.about, side.channel, side.proven) == (case, "own", False)
    assert "由本机关提出" in page(desk, address(side))
    # Another organ's request cannot be named.
    assert (
        desk.post(f"{NEW}?kind=conversion&about={case.number}", {**sent, "organ": "999001"}).status_code
        == 422
    )


def test_a_persons_word_is_shown_once_with_a_reason(bureau: Bureau, desk: Client) -> None:
    side = made(bureau)
    shown = desk.post(
        address(side, "reveal/"), {"token": "person.phone", "reason": "确认收到"}
    ).content.decode()
    assert "13800000000" in shown and LedgerEvent.objects.filter(kind="side.revealed").count() == 1
    assert desk.post(address(side, "reveal/"), {"token": "person.phone"}).status_code == 422
    supervisor = signed_in("supervisor", bureau.district.government)
    assert supervisor.get(address(side)).status_code == 200
    assert supervisor.get(address(side, "reveal/")).status_code == 403


def test_papers_are_put_in_and_fetched(bureau: Bureau, desk: Client) -> None:
    side = made(bureau)
    pdf = SimpleUploadedFile("证据.pdf", b"%PDF-1.4 x", "application/pdf")
    assert desk.post(address(side, "files/new/"), {"purpose": "evidence", "file": pdf}).status_code == 302
    assert desk.get(address(side, "files/1/")).content == b"%PDF-1.4 x"
    assert desk.post(address(side, "files/new/"), {"purpose": "x"}).status_code == 422
    assert desk.get(address(side, "files/2/")).status_code == 404
    lie = SimpleUploadedFile("证据.pdf", b"MZ", "application/pdf")
    assert desk.post(address(side, "files/new/"), {"purpose": "evidence", "file": lie}).status_code == 422


def entered(bureau: Bureau, **changes: Any) -> SideRequest:
    """A correction on paper, entered by the clerk."""
    by = actor_for(bureau.clerk, today=at("2021-09-17").date())
    return filed(bureau.organ, correction(**changes), "2021-09-17", by=by, channel="counter").side


def test_an_entry_made_by_mistake_is_struck_out_on_its_page(bureau: Bureau, desk: Client) -> None:
    side = entered(bureau)
    head = bureau.signed_in(bureau.head)
    assert "撤销登记" not in page(desk, address(side)) and desk.get(address(side, "void/")).status_code == 403
    assert f'href="{quote(address(side, "void/"))}"' in page(head, address(side))
    empty = head.post(address(side, "void/"), {"reason": " "})
    assert empty.status_code == 422 and 'href="#f-reason"' in empty.content.decode()
    assert head.post(address(side, "void/"), {"reason": "与另一件重复登记"}).status_code == 302
    html = page(head, address(side))
    assert "登记已经撤销" in html and "已撤销登记" in html and "原因：与另一件重复登记" in html
    assert "办理<span" not in html and "放一份" not in html, "nothing is done to it any more"
    assert "已经撤销登记，不能再办" in page(desk, address(side, "acts/register/"))
    assert "已经撤销登记，不能再办" in send(desk, side, "register", 422, handler=bureau.clerk.ref)
    assert "已经撤销登记" in page(head, address(side, "void/"))
    for scope in ("mine", "all", "archived"):
        assert side.number not in page(desk, f"{LIST}?scope={scope}")
    assert side.number not in page(desk, "/desk/")
    assert "side.voided" not in page(head, "/desk/")


def test_what_was_filed_over_the_net_is_not_struck_out(bureau: Bureau) -> None:
    side, head = made(bureau), bureau.signed_in(bureau.head)
    assert "void/" not in page(head, address(side))
    assert "网上提交的不能撤销登记" in page(head, address(side, "void/"))
    refused = head.post(address(side, "void/"), {"reason": "不想办"})
    assert refused.status_code == 422 and "网上提交的不能撤销登记" in refused.content.decode()


def test_today_names_them_and_the_history_tells_them_in_words(bureau: Bureau, desk: Client) -> None:
    side = made(bureau)
    shown = page(desk, "/desk/")
    assert side.number in shown and "与申请人确认收到" in shown and "side.filed" not in shown
    checked(bureau)
    head = bureau.signed_in(bureau.head)
    assert "审批：同意或者退回" not in page(head, "/desk/")
    do(
        SideRequest.objects.get(state="verifying"),
        "decide",
        bureau.clerk,
        outcome="corrected",
        reason="属实。",
    )
    assert "审批：同意或者退回" in page(head, "/desk/")
