"""Requests filed and tracked by linked platforms (对接平台代为提交、查询申请), as the contract fixes it."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status
from ninja.security import HttpBearer

from gongkai.casework.codes import ungrouped
from gongkai.casework.filing import Filing, Receipt, file_request
from gongkai.casework.first_answers import Idempotency, KeyReused, Refused, RefusedBefore, remember_refusal
from gongkai.casework.platforms import platform_for
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.tracking import tracking
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.canonical import canonical_json
from gongkai.foundation.models import Organ
from gongkai.web.api.errors import ErrorOut, Refusal
from gongkai.web.api.request_body import REQUEST_BODY, filing_from, organ_code_of
from gongkai.web.api.tracking_body import TrackingOut, body_of
from gongkai.web.clock import moment, today
from gongkai.web.desk.sign_in_views import address_of
from gongkai.web.portal.guesses import NOT_FOUND, TooManyGuesses, find

router = Router(tags=["依申请公开"])
_INVALID = "提交的内容不对，按 fields 里的说明改正后再提交。"
_KEY = "Idempotency-Key"
_LARGEST = 2_621_440
_REUSED, _BAD_KEY = "idempotency_key_reused", "idempotency_key_invalid"
# Answers about the key itself are no answers to what was sent.
_NOT_KEPT = frozenset({_REUSED, _BAD_KEY, "too_large", "unauthorized"})


class FiledOut(Schema):
    """What a platform is told of a request it filed (回执)."""

    number: str
    serial: int
    query_code: str
    secret: str
    state: str
    received_on: str | None
    due: str | None
    due_note: str | None
    status_url: str


class PlatformToken(HttpBearer):
    """The token of a linked platform (对接令牌)."""

    def __call__(self, request: HttpRequest) -> Actor:
        """The platform whose token the request carries."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, token if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The platform of a token. Raises Refusal."""
        platform = platform_for(token) if token.strip() else None
        if platform is None:
            cure = "在请求头写 Authorization: Bearer 加令牌；没有令牌或者令牌已吊销的，向区政府办公室要新的。"
            raise Refusal(401, "unauthorized", f"没有令牌，或者令牌不能用。{cure}")
        return platform


_DESCRIBED: dict[str, Any] = {
    "requestBody": REQUEST_BODY,
    "parameters": [
        {
            "in": "header",
            "name": _KEY,
            "required": False,
            "schema": {"type": "string", "maxLength": 200},
            "description": "幂等键：七天内同一个键、同样的内容，得到第一次的回答，拒绝（400、403、422）也一样；"
            "换了内容的是 422，改好后换一个键再提交。内容相同与否不看空格和字段的先后；不是 JSON 的，逐字节比较。"
            "没有令牌（401）、太大没有接收（413）的不记。",
        }
    ],
}


@router.post(
    "/requests",
    response={201: FiledOut, 400: ErrorOut, 401: ErrorOut, 403: ErrorOut, 413: ErrorOut, 422: ErrorOut},
    summary="提交政府信息公开申请",
    auth=PlatformToken(),
    openapi_extra=_DESCRIBED,
)
def file(request: Any) -> Status[dict[str, Any]]:
    """File an information request for an applicant, as a linked platform does; it needs the platform's token."""
    platform: Actor = request.auth
    raw = _body(request)
    key = request.headers.get(_KEY)
    once = Idempotency(platform.ref, key, _sent_as(raw)) if key is not None else None
    try:
        return Status(201, _filed(request, _answer(request, platform, raw, once)))
    except RefusedBefore as before:
        raise _again(before.answer) from before
    except Refusal as refusal:
        raise _first(once, refusal, request) from refusal


def _answer(request: HttpRequest, platform: Actor, raw: bytes, once: Idempotency | None) -> Receipt:
    """The receipt. Raises Refusal, RefusedBefore."""
    sent = _read(raw)
    filing, fields = filing_from(sent)
    organ = Organ.objects.filter(code=organ_code_of(sent)).select_related("parent").first()
    if organ is None:
        fields = {"organ": "没有这个代码的机关；机关代码见 /api/v1/organs。", **fields}
    if fields or filing is None or organ is None:
        raise Refusal(422, "invalid", _INVALID, fields)
    return _file(request, organ, filing, platform, once)


