"""Following a request: in by code and secret alone, told the truth at every stage, with what one may do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.casework import files
from gongkai.casework.codes import grouped, secret_of
from gongkai.casework.models import Case, CaseFile
from gongkai.casework.readers import applicant_of
from gongkai.web.portal import guesses, visitor
from tests.apps.casework_support import People, Told, actor, told
from tests.conftest import District, day
from tests.web.portal_support import page

CASE = "/track/case/"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def people(district: District) -> People:
    return People(district.education)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the day the web stands at."""

    def stand(text: str, hour: int = 16) -> None:
        moment = datetime.fromisoformat(f"{text}T{hour:02d}:00:00+08:00")
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    stand("2021-07-01")
    return stand


def open_(client: Client, case: Case) -> Any:
    sent = {"code": grouped(case.query_code).lower(), "secret": grouped(secret_of(case))}
    return client.post("/track/", sent)


def opened(client: Client, case: Case) -> str:
    assert open_(client, case)["Location"] == CASE
    return page(client, CASE)


def test_code_and_secret_open_the_case_and_stand_in_no_address(
    on: Any, people: People, client: Client
) -> None:
    case = told(people, "2021-07-01", channel="online").case
    assert client.get(f"/track/?code=X&secret={secret_of(case)}")["Location"] == "/track/"
    form = page(client, f"/track/?code={grouped(case.query_code)}")
    assert f'value="{grouped(case.query_code)}"' in form and secret_of(case) not in form
    html = opened(client, case)
    assert "等我们与您确认收到" in html and "最迟 7 月 2 日（周五）联系您" in html
    assert secret_of(case) not in html and grouped(secret_of(case)) not in html
    assert client.get(CASE)["Cache-Control"] == "no-store"


