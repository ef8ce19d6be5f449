"""The form of a record: what was typed is kept, evidence comes along, a full disk loses nothing."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from gongkai.foundation import ledger
from gongkai.foundation.models import StoredFile
from tests.web.desk_record_support import HOME, PDF, STAT, events
from tests.web.desk_support import page, send, text


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
