"""Downloads: the bytes that were sealed and kept, under good names, sent once."""

from __future__ import annotations

import json
from hashlib import sha256
from urllib.parse import quote

import pytest
from django.test import Client

from gongkai.annual_report import documents, editions
from gongkai.annual_report.models import EditionDocument
from gongkai.foundation import files
from tests.conftest import District
from tests.web.portal_support import HOME

NAME = "示范区人民政府2021年政府信息公开工作年度报告"


@pytest.fixture
def with_files(published: District) -> District:
    """The published report with kept files, as sealing keeps them."""
    row = editions.latest(published.government, 2021).row  # type: ignore[union-attr]
    for code, one in documents.FORMATS.items():
        stored = files.keep(f"kept {code}".encode(), name=code, media_type=one.media_type)
        EditionDocument.objects.create(edition=row, format=code, content=stored)
    return published


@pytest.mark.parametrize("code", documents.FORMATS)
def test_a_kept_file_is_sent_under_its_name(with_files: District, client: Client, code: str) -> None:
    answer = client.get(f"{HOME}report.{code}")
    assert answer.status_code == 200 and answer.content == f"kept {code}".encode()
    assert answer["Content-Type"] == documents.FORMATS[code].media_type
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(NAME)}.{code}"
    assert answer["ETag"].startswith('"') and answer["Last-Modified"] == "Mon, 10 Jan 2022 00:00:00 GMT"


def test_what_the_reader_has_is_not_sent_again(with_files: District, client: Client) -> None:
    for end in ("report.pdf", "report.json"):
        first = client.get(f"{HOME}{end}")
        for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            again = client.get(f"{HOME}{end}", headers=header)
            assert again.status_code == 304 and again.content == b"", (end, header)
        assert client.get(f"{HOME}{end}", headers={"if-none-match": '"other"'}).status_code == 200


def test_the_newest_is_asked_for_anew_and_a_version_may_be_kept(with_files: District, client: Client) -> None:
    assert client.get(f"{HOME}report.pdf")["Cache-Control"] == "public, no-cache"
    assert client.get(f"{HOME}v1/report.pdf")["Cache-Control"] == "public, max-age=86400"


def test_only_the_head(with_files: District, client: Client) -> None:
    for end in ("", "report.pdf", "checks/", "report.json"):
        answer = client.head(f"{HOME}{end}")
        assert answer.status_code == 200 and answer.content == b"", end


def test_the_sealed_original_proves_itself(published: District, client: Client) -> None:
    answer = client.get(f"{HOME}report.json")
    row = editions.latest(published.government, 2021).row  # type: ignore[union-attr]
    assert sha256(answer.content).hexdigest() == row.content.digest
    assert json.loads(answer.content)["report"]["organ"] == "示范区人民政府"


def test_the_picture_as_page_and_files(published: District, client: Client) -> None:
    html = client.get(f"{HOME}picture/").content.decode()
    assert "<svg" in html and "<style" not in html and " style=" not in html
    # Beside it the same numbers, opening.
    assert f'href="{HOME}cells/t2.licence.decisions/">96</a>' in html
    svg = client.get(f"{HOME}picture.svg")
    assert svg["Content-Type"] == "image/svg+xml" and svg.content.lstrip().startswith(b"<svg")
    assert quote("年度报告图解.svg") in svg["Content-Disposition"]
    png = client.get(f"{HOME}picture.png")
    assert png["Content-Type"] == "image/png" and png.content.startswith(b"\x89PNG\r\n")
    assert client.get(f"{HOME}picture.png", headers={"if-none-match": png["ETag"]}).status_code == 304
