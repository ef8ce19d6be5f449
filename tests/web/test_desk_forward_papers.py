"""The papers of a request handed on: ticked in the form, listed there without their names, in the case that is entered."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.casework import acts, files, forwarding
from gongkai.casework.filing import file_request
from gongkai.casework.models import Case, CaseForward
from gongkai.foundation.actors import COMMAND_LINE, actor_for
from gongkai.foundation.verification import verify
from tests.apps.casework_support import letter_needs
from tests.conftest import District
from tests.web.desk_case_support import NOW, Bureau, at
from tests.web.desk_support import account_with, sign_in_as
from tests.web.test_desk_case_mend import PDF, shown
from tests.web.test_desk_case_pages import address


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def bureau(district: District) -> Bureau:
    return Bureau(district)


def test_its_papers_are_chosen_listed_and_put_into_the_case_there(bureau: Bureau, district: District) -> None:
    case = bureau.registered()
    for purpose, name in (
        ("identity", "申请人甲身份证.pdf"),
        ("application", "申请书.pdf"),
        ("opinion", "意见.pdf"),
    ):
        files.add_file(case, PDF, name=name, purpose=purpose, by=COMMAND_LINE, now=at("2021-09-13"))
    mine = bureau.signed_in(bureau.clerk)
    form = address(case, "acts/forward/")
    html = shown(mine, form)
    assert html.count('name="along"') == 2 == html.count("checked><span>申请") and "意见.pdf" not in html
    typed = {"on": "2021-09-14", "organ": "示范区民政局", "contact": "电话 0000-1", "consent": "yes"}
    wrong = mine.post(form, {**typed, "along": ["1", "3"]})
    assert wrong.status_code == 422 and 'href="#f-along"' in wrong.content.decode()
    assert 'value="2"><span>申请书.pdf' in wrong.content.decode(), "what was not ticked stays so"
    assert mine.post(form, {**typed, "along": "x"}).status_code == 422
    assert mine.post(form, {**typed, "along": ["1", "2"]}).status_code == 302
    letter_needs(district.civil)
    clerk = sign_in_as(Client(), account_with("unit_clerk", district.civil, "civil-clerk"))
    assert "附材料 2 份" in shown(clerk, "/desk/inbox/") and "附材料 2 份" in shown(clerk, "/desk/")
    where = f"/desk/organs/999003/forwards/{case.number}/0/"
    before = shown(clerk, where)
    assert "随申请转来的材料 2 份" in before and "身份证明" in before and "申请人甲" not in before
    taken = shown(clerk, clerk.post(where)["Location"])
    assert "申请人甲身份证.pdf" in taken and "不用再扫描" in taken
    entry = {
        "forward": f"999003/{case.number}/0", "key": "k1", "organ": "999003", "applicant.class": "natural",
        "applicant.name": "申请人甲", "description": "危房改造的分配表", "form": "electronic", "delivery": "online",
        "channel": "counter", "arrived_on": "2021-09-20",
    }  # fmt: skip
    done = clerk.post("/desk/cases/new/", entry, follow=True)
    assert "随转的 2 份材料已放进案卷" in done.content.decode()
    made = Case.objects.get(organ=district.civil)
    there = f"/desk/organs/999003/cases/{made.number}/"
    assert shown(clerk, there).count("随申请由示范区教育局转来") == 2
    assert "记入底账" in shown(clerk, f"{there}files/1/"), "an identity paper asks first, there as here"
    assert clerk.post(f"{there}files/1/").content == PDF
    assert mine.get(f"{there}files/1/").status_code == 404
    head = sign_in_as(Client(), account_with("unit_head", district.civil, "civil-head"))
    assert "转来的那一件回到待办" in shown(head, f"{there}void/")
    assert head.post(f"{there}void/", {"reason": "登记错了"}).status_code == 302
    assert f"登记为 {made.number}，已经撤销登记" in shown(clerk, "/desk/inbox/")
    assert "录入过一次" in shown(clerk, where) and "那里又在等着登记" in shown(mine, address(case))
    assert not verify().breaks


def test_whoever_erases_is_told_of_the_file_at_the_other_organ(bureau: Bureau, district: District) -> None:
    case = bureau.registered()
    bureau.do(case, "forward", "2021-09-14", organ="示范区民政局", contact="电话 0000-1", consent=True)
    letter_needs(district.civil)
    clerk = account_with("unit_clerk", district.civil, "civil-clerk")
    by = actor_for(clerk, today=at("2021-09-15").date())
    forward = forwarding.take_on(CaseForward.objects.get(), by=by, now=at("2021-09-15"))
    filing = forwarding.carried(forward, by=by)
    made = file_request(
        district.civil, filing, by=by, now=at("2021-09-15"), channel="fax", forward=forward
    ).case
    for act, given in (("withdraw", {"reason": "不要了"}), ("archive", {"retention_class": "ordinary"})):
        case = acts.act(case, act, given, by=COMMAND_LINE, now=at("2021-09-16"))
    head = sign_in_as(Client(), account_with("office_head", district.office, "office-head"))
    html = shown(head, address(case, "erase/"))
    assert "这件申请在别的机关还有案卷" in html and made.number in html
