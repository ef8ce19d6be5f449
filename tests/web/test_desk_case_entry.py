"""Entry of paper requests, papers of a case, and tokens of linked platforms, on the desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.casework.models import Case, CaseAct, CaseFile, PlatformToken
from gongkai.casework.platforms import platform_for
from gongkai.foundation.models import LedgerEvent
from tests.apps.casework_support import CARD
from tests.conftest import District
from tests.web.desk_case_support import HOME, NEW, NOW, Bureau
from tests.web.desk_support import page, send, signed_in, text

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def bureau(district: District) -> Bureau:
    return Bureau(district)


@pytest.fixture
def desk(bureau: Bureau) -> Client:
    return bureau.signed_in(bureau.clerk)


def key_of(shown: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', shown)
    assert found
    return found[1]


def typed(desk: Client, **changes: str) -> dict[str, Any]:
    values = {
        "key": key_of(page(desk, NEW)), "organ": "999002", "channel": "counter", "arrived_on": "2021-09-13",
        "applicant.class": "natural", "applicant.name": "申请人甲", "applicant.id_type": "identity-card",
        "applicant.id_number": CARD, "applicant.phone": "13800000000", "description": "2020 年危房改造资金分配表",
        "form": "electronic", "delivery": "online",
    }  # fmt: skip
    return {**values, **changes}


def scan(name: str = "申请书.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_counter_request_is_received_that_day(bureau: Bureau, desk: Client) -> None:
    answer = send(desk, NEW, **typed(desk), application=scan())
    case = Case.objects.get()
    assert answer["Location"] == f"{HOME}{case.number}/receipt/"
    assert case.received_on is not None and case.received_on.isoformat() == "2021-09-13"
    receipt = page(desk, answer["Location"])
    assert "收到申请之日 2021-09-13，答复期限从次日起算" in receipt and "2021 年 10 月 15 日" in receipt
    assert re.search(r"查询码</dt><dd class=\"code\">[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}<", receipt)
    shown = page(desk, f"{HOME}{case.number}/")
    assert "申请书.pdf" in shown and CARD not in shown
    assert desk.get(f"{HOME}{case.number}/files/1/").content == PDF
    # The secret is the applicant's: who did not enter the request cannot open the receipt.
    assert bureau.signed_in(bureau.other).get(answer["Location"]).status_code == 404


def test_a_double_click_is_one_case(desk: Client) -> None:
    form = typed(desk)
    send(desk, NEW, **form)
    again = send(desk, NEW, **form)
    case = Case.objects.get()
    assert again["Location"] == f"{HOME}{case.number}/"
    assert "没有再录入一件" in page(desk, again["Location"])
    changed = text(desk.post(NEW, {**form, "description": "另一件"}), 409)
    assert "这张表单刚才已经录入为一件" in changed and "另一件" in changed and Case.objects.count() == 1
    send(desk, NEW, **{**form, "description": "另一件", "key": key_of(changed)})
    assert Case.objects.count() == 2


def test_a_plain_letter_counts_from_its_confirmation(desk: Client) -> None:
    send(desk, NEW, **typed(desk, channel="ordinary_mail"))
    waiting = Case.objects.get()
    assert waiting.received_on is None and waiting.state == "awaiting_confirmation"
    shown = page(desk, f"{HOME}{waiting.number}/")
    assert "等与申请人确认收到，期限还没有起算" in shown and "还没有确认" in shown
    confirmed = typed(
        desk, channel="fax", confirmed_on="2021-09-15", confirmed_how="经办人电话联系申请人确认"
    )
    send(desk, NEW, **confirmed)
    case = Case.objects.latest("pk")
    assert case.received_on is not None and case.received_on.isoformat() == "2021-09-15"
    shown = page(desk, f"{HOME}{case.number}/")
    assert "经办人电话联系申请人确认" in shown and "到达 2 天才确认" in shown


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"description": ""}, "f-description", "没有写要什么信息"),
        ({"channel": ""}, "f-channel", "没有选怎样来的"),
        ({"organ": "999003"}, "f-organ", "没有选收到申请的机关"),
        ({"applicant.class": ""}, "f-applicant-class", "没有选申请人类别"),
        ({"applicant.id_number": "110101199001010016"}, "f-applicant-id_number", "第 18 位"),
        ({"applicant.phone": "138"}, "f-applicant-phone", "电话"),
        ({"arrived_on": "2021-09-30"}, "f-arrived_on", "还没有到"),
        ({"arrived_on": "上周一"}, "f-arrived_on", "应是日期"),
        ({"arrived_on": ""}, "f-arrived_on", "没有写哪一天到的"),
        ({"confirmed_on": "2021-09-14", "confirmed_how": "电话"}, "f-confirmed_on", "不用确认收到"),
        ({"channel": "fax", "confirmed_on": "2021-09-01", "confirmed_how": "电话"}, "f-confirmed_on", "早于到达"),
        ({"channel": "fax", "confirmed_on": "2021-09-14"}, "f-confirmed_how", "还要写谁怎样"),
        ({"channel": "fax", "confirmed_how": "电话"}, "f-confirmed_on", "还要写哪一天"),
        ({"delivery": "post"}, "f-applicant-address", "填写通信地址"),
        ({"agent.phone": "13800000000"}, "f-agent-name", "没有填写代理人的姓名"),
        ({"description": "长" * 6000}, "f-description", "最多 5000 个"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk: Client, changes: dict[str, str], where: str, message: str
) -> None:
    shown = text(desk.post(NEW, typed(desk, **{"title": "名称甲乙丙", **changes})), 422)
    assert "有错误：" in shown and f'href="#{where}"' in shown and message in shown
    assert f'id="{where}"' in shown and 'value="名称甲乙丙"' in shown
    assert not Case.objects.exists()


def test_direction_marks_and_scripts_do_no_harm(desk: Client) -> None:
    send(
        desk,
        NEW,
        **typed(desk, **{"applicant.name": "申请\u202e人\u200b甲"}, title="<script>alert(1)</script>"),
    )
    shown = page(desk, f"{HOME}{Case.objects.get().number}/")
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown and "\u202e" not in shown


def test_a_file_that_lies_is_refused_with_all_that_was_typed(desk: Client) -> None:
    shown = text(desk.post(NEW, {**typed(desk), "application": scan("申请书.pdf", b"MZ\x90")}), 422)
    assert 'href="#f-application"' in shown and "申请人甲" in shown and "刚才选的文件没有存" in shown
    assert not Case.objects.exists()


def test_papers_are_added_once(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    place = f"{HOME}{case.number}/files/new/"
    wrong = text(desk.post(place, {"seq": case.latest_seq}), 422)
    assert "没有选是什么材料" in wrong and "没有选文件" in wrong
    for _ in range(2):
        send(desk, place, seq=case.latest_seq, purpose="opinion", file=scan("意见.pdf"))
    assert CaseFile.objects.count() == 1
    assert "意见.pdf" in page(desk, f"{HOME}{case.number}/")
    lie = text(desk.post(place, {"seq": 0, "purpose": "other", "file": scan("图.png")}), 422)
    assert 'href="#f-file"' in lie
    assert desk.get(f"{HOME}{case.number}/files/9/").status_code == 404
    assert bureau.signed_in(bureau.head).get(f"{HOME}{case.number}/files/1/").content == PDF
    # Who only reads the record sees that there is a paper, neither its name nor its content.
    supervisor = signed_in("supervisor", bureau.district.government)
    assert supervisor.get(f"{HOME}{case.number}/files/1/").status_code == 403
    assert "意见.pdf" not in page(supervisor, f"{HOME}{case.number}/")


def test_the_office_enters_for_the_district(bureau: Bureau) -> None:
    office = signed_in("office_clerk", bureau.district.office)
    shown = page(office, NEW)
    assert '<option value="999000" selected>' in shown and "示范区教育局" in shown
    send(office, NEW, **typed(office, organ="999003"))
    assert Case.objects.get().organ.code == "999003"


def test_a_head_does_not_enter(bureau: Bureau) -> None:
    head = bureau.signed_in(bureau.head)
    assert head.get(NEW).status_code == 403
    assert "录入申请</a>" not in page(head, "/desk/inbox/")


def test_an_interrupted_act_comes_back_as_it_was_typed(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    typed_ = {"seq": case.latest_seq, "on": "2021-09-22", "where": "档案室甲", "by": "档案员", "words": "词"}
    shown = text(desk.post(f"{HOME}{case.number}/acts/record_search/", {**typed_, "resumed": "1"}))
    assert "刚才填的都在这里" in shown and "档案室甲" in shown
    assert CaseAct.objects.filter(case=case, act="record_search").count() == 0


def test_a_platforms_token_is_shown_once(bureau: Bureau) -> None:
    operator = signed_in("operator", bureau.district.government)
    assert "还没有对接平台" in page(operator, "/desk/platforms/")
    shown = text(operator.post("/desk/platforms/", {"label": "政务服务网"}))
    found = re.search(r"gk_[\w-]{43}", shown)
    assert found and platform_for(found[0]) is not None
    assert found[0] not in page(operator, "/desk/platforms/")
    again = text(operator.post("/desk/platforms/", {"label": "政务服务网"}), 422)
    assert "已经有一个令牌" in again and PlatformToken.objects.count() == 1
    assert "写明是哪个平台" in text(operator.post("/desk/platforms/", {"label": " "}), 422)
    revoke = f"/desk/platforms/{PlatformToken.objects.get().pk}/revoke/"
    assert "写明吊销的原因" in text(operator.post(revoke, {"reason": ""}), 422)
    send(operator, revoke, reason="平台停用")
    assert platform_for(found[0]) is None and "已吊销" in page(operator, "/desk/platforms/")
    assert "这个令牌已经吊销" in text(operator.post(revoke, {"reason": "再来"}), 422)
    kinds = LedgerEvent.objects.filter(kind__startswith="platform.").values_list("kind", flat=True)
    assert sorted(kinds) == ["platform.token_issued", "platform.token_revoked"]
    assert bureau.signed_in(bureau.clerk).get("/desk/platforms/").status_code == 403
