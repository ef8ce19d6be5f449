"""The report on the desk: the filing's states, the wall, the words, the explanations, who may do what."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import filings
from gongkai.annual_report.models import Chase, CollectionRound, Explanation, Filing, FilingText
from gongkai.foundation.actors import COMMAND_LINE
from tests.conftest import NOW, District, day, enter, explain_all
from tests.web.desk_support import account_with, acting, page, send, sign_in_as, signed_in, text

ITEMS = ("licence", "penalty", "coercion", "fee")
YEAR = 2021


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is asked in the January after the year."""
    monkeypatch.setattr("gongkai.web.clock.timezone", SimpleNamespace(now=lambda: NOW))


def declare(*organs: object, months: int = 12) -> None:
    for organ in organs:
        for month in range(1, months + 1):
            for item in ITEMS:
                enter("statistics", organ, year=YEAR, month=month, item=item, value=Decimal(0))


def request_(organ: object) -> None:
    enter("requests", organ, received_on=day("2021-03-01"), **{"class": "natural"})


def filing_at(organ, *rest: object) -> str:  # type: ignore[no-untyped-def]
    return reverse("desk:filing", args=[organ.code, YEAR])


def act_at(organ, act: str) -> str:  # type: ignore[no-untyped-def]
    return reverse("desk:filing-act", args=[organ.code, YEAR, act])


def opened(organ) -> Filing:  # type: ignore[no-untyped-def]
    return filings.open_filing(organ, YEAR, by=COMMAND_LINE, now=NOW)


# The way of a unit's filing ------------------------------------------------------------------------


def test_a_filing_goes_from_clerk_to_head_to_office_and_back(district: District) -> None:
    unit = district.education
    declare(unit)
    clerk, head = signed_in("unit_clerk", unit), signed_in("unit_head", unit)
    office = signed_in("office_clerk", district.office)
    assert "还没有开始填报" in page(clerk, filing_at(unit))
    send(clerk, act_at(unit, "open"))
    assert "已开始填报" in page(clerk, filing_at(unit))
    explain_all(Filing.objects.get())
    assert "由单位负责人、政府信息公开工作机构负责人报送" in page(clerk, filing_at(unit))
    shown = page(head, act_at(unit, "submit"))
    assert "自己不能撤回" in shown and ">报送</button>" in shown
    send(head, act_at(unit, "submit"))
    again = text(send(office, act_at(unit, "return"), 422, reason=" "), 422)
    assert "有错误：" in again and "写明退回的原因" in again and 'href="#reason"' in again
    send(office, act_at(unit, "return"), reason="表二第三格核对一下")
    assert "退回原因：表二第三格核对一下" in page(clerk, filing_at(unit))
    send(head, act_at(unit, "submit"))
    send(office, act_at(unit, "accept"))
    assert Filing.objects.get().state == "accepted"
    assert "已接收，等封存" in page(head, filing_at(unit))


def test_the_back_button_after_an_act_does_nothing_and_says_so(district: District) -> None:
    unit = district.education
    declare(unit)
    filing = opened(unit)
    explain_all(filing)
    head = signed_in("unit_head", unit)
    send(head, act_at(unit, "submit"))
    before = Filing.objects.get().latest_seq
    shown = text(send(head, act_at(unit, "submit"), 409), 409)
    assert (
        "这份年报已报送，现在不能报送" in shown and '<form method="post" class="stack act-form"' not in shown
    )
    assert "现在不能报送" in page(head, act_at(unit, "submit"))
    assert Filing.objects.get().latest_seq == before


def test_who_prepared_reads_why_another_must_hand_in(district: District) -> None:
    unit = district.education
    declare(unit)
    lead = account_with("disclosure_lead", unit)
    filing = filings.open_filing(unit, YEAR, by=acting(lead), now=NOW)
    explain_all(filing)
    client = sign_in_as(Client(), lead)
    shown = page(client, filing_at(unit))
    assert "填报和批准报送应当由不同的人承担" in shown
    assert f'href="{act_at(unit, "submit")}"' not in shown
    asked = page(client, act_at(unit, "submit"))
    assert "现在不能报送" in asked and ">报送</button>" not in asked
    send(client, act_at(unit, "submit"), 422)
    assert Filing.objects.get().state == "open"


def test_errors_are_named_with_their_cell_and_stop_the_handing_in(district: District) -> None:
    unit = district.education
    filing = opened(unit)
    head = signed_in("unit_head", unit)
    shown = page(head, filing_at(unit))
    assert "项错误才能报送" in shown and "K7" in shown
    cell = reverse("desk:cell", args=[unit.code, YEAR, "t2.licence.decisions"])
    assert f'href="{cell}"' in shown
    asked = page(head, act_at(unit, "submit"))
    assert "先办完这" in asked and ">报送</button>" not in asked
    assert "还有 1 项错误要改正" in text(send(head, act_at(unit, "submit"), 422), 422)
    assert Filing.objects.get(pk=filing.pk).state == "open"


