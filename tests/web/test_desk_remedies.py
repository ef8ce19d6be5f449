"""Remedies on the desk: the list, the page, its acts, the case taken up again, the complaint, the evidence pack."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from gongkai.remedies.models import Complaint, Lawsuit, Reconsideration
from tests.apps.casework_support import GRANT
from tests.conftest import District
from tests.web.desk_case_support import HOME, NOW, Bureau
from tests.web.desk_support import page, send, signed_in

ORGAN = "/desk/organs/999002/"


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


def answered(bureau: Bureau) -> Any:
    case = bureau.drafted("2021-06-01", "2021-06-15")
    case = bureau.do(case, "submit", "2021-06-15")
    case = bureau.do(case, "sign", "2021-06-16", bureau.head, number="示教公复〔2021〕1号")
    case = bureau.do(case, "send", "2021-06-16", method="post")
    return bureau.do(case, "prove_service", "2021-06-18", proof="挂号单")


def entered(organ: Any, kind: str, **values: Any) -> Any:
    return records.enter(kinds.get(kind), organ, values, by=COMMAND_LINE, now=NOW)


def review(bureau: Bureau, **values: Any) -> Reconsideration:
    return entered(bureau.organ, "reconsiderations", **{"filed_on": date(2021, 9, 1), **values})  # type: ignore[no-any-return]


def test_from_the_case_to_the_answer_and_the_decision(bureau: Bureau, desk: Client) -> None:
    case = answered(bureau)
    shown = page(desk, f"{HOME}{case.number}/")
    assert (
        "没有登记过复议、诉讼、投诉" in shown
        and f"registers/reconsiderations/new/?request_number={case.number}" in shown
    )
    form = page(desk, f"{ORGAN}registers/reconsiderations/new/?request_number={case.number}")
    assert f'value="{case.number}"' in form
    send(
        desk,
        f"{ORGAN}registers/reconsiderations/new/",
        filed_on="2021-09-01",
        request_number=case.number,
        case_number="示政复〔2021〕3号",
    )
    one = Reconsideration.objects.get()
    home = f"{ORGAN}remedies/reconsiderations/{one.pk}/"
    assert "登记收到答复通知和申请书副本的日期" in page(desk, home)
    send(
        desk,
        f"{home}acts/notice/",
        notice_on="2021-09-13",
        case_number="示政复〔2021〕3号",
        seq=one.latest_seq,
    )
    shown = page(desk, home)
    # The law of the day counted ten calendar days.
    assert (
        "最迟 9 月 23 日" in shown
        and "自 2021-09-13 的次日起算 10 日" in shown
        and "第二十三条第一款" in shown
    )
    assert "示政复〔2021〕3号" in page(desk, "/desk/") and "示政复〔2021〕3号" in page(
        desk, f"{HOME}{case.number}/"
    )
    assert f"{home}acts/answer/" in page(desk, "/desk/")
    send(desk, f"{home}acts/answer/", answered_on="2021-09-22")
    assert "在期限 2021-09-23 以内" in page(desk, home)
    form = page(desk, f"{home}acts/decision/")
    assert "确认违法，责令重新作出" in form and "确认无效" not in form, "the forms of the law of that day"
    wrong = send(
        desk, f"{home}acts/decision/", 422, decision_form="maintained", decision_received_on="2021-09-22"
    )
    assert "还要写审结日期" in wrong.content.decode() or "没有填" in wrong.content.decode()
    send(
        desk,
        f"{home}acts/decision/",
        decision_form="annulled_redo",
        closed_on="2021-09-20",
        decision_received_on="2021-09-22",
        decision_number="示政复决〔2021〕3号",
        order_due_on="2021-10-20",
    )
    one.refresh_from_db()
    assert one.result == "corrected"
    assert "按文书重新答复" in page(desk, home)
    assert "不得以同一的事实和理由" in page(desk, f"{home}redo/")
    send(desk, f"{home}redo/")
    assert "已经按 示政复决〔2021〕3号" in send(desk, f"{home}redo/", 422).content.decode()
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("handling", date(2021, 10, 20))
    shown = page(desk, home)
    assert "登记进展" in shown and "裁决形式：空 → 撤销、部分撤销，责令重新作出" in shown
    assert verify().breaks == ()


def test_the_list_by_the_nearest_day_and_as_a_table(bureau: Bureau, desk: Client) -> None:
    assert "没有要办的复议、诉讼、投诉" in page(desk, "/desk/remedies/")
    review(bureau, notice_on=date(2021, 9, 20), case_number="乙")
    review(bureau, notice_on=date(2021, 9, 2), case_number="甲")
    review(bureau, closed_on=date(2021, 9, 2), result="upheld", case_number="办完的")
    shown = page(desk, "/desk/remedies/")
    assert shown.index(">甲<") < shown.index(">乙<") and ">办完的<" not in shown and "逾期 1" in shown
    assert ">办完的<" in page(desk, "/desk/remedies/?state=all")
    assert "没有符合的" in page(desk, "/desk/remedies/?kind=lawsuits")
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/desk/remedies/?export=xlsx").content)).active
    rows = list(book.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["甲", "乙"]


def test_what_is_wrong_is_said_and_kept(bureau: Bureau, desk: Client) -> None:
    suit = entered(bureau.organ, "lawsuits", track="direct", filed_on=date(2021, 9, 1))
    home = f"{ORGAN}remedies/lawsuits/{suit.pk}/"
    assert "先登记收到通知" in page(desk, f"{home}acts/answer/")
    shown = send(desk, f"{home}acts/notice/", 422, notice_on="2021-08-01").content.decode()
    assert "早于提起日期" in shown and 'value="2021-08-01"' in shown
    assert "这一天还没有到" in send(desk, f"{home}acts/notice/", 422, notice_on="2021-12-01").content.decode()
    send(desk, f"{home}acts/notice/", notice_on="2021-09-02", seq=suit.latest_seq)
    again = send(desk, f"{home}acts/notice/", 422, notice_on="2021-09-03", seq=suit.latest_seq)
    assert "已经登记：2021-09-02" in again.content.decode()
    stale = send(desk, f"{home}acts/answer/", 422, answered_on="2021-09-03", seq=suit.latest_seq)
    assert "别人改过" in stale.content.decode() and 'value="2021-09-03"' in stale.content.decode()
    assert "裁定不予立案" in page(desk, f"{home}acts/decision/") and "二审驳回上诉" not in page(
        desk, f"{home}acts/decision/"
    )
    assert "一审还没有裁判" in page(desk, f"{home}acts/appeal/")
    for path in ("acts/find/", "acts/nothing/", "reveal/"):
        assert desk.get(home + path).status_code == 404
    assert Lawsuit.objects.get().notice_on == date(2021, 9, 2)


def test_a_column_is_never_chosen_against_the_form(bureau: Bureau, desk: Client) -> None:
    one = review(bureau)
    correct = f"{ORGAN}registers/reconsiderations/{one.pk}/correct/"
    values = {
        "filed_on": "2021-09-01",
        "closed_on": "2021-09-20",
        "decision_form": "annulled",
        "reason": "补登",
    }
    shown = send(desk, correct, 422, **values, result="upheld").content.decode()
    assert "计入“结果纠正”，与所选的“结果维持”不合" in shown
    send(desk, correct, **values)
    one.refresh_from_db()
    assert one.result == "corrected"
    # As before: a result without a form, as old files have it.
    other = review(bureau, closed_on=date(2021, 9, 20), result="other")
    assert other.decision_form == ""


def test_a_complaint_is_found_told_and_closed(bureau: Bureau) -> None:
    office = bureau.district.office
    desk = signed_in("office_clerk", office)
    base = "/desk/organs/999001/"
    send(
        desk,
        f"{base}registers/complaints/new/",
        received_on="2021-09-13",
        how="phone",
        about="区教育局",
        complainant="投诉人甲乙",
        content="申请后一直没有答复",
    )
    one = Complaint.objects.get()
    assert one.complainant == "投诉人甲乙" and "投诉人" not in one.complainant_sealed
    event = LedgerEvent.objects.get(seq=one.entered_seq)
    assert "投诉人" not in event.payload and "没有答复" not in event.payload
    home = f"{base}remedies/complaints/{one.pk}/"
    shown = page(desk, home)
    assert "投＊＊＊＊" in shown and "投诉人甲乙" not in shown and "查证，认定是不是属实" in shown
    assert "投诉人甲乙" not in page(desk, f"{base}registers/complaints/{one.pk}/correct/")
    assert "10 月 15 日" in shown, "twenty working days over the National Day"
    wrong = send(desk, f"{home}acts/find/", 422, finding="founded").content.decode()
    assert "应当督促整改或者通报批评" in wrong
    assert (
        "由上一级行政机关作出"
        in send(desk, f"{home}acts/find/", 422, finding="founded", measure="correct").content.decode()
    )
    send(
        desk,
        f"{home}acts/find/",
        finding="founded",
        measure="rectify",
        measure_due_on="2021-10-12",
        measure_number="示政办督〔2021〕1号",
    )
    send(desk, f"{home}acts/tell/", told_on="2021-09-20")
    assert "等整改情况" in page(desk, home)
    send(desk, f"{home}acts/correct/", corrected_on="2021-09-21")
    send(desk, f"{home}acts/close/", closed_on="2021-09-22")
    assert "没有要办的" in page(desk, home)
    send(
        desk,
        f"{base}registers/complaints/{one.pk}/correct/",
        received_on="2021-09-12",
        how="phone",
        about="区教育局",
        content="申请后一直没有答复",
        finding="founded",
        measure="rectify",
        told_on="2021-09-20",
        closed_on="2021-09-22",
        measure_due_on="2021-10-12",
        measure_number="示政办督〔2021〕1号",
        corrected_on="2021-09-21",
        reason="日期写错",
    )
    one.refresh_from_db()
    assert one.complainant == "投诉人甲乙", "a name left blank in a correction stays"
    assert "写明为什么要看" in send(desk, f"{home}reveal/", 422, reason="").content.decode()
    assert "投诉人甲乙" in send(desk, f"{home}reveal/", 200, reason="告知处理结果").content.decode()
    assert LedgerEvent.objects.latest("seq").kind == "complaint.revealed"
    book = desk.get(f"{base}registers/complaints/?export=xlsx").content
    cells = str(list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)))
    assert "区教育局" in cells and "投诉人甲乙" not in cells and "一直没有答复" not in cells
    assert "没有符合" in page(desk, f"{base}registers/complaints/?q=甲乙")
    assert verify().breaks == ()


def test_a_closed_complaint_is_erased_by_who_manages_accounts(bureau: Bureau) -> None:
    office = bureau.district.office
    one = entered(
        office, "complaints", received_on=date(2021, 9, 1), how="phone", about="区教育局", complainant="投诉人甲乙",
        content="申请后一直没有答复",
    )  # fmt: skip
    home = f"/desk/organs/999001/remedies/complaints/{one.pk}/"
    clerk, head = signed_in("office_clerk", office), signed_in("office_head", office)
    assert "还没有办结" in page(head, f"{home}erase/") and "删除个人信息" not in page(head, home)
    send(clerk, f"{home}acts/find/", finding="unfounded")
    send(clerk, f"{home}acts/tell/", told_on="2021-09-10")
    send(clerk, f"{home}acts/close/", closed_on="2021-09-11")
    assert clerk.get(f"{home}erase/").status_code == 403 and "删除个人信息" not in page(clerk, home)
    assert f"{home}erase/" in page(head, home)
    assert "不能恢复" in page(head, f"{home}erase/")
    assert "写明删除的原因" in send(head, f"{home}erase/", 422, reason=" ").content.decode()
    send(head, f"{home}erase/", reason="本人要求")
    shown = page(head, home)
    assert "个人信息已删除" in shown and "原因：本人要求" in shown and "投＊" not in shown
    assert "更正</a>" not in shown and "显示投诉人" not in shown
    assert "不能再改" in page(clerk, f"/desk/organs/999001/registers/complaints/{one.pk}/")
    assert head.get("/desk/organs/999001/remedies/lawsuits/1/erase/").status_code == 404
    assert verify().breaks == ()


def test_the_evidence_pack_is_asked_for_with_a_reason(bureau: Bureau, desk: Client) -> None:
    case = answered(bureau)
    address = f"{HOME}{case.number}/evidence/"
    shown = page(desk, address)
    assert "没有申请书原件的扫描件" in shown and "05 期限计算" in shown
    assert "写明用在哪个案件" in send(desk, address, 422, reason=" ").content.decode()
    answer = send(desk, address, 200, reason="示政复〔2021〕3号")
    assert answer["Content-Type"] == "application/zip" and case.number in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist()[0] == "00 证据目录.pdf" and packed.namelist()[-1] == "SHA256SUMS"
    assert signed_in("legal_reviewer", bureau.organ).get(address).status_code == 200
    assert bureau.signed_in(bureau.head).get(address).status_code == 403
    assert signed_in("supervisor", bureau.district.government).get(address).status_code == 403
    assert signed_in("unit_clerk", bureau.district.civil).get(address).status_code == 404


def test_whose_it_is(bureau: Bureau) -> None:
    one = review(bureau, case_number="某号", request_number="没有这件")
    home = f"{ORGAN}remedies/reconsiderations/{one.pk}/"
    seen = signed_in("supervisor", bureau.district.government)
    shown = page(seen, home)
    assert "由本单位登记记录的人办理" in shown and "这里没有这个编号的案卷" in shown
    assert seen.get(f"{home}acts/notice/").status_code == 403 and seen.get(f"{home}redo/").status_code == 403
    civil = signed_in("unit_clerk", bureau.district.civil)
    for rest in ("", "acts/notice/", "redo/"):
        assert civil.get(home + rest).status_code == 404
        assert civil.get((home + rest).replace("999002", "999003")).status_code == 404
    assert "某号" not in page(civil, "/desk/remedies/?state=all")


def test_a_disputed_case_is_kept_longer(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered("2021-06-01")
    case = bureau.do(case, "decide", "2021-06-15", **GRANT)
    case = bureau.do(case, "submit", "2021-06-15")
    case = bureau.do(case, "sign", "2021-06-16", bureau.head, number="示教公复〔2021〕1号")
    case = bureau.do(case, "send", "2021-06-16", method="post")
    case = bureau.do(case, "prove_service", "2021-06-18", proof="挂号单")
    archive = f"{HOME}{case.number}/acts/archive/"
    assert 'value="ordinary" selected' in page(desk, archive) or 'value="ordinary" checked' in page(
        desk, archive
    )
    review(bureau, request_number=case.number)
    assert 'value="disputed" selected' in page(desk, archive) or 'value="disputed" checked' in page(
        desk, archive
    )
