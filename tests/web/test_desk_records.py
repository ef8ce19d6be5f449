"""Registers on the desk: every kind by form, correction, withdrawal, evidence, lists and what is nobody's business."""

from __future__ import annotations

import errno
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.foundation import kinds, ledger, records
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Account, LedgerEvent, Organ, Record, StoredFile
from tests.conftest import NOW, District, enter
from tests.web.desk_support import account_with, page, send, sign_in_as, signed_in, text

HOME = "/desk/organs/999002/registers/"
STAT = {"year": "2021", "month": "3", "item": "licence", "value": "27"}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def clerk(district: District) -> Account:
    return account_with("unit_clerk", district.education, "edu-clerk")


@pytest.fixture
def desk(clerk: Account, client: Client) -> Client:
    return sign_in_as(client, clerk)


def statistic(organ: Organ, month: int = 3, value: int = 27) -> Record:
    return enter("statistics", organ, year=2021, month=month, item="licence", value=Decimal(value))


def events(kind: str) -> int:
    return LedgerEvent.objects.filter(kind=kind).count()


# Every kind --------------------------------------------------------------------------------------

# What a form needs beyond what the columns' types and choices tell.
SPECIAL = {
    "normative-events": {"document_number": "示规发〔2020〕1号"},
    "interpretations": {"document_number": ""},
    "gazette-distributions": {"issue": "2021年第1期", "place_type": "library"},
    "inspection-items": {"item_code": "JG-1"},
    "requests": {"outcome": "", "closed_on": "", "supplement_due_on": "", "fee_notice_on": ""},
    "normative-documents": {"repealed_on": "", "repeal_basis": "", "valid_until": "2026-01-01"},
    "processing-fees": {"amount": "100.00"},
    "staff": {"until_on": "2021-12-31"},
    "zones": {"closed_on": "2022-12-31"},
    "reconsiderations": {"order_due_on": ""},
    "lawsuits": {"order_due_on": ""},
}


def filled(kind: Kind) -> dict[str, str]:
    """A form as somebody would fill it, column by column."""
    plain = {"integer": "2021", "decimal": "3", "date": "2021-06-30", "boolean": "是"}
    values: dict[str, str] = {}
    for column in kind.columns:
        if column.code == "month":
            values[column.code] = "6"
        elif column.choices:
            values[column.code] = column.choices[0].code
        else:
            values[column.code] = plain.get(column.type, f"{column.label}甲")
    return {**values, **SPECIAL.get(kind.code, {})}


def prepared(district: District) -> None:
    """What some kinds bind to."""
    organ = district.education
    enter(
        "normative-documents",
        organ,
        title="甲办法",
        document_number="示规发〔2020〕1号",
        made_on=date(2020, 5, 1),
    )
    enter("gazette-issues", organ, issue="2021年第1期", issued_on=date(2021, 3, 1), copies=100_000)
    enter("supervision-items", organ, code="JG-1", name="甲事项", adopted_on=date(2021, 3, 1))


def test_there_are_twenty_six_kinds_and_all_are_in_the_side_bar(desk: Client) -> None:
    html = page(desk, "/desk/")
    assert len(kinds.all_kinds()) == 26
    for kind in kinds.all_kinds():
        assert f'href="{HOME}{kind.code}/"' in html, kind.code