def test_an_act_that_is_not_there_is_absent(district: District) -> None:
    office = signed_in("office_head", district.office)
    opened(district.education)
    assert page(office, act_at(district.education, "seal_government"), 404)
    assert page(office, act_at(district.education, "explode"), 404)
    assert page(office, act_at(district.civil, "accept"), 404), "no filing yet"
    assert page(office, reverse("desk:filing", args=[district.education.code, 2018]), 404)
    assert page(office, reverse("desk:filing", args=[district.education.code, 9999]), 404)
    assert page(office, reverse("desk:cell", args=[district.education.code, YEAR, "t9.x"]), 404)
    office = signed_in("office_clerk", district.office)
    assert page(office, reverse("desk:write", args=[district.education.code, YEAR, "x"]), 404)
    assert page(office, reverse("desk:explain", args=[district.education.code, YEAR, "K99"]), 404)


def test_the_office_has_no_report_of_its_own(district: District) -> None:
    office = signed_in("office_clerk", district.office)
    answer = send(office, act_at(district.office, "open"), 409)
    assert "并入本级政府的年度报告" in text(answer, 409)
    there = office.get(filing_at(district.office))
    assert there.status_code == 302 and there["Location"] == filing_at(district.government)


# Whose -------------------------------------------------------------------------------------------


def test_another_units_draft_is_as_if_absent(district: District) -> None:
    opened(district.civil)
    clerk = signed_in("unit_clerk", district.education)
    for name, rest in (("filing", ()), ("plots", ()), ("report-preview", ()), ("cell", ("t3.r1.c1",))):
        page(clerk, reverse(f"desk:{name}", args=[district.civil.code, YEAR, *rest]), 404)
    page(clerk, reverse("desk:wall", args=[YEAR]), 404)
    page(clerk, filing_at(district.government), 404)


def test_a_supervisor_reads_everything_and_is_offered_no_act(district: District) -> None:
    declare(*district.all[1:])
    filing = opened(district.education)
    explain_all(filing)
    filings.submit(filing, by=COMMAND_LINE, now=NOW)
    supervisor = signed_in("supervisor", district.government)
    shown = [
        page(supervisor, reverse("desk:wall", args=[YEAR])),
        page(supervisor, filing_at(district.education)),
        page(supervisor, filing_at(district.government)),
    ]
    for one in shown:
        for act in ("acts/", "/chase/", "/write/", "/explain/", "/round/"):
            assert act not in one, act
    assert "由政府信息公开工作主管部门负责人、政府信息公开工作主管部门经办人接收" in shown[1]
    send(supervisor, act_at(district.education, "accept"), 403)
    send(supervisor, reverse("desk:chase", args=[district.civil.code, YEAR]), 403, text="催")


# The wall ----------------------------------------------------------------------------------------


def test_the_wall_names_who_is_late_wrong_and_waiting(district: District) -> None:
    declare(*district.all[1:])
    filings.set_round(district.government, YEAR, date(2022, 1, 5), by=COMMAND_LINE, now=NOW)
    for organ in (district.education, district.civil):
        filing = opened(organ)
        if organ == district.education:
            filings.write_text(filing, "overview.1", "收到政府信息公开申请 0 件。", by=COMMAND_LINE, now=NOW)
        explain_all(filing)
        filings.submit(filing, by=COMMAND_LINE, now=NOW)
    request_(district.education)
    office = signed_in("office_clerk", district.office)
    shown = page(office, reverse("desk:wall", args=[YEAR]))
    wrong, late, waiting = (
        shown.split(f'id="{one}"')[1].split("</section>")[0] for one in ("wrong", "late", "waiting")
    )
    assert "区教育局" in wrong and "K9" in wrong and "区民政局" not in wrong
    assert "东河镇" in late and "区民政局" not in late
    assert "区民政局" in waiting and "区教育局" not in waiting
    assert act_at(district.education, "return") in wrong
    table = page(office, reverse("desk:wall", args=[YEAR]) + "?state=late&sort=-findings")
    assert "示范区东河镇" in table and "示范区教育局" not in table and 'aria-sort="descending"' in table
    assert "没有这样的单位" in page(office, reverse("desk:wall", args=[YEAR]) + "?state=sealed")
    book = openpyxl.load_workbook(
        io.BytesIO(office.get(reverse("desk:wall-export", args=[YEAR]) + "?state=late").content)
    )
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[0] for row in rows] == ["单位", "示范区东河镇"] and rows[1][3] == "逾期"
    asked = page(office, act_at(district.education, "return"))
    assert "K9" in re.search(r"<textarea.*?</textarea>", asked, re.S).group()  # type: ignore[union-attr]