def test_wrong_and_unknown_answer_alike(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-07-01").case
    code = grouped(case.query_code)
    wrong = client.post("/track/", {"code": code, "secret": "AAAA"})
    other = grouped("ABCDEFGHJKMN")
    unknown = client.post("/track/", {"code": other, "secret": secret_of(case)})
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert _without_token(wrong).replace(code, "") == _without_token(unknown).replace(other, "")
    assert "没有查到" in wrong.content.decode() and client.get(CASE)["Location"] == "/track/"


def _without_token(answer: Any) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_guessing_is_slowed_down_by_address(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-07-01").case
    for _ in range(guesses.ATTEMPTS):
        assert client.post("/track/", {"code": "X", "secret": "Y"}).status_code == 404
    assert open_(client, case).status_code == 429
    on("2021-07-01", 17)
    assert open_(client, case).status_code == 302


@pytest.mark.parametrize(
    "address",
    [CASE, "/track/case/withdraw/", "/track/case/papers/1/", "/track/calendar.ics", "/apply/receipt/"],
)
def test_without_code_and_secret_nothing_opens(district: District, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (302, 404) and answer.get("Location", "/track/") == "/track/"
    assert client.post("/track/case/supplement/", {"words": "x"})["Location"] == "/track/"


@pytest.mark.parametrize("address", ["/track/case/supplement/", "/track/case/papers/"])
def test_a_reload_after_a_mistake_leads_back(on: Any, people: People, client: Client, address: str) -> None:
    opened(client, told(people, "2021-07-01").case)
    assert client.get(address)["Location"] == CASE


def test_it_closes_after_half_an_hour_and_by_the_button(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-07-01").case
    opened(client, case)
    client.post("/track/leave/")
    assert client.get(CASE)["Location"] == "/track/"
    opened(client, case)
    assert timedelta(minutes=30) == visitor.IDLE
    on("2021-07-01", 17)
    assert client.get(CASE)["Location"] == "/track/"


def test_the_clock_is_told_day_by_day(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-09-13").registered("2021-09-14")
    on("2021-09-28")
    html = opened(client, one.case)
    assert "最迟 10 月 15 日（周五）答复" in html and "还剩 9 个工作日" in html
    assert "补班" in html and "第20日" in html and "放假" in html
    assert 'aria-label="共 20 个工作日，已过 11 个，还剩 9 个"' in html
    assert "如果到期没答复" in html and "10 月 16 日（周六）起" in html and "行政复议" in html
    assert "申请人甲" not in html
    on("2021-10-20")
    late = opened(client, one.case)
    assert "已经逾期 3 个工作日，应于 10 月 15 日（周五）答复" in late and "到期没有答复，您可以" in late


def test_a_pause_says_for_whom_and_hides_who(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-09-13").registered("2021-09-14")
    one.do("consult_third_party", "2021-09-16", whom="third-1", whom_name="第三方丙")
    on("2021-09-20")
    html = opened(client, one.case)
    assert "暂停中：等第三方的意见" in html and "第三方丙" not in html and "third-1" not in html


def asked(people: People) -> Told:
    one = told(people, "2021-07-01").registered("2021-07-02")
    return one.do("ask_supplement", "2021-07-05", matters="写明是哪一年的", term_on=day("2021-07-20"))


def test_the_applicant_supplements(on: Any, people: People, client: Client) -> None:
    one = asked(people)
    on("2021-07-08")
    html = opened(client, one.case)
    assert "等您补正，最后一天是 7 月 20 日（周二）" in html and "写明是哪一年的" in html
    assert "等您补正；答复期限自" in html and "等申请人" not in html
    empty = client.post("/track/case/supplement/", {"words": " ", "seq": one.case.latest_seq})
    assert empty.status_code == 422 and "还没有写补正的内容" in empty.content.decode()
    done = client.post("/track/case/supplement/", {"words": "2020 年的", "seq": one.case.latest_seq})
    assert done["Location"] == f"{CASE}?done=receive_supplement"
    after = page(client, done["Location"])
    assert "补正已收到" in after and "8 月 9 日（周一）答复" in after
    case = Case.objects.get()
    assert case.state == "handling" and case.acts.last().actor == f"applicant:{case.pk}"
    # A second click on the same page does nothing more.
    client.post("/track/case/supplement/", {"words": "2020 年的", "seq": one.case.latest_seq})
    assert case.acts.count() == 3


def test_what_changed_meanwhile_is_told_and_the_words_are_kept(
    on: Any, people: People, client: Client
) -> None:
    one = asked(people)
    on("2021-07-08")
    opened(client, one.case)
    before = one.case.latest_seq
    one.do("receive_supplement", "2021-07-07")
    answer = client.post("/track/case/supplement/", {"words": "2020 年的", "seq": before})
    assert answer.status_code == 409 and "没有办成" in answer.content.decode()


def test_after_the_term_a_person_decides(on: Any, people: People, client: Client) -> None:
    one = asked(people)
    on("2021-07-21")
    html = opened(client, one.case)
    assert "由他们决定能不能收" in html and "提交补正" not in html
    answer = client.post("/track/case/supplement/", {"words": "2020 年的", "seq": one.case.latest_seq})
    assert answer.status_code == 409 and "已经过了" in answer.content.decode()
    assert Case.objects.get().state == "awaiting_supplement"


def test_the_applicant_withdraws_after_being_asked_once(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-07-01").registered("2021-07-02")
    on("2021-07-05")
    opened(client, one.case)
    assert "不能恢复" in page(client, "/track/case/withdraw/")
    done = client.post("/track/case/withdraw/", {"reason": "", "seq": one.case.latest_seq})
    assert "申请已撤回" in page(client, done["Location"]) and Case.objects.get().state == "withdrawn"
    assert client.get("/track/case/withdraw/")["Location"] == CASE
    again = client.post("/track/case/withdraw/", {})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "purpose", "words"),
    [
        ("a.png", b"", "identity", "空文件"),
        ("a.png", b"<script>alert(1)</script>", "identity", "不是可以收的文件"),
        ("a.pdf", PNG, "identity", "扩展名"),
        ("a.png", PNG, "letter", "还没有选是什么材料"),
        (None, b"", "identity", "还没有选文件"),
    ],
)
def test_papers_that_lie_are_refused(
    on: Any, people: People, client: Client, name: str | None, content: bytes, purpose: str, words: str
) -> None:
    opened(client, told(people, "2021-07-01").case)
    sent: dict[str, Any] = {"purpose": purpose}
    if name:
        sent["file"] = SimpleUploadedFile(name, content)
    answer = client.post("/track/case/papers/", sent)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert CaseFile.objects.count() == 0


def test_no_papers_are_asked_for_once_a_request_is_closed(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-07-01").registered("2021-07-01")
    assert "do-paper" in opened(client, one.case)
    one.do("withdraw", "2021-07-02")
    assert "do-paper" not in page(client, CASE)
    sent = {"purpose": "identity", "file": SimpleUploadedFile("身份证.png", PNG)}
    answer = client.post("/track/case/papers/", sent)
    assert answer.status_code == 422 and "不能再加材料" in answer.content.decode()


def test_papers_go_in_and_the_reply_comes_out(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-07-01").case
    opened(client, case)
    sent = {"purpose": "authority", "file": SimpleUploadedFile("委托书.png", PNG)}
    done = client.post("/track/case/papers/", sent)
    html = page(client, done["Location"])
    assert "材料已收到" in html and "授权委托书" in html
    answer = client.get("/track/case/papers/1/")
    assert (
        answer.content == PNG
        and answer["Content-Disposition"] == f'attachment; filename="{case.number}-1.png"'
    )
    by = actor(people.clerk)
    moment = datetime.fromisoformat("2021-07-02T10:00:00+08:00")
    files.add_file(case, PNG, name="内部.png", purpose="other", by=by, now=moment)
    files.add_file(case, PNG, name="答复.png", purpose="letter", by=by, now=moment, to_applicant=True)
    assert client.get("/track/case/papers/2/").status_code == 404
    assert client.get("/track/case/papers/3/").status_code == 200
    assert client.get("/track/case/papers/99/").status_code == 404
    assert "内部" not in page(client, CASE) and applicant_of(case).public


def test_an_answered_request_says_so(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-07-01").registered("2021-07-02").answered("2021-07-12")
    on("2021-07-20")
    html = opened(client, one.case)
    assert "答复" in html and "在期限以内" in html and "撤回申请</a>" not in html


def test_the_day_for_the_calendar(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-09-13").registered("2021-09-14")
    on("2021-09-15")
    opened(client, one.case)
    answer = client.get("/track/calendar.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar") and "DTSTART;VALUE=DATE:20211015\r\n" in text
    assert "DTEND;VALUE=DATE:20211016\r\n" in text and f"UID:{one.case.number}@testserver\r\n" in text
    assert secret_of(one.case) not in text.replace("-", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    one.answered("2021-09-20")
    assert client.get("/track/calendar.ics").status_code == 404


def test_a_fee_is_told_with_its_steps(on: Any, people: People, client: Client) -> None:
    one = told(people, "2021-07-01").registered("2021-07-02")
    one.do("issue_fee", "2021-07-05", method="page", count=100)
    on("2021-07-06")
    html = opened(client, one.case)
    assert "信息处理费 " in html and "元</h2>" in html and "缴费凭证" in html
    assert "等您缴费" in html and "不算进我们的答复期限" in html


def test_a_mistaken_entry_says_so(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-07-01").case
    Case.objects.filter(pk=case.pk).update(voided_seq=case.latest_seq)
    html = opened(client, case)
    assert "这件登记已经撤销" in html and "撤回申请</a>" not in html and "到期没答复" not in html
    assert client.get("/track/case/withdraw/")["Location"] == CASE


def test_letters_that_are_late_to_be_confirmed_are_told(on: Any, people: People, client: Client) -> None:
    case = told(people, "2021-07-01", channel="online").case
    on("2021-07-06")
    html = opened(client, case)
    assert "还没有与您确认收到，应于 7 月 2 日（周五）前联系您" in html and "已经 5 天" in html
