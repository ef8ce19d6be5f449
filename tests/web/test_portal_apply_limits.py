"""How much one may file in an hour, and what is public and alike, offered while one writes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gongkai.casework.models import Case
from gongkai.web.portal import filing_throttle
from tests.conftest import District, day, enter
from tests.web.portal_support import page
from tests.web.test_portal_apply import filled, put, send


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the moment the web stands at."""

    def stand(text: str) -> None:
        moment = datetime.fromisoformat(f"2021-07-01T{text}:00+08:00")
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    stand("14:00")
    return stand


def test_a_flood_from_one_address_is_told_until_when(
    district: District, hour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing_throttle, "PER_ADDRESS", 2)
    for minute in ("14:00", "14:10"):
        hour(minute)
        assert send(filled(Client())).status_code == 302
    client = filled(Client())
    answer = send(client)
    html = answer.content.decode()
    assert answer.status_code == 429 and "15:01 以后再提交" in html and "邮寄、当面提交不受影响" in html
    # Another address goes on, and what was written is still there an hour later.
    other = filled(Client(REMOTE_ADDR="192.0.2.7"))
    assert send(other).status_code == 302
    hour("15:01")
    assert send(client).status_code == 302 and Case.objects.count() == 4


def test_a_flood_from_everywhere_stops_too(
    district: District, hour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing_throttle, "TOGETHER", 2)
    for n in (1, 2):
        assert send(filled(Client(REMOTE_ADDR=f"192.0.2.{n}"))).status_code == 302
    answer = send(filled(Client(REMOTE_ADDR="192.0.2.3")))
    assert answer.status_code == 429 and "网上一小时内提交的申请太多" in answer.content.decode()


def test_a_second_click_counts_once(district: District, hour: Any, client: Client) -> None:
    from gongkai.foundation.models import FailedSignIn

    send(filled(client))
    client.post("/apply/check/", {"true": "yes"})
    assert FailedSignIn.objects.filter(address__startswith="file:").count() == 1


def test_the_limits_are_generous(district: District) -> None:
    assert filing_throttle.PER_ADDRESS >= 20 and filing_throttle.TOGETHER >= 500
    assert timedelta(minutes=10) <= filing_throttle.WINDOW <= timedelta(hours=1)


def norm(organ: Any, n: int) -> None:
    enter(
        "normative-documents", organ, title=f"示范区农村危房改造补助资金管理办法{n}",
        document_number=f"示政规发〔2020〕{n}号", made_on=day("2020-03-01"),
    )  # fmt: skip


def test_normative_documents_and_reports_are_offered(published: District, client: Client) -> None:
    norm(published.civil, 1)
    put(client, "what", description="农村危房改造补助资金怎么管理")
    html = page(client, "/apply/what/")
    assert "农村危房改造补助资金管理办法1" in html and "示政规发〔2020〕1号" in html
    put(client, "what", description="示范区 2021 年政府信息公开工作年度报告")
    html = page(client, "/apply/what/")
    assert 'href="/reports/999000/2021/"' in html and "年度报告" in html


def test_a_repealed_document_is_not_offered(district: District, client: Client) -> None:
    norm(district.civil, 1)
    enter(
        "normative-events", district.civil, document_number="示政规发〔2020〕1号", event="repealed",
        on=day("2020-06-01"),
    )  # fmt: skip
    put(client, "what", description="农村危房改造补助资金怎么管理")
    assert "管理办法1" not in page(client, "/apply/what/")


def test_while_writing_the_list_alone_is_answered(district: District, client: Client) -> None:
    norm(district.civil, 1)
    answer = client.post("/apply/alike/", {"description": "农村危房改造补助资金怎么管理"})
    html = answer.content.decode()
    assert "管理办法1" in html and "<html" not in html and answer["Cache-Control"] == "no-store"
    assert client.get("/apply/alike/").status_code == 405
    assert "没有找到" in client.post("/apply/alike/", {"description": "完全是别的事情"}).content.decode()


def test_as_many_queries_for_one_document_as_for_twenty(
    district: District, client: Client, django_assert_num_queries: Any
) -> None:
    words = {"description": "农村危房改造补助资金怎么管理"}
    norm(district.civil, 1)
    with django_assert_num_queries(6):
        client.post("/apply/alike/", words)
    for n in range(2, 21):
        norm(district.civil, n)
    with django_assert_num_queries(6):
        client.post("/apply/alike/", words)