def test_chasing_and_the_day_are_forms_that_keep_what_was_typed(district: District) -> None:
    office = signed_in("office_clerk", district.office)
    chase = reverse("desk:chase", args=[district.town.code, YEAR])
    assert "有错误：" in text(send(office, chase, 422, text=""), 422)
    send(office, chase, text="1 月 20 日前报送。")
    assert Chase.objects.get().text == "1 月 20 日前报送。"
    assert "1 月 20 日前报送。" in page(signed_in("unit_clerk", district.town), filing_at(district.town))
    round_ = reverse("desk:round", args=[YEAR])
    refused = text(send(office, round_, 422, units_due_on="2022-03-01"), 422)
    assert 'value="2022-03-01"' in refused and "晚于法定的 2022-01-31" in refused
    text(send(office, round_, 422, units_due_on="明天"), 422)
    send(office, round_, units_due_on="2022-01-20")
    assert CollectionRound.objects.get().units_due_on == date(2022, 1, 20)


# Words and explanations --------------------------------------------------------------------------


def test_words_are_written_beside_their_facts_and_checked(district: District) -> None:
    unit = district.education
    request_(unit)
    opened(unit)
    clerk = signed_in("unit_clerk", unit)
    address = reverse("desk:write", args=[unit.code, YEAR, "overview.1"])
    assert 'name="based_on" value="0"' in page(clerk, address)
    tried = text(send(clerk, address, 200, text="收到政府信息公开申请 4 件。", do="check", based_on=0), 200)
    assert "记录是 1" in tried and "还没有存" in tried and not FilingText.objects.exists()
    send(clerk, address, text="收到政府信息公开申请 4 件。", based_on=0)
    shown = page(clerk, filing_at(unit) + "?part=s1")
    assert "1 个数与记录不一致" in shown and "said-differs" in shown
    seq = FilingText.objects.get().latest_seq
    send(clerk, address, text="", do="draft", based_on=seq)
    assert not FilingText.objects.exists()


def test_saving_the_draft_as_it_is_leaves_it_a_draft(district: District) -> None:
    unit = district.education
    opened(unit)
    clerk = signed_in("unit_clerk", unit)
    address = reverse("desk:write", args=[unit.code, YEAR, "lead"])
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", page(clerk, address), re.S)
    send(clerk, address, text=shown.group(1), based_on=0)  # type: ignore[union-attr]
    assert not FilingText.objects.exists(), "words of the draft keep following the records"


def test_two_who_edit_one_section_see_both_and_lose_nothing(district: District) -> None:
    unit = district.education
    opened(unit)
    one, two = signed_in("unit_clerk", unit), signed_in("disclosure_lead", unit)
    address = reverse("desk:write", args=[unit.code, YEAR, "lead"])
    send(one, address, text="先存的一份。", based_on=0)
    shown = text(send(two, address, 409, text="后存的一份。", based_on=0), 409)
    assert shown.count("先存的一份。") >= 1 and shown.count("后存的一份。") >= 3
    assert "还没有存" in shown and "<del>先</del>" in shown and "<ins>后</ins>" in shown
    assert FilingText.objects.get().text == "先存的一份。"
    seq = FilingText.objects.get().latest_seq
    assert f'name="based_on" value="{seq}"' in shown
    send(two, address, text="先存的一份，后存的一份。", based_on=seq)
    assert FilingText.objects.get().text == "先存的一份，后存的一份。"


def test_a_warning_is_explained_by_name_and_an_error_is_not(district: District) -> None:
    unit = district.education
    declare(unit, months=11)
    opened(unit)
    clerk = signed_in("unit_clerk", unit)
    address = reverse("desk:explain", args=[unit.code, YEAR, "M1"])
    assert "示范区教育局　单位经办人" in page(clerk, address)
    assert "有错误：" in text(send(clerk, address, 422, text=" "), 422)
    send(clerk, address, text="12 月的数还没有核定。")
    assert Explanation.objects.get().by_name == "单位经办人"
    shown = page(clerk, filing_at(unit))
    assert "12 月的数还没有核定。" in shown and "已说明" in shown
    send(clerk, address, do="take-back")
    assert not Explanation.objects.exists()
    error = reverse("desk:explain", args=[unit.code, YEAR, "K7"])
    assert "不用说明" in page(clerk, error)
    assert "不用说明" in text(send(clerk, error, 422, text="随便"), 422)


def test_a_session_that_ended_mid_form_shows_it_again_undone(district: District) -> None:
    unit = district.education
    opened(unit)
    clerk = signed_in("unit_clerk", unit)
    address = reverse("desk:write", args=[unit.code, YEAR, "lead"])
    shown = text(send(clerk, address, 200, text="写到一半。", based_on=0, resumed=1), 200)
    assert "写到一半。" in shown and not FilingText.objects.exists()