@pytest.mark.parametrize("code", [kind.code for kind in kinds.all_kinds()] or ["none"])
def test_every_kind_is_entered_corrected_and_withdrawn(desk: Client, district: District, code: str) -> None:
    kind = kinds.get(code)
    prepared(district)
    register = f"{HOME}{code}/"
    empty = records.standing(kind).count() == 0
    html = page(desk, register)
    assert ("还没有登记" in html) is empty
    assert kind.provision.citation() in page(desk, f"{register}new/")
    values = filled(kind)
    opened = send(desk, f"{register}new/", **values)["Location"]
    html = page(desk, opened)
    assert "已登记：" in html and "沿革" in html and "计入年报" in html
    row = records.standing(kind).order_by("-pk").first()
    assert row is not None and kind.title(row) in html and kind.title(row) in page(desk, register)
    # The form of the correction gives back what was entered.
    html = page(desk, f"{opened}correct/")
    for column in kind.columns:
        wanted = values[column.code]
        if wanted and column.type in ("text", "date", "long_text"):
            assert (wanted in html) is not column.masked, column.code
    changed = {**values, "reason": "填错了", "seq": str(row.latest_seq)}
    column = next(
        (c for c in kind.columns if not c.choices and c.type in ("text", "long_text", "decimal")), None
    )
    if code in ("inspection-items", "staff"):
        column = kind.column({"staff": "headcount"}.get(code, "name"))
    assert column is not None
    if code not in ("normative-events", "gazette-distributions"):
        changed[column.code] = "7" if column.type in ("decimal", "integer") else f"{values[column.code]}乙"
    else:
        last = kind.columns[-1]
        changed[last.code] = "2021-07-01" if last.type == "date" else "新的依据"
    send(desk, f"{opened}correct/", **changed)
    html = page(desk, opened)
    assert "已更正" in html and "原因：填错了" in html
    assert "撤销登记：" in page(desk, f"{opened}withdraw/")
    send(desk, f"{opened}withdraw/", reason="重复登记")
    html = page(desk, opened)
    assert "已撤销登记" in html and f"{opened}correct/" not in html
    assert not records.standing(kind).filter(pk=row.pk).exists()
    assert [e.kind for e in LedgerEvent.objects.filter(subject=row.ref)] == [
        "record.entered", "record.corrected", "record.withdrawn",
    ]  # fmt: skip


# The form ----------------------------------------------------------------------------------------


def test_a_form_keeps_what_was_typed_and_names_the_cure(desk: Client) -> None:
    head = ledger.head()
    answer = desk.post(f"{HOME}statistics/new/", {**STAT, "month": "13", "value": "约30", "year": " 2021 "})
    html = text(answer, 422)
    assert "<title>有错误：" in html and "有 2 处要改" in html and 'role="alert"' in html
    assert (
        "不能大于 12" in html and "只写数字" in html and 'value="约30"' in html and 'value=" 2021 "' in html
    )
    for place in re.findall(r'<li><a href="#(f-[a-z_]+)"', html):
        assert f'id="{place}"' in html
    assert 'value="licence" selected' in html and ledger.head() == head


def test_a_date_that_is_none_stays_as_it_was_typed(desk: Client) -> None:
    values = {"title": "甲", "issued_as": "own", "issued_on": "2021-02-30"}
    html = text(desk.post(f"{HOME}documents/new/", values), 422)
    assert re.search(r'name="issued_on" type="text" value="2021-02-30"', html) and "没有这一天" in html
    html = text(desk.post(f"{HOME}documents/new/", {**values, "issued_on": "2021-02-28", "title": ""}), 422)
    assert re.search(r'name="issued_on" type="date" value="2021-02-28"', html)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "\u202e文件", "甲\x00乙", "{{ 7|add:7 }}", "a" * 301]
)
def test_hostile_text_does_no_harm(desk: Client, typed: str) -> None:
    values = {"title": typed, "issued_as": "own", "issued_on": "2021-02-28"}
    answer = desk.post(f"{HOME}documents/new/", values)
    assert answer.status_code in (302, 422)
    html = answer.content.decode() if answer.status_code == 422 else page(desk, answer["Location"])
    assert "<script>alert" not in html and "14" not in re.findall(r"<h1>(.*?)</h1>", html)


def test_another_one_keeps_the_month(desk: Client) -> None:
    answer = send(desk, f"{HOME}statistics/new/", **STAT, another="1")
    assert answer["Location"] == f"{HOME}statistics/new/?year=2021&month=3"
    assert 'name="month" type="text" value="3"' in page(desk, answer["Location"])
    assert "同样的一行" in text(desk.post(f"{HOME}statistics/new/", STAT), 422)


