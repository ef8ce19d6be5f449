"""Beside the course of a case: another handler, a mended entry, one struck out, parts, numbers, unconfirmed ones."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.casework import acts, parts
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case, CasePart
from gongkai.casework.readers import applicant_of
from gongkai.foundation.verification import verify
from gongkai.web.desk import history
from tests.apps.casework_support import letter_needs
from tests.conftest import District, day
from tests.web.desk_case_support import NOW, Bureau, at
from tests.web.desk_support import account_with, sign_in_as
from tests.web.test_desk_case_pages import address


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def bureau(district: District) -> Bureau:
    return Bureau(district)


@pytest.fixture
def desk(bureau: Bureau) -> Client:
    return bureau.signed_in(bureau.clerk)


PDF = b"%PDF-1.7\n%%EOF\n"


def paper(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def shown(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, (where, answer.status_code)
    return answer.content.decode()


def test_one_case_goes_to_another_clerk_with_a_reason(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    assert f'href="{address(case, "handler/")}">改派' in shown(desk, address(case))
    form = shown(desk, address(case, "handler/"))
    assert bureau.other.display_name in form and f'value="{bureau.clerk.ref}"' not in form
    answer = desk.post(address(case, "handler/"), {"handler": bureau.other.ref, "reason": ""})
    assert answer.status_code == 422 and "没有写原因" in answer.content.decode()
    assert f'value="{bureau.other.ref}" selected' in answer.content.decode()
    done = desk.post(address(case, "handler/"), {"handler": bureau.other.ref, "reason": "休假"})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.handler == bureau.other
    html = shown(desk, address(case))
    assert "改派经办人" in html and f"由{bureau.other.display_name}接手" in html and "原因：休假" in html
    assert not verify().breaks


def test_a_stranger_takes_no_case(bureau: Bureau, desk: Client, district: District) -> None:
    case = bureau.registered()
    stranger = account_with("unit_clerk", district.civil, "civil-clerk")
    answer = desk.post(address(case, "handler/"), {"handler": stranger.ref, "reason": "x"})
    assert answer.status_code == 422 and "不承担" in answer.content.decode()


def test_a_wrong_class_is_mended_on_its_page(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    form = shown(desk, address(case, "applicant/"))
    assert "13800000000" not in form and "现在是 138…00" in form and "申请人甲" not in form
    sent = {"phone": "13900000000", "remove": ["email"], "reason": "号码录错一位"}
    assert desk.post(address(case, "applicant/"), sent).status_code == 302
    assert texts_of(case)["applicant.phone"] == "13900000000"
    html = shown(desk, address(case))
    assert "更正申请人信息" in html and "改了：联系电话" in html and "原因：号码录错一位" in html
    wrong = desk.post(address(case, "applicant/"), {"phone": "12", "reason": "x"})
    assert wrong.status_code == 422 and 'value="12"' in wrong.content.decode()
    assert "有错误：" in wrong.content.decode()


def test_an_entry_made_twice_is_struck_out_by_the_head(bureau: Bureau, desk: Client) -> None:
    case = bureau.filed()
    assert "撤销登记" not in shown(desk, address(case))
    head = bureau.signed_in(bureau.head)
    assert f'href="{address(case, "void/")}"' in shown(head, address(case))
    assert head.post(address(case, "void/"), {"reason": " "}).status_code == 422
    assert head.post(address(case, "void/"), {"reason": "与另一件重复登记"}).status_code == 302
    html = shown(head, address(case))
    assert "登记已经撤销" in html and "已撤销登记" in html and "原因：与另一件重复登记" in html
    assert "办理<span" not in html, "nothing is done to it any more"


def test_what_the_applicant_said_stands_by_the_request(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    bureau.do(case, "ask_supplement", "2021-09-14", matters="写明年份", term_on=day("2021-09-30"))
    case.refresh_from_db()
    said = {"note": "要 2020 年的。"}
    acts.act(case, "receive_supplement", said, by=applicant_of(case), now=at("2021-09-15"))
    html = shown(desk, address(case))
    assert "申请人后来说的" in html and "要 2020 年的。" in html


# The other organ's part.


def given_out(bureau: Bureau) -> Case:
    case = bureau.registered()
    return bureau.do(
        case,
        "assign_part",
        "2021-09-14",
        organ="示范区民政局",
        what="资金到户的部分",
        term_on=day("2021-09-24"),
    )


def test_a_part_stands_in_the_other_organs_inbox_and_today(bureau: Bureau, district: District) -> None:
    case = given_out(bureau)
    clerk = account_with("unit_clerk", district.civil, "civil-clerk")
    other = sign_in_as(Client(), clerk)
    where = f"/desk/organs/999003/parts/{case.number}/0/"
    inbox = shown(other, "/desk/inbox/")
    assert "请本单位协办的 1 份" in inbox and where in inbox and "资金到户的部分" in inbox
    assert "剩 2 个工作日" in inbox or "还剩" in inbox
    assert "回复示范区教育局的协办：资金到户的部分" in shown(other, "/desk/")
    form = shown(other, where)
    assert "危房改造" in form and "申请人甲" not in form and "138" not in form
    assert other.get(address(case)).status_code == 404
    empty = other.post(where, {"opinion": " "})
    assert empty.status_code == 422 and "没有写意见" in empty.content.decode()
    assert other.post(where, {"opinion": "可以公开，附表一份。"}).status_code == 302
    assert "请本单位协办" not in shown(other, "/desk/inbox/") and other.get(where).status_code == 404
    html = shown(bureau.signed_in(bureau.clerk), address(case))
    assert "可以公开，附表一份。" in html and clerk.display_name in html


def test_material_goes_with_the_answer_and_stands_beside_it(bureau: Bureau, district: District) -> None:
    case = given_out(bureau)
    other = sign_in_as(Client(), account_with("unit_clerk", district.civil, "civil-clerk"))
    where = f"/desk/organs/999003/parts/{case.number}/0/"
    bad = other.post(where, {"opinion": "可以公开。", "file": [paper("附表.pdf"), paper("坏.pdf", b"MZ")]})
    html = bad.content.decode()
    assert bad.status_code == 422 and "“坏.pdf”不是可以收的文件" in html and "先转成 PDF" in html
    assert "可以公开。</textarea>" in html and "附表.pdf</a>" in html, "nothing typed or good is lost"
    kept = other.post(
        where, {"opinion": "改过的意见", "attach": "1", "file": [paper("名单.pdf", PDF + b" ")]}
    )
    assert kept.status_code == 200 and "材料已附上，还没有回复" in kept.content.decode()
    assert "改过的意见</textarea>" in kept.content.decode()
    got = other.get(f"{where}files/1/")
    assert got.content == PDF and got["Content-Disposition"].startswith("attachment")
    assert other.get(f"{where}files/9/").status_code == 404
    assert other.get(address(case, "files/1/")).status_code == 404
    assert (
        other.post(where, {"opinion": "可以公开，附表一份。", "file": [paper("附表.pdf")]}).status_code == 302
    )
    assert case.papers.count() == 2, "the same file is attached once"
    desk = bureau.signed_in(bureau.clerk)
    html = shown(desk, address(case))
    panel = html[html.index('id="parts"') : html.index('id="story"')]
    assert "示范区民政局" in panel and "可以公开，附表一份。" in panel and "附表.pdf" in panel
    assert "协办材料（示范区民政局）" in html
    use = address(case, "files/1/use/")
    assert use in panel and "原样给申请人" in shown(desk, use)
    assert "没有选怎样提供" in desk.post(use, {}).content.decode()
    assert desk.post(use, {"way": "redact"}).status_code == 302
    assert "涂黑后提供" in shown(desk, address(case)) and "第 3 份" in shown(desk, address(case))
    assert desk.post(use, {"way": "as-is"}).status_code == 422
    assert other.get(use).status_code == 404 and desk.get(address(case, "files/3/use/")).status_code == 404
    assert bureau.signed_in(bureau.head).get(use).status_code == 403


def test_the_asking_organ_does_not_meet_its_own_part_as_work(bureau: Bureau, desk: Client) -> None:
    case = given_out(bureau)
    assert "请本单位协办" not in shown(desk, "/desk/inbox/")
    assert desk.get(f"/desk/organs/999002/parts/{case.number}/0/").status_code == 404


def test_a_request_handed_on_is_entered_by_who_takes_it_on(bureau: Bureau, district: District) -> None:
    case = bureau.registered()
    contact = {"organ": "示范区民政局", "contact": "电话 0000-1", "consent": True}
    bureau.do(case, "forward", "2021-09-14", **contact)
    letter_needs(district.civil)
    clerk = sign_in_as(Client(), account_with("unit_clerk", district.civil, "civil-clerk"))
    where = f"/desk/organs/999003/forwards/{case.number}/0/"
    form = f"/desk/cases/new/?forward=999003/{case.number}/0"
    inbox = shown(clerk, "/desk/inbox/")
    assert "转来的申请，等着登记的 1 件" in inbox and where in inbox and "危房改造" in inbox
    assert "示范区教育局转来的申请，等着登记" in shown(clerk, "/desk/")
    before = shown(clerk, where) + shown(clerk, form)
    assert "危房改造" in before and "申请人甲" not in before and "13800000000" not in before
    assert "转来的申请" not in shown(bureau.signed_in(bureau.clerk), "/desk/inbox/")
    assert bureau.signed_in(bureau.clerk).get(where).status_code == 404
    assert clerk.post(where, {"settle": "1", "reason": " "}).status_code == 422
    answer = clerk.post(where)
    assert answer.status_code == 302 and answer["Location"].startswith("/desk/cases/new/?forward=")
    html = shown(clerk, answer["Location"])
    assert 'value="申请人甲"' in html and "危房改造" in html and f"转来（{case.number}）" in html
    assert 'name="channel" value="counter" checked' not in html, "the clerk states how it came"
    typed = {
        "forward": f"999003/{case.number}/0", "key": "k1", "organ": "999003", "applicant.class": "natural",
        "applicant.name": "申请人甲", "description": "危房改造的分配表", "form": "electronic", "delivery": "online",
    }  # fmt: skip
    unsaid = clerk.post("/desk/cases/new/", typed)
    assert unsaid.status_code == 422 and "没有选怎样来的" in unsaid.content.decode()
    assert f'name="forward" value="999003/{case.number}/0"' in unsaid.content.decode()
    typed |= {"channel": "counter", "arrived_on": "2021-09-20"}
    done = clerk.post("/desk/cases/new/", typed)
    assert done.status_code == 302
    assert clerk.post("/desk/cases/new/", typed).status_code == 302, "a double click enters it once"
    other = clerk.post("/desk/cases/new/", {**typed, "key": "k2"})
    assert other.status_code == 422 and "已经登记为" in other.content.decode()
    made = Case.objects.get(organ=district.civil)
    assert "等着登记" not in shown(clerk, "/desk/inbox/") and clerk.get(where).status_code == 404
    theirs = shown(clerk, f"/desk/organs/999003/cases/{made.number}/")
    assert f"由示范区教育局 2021-09-14 转来　{case.number}" in theirs, "named, no link to what is not theirs"
    ours = shown(bureau.signed_in(bureau.clerk), address(case))
    assert f"转给示范区民政局，那里登记为　{made.number}" in ours and "代转：对方接下" in ours


def test_a_request_handed_on_may_be_ticked_off(bureau: Bureau, district: District) -> None:
    case = bureau.registered()
    bureau.do(case, "forward", "2021-09-14", organ="示范区民政局", contact="电话 0000-1", consent=True)
    clerk = sign_in_as(Client(), account_with("unit_clerk", district.civil, "civil-clerk"))
    where = f"/desk/organs/999003/forwards/{case.number}/0/"
    assert clerk.post(where, {"settle": "1", "reason": "已经直接提出"}).status_code == 302
    assert "等着登记" not in shown(clerk, "/desk/inbox/")
    assert "那里没有登记" in shown(bureau.signed_in(bureau.clerk), address(case)) and not verify().breaks


def test_organs_of_the_district_are_suggested(bureau: Bureau, desk: Client) -> None:
    form = shown(desk, address(bureau.registered(), "acts/assign_part/"))
    assert '<datalist id="list-organ">' in form and '<option value="示范区民政局">' in form
    assert '<option value="示范区教育局">' not in form


def test_as_many_queries_for_one_part_as_for_four(
    bureau: Bureau, district: District, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    other = sign_in_as(Client(), account_with("unit_clerk", district.civil, "civil-clerk"))
    given_out(bureau)
    other.get("/desk/inbox/")
    with CaptureQueriesContext(connection) as one:
        other.get("/desk/inbox/")
    for _ in range(3):
        given_out(bureau)
    with CaptureQueriesContext(connection) as four:
        other.get("/desk/inbox/")
    assert len(one) == len(four) and CasePart.objects.count() == 4


# The inbox.


@pytest.mark.parametrize(
    ("written", "found"), [("2021-0002", 1), ("2", 1), ("0001", 1), ("9990", 2), ("77", 0)]
)
def test_cases_are_found_by_number_and_serial(bureau: Bureau, desk: Client, written: str, found: int) -> None:
    cases = [bureau.filed(), bureau.filed()]
    html = shown(desk, f"/desk/inbox/?q={written}")
    assert sum(f'href="{address(case)}"' in html for case in cases) >= found
    assert ("没有符合的申请" in html) == (found == 0)


def test_the_exact_serial_stands_first(bureau: Bureau, desk: Client) -> None:
    for _ in range(12):
        bureau.filed()
    html = shown(desk, "/desk/inbox/?q=2")
    first = html.index("999002-2021-0002")
    assert first < html.index("999002-2021-0012")


def test_unconfirmed_filings_reach_the_office_and_the_citizen(bureau: Bureau, district: District) -> None:
    case = bureau.filed("2021-09-13", channel="online")
    office = sign_in_as(Client(), account_with("office_clerk", district.office, "office"))
    html = shown(office, "/desk/inbox/")
    assert "1 件网上、传真来的申请过了确认的期限" in html
    assert case.number in shown(office, "/desk/inbox/?scope=district&state=awaiting_confirmation")
    assert "过了确认的期限" not in shown(bureau.signed_in(bureau.clerk), "/desk/inbox/")


def test_the_term_of_confirmation_is_a_setting(bureau: Bureau, district: District, settings: Any) -> None:
    settings.GONGKAI_CONFIRMATION_DAYS = 10
    bureau.filed("2021-09-13", channel="online")
    office = sign_in_as(Client(), account_with("office_clerk", district.office, "office"))
    assert "过了确认的期限" not in shown(office, "/desk/inbox/")


def test_every_event_of_casework_has_its_sentence() -> None:
    from gongkai.casework import acts as _acts
    from gongkai.casework import (
        applicants,
        correcting,
        files,
        filing,
        handover,
        platforms,
        recounting,
    )
    from gongkai.foundation import resealing

    kinds = {
        _acts.ACTED, applicants.REVEALED, correcting.CORRECTED, correcting.VOIDED, files.ADDED, filing.FILED,
        handover.HANDED_OVER, platforms.ISSUED, platforms.REVOKED, recounting.RECOUNTED, resealing.RESEALED,
    }  # fmt: skip
    assert kinds <= set(history.SENTENCES)
    assert parts.ANSWERS == "part_answered"
