"""The operator's pages of messages, the notice on the case page, today's line, readyz, and the applicant's choice."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.casework import notifying
from gongkai.casework.models import Case
from gongkai.foundation import lease, message_settings, outbox
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.background import LASTS
from gongkai.foundation.models import LedgerEvent, OutboxMessage
from gongkai.foundation.outbox_sending import send_next
from tests.apps.casework_support import filed, natural
from tests.conftest import NOW, District
from tests.mail_server import free_port, mail_server, sms_server
from tests.web.desk_support import page, send, signed_in, text

EMAIL: dict[str, Any] = {
    "smtp_host": "localhost", "smtp_tls": "none", "smtp_port": "25", "smtp_user": "", "smtp_password": "",
    "sender": "gongkai@example.cn", "sender_name": "示范区政府信息公开", "email_on": "on",
}  # fmt: skip
SMS: dict[str, Any] = {
    "sms_url": "https://sms.example.cn/", "sms_method": "POST", "sms_headers": "Authorization: geheim",
    "sms_body": '{"m": "{{phone}}",\n "t": "{{text}}"}', "sms_success": "code = 0", "sms_on": "on",
}  # fmt: skip
SETTINGS = "/desk/messages/settings/"


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def operator(district: District) -> Client:
    return signed_in("operator", district.government)


def switched_on(port: int) -> None:
    values = {
        "email_on": True,
        "smtp_host": "localhost",
        "smtp_port": port,
        "smtp_tls": "none",
        "sender": "g@example.cn",
    }
    message_settings.configure("email", values, by=COMMAND_LINE, now=NOW)


def waiting(district: District) -> Case:
    """A case whose notice met a server that is down, two hours ago."""
    switched_on(free_port())
    case = filed(district.education, applicant=natural(email="a@example.cn")).case
    since = timezone.now() - timedelta(hours=2)
    OutboxMessage.objects.update(created_at=since, waits_since=since, next_try_at=since)
    assert send_next(timezone.now())
    return case


def test_empty_pages_say_what_to_do(operator: Client, district: District) -> None:
    assert "邮件和短信都没有开通" in page(operator, "/desk/messages/")
    switched_on(25)
    shown = page(operator, "/desk/messages/")
    assert "没有等着发的通知" in shown and "后台没有在运行" in shown
    lease.take(lease.BACKGROUND, "a", now=timezone.now(), lasts=LASTS)
    assert "后台没有在运行" not in page(operator, "/desk/messages/")
    assert "还没有发出过通知" in page(operator, "/desk/messages/?state=sent")
    assert "没有这样的通知" in page(operator, "/desk/messages/?q=nothing")


def test_mail_is_set_tried_and_switched_on(operator: Client, db: None) -> None:
    assert "没有开通" in page(operator, SETTINGS)
    send(operator, f"{SETTINGS}portal/", portal_url="https://www.example.cn/")
    with mail_server() as (taken, port):
        send(operator, f"{SETTINGS}email/", **{**EMAIL, "smtp_port": port, "email_on": "off"})
        assert "可以先发一封试试" in page(operator, f"{SETTINGS}email/")
        send(operator, f"{SETTINGS}email/try/", to="me@example.cn")
        assert taken.to == ["me@example.cn"]
        assert "邮件服务器收下了" in page(operator, f"{SETTINGS}email/")
        taken.answers["RCPT"] = "550 5.7.1 relaying denied"
        refused = text(operator.post(f"{SETTINGS}email/try/", {"to": "me@example.cn"}), 422)
        assert "收件地址不被接受" in refused and "relaying denied" in refused and "me@example.cn" in refused
        assert "没有 @" in text(operator.post(f"{SETTINGS}email/try/", {"to": "me"}), 422)
    send(operator, f"{SETTINGS}email/", **EMAIL)
    assert message_settings.current().email_on
    shown = page(operator, SETTINGS)
    assert "https://www.example.cn/" in shown and "gongkai@example.cn" in shown


def test_wrong_settings_keep_what_was_typed(operator: Client, db: None) -> None:
    wrong = text(operator.post(f"{SETTINGS}email/", {**EMAIL, "sender": "nobody", "smtp_port": "x"}), 422)
    assert "没有 @" in wrong and "端口是 1 到 65535" in wrong and "示范区政府信息公开" in wrong
    wrong = text(operator.post(f"{SETTINGS}sms/", {**SMS, "sms_url": "http://10.0.0.1/"}), 422)
    assert "https://" in wrong and "{{text}}" in wrong
    assert message_settings.current().latest_seq is None
    assert operator.get(f"{SETTINGS}fax/").status_code == 404


def test_secrets_are_never_shown_again(operator: Client, db: None) -> None:
    secret = {**EMAIL, "smtp_tls": "starttls", "smtp_user": "u", "smtp_password": "geheim 1"}
    send(operator, f"{SETTINGS}email/", **secret)
    send(operator, f"{SETTINGS}sms/", **SMS)
    for part, name in (("email", "smtp_password"), ("sms", "sms_headers")):
        shown = page(operator, f"{SETTINGS}{part}/")
        assert "geheim" not in shown and "已经保存，不显示" in shown
        before = getattr(message_settings.current(), name)
        send(operator, f"{SETTINGS}{part}/", **{**(secret if part == "email" else SMS), name: ""})
        assert getattr(message_settings.current(), name) == before
    assert message_settings.opened(message_settings.current(), "smtp_password") == "geheim 1"
    send(operator, f"{SETTINGS}sms/", **{**SMS, "sms_headers": "-"})
    assert message_settings.current().sms_headers == ""
    assert "geheim" not in " ".join(LedgerEvent.objects.values_list("payload", flat=True))


def test_a_text_message_is_tried(operator: Client, db: None) -> None:
    with sms_server() as gateway:
        send(operator, f"{SETTINGS}sms/", **{**SMS, "sms_url": gateway.url, "sms_on": "off"})
        send(operator, f"{SETTINGS}sms/try/", to="13800000000")
        assert gateway.taken[0][1]["m"] == "13800000000"


def test_what_waits_is_seen_everywhere_and_leaves_when_the_server_is_back(
    operator: Client, district: District
) -> None:
    case = waiting(district)
    shown = page(operator, "/desk/messages/")
    assert case.number in shown and "邮件服务器没有回应" in shown and "1 次" in shown and "下次" in shown
    assert "a@example.cn" not in shown
    assert "还没有发出" in page(operator, "/desk/")
    clerk = signed_in("unit_clerk", district.education)
    assert "1 次还没发出（邮件服务器没有回应）" in page(clerk, f"/desk/organs/999002/cases/{case.number}/")
    assert "给申请人的通知" not in page(clerk, "/desk/") and clerk.get("/desk/messages/").status_code == 403
    with mail_server() as (taken, port):
        switched_on(port)
        send(operator, "/desk/messages/retry/", state="unsent")
        assert "1 条马上再发" in page(operator, "/desk/messages/")
        assert send_next(timezone.now()) and len(taken.letters) == 1
    assert "已发邮件，共 1 次" in page(clerk, f"/desk/organs/999002/cases/{case.number}/")
    assert case.number in page(operator, "/desk/messages/?state=sent")
    assert "给申请人的通知" not in page(operator, "/desk/")


def test_one_is_given_up_and_taken_up_again(operator: Client, district: District) -> None:
    waiting(district)
    pk = OutboxMessage.objects.get().pk
    send(operator, f"/desk/messages/{pk}/dismiss/")
    assert "没有等着发的通知" in page(operator, "/desk/messages/")
    assert "不再发" in page(operator, "/desk/messages/?state=dismissed")
    send(operator, f"/desk/messages/{pk}/retry/")
    assert OutboxMessage.objects.get().open
    kinds = list(LedgerEvent.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == [outbox.DISMISSED, outbox.RETRIED]
    assert operator.post("/desk/messages/999/retry/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["state=", "state=failed&channel=sms", "failure=no-answer&sort=-tries", "q=999002&sort=reference"],
)
def test_filters_and_the_same_rows_as_xlsx(operator: Client, district: District, query: str) -> None:
    case = waiting(district)
    seen = case.number in page(operator, f"/desk/messages/?{query}")
    answer = operator.get(f"/desk/messages/?{query}&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ([case.number] if seen else []) and seen == ("sms" not in query)


def test_ready_says_what_waits_and_stays_ready(district: District, client: Client) -> None:
    answer = json.loads(page(client, "/readyz"))
    assert answer["status"] == "ok" and answer["background"] == {"ok": False, "last_beat": None}
    waiting(district)
    lease.take(lease.BACKGROUND, "a", now=timezone.now() - timedelta(hours=1), lasts=LASTS)
    answer = json.loads(page(client, "/readyz"))
    assert answer["status"] == "ok" and answer["backlog"] == 1 and answer["messages"]["oldest"]
    assert not answer["background"]["ok"] and answer["background"]["last_beat"]
    assert set(answer) >= {"database", "disk", "ledger", "publication_log"}


def test_the_applicant_stops_the_notices_on_the_tracking_page(district: District, client: Client) -> None:
    assert reverse("portal:track").lstrip("/") == notifying.TRACK
    switched_on(25)
    receipt = filed(district.education, applicant=natural(email="a@example.cn"))
    assert client.post("/track/case/notices/", {"stop": "1"})["Location"] == "/track/"
    client.post("/track/", {"code": receipt.query_code, "secret": receipt.secret})
    assert "不再通知" in page(client, "/track/case/")
    answer = client.post("/track/case/notices/", {"stop": "1"})
    assert "不再给您发这件申请的通知" in page(client, answer["Location"])
    assert notifying.stopped(receipt.case)
    answer = client.post("/track/case/notices/", {"stop": "0"})
    assert "每走一步会通知您" in page(client, answer["Location"]) and not notifying.stopped(receipt.case)
