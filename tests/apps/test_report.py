"""The report from records: counted, declared, summed; traced; sealed; one filing a year."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from gongkai.annual_report import editions, filings
from gongkai.annual_report.compile import CompiledReport, compile_report
from gongkai.annual_report.models import Filing
from gongkai.annual_report.output import NoSuchCell, as_json, trace
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, NotAllowed
from gongkai.foundation.verification import verify
from gongkai.rules.report.checks import report_from_json, run_checks
from tests.conftest import NOW, District, day, enter, explain_all, seal_and_publish

ITEMS = ("licence", "penalty", "coercion", "fee")


def declare(organ: object, value: str = "0") -> None:
    for month in range(1, 13):
        for item in ITEMS:
            enter("statistics", organ, year=2021, month=month, item=item, value=Decimal(value))


def request_(organ: object, received: str, closed: str | None = None, outcome: str | None = None):  # type: ignore[no-untyped-def]
    values = {"received_on": day(received), "class": "natural", "outcome": outcome}
    return enter("requests", organ, **values, closed_on=day(closed) if closed else None)


def compiled(district: District) -> CompiledReport:
    return compile_report(district.government, 2021, reader=COMMAND_LINE)


def status(report: CompiledReport) -> dict[str, str]:
    return {check.id: check.status for check in report.checks}


def test_one_unit_one_request_one_cell(district: District) -> None:
    record = request_(district.education, "2021-09-13", "2021-09-30", "r3")
    report = compiled(district)
    nonzero = {name: c.value for name, c in report.tables.cells.items() if c.value}
    assert nonzero == {f"t3.{row}.{c}": 1 for row in ("r1", "r3", "r24") for c in ("c1", "c7")}
    leaves = trace(report.tables, "t3.r3.c7")
    assert [(leaf["record"], leaf["value"], leaf["date"]) for leaf in leaves] == [
        (record.ref, "1", "2021-09-30")
    ]
    assert "第三十六条" not in leaves[0]["title"] and leaves[0]["provision"]
    with pytest.raises(NoSuchCell, match="t9"):
        trace(report.tables, "t9")


def test_what_nobody_declared_is_blank_and_named(district: District) -> None:
    declare(district.education)
    report = compiled(district)
    assert report.tables.cells["t2.licence.decisions"].value == 0
    k7 = next(check for check in report.checks if check.id == "K7")
    assert k7.status == "fail" and "区政府办公室、区民政局、东河镇" in k7.message
    assert as_json(report)["units"][0]["cells"]["t2.licence.decisions"] == "0"
    assert as_json(report)["own"]["cells"]["t2.licence.decisions"] is None


def test_the_own_part_is_the_government_and_its_office(district: District) -> None:
    request_(district.government, "2021-03-01")
    request_(district.office, "2021-03-02")
    request_(district.civil, "2021-03-03")
    tables = compiled(district).tables
    assert tables.own.cells["t3.r1.c7"].value == 2
    assert tables.cells["t3.r1.c7"].value == 3
    assert dict(tables.cells["t3.r1.c7"].parts)["区民政局"] == 1
    office = compile_report(district.office, 2021, reader=COMMAND_LINE)
    assert office.tables.cells["t3.r1.c7"].value == 2 and not office.tables.units


def test_a_report_of_our_own_passes_its_own_file_check(district: District) -> None:
    for organ in district.all[1:]:
        declare(organ, "1")
    request_(district.office, "2021-03-01", "2021-03-09", "r3")
    report = compiled(district)
    again = {
        c.id: c.status for c in run_checks(report_from_json(json.dumps(as_json(report), ensure_ascii=False)))
    }
    assert (
        again["K15"] == "pass" and again["K7"] == "pass" and again["K12"] == "pass" and again["K9"] == "pass"
    )
    assert report.tables.cells["t2.fee.amount"].value == 48


def test_who_may_compile(district: District) -> None:
    with pytest.raises(NotAllowed, match="没有查看的权限"):
        compile_report(district.education, 2021, reader=PUBLIC)


def test_one_filing_for_an_organ_and_year(district: District) -> None:
    filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    with pytest.raises(filings.FilingRefused, match="示范区教育局2021 年的年度报告已经在填报"):
        filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    filings.open_filing(district.education, 2022, by=COMMAND_LINE, now=NOW)
    assert Filing.objects.count() == 2


def test_words_by_hand_take_the_place_of_the_draft_and_are_linted(district: District) -> None:
    declare(district.education)
    filing = filings.open_filing(district.education, 2021, by=COMMAND_LINE, now=NOW)
    filings.write_text(filing, "overview.1", "2021 年收到政府信息公开申请 7 件。", by=COMMAND_LINE, now=NOW)
    report = compile_report(district.education, 2021, reader=COMMAND_LINE)
    assert status(report)["K9"] == "fail"
    filings.write_text(filing, "other", "没有。", by=COMMAND_LINE, now=NOW)
    with pytest.raises(filings.FilingRefused, match="K12"):
        filings.submit(filing, by=COMMAND_LINE, now=NOW)
    filings.write_text(filing, "other", "", by=COMMAND_LINE, now=NOW)
    with pytest.raises(filings.FilingRefused, match="提醒要署名说明：\nK9"):
        filings.submit(filing, by=COMMAND_LINE, now=NOW)
    explain_all(filing)
    assert filings.submit(filing, by=COMMAND_LINE, now=NOW).state == "submitted"
    with pytest.raises(filings.FilingRefused, match="已报送，不能再改"):
        filings.write_text(filing, "other", "又改", by=COMMAND_LINE, now=NOW)
    assert verify().breaks == ()


def test_what_was_sealed_is_what_is_published(district: District) -> None:
    for organ in district.all[1:]:
        declare(organ)
    filing = filings.open_filing(district.government, 2021, by=COMMAND_LINE, now=NOW)
    edition = seal_and_publish(filing)
    request_(district.office, "2021-03-01", "2021-03-09", "r3")
    read = editions.latest(district.government, 2021)
    assert read is not None and read.row == edition
    assert read.report["cells"]["t3.r1.c7"] == "0", "records of today do not change what was signed"
    assert compiled(district).tables.cells["t3.r1.c7"].value == 1
    assert edition.ledger_hash in editions.files.read(edition.content.digest).decode()
    assert verify().breaks == ()


def test_a_changed_seal_is_found(district: District) -> None:
    for organ in district.all[1:]:
        declare(organ)
    filing = filings.open_filing(district.government, 2021, by=COMMAND_LINE, now=NOW)
    edition = seal_and_publish(filing)
    edition.ledger_seq -= 1
    edition.save()
    assert any("年度报告第 1 版" in b.place for b in verify().breaks)


def test_nothing_is_sealed_over_an_error(district: District) -> None:
    filing = filings.open_filing(district.government, 2021, by=COMMAND_LINE, now=NOW)
    with pytest.raises(filings.FilingRefused, match="K7"):
        seal_and_publish(filing)
    assert editions.latest(district.government, 2021) is None


def test_a_correction_moves_its_cells_and_a_withdrawal_too(district: District) -> None:
    kind = kinds.get("requests")
    record = request_(district.office, "2021-03-01", "2021-03-09", "r3")
    records.correct(kind, record, {"outcome": "r4"}, by=COMMAND_LINE, now=NOW, reason="登记有误")
    cells = compiled(district).tables.cells
    assert (cells["t3.r3.c1"].value, cells["t3.r4.c1"].value) == (0, 1)
    records.withdraw(kind, record, by=COMMAND_LINE, now=NOW, reason="重复登记")
    assert compiled(district).tables.cells["t3.r4.c1"].value == 0
    assert verify().breaks == ()


def test_past_years_are_compiled_with_the_units_of_that_year(district: District) -> None:
    from gongkai.foundation import organs

    organs.rename(
        district.civil, name="示范区民政和社会救助局", short_name="区民政救助局", on=day("2022-01-05"),
        by=COMMAND_LINE, now=NOW,
    )  # fmt: skip
    organs.end(district.town, on=day("2020-12-31"), into=district.civil, by=COMMAND_LINE, now=NOW)
    assert [p.name for p in compiled(district).tables.units] == ["示范区教育局", "示范区民政局"]
    before = compile_report(district.government, 2020, reader=COMMAND_LINE)
    assert [p.short_name for p in before.tables.units] == ["区教育局", "区民政局", "东河镇"]


def test_the_number_of_queries_does_not_grow_with_units_or_records(
    district: District, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for organ in district.all[1:]:
        declare(organ)
        request_(organ, "2021-03-01", "2021-03-09", "r3")
    with django_assert_max_num_queries(60):
        compiled(district)
