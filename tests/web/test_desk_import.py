"""Importing on the desk: looked at first, bad rows mended or left out, files that lie, nothing half-written."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.foundation import ledger
from gongkai.foundation.models import StoredFile
from gongkai.registers.models import Statistic
from tests.web.desk_support import page, send, text

HOME = "/desk/organs/999002/registers/statistics/"
CONFIRM = f"{HOME}import/confirm/"
GOOD = "年份,月份,项目,数量\n2021,3,行政许可,27\n2021,3,行政处罚,0\n"
BAD = GOOD + "2021,3,行政强制,约30\n2021,13,行政事业性收费,1.5\n"


def upload(desk: Client, content: str | bytes, status: int, name: str = "统计.csv", **more: object) -> str:
    data = content.encode() if isinstance(content, str) else content
    return text(desk.post(f"{HOME}import/", {"file": SimpleUploadedFile(name, data), **more}), status)


def carried(html: str) -> dict[str, str]:
    """The hidden fields of the preview."""
    form = html[html.index('class="stack stack--wide preview"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_nothing_is_in_the_database_before_it_is_entered(desk: Client) -> None:
    head = ledger.head()
    html = upload(desk, GOOD, 200)
    assert "2 行都对，可以导入" in html and "导入 2 条" in html
    assert ledger.head() == head and StoredFile.objects.count() == 0 and Statistic.objects.count() == 0
    answer = send(desk, CONFIRM, **carried(html), enter="1")
    assert answer["Location"] == HOME and "已导入 2 条申报统计" in page(desk, HOME)
    assert Statistic.objects.count() == 2
    # The back button and a second press: the same rows are refused, not entered twice.
    again = text(desk.post(CONFIRM, {**carried(html), "enter": "1"}), 422)
    assert "同样的一行" in again and Statistic.objects.count() == 2


def test_bad_rows_are_mended_in_the_preview(desk: Client) -> None:
    html = upload(desk, BAD, 422)
    assert "<title>有错误：" in html and "有 2 行要改，其余 2 行读懂了" in html
    assert "第 4 行" in html and "第 5 行" in html and "不能大于 12" in html
    assert 'name="cell:4:value" value="约30" aria-invalid="true"' in html and "导入 4 条" not in html
    first = {**carried(html), "cell:4:value": "30", "cell:5:month": "13"}
    html = text(desk.post(CONFIRM, {**first, "enter": "1"}), 422)
    assert "有 1 行要改，其余 3 行读懂了" in html and Statistic.objects.count() == 0
    # What was mended before is remembered though its row is no longer a field.
    html = text(desk.post(CONFIRM, {**carried(html), "cell:5:month": "3"}))
    assert "4 行都对" in html
    send(desk, CONFIRM, **carried(html), enter="1")
    assert Statistic.objects.get(item="coercion").amount == 30


def test_bad_rows_are_left_out_and_taken_back(desk: Client) -> None:
    html = upload(desk, BAD, 422)
    html = text(desk.post(CONFIRM, {**carried(html), "leave_wrong": "1"}))
    assert "2 行都对" in html and "不导入的 2 行" in html and html.count('name="leave"') == 2
    back = text(desk.post(CONFIRM, {**carried(html), "leave": ["5"]}), 422)
    assert "有 1 行要改" in back
    html = text(desk.post(CONFIRM, {**carried(html), "leave": ["2", "3", "4", "5"]}))
    assert "没有要导入的行" in html and "导入 0 条" not in html
    send(desk, CONFIRM, **carried(html), leave=["4", "5"], enter="1")
    assert Statistic.objects.count() == 2


def test_a_formula_is_shown_with_its_row_and_mended(desk: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("年份", "月份", "项目", "数量"), (2021, 3, "行政许可", "=20+7"), (2021, 3, "行政处罚", 0)):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    html = upload(desk, held.getvalue(), 422, "统计.xlsx")
    assert (
        "这一格是公式" in html and 'name="cell:2:value"' in html and 'name="cell:2:month" value="3"' in html
    )
    html = text(desk.post(CONFIRM, {**carried(html), "cell:2:value": "27"}))
    assert "2 行都对" in html
    send(desk, CONFIRM, **carried(html), enter="1")
    assert Statistic.objects.get(item="licence").amount == 27


def test_evidence_files_belong_to_their_rows(desk: Client) -> None:
    table = "年份,月份,项目,数量,依据文件\n2021,3,行政许可,27,三月.pdf\n2021,3,行政处罚,0,四月.pdf\n"
    html = upload(desk, table, 422, evidence=[SimpleUploadedFile("三月.pdf", b"%PDF-1.7 x")])
    assert "没有找到依据文件“四月.pdf”" in html and StoredFile.objects.count() == 0
    row = next(n for n in (2, 3) if f'name="cell:{n}:evidence"' in html)
    html = text(desk.post(CONFIRM, {**carried(html), f"cell:{row}:evidence": ""}))
    send(desk, CONFIRM, **carried(html), enter="1")
    kept = Statistic.objects.get(item="licence").evidence
    assert kept is not None and kept.name == "三月.pdf"


def bomb() -> bytes:
    """A small zip that unpacks to more than any table."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(400):
            part.write(b"\0" * (1 << 20))
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("统计.xlsx", b"%PDF-1.7", "不是表格文件"),
        ("统计.xlsx", b"PK\x03\x04nothing", "统计.xlsx"),
        ("统计.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 20, "另存为 xlsx"),
        ("空.csv", b"", "空文件"),
        ("空.csv", b"  \n ", "空文件"),
        ("统计.csv", "甲,乙\n1,2\n".encode(), "用这一页的模板填写"),
        ("统计.csv", "年份,月份,项目,数量\n".encode(), "没有数据"),
        ("统计.csv", b"\x00\x01\x02", "控制字符"),
        ("../../x.json", b"[1, 2", "不是完整的 JSON"),
    ],
)
def test_files_that_cannot_be_read(desk: Client, name: str, content: bytes, told: str) -> None:
    head = ledger.head()
    html = upload(desk, content, 422, name)
    assert told in html and "这个文件没有读进来" in html and "gongkai template" not in html
    assert "/tmp" not in html and "upload." not in html and ledger.head() == head


