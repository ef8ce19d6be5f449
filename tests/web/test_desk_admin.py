"""The admin pages of the desk: accounts, slips, handover, organs, notices, ledger."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.foundation import ledger
from gongkai.foundation.models import Account, LedgerEvent, Organ, RoleHolding, StoredNotice
from gongkai.foundation.organs import current_name
from tests.conftest import District, enter
from tests.web.desk_support import account_with, page, send, sign_in_as, signed_in, text


@pytest.fixture
def operator(district: District) -> Client:
    return signed_in("operator", district.government)


def upload(client: Client, address: str, name: str, content: bytes, status: int = 200) -> str:
    return text(client.post(address, {"file": SimpleUploadedFile(name, content)}), status)


def rows(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


OPENING = {
    "display_name": "教育局经办人", "username": "jyj-jbr", "role": "unit_clerk", "organ": "999002",
    "from_on": "2026-01-01", "until_on": "",
}  # fmt: skip

# Accounts ----------------------------------------------------------------------------------------


def test_an_account_is_opened_and_its_password_shown_once(district: District, operator: Client) -> None:
    answer = send(operator, "/desk/accounts/new/", **OPENING)
    assert answer["Location"] == "/desk/accounts/slips/"
    shown = operator.get("/desk/accounts/slips/")
    slip = text(shown)
    assert "no-store" in shown["Cache-Control"]
    found = re.search(r'secret">([a-z0-9-]+)<', slip)
    assert found and "http://testserver/desk/sign-in/" in slip and "jyj-jbr" in slip
    account = Account.objects.get(username="jyj-jbr")
    assert account.check_password(found.group(1)) and account.must_change
    again = page(operator, "/desk/accounts/slips/")
    assert found.group(1) not in again and "没有等着打印的密码条" in again
    stored = str(dict(operator.session))
    assert found.group(1) not in stored


def test_looking_at_a_slip_by_head_does_not_spend_it(district: District, operator: Client) -> None:
    send(operator, "/desk/accounts/new/", **OPENING)
    operator.head("/desk/accounts/slips/")
    assert "首次密码" in page(operator, "/desk/accounts/slips/")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": ""}, "没有写"), ({"username": "a b"}, "中间不要有空格"), ({"role": ""}, "没有选"),
        ({"organ": "nowhere"}, "没有这个机关"), ({"from_on": "昨天"}, "不是日期"),
        ({"until_on": "2025-01-01"}, "早于起始日"), ({"role": "office_clerk"}, "面向全区"),
        ({"username": "operator-999000"}, "已经有了"),
    ],
)  # fmt: skip
def test_a_wrong_form_keeps_what_was_typed(
    district: District, operator: Client, change: dict[str, str], said: str
) -> None:
    before = ledger.head()
    values = {**OPENING, **change}
    html = text(send(operator, "/desk/accounts/new/", 422, **values), 422)
    assert "有错误：" in html and said in html and 'class="error-summary"' in html
    assert 'value="教育局经办人"' in html
    assert ledger.head() == before and not Account.objects.filter(username="jyj-jbr").exists()


def test_the_list_filters_sorts_and_exports(district: District, operator: Client) -> None:
    account_with("unit_clerk", district.education)
    account_with("unit_clerk", district.civil)
    html = page(operator, "/desk/accounts/")
    assert "示范区教育局" in html and "1 个单位还没有人登记" in html
    listed = page(operator, "/desk/accounts/?organ=999003&role=unit_clerk&state=open")
    assert "unit_clerk-999003" in listed and "unit_clerk-999002" not in listed
    assert "没有这样的账号" in page(operator, "/desk/accounts/?q=无此人")
    order = page(operator, "/desk/accounts/?sort=-username")
    assert order.index("unit_clerk-999003") < order.index("unit_clerk-999002")
    book = rows(operator.get("/desk/accounts/?export=xlsx&organ=999003").content)
    assert book[0][:3] == ("称呼", "账号", "状态") and len(book) == 2
    assert book[1][3:5] == ("单位经办人", "示范区民政局")


def test_one_person_for_two_acts_is_warned_of_in_words(district: District, operator: Client) -> None:
    account_with("disclosure_lead", district.town)
    html = page(operator, "/desk/accounts/")
    assert "现在只有一个人能做" in html and "填报和批准报送应当由不同的人承担" in html
    assert "示范区东河镇" in html and "条例" in html


def test_reset_close_and_reopen(district: District, operator: Client) -> None:
    clerk = account_with("unit_clerk", district.education)
    theirs = sign_in_as(Client(), clerk)
    assert theirs.get("/desk/").status_code == 200
    send(operator, f"/desk/accounts/{clerk.pk}/reset/")
    assert "首次密码" in page(operator, "/desk/accounts/slips/")
    assert theirs.get("/desk/").status_code == 302, "the old password's sessions end"
    send(operator, f"/desk/accounts/{clerk.pk}/close/")
    assert "停用" in page(operator, f"/desk/accounts/{clerk.pk}/")
    send(operator, f"/desk/accounts/{clerk.pk}/close/", 422)
    send(operator, f"/desk/accounts/{clerk.pk}/reopen/")
    kinds = list(LedgerEvent.objects.filter(subject=clerk.ref).values_list("kind", flat=True))
    assert kinds[-3:] == ["account.password_reset", "account.closed", "account.reopened"]


def test_a_role_is_given_and_ended(district: District, operator: Client) -> None:
    clerk = account_with("unit_clerk", district.education)
    address = f"/desk/accounts/{clerk.pk}/roles/new/"
    send(operator, address, role="reviewer_first", organ="999002", from_on="2026-01-01")
    assert "初审人" in page(operator, f"/desk/accounts/{clerk.pk}/")
    send(operator, address, 422, role="reviewer_first", organ="999002", from_on="2026-02-01")
    held = RoleHolding.objects.get(account=clerk, role="reviewer_first")
    send(operator, f"/desk/accounts/{clerk.pk}/roles/{held.pk}/end/", last_day="2026-06-30")
    held.refresh_from_db()
    assert held.until_on == date(2026, 6, 30)
    other = account_with("unit_clerk", district.civil)
    assert operator.get(f"/desk/accounts/{other.pk}/roles/{held.pk}/end/").status_code == 404


def test_ones_own_account_shows_no_act(district: District) -> None:
    account = account_with("operator", district.government)
    client = sign_in_as(Client(), account)
    html = page(client, f"/desk/accounts/{account.pk}/")
    assert "这是自己的账号" in html and "重置密码</a>" not in html and "加一项职责" not in html
    address = f"/desk/accounts/{account.pk}/"
    send(client, address + "roles/new/", 422, role="office_clerk", organ="999001", from_on="2026-01-01")
    send(client, address + "reset/", 422)
    send(client, address + "close/", 422)
    assert RoleHolding.objects.filter(account=account).count() == 1


def test_everything_is_handed_over_after_a_preview(district: District, operator: Client) -> None:
    giver = account_with("unit_clerk", district.education)
    taker = account_with("unit_clerk", district.civil)
    address = f"/desk/accounts/{giver.pk}/hand-over/"
    before = ledger.head()
    shown = page(operator, f"{address}?taker={taker.pk}&last_day=2026-12-31")
    assert "把 1 项职责交接给" in shown and ledger.head() == before
    send(operator, address, taker=taker.pk, last_day="2026-12-31")
    assert RoleHolding.objects.get(account=giver).until_on == date(2026, 12, 31)
    assert RoleHolding.objects.filter(
        account=taker, organ=district.education, from_on=date(2027, 1, 1)
    ).exists()
    for wrong in ({"taker": "", "last_day": "2026-12-31"}, {"taker": taker.pk, "last_day": "x"},
                  {"taker": "999999", "last_day": "2026-12-31"}, {"taker": giver.pk, "last_day": "2026-12-01"}):  # fmt: skip
        assert "有错误：" in text(send(operator, address, 422, **wrong), 422)


def test_a_newcomer_takes_over(district: District, operator: Client) -> None:
    giver = account_with("unit_clerk", district.education)
    answer = send(
        operator, f"/desk/accounts/new/?giver={giver.pk}", display_name="新经办人", username="jyj-new"
    )
    slip = page(operator, answer["Location"])
    taker = Account.objects.get(username="jyj-new")
    assert f"/desk/accounts/{giver.pk}/hand-over/?taker={taker.pk}" in slip


# Organs ------------------------------------------------------------------------------------------


def test_an_organ_is_founded_renamed_described_and_merged(district: District, operator: Client) -> None:
    answer = send(
        operator, "/desk/organs/new/", name="示范区档案馆", kind="institution", code="999050", founded_on=""
    )
    assert answer["Location"] == "/desk/organs/999050/manage/"
    at = "/desk/organs/999050/manage/"
    send(operator, at + "rename/", name="示范区档案局", on="2026-03-01")
    send(operator, at + "describe/", phone="0953-0000000", address="")
    assert "0953-0000000" in page(operator, at)
    send(operator, at + "end/", on="2026-12-31", into="999002")
    organ = Organ.objects.get(code="999050")
    assert current_name(organ) == "示范区档案局" and organ.successor == district.education
    listed = page(operator, "/desk/organs/")
    assert "原名示范区档案馆" in listed and "并入示范区教育局" in listed
    send(operator, at + "end/", 422, on="2026-12-31")
    found = [event.kind for event in LedgerEvent.objects.filter(subject="organ:999050")]
    assert found == ["organ.founded", "organ.renamed", "organ.described", "organ.merged"]


@pytest.mark.parametrize(
    ("act", "values", "said"),
    [
        ("999002/manage/rename/", {"name": "", "on": "2026-01-01"}, "没有写"),
        ("999002/manage/rename/", {"name": "示范区民政局", "on": "2026-01-01"}, "已经是 999003 的名称"),
        ("999002/manage/rename/", {"name": "示范区教育局", "on": "2026-01-01"}, "现在就叫"),
        ("999002/manage/end/", {"on": "2026-01-01", "into": "999002"}, "不能并入自己"),
        ("999000/manage/end/", {"on": "2026-01-01"}, "不能在这里撤销"),
        ("new/", {"name": "示范区教育局", "kind": "department", "code": "999060"}, "已经是 999002 的名称"),
        ("new/", {"name": "甲", "kind": "department", "code": "999002"}, "已有机关在用"),
        ("new/", {"name": "甲", "kind": "department", "code": "a/b"}, "数字、字母、短横"),
        ("new/", {"name": "甲", "kind": "government", "code": "999061"}, ""),
    ],
)
def test_an_act_on_an_organ_that_cannot_be(
    district: District, operator: Client, act: str, values: dict[str, str], said: str
) -> None:
    before = ledger.head()
    status = 302 if not said else 422
    answer = operator.post(f"/desk/organs/{act}", values)
    if said:
        assert answer.status_code == status and said in answer.content.decode()
        assert ledger.head() == before


def test_the_table_of_organs_is_looked_at_before_it_is_written(district: District, operator: Client) -> None:
    empty = operator.get("/desk/organs/template.xlsx").content
    assert rows(empty)[0][:3] == ("全称", "简称", "类别") and "依据文件" not in rows(empty)[0]
    good = "全称,类别\n示范区司法局,区直部门\n示范区西河镇,township\n".encode()
    before = ledger.head()
    preview = upload(operator, "/desk/organs/import/", "机关.csv", good)
    assert "2 个机关都读得懂" in preview and ledger.head() == before
    held = re.search(r'name="held" value="([^"]+)"', preview)
    assert held
    send(operator, "/desk/organs/import/confirm/", held=held.group(1))
    assert list(Organ.objects.order_by("position").values_list("code", flat=True))[-2:] == [
        "999005",
        "999006",
    ]
    again = text(send(operator, "/desk/organs/import/confirm/", 422, held=held.group(1)), 422)
    assert "已经是 999005 的名称" in again, "sent twice, entered once"
    send(operator, "/desk/organs/import/confirm/", held="forged")
    assert Organ.objects.count() == 7


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("全称,类别\n示范区司法局,部委\n", "第 2 行“类别”"),
        ("全称,类别\n,区直部门\n", "第 2 行“全称”"),
        ("全称,类别\n甲局,区直部门\n甲局,区直部门\n", "第 3 行“全称”"),
        ("全称,类别,代码\n甲局,区直部门,999002\n", "第 2 行“代码”"),
        ("姓名\n甲\n", "没有找到"),
        ("", "空文件"),
    ],
)
def test_a_wrong_table_is_told_by_row_and_cell(
    district: District, operator: Client, content: str, said: str
) -> None:
    before = ledger.head()
    html = upload(operator, "/desk/organs/import/", "机关.csv", content.encode(), 422)
    assert said in html and ledger.head() == before


# Notices -----------------------------------------------------------------------------------------

NOTICE = {
    "year": 2031, "region": "national", "notice": "国办发明电〔2030〕9号",
    "holidays": ["2031-01-01", "2031-05-01", "2031-10-01", "2031-10-02"], "workdays": ["2031-10-11"],
}  # fmt: skip


def test_a_notice_is_loaded_after_a_look_at_its_days(district: District, operator: Client) -> None:
    assert "国务院办公厅通知" in page(operator, "/desk/notices/")
    content = json.dumps(NOTICE).encode()
    preview = upload(operator, "/desk/notices/load/", "2031.json", content)
    assert "2031-10-01 至 2031-10-02" in preview and "调休上班：2031-10-11（周六）" in preview
    assert not StoredNotice.objects.exists()
    held = re.search(r'name="held" value="([^"]+)"', preview)
    assert held
    send(operator, "/desk/notices/load/confirm/", held=held.group(1))
    listed = page(operator, "/desk/notices/")
    assert "国办发明电〔2030〕9号" in listed and "本区载入" in listed
    assert re.search(r"缺 [^<]*2030", listed), "a year between known ones is missing"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "不是 JSON"), (b"[]", "JSON 对象"), (b"\xff\xfe", "不是 JSON"), (b"[" * 100_000, "不是 JSON"),
        (json.dumps({**NOTICE, "holidays": ["2031-13-01"]}).encode(), "不是日期"),
        (json.dumps({**NOTICE, "workdays": ["2031-10-01"]}).encode(), "既写成放假又写成上班"),
    ],
)  # fmt: skip
def test_a_wrong_notice(district: District, operator: Client, content: bytes, said: str) -> None:
    assert said in upload(operator, "/desk/notices/load/", "n.json", content, 422)


def test_no_file_chosen(district: District, operator: Client) -> None:
    for address in ("/desk/notices/load/", "/desk/organs/import/"):
        assert "还没有选文件" in text(operator.post(address), 422)


# The ledger --------------------------------------------------------------------------------------


def test_the_ledger_tells_and_proves(district: District, operator: Client) -> None:
    record = enter("open-days", district.education, theme="开放日甲", held_on=date(2021, 8, 1))
    html = page(operator, "/desk/ledger/")
    assert ledger.head()[1] in html and f"{record.pk} 号" in html
    assert "开放日甲" not in html and "/registers/open-days/" not in html
    clerk = signed_in("office_clerk", district.office)
    assert f"/desk/organs/999002/registers/open-days/{record.pk}/" in page(clerk, "/desk/ledger/")
    assert "没有这样的事件" in page(operator, "/desk/ledger/?organ=999003&kind=record.entered")
    assert page(operator, "/desk/ledger/?actor=command-line&kind=role.given").count("<b>任职</b>") >= 2
    assert "验证通过" in page(operator, "/desk/ledger/verify/")


def test_a_break_is_named_with_its_place(district: District, operator: Client) -> None:
    record = enter("open-days", district.education, theme="开放日甲", held_on=date(2021, 8, 1))
    type(record).objects.filter(pk=record.pk).update(theme="改过")
    html = page(operator, "/desk/ledger/verify/")
    assert "有 1 处不符" in html and f"open-days:{record.pk}" in html


# Queries -----------------------------------------------------------------------------------------

MOST = {
    "/desk/accounts/": 25, "/desk/accounts/?export=xlsx": 12, "/desk/organs/": 20, "/desk/ledger/": 20,
    "/desk/notices/": 14,
}  # fmt: skip


@pytest.mark.parametrize("address", MOST)
def test_as_many_queries_for_many_as_for_few(
    district: District, operator: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(MOST[address]) as counted:
            assert operator.get(address).status_code == 200
        return len(counted)

    def people(*places: Organ) -> None:
        for organ in places:
            for role in ("unit_head", "reviewer_first", "disclosure_lead"):
                account_with(role, organ)
                enter("open-days", organ, theme=f"开放日{role}", held_on=date(2021, 8, 1))

    people(district.education)
    operator.get(address)
    few = asked()
    people(district.office, district.civil)
    assert asked() == few
