"""Applying on the web, page by page: what is asked, kept, refused in words, and filed once."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils.html import escape

from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case
from gongkai.config.key_file import KeyRing
from gongkai.web.portal import apply_steps
from gongkai.web.portal.apply_steps import ORDER, STEPS
from tests.apps.casework_support import CARD, OTHER_CARD, WORDS
from tests.conftest import District, day, enter
from tests.web.portal_support import page

WHO = {"class": "natural", "by": "self"}
PERSON = {"name": "申请人甲", "id_type": "identity-card", "id_number": CARD}
ANSWERS: dict[str, dict[str, str]] = {
    "who": WHO,
    "person": PERSON,
    "contact": {"phone": "13800000000"},
    "what": {"description": WORDS},
    "organ": {"organ": "999002"},
    "how": {"form": "electronic", "delivery": "online"},
    "papers": {},
}
RECEIPT = "/apply/receipt/"
_CHOSEN = ("class", "by", "id_type", "organ", "form", "delivery")


def put(client: Client, code: str, **changes: str) -> Any:
    return client.post(f"/apply/{code}/", {**ANSWERS[code], **changes})


def filled(client: Client, **changes: dict[str, str]) -> Client:
    """Every question answered."""
    for code in ORDER:
        answer = put(client, code, **changes.get(code, {}))
        assert answer.status_code == 302, (code, answer.content.decode())
    return client


def send(client: Client) -> Any:
    return client.post("/apply/check/", {"true": "yes"})


def sent(client: Client, **changes: dict[str, str]) -> Case:
    assert send(filled(client, **changes))["Location"] == RECEIPT
    return Case.objects.get()


def refused(client: Client, code: str, **changes: str) -> str:
    answer = put(client, code, **changes)
    html = answer.content.decode()
    assert answer.status_code == 422 and "有错误：" in html and "处要改" in html
    return html


def test_one_question_leads_to_the_next(district: District, client: Client) -> None:
    assert 'href="/apply/who/"' in page(client, "/apply/")
    for code in ORDER:
        html = page(client, f"/apply/{code}/")
        assert f"第 {STEPS[code].number} 步，共 6 步" in html and "用途" not in html.replace("不用写用途", "")
        following = apply_steps.after(code)
        assert put(client, code)["Location"] == (f"/apply/{following}/" if following else "/apply/check/")
    assert 'href="/apply/check/"' in page(client, "/apply/")


def test_what_was_answered_stands_there_again(district: District, client: Client) -> None:
    filled(client)
    assert f'value="{CARD}"' in page(client, "/apply/person/")
    assert WORDS in page(client, "/apply/what/") and 'value="999002" selected' in page(
        client, "/apply/organ/"
    )


def test_the_last_look_masks_the_card_and_says_the_day(district: District, client: Client) -> None:
    html = page(filled(client), "/apply/check/")
    assert CARD not in html and f"{CARD[:4]}…{CARD[-4:]}" in html and "13800000000" not in html
    assert WORDS in html and "示范区教育局" in html and "今天提交的话" in html
    assert "确认收到的次日起算" in html and ("最迟 <b>" in html or "到期日现在算不出" in html)
    assert send(client).status_code == 302


def test_a_year_without_a_notice_is_named(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.web.portal.apply_views.today", lambda request: day("2035-01-05"))
    html = page(filled(client), "/apply/check/")
    assert "到期日现在算不出" in html and "2035 年" in html and "最迟 <b>" not in html


def test_an_answer_is_changed_from_the_last_look(district: District, client: Client) -> None:
    filled(client)
    answer = client.post("/apply/contact/?from=check", {"phone": "", "email": "a@example.cn"})
    assert answer["Location"] == "/apply/check/"
    assert "a…@example.cn" in page(client, "/apply/check/")


def test_it_is_filed_and_the_receipt_says_all(district: District, client: Client) -> None:
    case = sent(client)
    html = page(client, RECEIPT)
    assert case.number in html and case.organ_id == district.education.pk and case.filed_by == "public"
    code, secret = re.findall(r'class="code">([^<]+)<', html)
    assert code.replace("-", "") == case.query_code and secret != code
    assert "等我们与您确认收到" in html and 'role="img" aria-label="查进度的二维码' in html and "<svg" in html
    assert " style=" not in html
    texts = texts_of(case)
    assert texts["applicant.id_number"] == CARD and texts["filing.description"] == WORDS


def test_a_second_click_and_the_back_button_make_no_second_case(district: District, client: Client) -> None:
    filled(client)
    cookies = client.cookies["sessionid"].value
    kept = Session.objects.get(session_key=cookies).session_data
    number = sent_number(send(client))
    # The second click arrives before the first was answered: the session is still as it was.
    Session.objects.filter(session_key=cookies).update(session_data=kept)
    assert sent_number(send(client)) == number and Case.objects.count() == 1
    # And long afterwards, by the back button.
    assert send(client)["Location"] == RECEIPT and client.get("/apply/check/")["Location"] == RECEIPT
    assert Case.objects.get().number == number


def sent_number(answer: Any) -> str:
    assert answer.status_code == 302 and answer["Location"] == RECEIPT
    return Case.objects.order_by("-id").values_list("number", flat=True)[0]


def test_changed_after_it_was_sent_elsewhere_it_is_another(district: District, client: Client) -> None:
    filled(client)
    kept = Session.objects.get(session_key=client.cookies["sessionid"].value).session_data
    send(client)
    Session.objects.update(session_data=kept)
    put(client, "what", description="另一件事：2021 年预算")
    assert send(client)["Location"] == RECEIPT and Case.objects.count() == 2


def test_nothing_is_sent_without_the_tick(district: District, client: Client) -> None:
    answer = filled(client).post("/apply/check/", {})
    assert answer.status_code == 422 and "还没有勾选" in answer.content.decode()
    assert Case.objects.count() == 0


def test_what_is_missing_is_named_at_the_last_look(district: District, client: Client) -> None:
    put(client, "who")
    answer = send(client)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'href="/apply/organ/?from=check#f-organ"' in html
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("who", {"class": "", "by": ""}, "选一类"),
        ("who", {"class": "king"}, "选一类"),
        ("person", {"name": " \u200b\u202e"}, "没有填写姓名"),
        ("person", {"name": "甲" * 101}, "最多 100 个"),
        ("person", {"id_number": CARD[:-1] + "6"}, "第 18 位对不上"),
        ("person", {"id_number": "110101209901010015"}, "还没有到"),
        ("person", {"id_type": "other"}, "还没有选证件"),
        ("contact", {"phone": ""}, "至少填一种"),
        ("contact", {"phone": "138"}, "11 位"),
        ("contact", {"email": "a.example.cn"}, "没有 @"),
        ("what", {"description": ""}, "没有写要什么信息"),
        ("what", {"description": "x" * 1_000_000}, "1000000 个字"),
        ("organ", {"organ": ""}, "还没有选单位"),
        ("organ", {"organ": "nowhere"}, "还没有选单位"),
        ("how", {"form": "", "delivery": ""}, "还没有选"),
        ("how", {"delivery": "email"}, "还没有填电子邮箱"),
        ("how", {"delivery": "post"}, "还没有填通信地址"),
    ],
)
def test_a_wrong_answer_comes_back_as_it_was_typed(
    district: District, client: Client, code: str, changes: dict[str, str], words: str
) -> None:
    for earlier in ORDER[: ORDER.index(code)]:
        put(client, earlier)
    html = refused(client, code, **changes)
    assert words in html
    for name, value in changes.items():
        # What stands in no list cannot have been chosen on the page.
        assert name in _CHOSEN or escape(value) in html


def test_invisible_letters_are_left_out(district: District, client: Client) -> None:
    case = sent(client, person={"name": "申请\u200b人\u202e甲"}, what={"description": f"\u202e{WORDS}\u200f"})
    texts = texts_of(case)
    assert texts["applicant.name"] == "申请人甲" and texts["filing.description"] == WORDS


def test_scripts_are_only_words(district: District, client: Client) -> None:
    filled(client, what={"description": "<script>alert(1)</script>"})
    assert "<script" not in page(client, "/apply/check/") and "&lt;script&gt;" in page(
        client, "/apply/check/"
    )


def test_an_organisation_and_its_code(district: District, client: Client) -> None:
    code = "91350100M000100Y43"
    firm = {"name": "某公司", "id_number": code, "representative": "负责人"}
    put(client, "who", **{"class": "enterprise"})
    html = page(client, "/apply/person/")
    assert "统一社会信用代码" in html and "居民身份证" not in html
    case = sent(client, who={"class": "enterprise"}, person=firm)
    assert case.applicant.id_type == "unified-credit-code" and case.applicant_class == "enterprise"
    assert texts_of(case)["applicant.representative"] == "负责人"


def test_an_agent_needs_a_document(district: District, client: Client) -> None:
    put(client, "who", by="agent")
    assert "代理人的证件" in refused(client, "person", agent_name="代理人乙")
    agent = {"agent_name": "代理人乙", "agent_id_type": "identity-card", "agent_id_number": OTHER_CARD}
    case = sent(client, who={"by": "agent"}, person=agent)
    assert case.applicant.by_agent and texts_of(case)["agent.name"] == "代理人乙"
    assert "授权委托书" in page(client, RECEIPT)


def test_another_class_asks_for_another_document(district: District, client: Client) -> None:
    filled(client)
    answer = client.post("/apply/who/?from=check", {"class": "welfare", "by": "self"})
    assert answer["Location"] == "/apply/person/?from=check"
    assert "统一社会信用代码" in page(client, "/apply/person/")


def test_no_personal_word_lies_in_clear(district: District, client: Client) -> None:
    from django.core import signing

    filled(client)
    session = Session.objects.get(session_key=client.cookies["sessionid"].value)
    held = (
        str(session.get_decoded())
        + session.session_data
        + str(signing.loads(session.session_data, salt="django.contrib.sessions.SessionStore"))
    )
    for word in ("申请人甲", CARD, "13800000000", WORDS):
        assert word not in held
    assert all(CARD not in cookie.value for cookie in client.cookies.values())


def test_a_draft_whose_key_is_gone_begins_anew(district: District, client: Client, settings: Any) -> None:
    filled(client)
    settings.GONGKAI_DATA_KEYS = KeyRing({9: b"\x07" * 32}, 9)
    assert client.get("/apply/check/")["Location"] == "/apply/"


def test_it_is_cleared_on_a_shared_computer(district: District, client: Client) -> None:
    filled(client)
    assert client.post("/apply/clear/")["Location"] == "/apply/"
    assert CARD not in page(
        client, "/apply/person/" if client.get("/apply/person/").status_code == 200 else "/apply/"
    )
    assert client.get("/apply/check/")["Location"] == "/apply/"


def test_personal_pages_are_not_kept_by_the_browser(district: District, client: Client) -> None:
    filled(client)
    for address in ("/apply/person/", "/apply/contact/", "/apply/check/"):
        assert client.get(address)["Cache-Control"] == "no-store", address


def test_what_is_already_public_is_offered(district: District, client: Client) -> None:
    title = "2020 年农村危房改造补助资金分配表"
    enter("documents", district.civil, title=title, issued_as="own", issued_on=day("2020-11-20"))
    shown = {"channel": "portal", "class": "document", "published_on": day("2020-11-20")}
    enter("publications", district.civil, title=title, **shown)
    answer = put(client, "what", look="1")
    assert answer["Location"] == "/apply/what/#like"
    html = page(client, "/apply/what/")
    assert "也许已经公开了" in html and "示范区民政局" in html and "2020-11-20" in html
    choices = page(client, "/apply/organ/")
    assert "可能是" in choices and choices.index("可能是") < choices.index("区民政局")
    put(client, "what", description="全区中小学校车采购合同")
    assert "没有找到已经公开的相近内容" in page(client, "/apply/what/")


def test_an_organ_that_is_named_comes_first(district: District, client: Client) -> None:
    put(client, "what", description="教育局 2021 年招生方案")
    html = page(client, "/apply/organ/")
    assert "可能是" in html and html.index("999002") < html.index("999000")


def test_an_organ_that_ended_takes_no_more(district: District, client: Client) -> None:
    from gongkai.foundation.models import Organ

    filled(client)
    Organ.objects.filter(code="999002").update(ended_on=day("2021-12-31"))
    answer = send(client)
    assert answer.status_code == 422 and "已经撤并" in answer.content.decode()


def test_unknown_questions_are_not_there(district: District, client: Client) -> None:
    assert client.get("/apply/purpose/").status_code == 404
    assert client.get("/apply/person/")["Location"] == "/apply/who/"
    assert client.get("/apply/clear/").status_code == 405


def test_a_million_letters_are_refused_in_words_and_all_of_them_come_back(
    district: District, client: Client
) -> None:
    words = "长" * 1_000_000
    for kind in (MULTIPART_CONTENT, "application/x-www-form-urlencoded"):
        data: Any = {"description": words} if kind == MULTIPART_CONTENT else urlencode({"description": words})
        answer = client.post("/apply/what/", data, content_type=kind)
        html = answer.content.decode()
        assert answer.status_code == 422 and "这一项有 1000000 个字，最多 5000 个" in html and words in html


def test_what_no_form_of_ours_sends_is_refused_before_it_is_read(district: District, client: Client) -> None:
    for kind, length in (("application/x-www-form-urlencoded", 13), ("multipart/form-data; boundary=x", 60)):
        answer = client.post("/apply/papers/", b"", content_type=kind, CONTENT_LENGTH=str(length * 2**20))
        assert answer.status_code == 413 and "按浏览器的返回键" in answer.content.decode()


def test_home_leads_to_the_form(district: District, client: Client) -> None:
    html = page(client, "/")
    assert 'href="/apply/">网上申请' in html and 'href="/track/"' in html


def test_what_nobody_sees_in_a_name_is_taken_out_and_said(district: District, client: Client) -> None:
    filled(client, person={"name": "申请\u200b人\u202e甲\x07"})
    html = page(client, "/apply/check/")
    assert "申请人甲" in html and "“姓名或者名称”里有看不见的字符" in html
    put(client, "person", name="申请人甲")
    assert "看不见的字符" not in page(client, "/apply/check/")