def test_the_back_button_enters_nothing_twice(desk: Client) -> None:
    send(desk, f"{HOME}statistics/new/", **STAT)
    assert events("record.entered") == 1
    desk.post(f"{HOME}statistics/new/", STAT)
    assert events("record.entered") == 1


# Correction --------------------------------------------------------------------------------------


def test_a_correction_wants_a_reason_and_a_change(desk: Client, district: District) -> None:
    row = statistic(district.education)
    address = f"{HOME}statistics/{row.pk}/correct/"
    html = text(desk.post(address, {**STAT, "value": "28", "seq": str(row.latest_seq)}), 422)
    assert "写明更正的原因" in html and 'href="#f-reason"' in html and 'value="28"' in html
    html = text(desk.post(address, {**STAT, "value": "", "month": "13", "seq": str(row.latest_seq)}), 422)
    assert "有 3 处要改" in html and "是必填项" in html and "不能大于 12" in html
    html = text(desk.post(address, {**STAT, "reason": "核对", "seq": str(row.latest_seq)}), 422)
    assert "没有改动任何一项" in html
    send(desk, address, **{**STAT, "value": "28"}, reason="漏计一件", seq=str(row.latest_seq))
    html = page(desk, f"{HOME}statistics/{row.pk}/")
    assert "27 → 28" in html and "原因：漏计一件" in html and "单位经办人更正" in html


def test_two_people_correct_one_record(desk: Client, district: District) -> None:
    row = statistic(district.education)
    address = f"{HOME}statistics/{row.pk}/correct/"
    seen = str(row.latest_seq)
    other = signed_in("disclosure_lead", district.education)
    send(other, address, **{**STAT, "value": "30"}, reason="漏计三件", seq=seen)
    html = text(desk.post(address, {**STAT, "value": "28", "reason": "漏计一件", "seq": seen}), 422)
    assert "打开以后，别人改过这条" in html and "漏计三件" in html
    assert re.search(r"<td>30</td><td>28</td>", html) and 'value="28"' in html and 'value="漏计一件"' in html
    fresh = re.search(r'name="seq" value="(\d+)"', html)
    assert fresh is not None and fresh.group(1) != seen
    send(desk, address, **{**STAT, "value": "28"}, reason="漏计一件", seq=fresh.group(1))
    row.refresh_from_db()
    assert row.amount == 28 and events("record.corrected") == 2  # type: ignore[attr-defined]


def test_what_was_withdrawn_meanwhile(desk: Client, district: District) -> None:
    row = statistic(district.education)
    records.withdraw(kinds.get("statistics"), row, by=COMMAND_LINE, now=NOW, reason="重复登记")
    address = f"{HOME}statistics/{row.pk}/"
    assert desk.post(f"{address}correct/", {**STAT, "value": "1", "reason": "x"})["Location"] == address
    assert "已经撤销" in text(desk.post(f"{address}withdraw/", {"reason": "再撤"}), 422)
    assert "写明撤销登记的原因" in text(
        desk.post(f"{HOME}statistics/{statistic(district.education, 4).pk}/withdraw/"), 422
    )


def test_where_a_record_counts_and_the_way_there(desk: Client, district: District) -> None:
    row = statistic(district.education)
    html = page(desk, f"{HOME}statistics/{row.pk}/")
    link = "/desk/organs/999002/reports/2021/cells/t2.licence.decisions/"
    assert f'href="{link}"' in html and "2021 年：" in html
    assert "27" in page(desk, link)


# Evidence ----------------------------------------------------------------------------------------


def test_evidence_comes_along_is_kept_and_downloaded(desk: Client) -> None:
    bad = {**STAT, "month": "13", "evidence": SimpleUploadedFile("三月统计表.pdf", PDF)}
    html = text(desk.post(f"{HOME}statistics/new/", bad), 422)
    assert "已经收下“三月统计表.pdf”" in html and StoredFile.objects.count() == 0
    token = re.search(r'name="evidence_token" value="([^"]+)"', html)
    assert token is not None
    opened = send(desk, f"{HOME}statistics/new/", **STAT, evidence_token=token.group(1))["Location"]
    assert "三月统计表.pdf" in page(desk, opened)
    answer = desk.get(f"{opened}evidence/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert (
        answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]
    )
    more = {
        **STAT,
        "value": "28",
        "reason": "换了统计表",
        "evidence": SimpleUploadedFile("改.pdf", PDF + b"2"),
    }
    send(desk, f"{opened}correct/", **more)
    assert "改.pdf" in page(desk, opened)


