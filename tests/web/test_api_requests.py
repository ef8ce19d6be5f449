"""The contract's calls for linked platforms: filed once, tracked by code and secret, refused in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from gongkai.casework import platforms
from gongkai.casework.models import Case, IdempotencyKey
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.web.portal import guesses
from tests.apps.casework_support import CARD, WORDS
from tests.conftest import NOW, District

URL = "/api/v1/requests"


def body(**changes: Any) -> dict[str, Any]:
    applicant = {
        "class": "natural", "name": "申请人甲", "id_type": "identity-card", "id_number": CARD,
        "phone": "13800000000", "email": "", "address": "",
    }  # fmt: skip
    sent = {
        "organ": "999002", "applicant": {**applicant, **changes.pop("applicant", {})}, "description": WORDS,
        "title": None, "document_number": None, "form": "electronic", "delivery": "online", "confirmed": False,
    }  # fmt: skip
    return {**sent, **changes}


class Platform:
    """A linked platform with its token."""

    def __init__(self, district: District) -> None:
        issued = platforms.issue_token(district.government, "政务服务网", by=COMMAND_LINE, now=NOW)
        self.token, self.text = issued.token, issued.text
        self.client = Client()

    def post(self, sent: Any, *, key: str | None = None, token: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {token or self.text}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        return self.client.post(URL, raw, content_type="application/json", headers=headers)

    def refused(self, sent: Any, status: int, **options: Any) -> dict[str, Any]:
        answer = self.post(sent, **options)
        assert answer.status_code == status, answer.content.decode()
        error: dict[str, Any] = answer.json()["error"]
        assert set(error) == {"code", "message", "fields"} and error["message"].endswith("。")
        assert Case.objects.count() == 0
        return error


@pytest.fixture
def platform(district: District) -> Platform:
    return Platform(district)


def test_an_unconfirmed_request_waits_for_the_organ(platform: Platform) -> None:
    answer = platform.post(body())
    said = answer.json()
    assert answer.status_code == 201
    assert set(said) == {
        "number", "serial", "query_code", "secret", "state", "received_on", "due", "due_note", "status_url",
    }  # fmt: skip
    assert said["serial"] == 1 and said["number"].endswith("0001") and said["received_on"] is None
    assert said["state"] == "awaiting_confirmation" and said["due"] is None and "确认" in said["due_note"]
    assert said["status_url"] == f"http://testserver{URL}/{said['query_code']}"
    assert Case.objects.get().filed_by == platform.token.ref


def test_a_confirmed_one_is_received_that_day(platform: Platform) -> None:
    said = platform.post(body(confirmed=True)).json()
    assert said["state"] == "received" and said["received_on"] is not None
    assert (said["due"] is None) == (said["due_note"] is not None)


def test_organisations_and_agents_file_too(platform: Platform) -> None:
    organisation = {
        "class": "enterprise", "name": "某公司", "id_type": "unified-credit-code",
        "id_number": "91110000000000000A", "representative": "负责人",
    }  # fmt: skip
    wrong = platform.refused(body(applicant=organisation), 422)
    assert "第 18 位" in wrong["fields"]["applicant.id_number"]
    agent = {"name": "代理人乙", "id_type": "passport", "id_number": "E12345678", "phone": "13900000000"}
    assert platform.post(body(agent=agent)).status_code == 201
    assert Case.objects.get().applicant.by_agent


@pytest.mark.parametrize("token", ["", "gk_wrong", "x" * 5000])
def test_without_a_token_nothing_is_filed(platform: Platform, token: str) -> None:
    assert platform.refused(body(), 401, token=token or " ")["code"] == "unauthorized"


def test_a_revoked_token_is_refused_at_once(platform: Platform) -> None:
    platforms.revoke_token(platform.token, reason="停用", by=COMMAND_LINE, now=NOW)
    platform.refused(body(), 401)


def test_the_same_key_gives_the_first_answer_again(platform: Platform) -> None:
    first = platform.post(body(), key="k-1")
    # Blanks and the order of the fields do not make it another body.
    again = platform.post(json.dumps(dict(reversed(body().items())), indent=2).encode(), key="k-1")
    assert (again.status_code, again.json()) == (201, first.json()) and Case.objects.count() == 1
    other = platform.post(body(description="另一件事"), key="k-1")
    assert other.status_code == 422 and "Idempotency-Key" in other.json()["error"]["fields"]
    assert platform.post(body(), key="k-2").json()["serial"] == 2


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"organ": "nowhere"}, "organ", "/api/v1/organs"),
        ({"organ": 7}, "organ", "机关"),
        ({"description": ""}, "description", "没有写要什么信息"),
        ({"description": "\u200b\u202e "}, "description", "没有写要什么信息"),
        ({"description": "长" * 5001}, "description", "5001"),
        ({"form": "telegram"}, "form", "electronic"),
        ({"delivery": "email"}, "applicant.email", "电子邮箱"),
        ({"confirmed": "yes"}, "confirmed", "true"),
        ({"title": ["a"]}, "title", "文字"),
        ({"agent": "乙"}, "agent", "对象"),
        ({"applicant": {"class": "king"}}, "applicant.class", "natural"),
        ({"applicant": {"id_number": "110101199001010016"}}, "applicant.id_number", "第 18 位"),
        ({"applicant": {"id_type": "other"}}, "applicant.id_type", "居民身份证"),
        ({"applicant": {"phone": ""}}, "applicant.phone", "至少填一种"),
        ({"applicant": {"email": "a@b@c"}}, "applicant.email", "电子邮箱"),
        ({"applicant": {"name": None}}, "applicant.name", "姓名"),
    ],
)
def test_what_is_wrong_is_said_by_field(
    platform: Platform, changes: dict[str, Any], field: str, words: str
) -> None:
    assert words in platform.refused(body(**changes), 422)["fields"][field]


@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"organ": "999002"}', b'{"organ": "999002", "applicant": 3}'])
def test_a_refused_first_answer_is_given_again(platform: Platform, raw: bytes) -> None:
    first = platform.post(raw, key="k1")
    assert first.status_code in (400, 422)
    again = platform.post(raw, key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    other = platform.post(body(), key="k1")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert platform.post(body(), key="k2").status_code == 201
    assert Case.objects.count() == 1


def test_a_refusal_is_kept_sealed(platform: Platform) -> None:
    platform.post(body(applicant={"id_number": "110101199001010016"}), key="k1")
    row = IdempotencyKey.objects.get()
    assert row.case is None and "申请" not in row.receipt and row.receipt.startswith("aes-256-gcm:")


def test_what_was_not_read_is_not_remembered(platform: Platform) -> None:
    large = b'"' + b"a" * 3_000_000 + b'"'
    assert platform.post(large, key="k1").status_code == 413
    assert platform.post(body(), key="k1").status_code == 201


def test_a_voided_case_is_tracked_as_voided(platform: Platform, client: Client) -> None:
    said = platform.post(body(confirmed=True)).json()
    case = Case.objects.get()
    Case.objects.filter(pk=case.pk).update(voided_seq=case.latest_seq)
    told = status_of(client, said["query_code"], said["secret"]).json()
    assert told["voided"] is True and told["awaited"] is None and told["due"] is None and told["may"] == []
    assert told["state_label"] == "登记已经撤销，不再办理"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400), (b"\xff\xfe", 400), (b'{"a": NaN}', 400), (b"[" * 100_000, 400), (b"[]", 422),
        (b'{"organ": "999002"}', 422), (b'"' + b"a" * 3_000_000 + b'"', 413),
    ],
)  # fmt: skip
def test_what_is_no_body_of_ours_is_refused(platform: Platform, raw: bytes, status: int) -> None:
    platform.refused(raw, status)


def test_a_million_letters_are_refused_in_words(platform: Platform) -> None:
    raw = json.dumps(body(description="x" * 1_000_000)).encode()
    assert "1000000" in platform.refused(raw, 422)["fields"]["description"]


def test_invisible_letters_are_left_out(platform: Platform) -> None:
    assert platform.post(body(applicant={"name": "申请\u200b人\u202e甲\ud800"})).status_code == 201


def status_of(client: Client, code: str, secret: str) -> Any:
    return client.get(f"{URL}/{code}", headers={"X-Request-Secret": secret})


def test_whoever_holds_code_and_secret_sees_the_course(platform: Platform, client: Client) -> None:
    filed = platform.post(body(confirmed=True)).json()
    answer = status_of(client, filed["query_code"].lower(), filed["secret"])
    said = answer.json()
    assert answer.status_code == 200 and said["number"] == filed["number"]
    assert said["state"] == "received" and said["due"] == filed["due"]
    assert said["steps"][0]["words"].startswith("申请已经收到")
    assert said["clock"]["status"] == "running" and said["awaited"]["who"] == "我们"
    assert (said["clock"]["account"] == []) == (said["due"] is None)
    assert "申请人甲" not in answer.content.decode() and CARD not in answer.content.decode()


def test_a_wrong_secret_and_an_unknown_code_answer_alike(platform: Platform, client: Client) -> None:
    filed = platform.post(body()).json()
    wrong = status_of(client, filed["query_code"], "AAAA")
    unknown = status_of(client, "ABCDEFGHJKMN", filed["secret"])
    none = client.get(f"{URL}/{filed['query_code']}")
    assert {wrong.status_code, unknown.status_code, none.status_code} == {404}
    assert wrong.content == unknown.content == none.content
    assert "没有查到" in wrong.json()["error"]["message"]


def test_guessing_is_slowed_down(platform: Platform, client: Client) -> None:
    filed = platform.post(body()).json()
    for _ in range(guesses.ATTEMPTS):
        assert status_of(client, "ABCDEFGHJKMN", "x").status_code == 404
    # The right one too: nothing tells a guesser that he has found it.
    assert status_of(client, filed["query_code"], filed["secret"]).status_code == 429
    elsewhere = client.get(
        f"{URL}/{filed['query_code']}", headers={"X-Request-Secret": filed["secret"]}, REMOTE_ADDR="10.0.0.9"
    )
    assert elsewhere.status_code == 200
    assert platform.post(body()).status_code == 201


def test_the_calls_are_described(district: District, client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()
    post = paths["paths"][URL]["post"]
    sent = post["requestBody"]["content"]["application/json"]["schema"]
    assert sent["required"] == ["organ", "applicant", "description"] and post["security"]
    assert sent["properties"]["applicant"]["properties"]["class"]["enum"][0] == "natural"
    assert {"201", "401", "422"} <= set(post["responses"])
    status = paths["paths"][f"{URL}/{{query_code}}"]["get"]
    assert "X-Request-Secret" in {one["name"] for one in status["parameters"]}
