"""Text messages by an HTTP gateway (短信网关): one adapter, told by settings what a gateway wants to be sent."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from gongkai.foundation.gateways import SECONDS, Letter, NotSent, time_limit

_ANSWER_SECONDS = 20.0
_MOST_BYTES = 64 * 1024
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_CREDENTIALS = (401, 403, 407)
_LATER = (408, 425, 429)
EXAMPLE = '{"mobile": "{{phone}}", "content": "{{text}}"}'
_JOINTS = str.maketrans("", "", "-_")


class BadTemplate(ValueError):
    """A template, header or test that cannot be used; the message names the cure."""


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """One gateway (短信网关). ``success``: ``path = value`` within the JSON it answers; "" for any 2xx."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: str
    success: str

    def send(self, letter: Letter, *, seconds: float = SECONDS) -> None:
        """Hand the text over; a redirect is never followed. Raises NotSent."""
        parts = urlsplit(self.url)
        line = _connection(parts.scheme, parts.hostname or "", parts.port, min(seconds, _ANSWER_SECONDS))
        content = filled(self.body, phone=letter.to, text=letter.text)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            with time_limit(seconds, lambda: line.sock):
                _connect(line)
                status, said = self._ask(line, path, content)
        finally:
            line.close()
        _judge(status, said)
        if not succeeded(self.success, said):
            raise NotSent("sms-refused", said[:500], status)

    def _ask(self, line: http.client.HTTPConnection, path: str, content: bytes) -> tuple[int, str]:
        headers = {"Content-Type": "application/json; charset=utf-8", **self.headers}
        try:
            line.request(self.method, path, body=content, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read(_MOST_BYTES).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as broken:
            raise NotSent("broken-off", str(broken) or type(broken).__name__) from broken


def _connection(scheme: str, host: str, port: int | None, wait: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=wait, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=wait)


def _connect(line: http.client.HTTPConnection) -> None:
    try:
        line.connect()
    except ssl.SSLError as refused:
        raise NotSent("sms-tls", str(refused)) from refused
    except OSError as silent:
        raise NotSent("sms-no-answer", str(silent) or type(silent).__name__) from silent


def _judge(status: int, said: str) -> None:
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        code = "sms-moved"
    elif status in _NO_CREDENTIALS:
        code = "sms-sign-in"
    elif status >= 500:
        code = "sms-no-answer"
    else:
        code = "sms-later" if status in _LATER else "sms-rejected"
    raise NotSent(code, said[:500], status)


def filled(template: str, *, phone: str, text: str) -> bytes:
    """The template with number and text in place, each as a JSON string. Raises BadTemplate."""
    try:
        form = json.loads(template)
    except ValueError as wrong:
        raise BadTemplate(f"不是 JSON（{wrong}）。照短信网关的说明写，例如 {EXAMPLE}") from wrong
    return json.dumps(_put(form, phone, text), ensure_ascii=False).encode()


def _put(value: Any, phone: str, text: str) -> Any:
    if isinstance(value, str):
        # The number first: what stands in a text is never taken for a place.
        head, *rest = value.split("{{text}}")
        return text.join(part.replace("{{phone}}", phone) for part in (head, *rest))
    if isinstance(value, dict):
        return {name: _put(one, phone, text) for name, one in value.items()}
    return [_put(one, phone, text) for one in value] if isinstance(value, list) else value


def headers_of(written: str) -> dict[str, str]:
    """Headers, one a line, ``name: value``. Raises BadTemplate."""
    found = {}
    for line in filter(None, map(str.strip, written.splitlines())):
        name, colon, value = line.partition(":")
        name = name.strip()
        sound = (
            name.isascii() and name.translate(_JOINTS).isalnum() and value.isprintable() and value.isascii()
        )
        if not colon or not sound:
            raise BadTemplate("每行写一个“名称: 值”，例如 Authorization: Bearer abc；只用英文字母和符号。")
        found[name] = value.strip()
    return found


def success_of(written: str) -> tuple[tuple[str, ...], str] | None:
    """The test of success as path and value; None for a blank one. Raises BadTemplate."""
    if not written.strip():
        return None
    path, equals, value = written.partition("=")
    steps = tuple(step.strip() for step in path.split("."))
    if not equals or not all(steps) or not value.strip():
        raise BadTemplate("写成“字段 = 值”，例如 code = 0；里层的字段用点连接，例如 result.status = OK。")
    return steps, value.strip()


def succeeded(written: str, said: str) -> bool:
    """Whether the gateway says that it took the message over."""
    test = success_of(written)
    if test is None:
        return True
    steps, wanted = test
    try:
        value = json.loads(said)
        for step in steps:
            value = value[step]
    except (ValueError, KeyError, TypeError, IndexError):
        return False
    plain = value if isinstance(value, str) else json.dumps(value)
    return bool(plain == wanted)