def test_a_token_that_is_not_ours_is_nothing(desk: Client) -> None:
    opened = send(desk, f"{HOME}statistics/new/", **STAT, evidence_token="../../etc/passwd")["Location"]
    assert "没有附" in page(desk, opened)
    assert desk.get(f"{opened}evidence/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("表.pdf", b"PK\x03\x04zip", "其实是 xlsx 文件"),
        ("表.exe", b"MZ\x90", "不是可以存的类型"),
        ("表.xlsx", b"hello", "不是 xlsx 文件"),
        ("空.pdf", b"", "空文件"),
        ("表", PDF, "不是可以存的类型"),
    ],
)
def test_uploads_that_lie(desk: Client, name: str, content: bytes, told: str) -> None:
    html = text(
        desk.post(f"{HOME}statistics/new/", {**STAT, "evidence": SimpleUploadedFile(name, content)}), 422
    )
    assert told in html and 'value="27"' in html and 'href="#f-evidence"' in html
    assert events("record.entered") == 0 and StoredFile.objects.count() == 0


def test_an_upload_that_is_too_large(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.web.desk.record_forms.EVIDENCE_LIMIT", 10)
    html = text(
        desk.post(f"{HOME}statistics/new/", {**STAT, "evidence": SimpleUploadedFile("表.pdf", PDF)}), 422
    )
    assert "超过 50 MB" in html


def test_a_request_that_is_far_too_large_is_not_read(desk: Client) -> None:
    answer = desk.post(f"{HOME}statistics/new/", STAT, CONTENT_LENGTH=str(10**10))
    assert answer.status_code == 413 and "太大" in answer.content.decode()


def test_a_file_that_is_gone_is_said(desk: Client, settings: object) -> None:
    values = {**STAT, "evidence": SimpleUploadedFile("表.pdf", PDF)}
    opened = send(desk, f"{HOME}statistics/new/", **values)["Location"]
    digest = StoredFile.objects.get().digest
    (Path(settings.GONGKAI_FILES) / digest[:2] / digest).unlink()  # type: ignore[attr-defined]
    assert "从备份恢复" in page(desk, f"{opened}evidence/", 503)


# A full disk -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_loses_nothing(desk: Client, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def full(*_: object, **__: object) -> None:
        raise error

    head = ledger.head()
    monkeypatch.setattr("gongkai.foundation.records.enter", full)
    html = text(desk.post(f"{HOME}statistics/new/", STAT), 507)
    assert "没有存，也没有存一半" in html and 'name="value" value="27"' in html and ledger.head() == head
    monkeypatch.undo()
    back = text(desk.post(f"{HOME}statistics/new/", {**STAT, "resumed": "1"}))
    assert 'value="27"' in back and ledger.head() == head


def test_another_error_is_not_called_a_full_disk(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr("gongkai.foundation.records.enter", broken)
    with pytest.raises(OperationalError):
        desk.post(f"{HOME}statistics/new/", STAT)


# Lists -------------------------------------------------------------------------------------------


@pytest.fixture
def many(district: District) -> None:
    for number in range(1, 61):
        enter(
            "documents", district.education, title=f"关于{'招生' if number % 2 else '资助'}的通知{number:02d}",
            document_number=f"示教发〔2021〕{number}号", issued_as="own", issued_on=date(2021, 1 + number % 12, 5),
        )  # fmt: skip


def test_a_list_filters_sorts_pages_and_exports(desk: Client, many: None) -> None:
    address = f"{HOME}documents/"
    html = page(desk, address)
    assert "60 条" in html and "第 1 页，共 2 页" in html and html.count('<th scope="row">') == 50
    assert page(desk, f"{address}?page=2").count('<th scope="row">') == 10
    assert "30 条" in page(desk, f"{address}?q=招生")
    html = page(desk, f"{address}?sort=title&q=资助")
    assert 'aria-sort="ascending"' in html and html.index("通知02") < html.index("通知04")
    html = page(desk, f"{address}?sort=-title")
    assert 'aria-sort="descending"' in html and html.index("通知60") < html.index("通知58")
    assert "没有符合的" in page(desk, f"{address}?year=2020") and "没有符合的" in page(
        desk, f"{address}?q=没有"
    )
    assert "60 条" in page(desk, f"{address}?sort=nothing&issued_as=nothing&year=x&page=zzz")
    answer = desk.get(f"{address}?q=招生&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[0][:2] == ("标题", "文号") and len(rows) == 31


def test_a_list_says_nothing_twice(desk: Client, many: None) -> None:
    html = page(desk, f"{HOME}documents/?q=通知07")
    assert html.count("关于招生的通知07") == 1 and ">标题<" in html


def test_lists_ask_a_fixed_number_of_questions(desk: Client, district: District) -> None:
    prepared(district)
    for code in (
        "publications",
        "gazette-distributions",
        "inspection-items",
        "normative-events",
        "statistics",
    ):
        counted = []
        for rows in (1, 5):
            for n in range(rows):
                own = {"code": f"SS-{rows}-{n}", "month": str(n + rows), "title": f"题目{rows}{n}"}
                values = filled(kinds.get(code)) | own
                send(desk, f"{HOME}{code}/new/", **values)
            page(desk, f"{HOME}{code}/")
            with CaptureQueriesContext(connection) as seen:
                page(desk, f"{HOME}{code}/")
            counted.append(len(seen))
        assert counted[0] == counted[1] <= 16, (code, counted)


def test_the_template_and_the_export_can_be_imported_again(desk: Client, many: None) -> None:
    answer = desk.get(f"{HOME}documents/template.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(answer.content))["填报"]
    exported = desk.get(f"{HOME}documents/?export=xlsx&q=通知07").content
    html = text(desk.post(f"{HOME}documents/import/", {"file": SimpleUploadedFile("导出.xlsx", exported)}))
    assert "1 行都对" in html


# Whose it is -------------------------------------------------------------------------------------


def test_another_organs_records_are_as_if_absent(desk: Client, district: District) -> None:
    theirs = statistic(district.civil)
    for address in (
        "/desk/organs/999003/registers/statistics/",
        f"/desk/organs/999003/registers/statistics/{theirs.pk}/",
        f"{HOME}statistics/{theirs.pk}/",
        f"{HOME}statistics/{theirs.pk}/evidence/",
        f"{HOME}nothing/",
        f"{HOME}statistics/999999/",
    ):
        assert "没有这一页" in page(desk, address, 404)
    assert desk.post(f"{HOME}statistics/{theirs.pk}/correct/", {**STAT, "reason": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.amount == 27  # type: ignore[attr-defined]


def test_who_only_reads_sees_no_button_and_is_refused(district: District) -> None:
    row = statistic(district.education)
    for role, organ in (("supervisor", district.government), ("unit_head", district.education)):
        client = signed_in(role, organ)
        html = page(client, f"{HOME}statistics/")
        assert "登记一条" not in html and "单位经办人" in html
        assert "更正</a>" not in page(client, f"{HOME}statistics/{row.pk}/")
        for address in ("new/", "import/", f"{row.pk}/correct/", f"{row.pk}/withdraw/"):
            assert "不在本人的职责里" in page(client, f"{HOME}statistics/{address}", 403)
            assert client.post(f"{HOME}statistics/{address}", STAT).status_code == 403


def test_no_page_has_inline_style_or_script(desk: Client, district: District) -> None:
    row = statistic(district.education)
    for address in ("", "new/", "import/", f"{row.pk}/", f"{row.pk}/correct/", f"{row.pk}/withdraw/"):
        html = page(desk, f"{HOME}statistics/{address}")
        assert "style=" not in html and "<script" not in html and "onclick" not in html
