"""Letters on the desk: looked at before they leave, as issued after, settings and wordings by those who approve."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.casework.files import add_file
from gongkai.casework.letter_settings import change_settings, needs_of
from gongkai.casework.models import Case, Letter, LetterDraft, LetterTemplate
from gongkai.foundation.actors import actor_for
from gongkai.foundation.models import LedgerEvent
from tests.conftest import District
from tests.web.desk_case_support import HOME, NOW, TODAY, Bureau
from tests.web.desk_support import page, send, signed_in, text

SETTINGS = "/desk/organs/999002/letters/settings/"
TEMPLATE = "/desk/organs/999002/letters/templates/reply-withheld-16/"


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


def address(case: Case, rest: str = "") -> str:
    return f"{HOME}{case.number}/{rest}"


def form(case: Case, **values: object) -> dict[str, object]:
    fresh = Case.objects.get(pk=case.pk)
    return {"seq": fresh.latest_seq, "on": TODAY.isoformat(), **values}


def test_a_letter_is_looked_at_before_it_leaves(bureau: Bureau, desk: Client) -> None:
    case, place = bureau.registered(), "acts/ask_supplement/"
    typed = {"matters": "写明年度", "term_on": "2021-10-12"}
    shown = text(desk.post(address(case, place), form(case, **typed, look="1")))
    assert "还没有办，这是预览" in shown and "示教公复〔2021〕1号" in shown and "2021年10月12日以前" in shown
    assert "申请人甲" in shown and not Letter.objects.exists() and 'value="2021-10-12"' in shown
    send(desk, address(case, place), **form(case, **typed))
    row = Letter.objects.get()
    assert row.number == "示教公复〔2021〕1号" and row.kept_seq is not None, "kept right after the act"
    listed = page(desk, address(case, "letters/"))
    assert "政府信息公开申请补正告知书" in listed and "已发出" in listed and "PDF" in listed
    one = page(desk, address(case, "letters/1/"))
    assert "写明年度" in one and row.digest[:16] in one
    assert desk.get(address(case, "letters/1/pdf/")).content.startswith(b"%PDF")
    assert desk.get(address(case, "letters/1/docx/")).content.startswith(b"PK")
    assert desk.get(address(case, "letters/9/pdf/")).status_code == 404
    assert "补正告知书" in page(desk, address(case))


def test_the_draft_from_the_decision_to_the_signature(bureau: Bureau, desk: Client) -> None:
    case, head = bureau.registered(), bureau.signed_in(bureau.head)
    place = address(case, "draft/")
    assert desk.get(place).status_code == 404, "no draft before a decision"
    decided = send(
        desk, address(case, "acts/decide/"),
        **form(case, outcome="r3", **{"grounds-r3": ["provided"]}, reason="可以公开。"),
    )  # fmt: skip
    assert decided["Location"] == place
    shown = page(desk, place)
    assert "缺获取的方式、途径和时间" in shown and "{{" not in shown.partition("<main")[2]
    assert "〔待补：获取的方式、途径和时间〕。" in shown and 'name="decision"' not in shown
    assert "可不填" not in shown.partition('id="f-access"')[0].rpartition("<label")[2], "it is lacking"
    refused = text(desk.post(address(case, "acts/submit/"), form(case)), 422)
    assert "缺获取的方式、途径和时间" in refused
    body = shown.partition('name="text"')[2].partition(">\n")[2].partition("</textarea>")[0]
    send(
        desk,
        place,
        **form(
            case,
            text=body.replace("经审查", "经审查和核对").replace("〔待补：获取的方式、途径和时间〕", "附后"),
            access="附后",
        ),
    )
    assert "第 1 稿" in page(desk, place) and "齐全" in page(desk, place)
    send(desk, address(case, "acts/submit/"), **form(case))
    assert "草稿不能改。审核的人退回以后再改" in page(desk, place)
    review = page(head, address(case, "acts/sign/"))
    assert "要签发的全文" in review and "经办人改过的文字" in review and "示教公复〔2021〕1号" in review
    assert head.get(address(case, "draft/pdf/")).content.startswith(b"%PDF")
    send(head, address(case, "acts/return/"), **form(case, reason="说明一次"))
    body = page(desk, place).partition('name="text"')[2].partition(">\n")[2].partition("</textarea>")[0]
    send(desk, place, **form(case, text=body.replace("附后", "附后，共 3 页"), access="附后，共 3 页"))
    send(desk, address(case, "acts/submit/"), **form(case))
    review = page(head, address(case, "acts/sign/"))
    assert "退回以后改了什么" in review and "共 3 页" in review
    seen = review.partition('name="seen" value="')[2].partition('"')[0]
    change_settings(bureau.organ, {"contact": "新电话"}, by=actor_for(bureau.head, today=TODAY), now=NOW)
    number = {"number": "示教公复〔2021〕1号"}
    again = text(head.post(address(case, "acts/sign/"), form(case, seen=seen, **number)), 422)
    assert "要签发的内容变了" in again and "新电话" in again
    seen = again.partition('name="seen" value="')[2].partition('"')[0]
    send(head, address(case, "acts/sign/"), **form(case, seen=seen, **number))
    assert "已签发，没有送达" in page(desk, address(case, "letters/"))
    send(desk, address(case, "acts/send/"), **form(case, method="post"))
    assert "已发出" in page(desk, address(case, "letters/")) and "用“更正答复”" in page(desk, place)


def test_two_clerks_at_one_draft_lose_nothing(bureau: Bureau, desk: Client) -> None:
    case, other = bureau.drafted(), bureau.signed_in(bureau.other)
    place, seen = address(case, "draft/"), form(case)
    send(other, place, **{**seen, "text": "乙改的一行"})
    shown = text(desk.post(place, {**seen, "text": "甲改的一行"}), 409)
    assert "有变化，没有存" in shown and "甲改的一行" in shown and "乙改的一行" in shown
    assert LetterDraft.objects.count() == 1
    empty = text(desk.post(place, form(case, text=" ")), 422)
    assert "正文是空的" in empty
    send(desk, place, **form(case, reset="1"))
    assert "乙改的一行" not in page(desk, place).partition("各稿")[0]


def test_forms_are_made_on_demand_and_on_record(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    assert "政府信息公开申请登记表" in page(desk, address(case, "letters/"))
    made = desk.post(address(case, "forms/application/pdf/"))
    assert (
        made.content.startswith(b"%PDF")
        and desk.get(address(case, "forms/application/pdf/")).status_code == 405
    )
    assert LedgerEvent.objects.latest("seq").kind == "case.form_made"
    assert desk.post(address(case, "forms/approval/pdf/")).status_code == 422
    assert desk.post(address(case, "forms/none/pdf/")).status_code == 404
    reader = signed_in("supervisor", bureau.district.government)
    assert reader.post(address(case, "forms/application/pdf/")).status_code == 403
    assert "表单" not in page(reader, address(case, "letters/"))


def test_who_opens_an_identity_paper_stands_on_record(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    clerk = actor_for(bureau.clerk, today=TODAY)
    add_file(case, b"%PDF-1.7 card", name="证件.pdf", purpose="identity", by=clerk, now=NOW)
    before = LedgerEvent.objects.count()
    shown = page(desk, address(case, "files/1/"))
    assert "记入底账" in shown and LedgerEvent.objects.count() == before
    assert desk.post(address(case, "files/1/")).content == b"%PDF-1.7 card"
    event = LedgerEvent.objects.latest("seq")
    assert (event.kind, event.actor) == ("case.paper_opened", bureau.clerk.ref)
    reader = signed_in("supervisor", bureau.district.government)
    assert reader.post(address(case, "files/1/")).status_code == 403
    assert LedgerEvent.objects.filter(kind="case.paper_opened").count() == 1


def test_what_the_applicant_supplemented_stands_with_the_request(bureau: Bureau, desk: Client) -> None:
    case = bureau.do(
        bureau.registered(), "ask_supplement", "2021-09-15", matters="年度", term_on=TODAY.replace(day=28)
    )
    send(desk, address(case, "acts/receive_supplement/"), **form(case, note="要 2020 年度的"))
    shown = page(desk, address(case))
    assert "2021-09-22　补正" in shown and shown.count("要 2020 年度的") == 2, "with the request and its act"
    assert "补正的内容：要 2020 年度的" in shown


def test_settings_are_the_approvers(bureau: Bureau, desk: Client) -> None:
    head = bureau.signed_in(bureau.head)
    assert desk.get(SETTINGS).status_code == 403 and "文书设置" not in page(desk, "/desk/inbox/")
    shown = page(head, SETTINGS)
    assert "示教公复〔2021〕1号" in shown and "上一级人民政府" not in shown
    seq = shown.partition('name="seq" value="')[2].partition('"')[0]
    values = {
        "letter_code": "示教公复",
        "contact": "公开岗",
        "used_year": "2021",
        "used_serial": "57",
        "seq": seq,
    }
    wrong = text(head.post(SETTINGS, {**values, "used_serial": "很多", "review_channel": "review"}), 422)
    assert "应是整数" in wrong and "完整的网址" in wrong and 'value="很多"' in wrong
    send(head, SETTINGS, **values)
    assert needs_of(bureau.organ).contact == "公开岗" and "示教公复〔2021〕58号" in page(head, SETTINGS)
    late = text(head.post(SETTINGS, values), 422)
    assert "有人改过文书设置" in late


def test_a_wording_is_checked_previewed_versioned_and_given_up(bureau: Bureau) -> None:
    head = bureau.signed_in(bureau.head)
    assert "政府信息公开申请答复书（不予公开，第十六条）" in page(
        head, "/desk/organs/999002/letters/templates/"
    )
    shown = page(head, TEMPLATE)
    body = shown.partition('name="text"')[2].partition(">\n")[2].partition("</textarea>")[0]
    assert "{{remedy}}" in body and "初始文字" in shown
    wrong = text(head.post(TEMPLATE, {"text": body.replace("{{remedy}}", ""), "version": "0"}), 422)
    assert "少了救济途径" in wrong and not LetterTemplate.objects.exists()
    looked = text(head.post(TEMPLATE, {"text": body + "\n此复。", "version": "0", "preview": "1"}))
    assert "此复。" in looked and not LetterTemplate.objects.exists()
    send(head, TEMPLATE, text=body + "\n此复。", version="0")
    late = text(head.post(TEMPLATE, {"text": body, "version": "0"}), 422)
    assert "有了第 1 版" in late
    case = bureau.drafted()
    assert "此复。" in page(head, address(case, "draft/"))
    send(head, TEMPLATE, reset="1", version="1")
    assert "此复。" not in page(head, address(case, "draft/"))
    assert "此复。" in page(head, f"{TEMPLATE}?version=1") and LetterTemplate.objects.count() == 2
    assert head.get("/desk/organs/999002/letters/templates/application/").status_code == 404


def test_the_districts_wording_holds_for_units_without_their_own(bureau: Bureau) -> None:
    office = signed_in("office_head", bureau.district.office)
    place = TEMPLATE.replace("999002", "999000")
    shown = page(office, place)
    body = shown.partition('name="text"')[2].partition(">\n")[2].partition("</textarea>")[0]
    send(office, place, text=body + "\n全区统一。", version="0")
    head = bureau.signed_in(bureau.head)
    assert "区政府统一" in page(head, "/desk/organs/999002/letters/templates/")
    assert "全区统一。" in page(head, address(bureau.drafted(), "draft/"))