def test_a_bomb_is_not_unpacked(desk: Client) -> None:
    assert "不予读取" in upload(desk, bomb(), 422, "统计.xlsx")


def test_no_file_too_many_and_too_large(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "还没有选文件" in text(desk.post(f"{HOME}import/"), 422)
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(51)]
    assert "一次最多 50 个" in upload(desk, GOOD, 422, evidence=files)
    monkeypatch.setattr("gongkai.web.desk.import_views.LARGEST", 10)
    assert "超过 100 MB" in upload(desk, GOOD, 422)


def test_a_form_that_is_not_ours_or_too_old(desk: Client) -> None:
    good = carried(upload(desk, GOOD, 200))
    for change in ({"file_token": "x"}, {"edits": "x"}, {"evidence_token": "x"}):
        answer = send(desk, CONFIRM, **{**good, **change}, enter="1")
        assert answer["Location"] == f"{HOME}import/"
        assert "没有写入任何内容" in page(desk, f"{HOME}import/")
    assert Statistic.objects.count() == 0


def test_many_wrong_rows_stay_a_page(desk: Client) -> None:
    rows = "".join(f"2021,{1 + n % 12},行政许可,错{n}\n" for n in range(150))
    html = upload(desk, "年份,月份,项目,数量\n" + rows, 422)
    assert "有 150 行要改" in html and "还有 90 行有错" in html and html.count('name="leave"') == 60


def test_interrupted_in_the_preview_enters_nothing(desk: Client) -> None:
    html = upload(desk, GOOD, 200)
    html = text(desk.post(CONFIRM, {**carried(html), "enter": "1", "resumed": "1"}))
    assert "2 行都对" in html and Statistic.objects.count() == 0