def _first(once: Idempotency | None, refusal: Refusal, request: HttpRequest) -> Refusal:
    """The refusal, remembered as the first answer of its key; where another came first, that one."""
    if once is None or refusal.code in _NOT_KEPT:
        return refusal
    try:
        kept = remember_refusal(once, Refused(refusal.status, refusal.body), now=moment(request))
    except KeyReused as error:
        return Refusal(422, _REUSED, str(error), _fields(error))
    except CaseworkRefused as error:
        return Refusal(422, _BAD_KEY, str(error), _fields(error))
    return _again(kept)


def _again(kept: Refused) -> Refusal:
    said = kept.body["error"]
    return Refusal(kept.status, said["code"], said["message"], said["fields"])


def _body(request: HttpRequest) -> bytes:
    """What was sent, refused by its declared length before any of it is read."""
    words = "提交的内容超过 2.5 MB，没有接收。所需信息的描述写短一些，其余的在提交后作为材料交来。"
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > _LARGEST:
        raise Refusal(413, "too_large", words)
    try:
        return bytes(request.body)
    except RequestDataTooBig as error:
        raise Refusal(413, "too_large", words) from error


def _sent_as(raw: bytes) -> bytes:
    """The body as it is compared: other blanks or another order of fields make no other body."""
    try:
        return canonical_json(_parsed(raw)).encode("utf-8", "surrogatepass")
    except (ValueError, TypeError, RecursionError):
        return raw


def _parsed(raw: bytes) -> Any:
    return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)


def _read(raw: bytes) -> dict[str, Any]:
    try:
        sent = _parsed(raw)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "bad_json", "正文不是 UTF-8 的 JSON，核对引号、逗号和编码。") from error
    if not isinstance(sent, dict):
        raise Refusal(422, "invalid", "正文应是一个 JSON 对象，字段见 /api/v1/docs。")
    return sent


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _file(
    request: HttpRequest, organ: Organ, filing: Filing, platform: Actor, once: Idempotency | None
) -> Receipt:
    try:
        return file_request(organ, filing, by=platform, now=moment(request), idempotency=once)
    except RefusedBefore:
        raise
    except KeyReused as error:
        raise Refusal(422, _REUSED, str(error), _fields(error)) from error
    except CaseworkRefused as error:
        raise Refusal(422, "invalid", _INVALID, _fields(error)) from error
    except NotAllowed as error:
        raise Refusal(403, "forbidden", str(error)) from error


def _fields(error: CaseworkRefused) -> dict[str, str]:
    said: dict[str, str] = {}
    for finding in error.findings:
        said[finding.column] = said.get(finding.column, "") + finding.message
    return said


def _filed(request: HttpRequest, receipt: Receipt) -> dict[str, Any]:
    address = reverse("api:request_status", args=[receipt.query_code])
    return {
        "number": receipt.number,
        "serial": receipt.serial,
        "query_code": receipt.query_code,
        "secret": receipt.secret,
        "state": receipt.state,
        "received_on": receipt.received_on.isoformat() if receipt.received_on else None,
        "due": receipt.due.isoformat() if receipt.due else None,
        "due_note": receipt.due_note,
        "status_url": request.build_absolute_uri(address),
    }


@router.get(
    "/requests/{query_code}",
    response={200: TrackingOut, 404: ErrorOut, 429: ErrorOut},
    summary="查申请的进度",
    url_name="request_status",
    openapi_extra={
        "parameters": [
            {
                "in": "header",
                "name": "X-Request-Secret",
                "required": True,
                "schema": {"type": "string"},
                "description": "查询口令，与查询码一起用；不需要令牌。",
            }
        ]
    },
)
def status(request: HttpRequest, query_code: str) -> dict[str, Any]:
    """The course of a request for whoever holds its code and secret; wrong and unknown answer alike."""
    secret = request.headers.get("X-Request-Secret", "")
    try:
        case = find(ungrouped(query_code), secret, address=address_of(request), now=moment(request))
    except TooManyGuesses as error:
        raise Refusal(429, "too_many", str(error)) from error
    if case is None:
        raise Refusal(404, "not_found", NOT_FOUND)
    return body_of(tracking(case, today(request)))