def test_last_years_problems_stand_beside_section_five(district: District) -> None:
    unit = district.education
    values = {"year": 2020, "role": "problem", "heading": "更新不及时", "text": "栏目更新慢。"}
    record = enter("report-problems", unit, **values)
    opened(unit)
    clerk = signed_in("unit_clerk", unit)
    for address in (filing_at(unit) + "?part=s5", reverse("desk:write", args=[unit.code, YEAR, "problems"])):
        shown = page(clerk, address)
        assert "更新不及时" in shown and "还没有写落实情况" in shown
        assert reverse("desk:record", args=[unit.code, "report-problems", record.pk]) in shown


# A number and its records ------------------------------------------------------------------------


def test_a_cell_leads_to_its_records_its_parts_and_back(district: District) -> None:
    declare(*district.all[1:])
    request_(district.education)
    office = signed_in("office_clerk", district.office)
    shown = page(office, reverse("desk:cell", args=[district.government.code, YEAR, "t3.r1.c7"]))
    assert '<p class="cell-number">1</p>' in shown
    assert reverse("desk:cell", args=[district.education.code, YEAR, "t3.r1.c7"]) in shown
    assert f"/desk/organs/{district.education.code}/registers/requests/" in shown
    assert filing_at(district.government) + "?part=s3" in shown and "K1" in shown
    blank = page(office, reverse("desk:cell", args=[district.government.code, 2020, "t2.licence.decisions"]))
    assert "未填" in blank and "4 个单位没有申报" in blank
    own = page(office, reverse("desk:cell", args=[district.office.code, 2020, "t2.licence.decisions"]))
    assert reverse("desk:register", args=[district.office.code, "statistics"]) in own
    zero = page(office, reverse("desk:cell", args=[district.government.code, YEAR, "t3.r4.c1"]))
    assert "所以是 0，不是没填" in zero
    fees = reverse("desk:cell", args=[district.office.code, YEAR, "fees.total_fen"])
    assert "所以是 0，不是没填" in page(office, fees)
    enter(
        "processing-fees",
        district.office,
        charged_on=day("2021-05-06"),
        method="page",
        units=35,
        amount=Decimal("1210.50"),
    )
    shown = page(office, fees)
    assert '<p class="cell-number">1210.50</p>' in shown and "加起来就是 1210.50 元" in shown


def test_the_plots_say_where_last_year_has_nothing(district: District) -> None:
    office = signed_in("office_clerk", district.office)
    address = reverse("desk:plots", args=[district.government.code, YEAR])
    assert "都没有登记主动公开" in page(office, address)
    values = {"title": "通知", "channel": "portal", "class": "document", "url": ""}
    enter("publications", district.education, **values, published_on=day("2021-03-01"))
    shown = page(office, address)
    assert "2020 年没有登记，不能比较" in shown and shown.count("<svg") >= 3 and "按单位" in shown
    enter("publications", district.education, **values, published_on=day("2020-03-01"))
    assert "与上年同期相同" in page(office, address)
    assert "都没有登记收到申请" in page(office, f"{address}?of=requests")


# The same queries however much there is ----------------------------------------------------------


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page(client, address)
    with CaptureQueriesContext(connection) as found:
        page(client, address)
    return len(found)


@pytest.mark.parametrize("name", ["wall", "filing", "units", "versions", "cell", "plots", "preview"])
def test_no_page_asks_more_for_more_units_or_records(
    district: District, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from gongkai.foundation import organs
    from gongkai.foundation.organs import NewOrgan

    government = district.government
    office = signed_in("office_clerk", district.office)
    addresses = {
        "wall": reverse("desk:wall", args=[YEAR]),
        "filing": filing_at(government),
        "units": filing_at(government) + "?part=units",
        "versions": filing_at(government) + "?part=versions",
        "cell": reverse("desk:cell", args=[government.code, YEAR, "t3.r1.c7"]),
        "plots": reverse("desk:plots", args=[government.code, YEAR]),
        "preview": reverse("desk:report-preview", args=[government.code, YEAR]),
    }
    declare(*district.all[1:])
    for organ in district.all[1:]:
        request_(organ)
        if organ != district.office:
            opened(organ)
    few = _queries(office, addresses[name])
    for number in range(5, 10):
        new = NewOrgan(
            f"99900{number}", "township", f"示范区第{number}镇", f"第{number}镇", government, position=number
        )
        organ = organs.found(new, by=COMMAND_LINE, now=NOW)
        declare(organ)
        request_(organ)
        opened(organ)
    assert _queries(office, addresses[name]) == few
    with django_assert_max_num_queries(100):
        page(office, addresses[name])
