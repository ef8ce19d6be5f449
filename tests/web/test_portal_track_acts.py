"""What an applicant does by code and secret: supplement, reasons, payment with papers; remedies with their day."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, Told, told
from tests.conftest import District, day
from tests.web.portal_support import page
from tests.web.test_portal_apply_track import CASE, PNG, on, opened  # noqa: F401

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


def upload(name: str = "凭证.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, case: Case, form: str, words: str, *files: Any) -> Any:
    case.refresh_from_db()
    data = {"words": words, "seq": str(case.latest_seq), "file": list(files)}
    return client.post(f"/track/case/{form}/", data)


def purposes(case: Case) -> list[str]:
    return list(case.papers.values_list("purpose", flat=True))


def asked_for_reasons(people: People) -> Told:
    one = told(people, "2021-07-01").registered("2021-07-01")
    return one.do("ask_reasons", "2021-07-02", matters="当月第 60 件，写明理由", term_on=day("2021-07-16"))


def test_reasons_are_stated_online_and_judged_by_a_person(on: Any, people: People, client: Client) -> None:  # noqa: F811
    one = asked_for_reasons(people)
    on("2021-07-05")
    html = opened(client, one.case)
    assert "当月第 60 件，写明理由" in html and "提交说明" in html and "7 月 16 日（周五）" in html
    answer = send(client, one.case, "reasons", "用于写论文。", upload("说明.pdf", PDF))
    assert answer["Location"] == f"{CASE}?done=state_reasons"
    html = page(client, f"{CASE}?done=state_reasons")
    assert "说明的理由已收到" in html and "您 2021-07-05 说明的理由已收到" in html
    one.case.refresh_from_db()
    assert one.case.state == "awaiting_reasons" and purposes(one.case) == ["reasons"]
    assert "用于写论文。" in texts_of(one.case).values()
    assert "在等：我们，说明申请数量" not in html
    one.do("receive_reasons", "2021-07-06", reasonable=True)
    assert "提交说明" not in page(client, CASE)
    assert not verify().breaks


def test_a_supplement_may_be_papers_alone_and_comes_once(on: Any, people: People, client: Client) -> None:  # noqa: F811
    one = told(people, "2021-07-01").registered("2021-07-01")
    one.do("ask_supplement", "2021-07-02", matters="补身份证明", term_on=day("2021-07-20"))
    on("2021-07-08")
    opened(client, one.case)
    empty = send(client, one.case, "supplement", " ")
    assert empty.status_code == 422 and "或者选上要补的材料" in empty.content.decode()
    seq = one.case.latest_seq
    for _ in range(2):
        data = {"words": "", "seq": str(seq), "file": [upload("身份证.png")]}
        assert client.post("/track/case/supplement/", data).status_code == 302
    one.case.refresh_from_db()
    assert one.case.state == "handling" and purposes(one.case) == ["supplement"]
    assert "见所附材料。" in texts_of(one.case).values()


def test_a_bad_file_leaves_the_words_and_the_good_ones(on: Any, people: People, client: Client) -> None:  # noqa: F811
    one = told(people, "2021-07-01").registered("2021-07-01")
    one.do("ask_supplement", "2021-07-02", matters="写明年份", term_on=day("2021-07-20"))
    on("2021-07-08")
    opened(client, one.case)
    answer = send(client, one.case, "supplement", "2020 年的", upload("好.png"), upload("坏.exe", b"MZ"))
    html = answer.content.decode()
    assert answer.status_code == 422 and "坏.exe" in html and "2020 年的" in html
    assert "其余 1 份材料已经收下，不用再选" in html
    one.case.refresh_from_db()
    assert one.case.state == "awaiting_supplement" and purposes(one.case) == ["supplement"]
    assert send(client, one.case, "supplement", "2020 年的").status_code == 302


def test_a_payment_is_proven_online_and_confirmed_by_the_office(
    on: Any,  # noqa: F811
    people: People,
    client: Client,
) -> None:
    one = told(people, "2021-07-01").registered("2021-07-01")
    one.do("issue_fee", "2021-07-02", method="case", count=35).do("fee_reached", "2021-07-05")
    on("2021-07-06")
    assert "提交缴费凭证" in opened(client, one.case)
    assert send(client, one.case, "payment", "").status_code == 422
    assert send(client, one.case, "payment", "", upload()).status_code == 302
    html = page(client, f"{CASE}?done=claim_payment")
    assert "您 2021-07-06 交来的缴费凭证已收到" in html and "在等：我们，缴纳信息处理费" not in html
    one.case.refresh_from_db()
    assert one.case.state == "awaiting_payment" and purposes(one.case) == ["payment"]
    one.do("record_payment", "2021-07-07")
    assert one.case.state == "handling" and "提交缴费凭证" not in page(client, CASE)


def test_remedies_stand_with_their_last_day(on: Any, people: People, client: Client) -> None:  # noqa: F811
    one = told(people, "2021-07-01").registered("2021-07-01")
    one.do("decide", "2021-07-05", outcome="r3", grounds=("provided",), reason="可以公开。").do("submit")
    one.do("sign", number="示教公复〔2021〕1号").do("send", method="direct")
    on("2021-07-06")
    assert "不服答复，您可以" not in opened(client, one.case)
    one.do("prove_service", "2021-07-06", proof="回证", signed_for_on=day("2021-07-06"))
    html = page(client, CASE)
    assert "申请行政复议" in html and "9 月 6 日（周一）" in html and "2021-07-06 签收" in html
    assert "提起行政诉讼" in html and "1 月 6 日" in html and "向示范区人民政府或者上一级主管部门提出" in html
    on("2021-09-07")
    assert "期限到 9 月 6 日（周一），已经过了" in opened(client, one.case)


def test_a_letter_whose_arrival_nobody_knows_leaves_the_day_open(
    on: Any,  # noqa: F811
    people: People,
    client: Client,
) -> None:
    one = told(people, "2021-07-01").registered("2021-07-01").answered("2021-07-05")
    on("2021-07-06")
    html = opened(client, one.case)
    assert "从您实际收到答复的次日起 <b>60 日</b>内，向" in html and "次日起 <b>6 个月</b>内，向" in html
    assert html.count("您收到的日期没有登记，算不出最后一天") == 2
