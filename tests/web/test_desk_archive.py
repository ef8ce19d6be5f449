"""The archive on the desk: the shelf, terms, a list by one and its confirmation by another, erasing."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from gongkai.archive.models import ArchivePackage, Destruction, RetentionTerm
from gongkai.casework.codes import side_secret_of
from gongkai.casework.models import Case, SealedText, SideRequest, SideText
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import LedgerEvent
from tests.apps.side_support import SideTold, correction, filed, proposal
from tests.conftest import District
from tests.web.desk_case_support import Bureau
from tests.web.desk_support import signed_in

pytestmark = pytest.mark.django_db
LATE = datetime(2040, 3, 1, 10, tzinfo=SHANGHAI)
TERMS, NEW = "/desk/organs/999002/archive/terms/", "/desk/organs/999002/archive/lists/new/"


@pytest.fixture
def bureau(district: District, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    made = Bureau(district)
    monkeypatch.setattr(timezone, "now", lambda: LATE)
    return made


def archived(bureau: Bureau) -> Case:
    case = bureau.drafted()
    case = bureau.do(case, "submit", "2021-09-20")
    case = bureau.do(case, "sign", "2021-09-21", bureau.head, number="示教公复〔2021〕1号")
    case = bureau.do(case, "send", "2021-09-21", method="post")
    case = bureau.do(case, "prove_service", "2021-09-22", proof="挂号单 001")
    return bureau.do(case, "archive", "2021-10-11", retention_class="ordinary")


def test_the_shelf_says_which_class_counts_and_until_when(bureau: Bureau) -> None:
    case = archived(bureau)
    text = bureau.signed_in(bureau.clerk).get("/desk/archive/").content.decode()
    assert case.number in text and "2051-12-31" in text
    assert "归档时选的类别短，按较长的算" in text and "待确认" in text
    book = bureau.signed_in(bureau.clerk).get("/desk/archive/?export=xlsx")
    assert book["Content-Type"].startswith("application/vnd.openxmlformats")


def test_an_empty_shelf_says_what_to_do(bureau: Bureau) -> None:
    assert "还没有归档的案卷" in bureau.signed_in(bureau.clerk).get("/desk/archive/").content.decode()
    assert "没有期满的案卷" in bureau.signed_in(bureau.clerk).get("/desk/archive/?tab=over").content.decode()


def test_a_term_without_source_keeps_what_was_typed(bureau: Bureau) -> None:
    head = bureau.signed_in(bureau.head)
    answer = head.post(TERMS, {"class_code": "disputed", "years": "17", "source": ""})
    assert answer.status_code == 422 and 'value="17"' in answer.content.decode()
    assert not RetentionTerm.objects.exists()
    answer = head.post(TERMS, {"class_code": "disputed", "years": "17", "source": "保管期限表第 3 条"})
    assert answer.status_code == 302 and RetentionTerm.objects.get().years == 17


def listed(bureau: Bureau, case: Case) -> Destruction:
    head = bureau.signed_in(bureau.head)
    head.post(TERMS, {"class_code": "disputed", "years": "10", "source": "保管期限表第 3 条"})
    clerk = bureau.signed_in(bureau.clerk)
    shown = clerk.get("/desk/archive/?tab=over&organ=999002").content.decode()
    assert f'value="{case.number}"' in shown
    refused = clerk.post(NEW, {"case": [case.number], "reason": ""})
    assert refused.status_code == 422 and case.number in refused.content.decode()
    clerk.post(NEW, {"case": [case.number], "reason": "期满，无继续保存价值"})
    return Destruction.objects.get()


def test_listed_by_one_and_destroyed_by_another(
    bureau: Bureau, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = archived(bureau)
    made = listed(bureau, case)
    address = f"/desk/organs/999002/archive/lists/{made.pk}/"
    clerk, head = bureau.signed_in(bureau.clerk), bureau.signed_in(bureau.head)
    assert "本人列的清册由另一个人复核" in clerk.get(address).content.decode()
    assert clerk.post(address, {"act": "confirm", "opinion": "同意"}).status_code == 403
    assert head.post(address, {"act": "confirm", "opinion": ""}).status_code == 422
    assert head.get(f"{address}certificate.pdf").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        head.post(address, {"act": "confirm", "opinion": "同意销毁"})
    assert not SealedText.objects.filter(case=case).exists()
    assert head.get(f"{address}certificate.pdf").content.startswith(b"%PDF")
    assert head.get(f"{address}certificate.docx").content.startswith(b"PK")
    page = head.get(f"/desk/organs/999002/cases/{case.number}/")
    assert page.status_code == 200 and "申请内容已删除" in page.content.decode()


def archived_side(bureau: Bureau, filing: Any = None) -> SideRequest:
    """A correction that was told and archived."""
    people: Any = bureau
    return SideTold(people, filed(bureau.organ, filing or correction()).side).finished().do("archive").side


def test_corrections_and_proposals_stand_on_the_shelf_with_the_requests(bureau: Bureau) -> None:
    case, side = archived(bureau), archived_side(bureau)
    newer = archived_side(bureau, proposal())
    clerk = bureau.signed_in(bureau.clerk)
    text = clerk.get("/desk/archive/").content.decode()
    for number in (case.number, side.number, newer.number):
        assert f">{number}</a>" in text
    assert "更正申请，30 年" in text and "转主动公开建议，10 年" in text and "2031-12-31" in text
    assert quote(f"/desk/organs/999002/side-requests/{side.number}/") in text
    over = clerk.get("/desk/archive/?tab=over&organ=999002").content.decode()
    assert f'value="{newer.number}"' in over and side.number not in over
    sheet = openpyxl.load_workbook(io.BytesIO(clerk.get("/desk/archive/?export=xlsx").content)).active
    assert {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)} == {
        case.number: "申请", side.number: "更正", newer.number: "转公开",
    }  # fmt: skip
    page = clerk.get(f"/desk/organs/999002/side-requests/{side.number}/").content.decode()
    assert "2051-12-31（更正申请，30 年，待确认）" in page


def test_the_term_of_corrections_is_set_with_its_source(bureau: Bureau) -> None:
    side = archived_side(bureau)
    head = bureau.signed_in(bureau.head)
    form = head.get(TERMS).content.decode()
    assert form.count("初始值，待确认") == 4 and ">转主动公开建议</h2>" in form and "依申请公开：其他" in form
    assert head.post(TERMS, {"class_code": "correction", "years": "10", "source": ""}).status_code == 422
    head.post(TERMS, {"class_code": "correction", "years": "10", "source": "保管期限表第 6 条"})
    text = head.get("/desk/archive/?tab=over").content.decode()
    assert side.number in text and "更正申请，10 年" in text


def test_a_correction_past_its_term_is_destroyed_by_two(
    bureau: Bureau, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case, side = archived(bureau), archived_side(bureau, proposal(name="申请人乙"))
    head, clerk = bureau.signed_in(bureau.head), bureau.signed_in(bureau.clerk)
    head.post(TERMS, {"class_code": "disputed", "years": "10", "source": "保管期限表第 3 条"})
    sent = {"case": [side.number, case.number]}
    asked = clerk.get(NEW, sent).content.decode()
    assert "2 件" in asked and quote(f"/side-requests/{side.number}/") in asked
    clerk.post(NEW, {**sent, "reason": "期满，无继续保存价值"})
    address = f"/desk/organs/999002/archive/lists/{Destruction.objects.get().pk}/"
    assert side.number in head.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert head.post(address, {"act": "confirm", "opinion": "同意销毁"}).status_code == 302
    assert not SideText.objects.filter(side=side).exists()
    assert head.get(f"{address}certificate.pdf").content.startswith(b"%PDF")
    place = f"/desk/organs/999002/side-requests/{side.number}/"
    page = clerk.get(place).content.decode()
    assert "已期满销毁" in page and "期满销毁的材料" in page and "files/1/" not in page
    assert "申请人乙" not in page and "理由：</span>（已删除）" in page
    assert clerk.get(f"{place}files/1/").status_code == 404
    assert "archive.destroyed" not in head.get("/desk/").content.decode(), "told in words"
    citizen = Client()
    opened = {"code": side.query_code, "secret": side_secret_of(side)}
    assert citizen.post("/track/", opened)["Location"] == "/track/side/"
    seen = citizen.get("/track/side/").content.decode()
    assert "内容已经删除" in seen and "告知书过了保管期限，已经销毁" in seen and "/papers/" not in seen


@pytest.mark.parametrize("kind", ["cases", "side-requests"])
def test_the_package_is_made_and_taken_with_a_reason_by_who_handles_it(bureau: Bureau, kind: str) -> None:
    one = archived(bureau) if kind == "cases" else archived_side(bureau)
    home = f"/desk/organs/999002/{kind}/{one.number}/"
    place, clerk, head = f"{home}package/", bureau.signed_in(bureau.clerk), bureau.signed_in(bureau.head)
    assert quote(place) in clerk.get(home).content.decode()
    assert "生成归档包" in clerk.get(place).content.decode()
    assert head.get(place).status_code == head.post(place, {"act": "pack"}).status_code == 403
    civil = signed_in("unit_clerk", bureau.district.civil)
    for address in (place, place.replace("999002", "999003", 1)):
        assert civil.get(address).status_code == civil.post(address, {"act": "pack"}).status_code == 404
    # Asked for before it is made, it is made; nothing leaves without a reason.
    assert clerk.post(place, {"act": "take", "reason": "移交区档案馆"})["Location"] == quote(place)
    assert clerk.post(place, {"act": "take", "reason": " "}).status_code == 422
    answer = clerk.post(place, {"act": "take", "reason": "移交区档案馆"})
    assert answer["Content-Type"] == "application/zip" and answer.content.startswith(b"PK")
    assert quote(f"归档包 {one.number}.zip") in answer["Content-Disposition"]
    made = ArchivePackage.objects.get()
    assert made.content_digest in clerk.get(place).content.decode() and made.dossier == one
    taken = LedgerEvent.objects.get(kind="archive.package_opened")
    assert taken.actor == bureau.clerk.ref and one.ref in taken.payload and "移交" not in taken.payload


def test_the_package_page_says_when_there_can_be_none(
    bureau: Bureau, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    clerk, head = bureau.signed_in(bureau.clerk), bureau.signed_in(bureau.head)
    running = filed(bureau.organ, correction(), "2021-09-17").side
    home = f"/desk/organs/999002/side-requests/{running.number}/"
    assert "package/" not in clerk.get(home).content.decode()
    assert "还没有归档" in clerk.get(f"{home}package/").content.decode()
    assert clerk.post(f"{home}package/", {"act": "pack"}).status_code == 422
    side = archived_side(bureau, proposal(name="申请人乙"))
    clerk.post(NEW, {"case": [side.number], "reason": "期满，无继续保存价值"})
    with django_capture_on_commit_callbacks(execute=True):
        address = f"/desk/organs/999002/archive/lists/{Destruction.objects.get().pk}/"
        head.post(address, {"act": "confirm", "opinion": "同意销毁"})
    place = f"/desk/organs/999002/side-requests/{side.number}/package/"
    shown = clerk.get(place).content.decode()
    assert "已经期满销毁" in shown and 'name="act"' not in shown
    assert clerk.post(place, {"act": "pack"}).status_code == 422 and not ArchivePackage.objects.exists()


def test_a_list_is_withdrawn_with_a_reason(bureau: Bureau) -> None:
    made = listed(bureau, archived(bureau))
    address = f"/desk/organs/999002/archive/lists/{made.pk}/"
    clerk = bureau.signed_in(bureau.clerk)
    assert clerk.post(address, {"act": "withdraw", "opinion": ""}).status_code == 422
    clerk.post(address, {"act": "withdraw", "opinion": "还要用于地方志"})
    assert "什么都没有销毁" in clerk.get(address).content.decode()


def test_erasing_asks_for_a_reason_and_says_what_stays(bureau: Bureau, district: District) -> None:
    from tests.web.desk_support import account_with

    case = archived(bureau)
    office = bureau.signed_in(account_with("office_head", district.office, "office-head"))
    address = f"/desk/organs/999002/cases/{case.number}/erase/"
    assert "不能恢复" in office.get(address).content.decode()
    assert office.post(address, {"reason": " "}).status_code == 422
    assert office.post(address, {"reason": "本人要求，保管期限已满"}).status_code == 302
    assert not SealedText.objects.filter(case=case).exists()


def test_the_shelf_asks_the_same_number_of_queries_whatever_stands_there(
    bureau: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    archived(bureau)
    archived_side(bureau)
    clerk = bureau.signed_in(bureau.clerk)
    clerk.get("/desk/archive/")
    with CaptureQueriesContext(connection) as one:
        clerk.get("/desk/archive/")
    for number in (2, 3):
        case = bureau.drafted()
        case = bureau.do(case, "submit", "2021-09-20")
        case = bureau.do(case, "sign", "2021-09-21", bureau.head, number=f"示教公复〔2021〕{number}号")
        case = bureau.do(case, "send", "2021-09-21", method="post")
        case = bureau.do(case, "prove_service", "2021-09-22", proof="挂号单 001")
        bureau.do(case, "archive", "2021-10-11", retention_class="disputed")
        archived_side(bureau)
    with django_assert_num_queries(len(one)):
        clerk.get("/desk/archive/")
