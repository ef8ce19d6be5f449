"""Filing at the served program with several processes: one case a key and one a form, however often it is pressed."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.apps.test_casework_races import sql
from tests.installation import Installation, fresh_installation
from tests.web.test_api_requests import body
from tests.web.test_portal_apply import ANSWERS

_ORGAN = "999000001"
_TOKEN = (
    "from datetime import datetime, UTC; from gongkai.casework import platforms;"
    "from gongkai.foundation.actors import COMMAND_LINE; from gongkai.foundation.models import Organ;"
    "print(json.dumps(platforms.issue_token(Organ.objects.get(parent=None), '政务服务网', by=COMMAND_LINE,"
    "now=datetime.now(UTC)).text))"
)
_SERIALS = (
    "from gongkai.casework.models import Case;"
    "print(json.dumps(sorted(Case.objects.values_list('serial', flat=True))))"
)


@contextmanager
def served_town(tmp_path: Path) -> Iterator[tuple[Installation, str]]:
    """A district just set up, served by two processes."""
    with fresh_installation(tmp_path) as town:
        assert town.run("init", "--district", "示范区", "--area-code", "999000").status == 0
        with town.served(workers=2) as address:
            yield town, address


def at_once(work: list[Callable[[], Any]], hands: int) -> list[Any]:
    """Do all of the work with so many hands that begin together; what each piece gave, in its order."""
    found: list[Any] = [None] * len(work)
    gate, left, lock = threading.Barrier(hands), list(range(len(work))), threading.Lock()
    random.shuffle(left)

    def run() -> None:
        gate.wait(30)
        while True:
            with lock:
                if not left:
                    return
                place = left.pop()
            found[place] = work[place]()

    threads = [threading.Thread(target=run) for _ in range(hands)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(600)
    return found


def post(address: str, path: str, sent: bytes, headers: dict[str, str]) -> tuple[int, bytes, Any]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        connection.request("POST", path, sent, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def filing(address: str, token: str, key: int) -> Callable[[], tuple[int, bytes]]:
    """One filing of a linked platform, ready to be posted."""
    sent = json.dumps(body(organ=_ORGAN, confirmed=True, description=f"第 {key} 件")).encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": f"key-{key}",
        "Content-Type": "application/json",
    }
    return lambda: post(address, "/api/v1/requests", sent, headers)[:2]


def files_once_a_key(tmp_path: Path, keys: int) -> None:
    with served_town(tmp_path) as (town, address):
        token = sql(town, tmp_path, _TOKEN)
        answers = at_once([filing(address, token, key) for key in range(keys) for _ in range(3)], hands=12)
        assert {status for status, _ in answers} == {201}
        for key in range(keys):
            assert len({said for _, said in answers[3 * key : 3 * key + 3]}) == 1, "the same answer each time"
        assert sql(town, tmp_path, _SERIALS) == list(range(1, keys + 1)), "gapless"
        assert town.run("verify", "--json").status == 0


def test_twenty_filings_posted_three_times_each_are_twenty_cases(tmp_path: Path) -> None:
    files_once_a_key(tmp_path, 20)


@pytest.mark.proof
def test_three_hundred_filings_posted_three_times_each_are_three_hundred_cases(tmp_path: Path) -> None:
    files_once_a_key(tmp_path, 300)


def test_a_new_data_key_is_used_by_every_process_of_a_running_site(tmp_path: Path) -> None:
    with served_town(tmp_path) as (town, address):
        token = sql(town, tmp_path, _TOKEN)
        at_once([filing(address, token, key) for key in range(8)], hands=4)
        assert town.run("keys", "new").status == 0
        answers = at_once([filing(address, token, key) for key in range(8, 24)], hands=4)
        assert {status for status, _ in answers} == {201}
        old, new = town.run("keys", "list", "--json").json["keys"]
        assert (old["needed"]["查询口令"], new["needed"]["查询口令"]) == (8, 16)
        assert town.run("verify", "--json").status == 0


class Visitor:
    """A browser without a picture: cookies and the token of the form."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies = address, SimpleCookie()

    def headers(self) -> dict[str, str]:
        said = "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())
        return {"Cookie": said, "Content-Type": "application/x-www-form-urlencoded"}

    def token(self, path: str) -> str:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        connection.request("GET", path, headers=self.headers())
        answer = connection.getresponse()
        html = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        connection.close()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
        assert found, html[:500]
        return found[1]

    def post(self, path: str, values: dict[str, str]) -> int:
        values = {**values, "csrfmiddlewaretoken": self.token(path)}
        status, _, headers = post(self.address, path, urlencode(values).encode(), self.headers())
        for line in headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        return status


def test_eight_clicks_at_once_are_one_case(tmp_path: Path) -> None:
    with served_town(tmp_path) as (town, address):
        visitor = Visitor(address)
        for code, values in ANSWERS.items():
            said = {**values, "organ": _ORGAN} if code == "organ" else {**values, "go": "1"}
            assert visitor.post(f"/apply/{code}/", said) == 302, code
        sent = urlencode({"true": "yes", "csrfmiddlewaretoken": visitor.token("/apply/check/")}).encode()
        click = lambda: post(address, "/apply/check/", sent, visitor.headers())[0]  # noqa: E731
        assert set(at_once([click] * 8, hands=8)) == {302}
        assert sql(town, tmp_path, _SERIALS) == [1]
        # The back button, and once more.
        assert click() == 302 and sql(town, tmp_path, _SERIALS) == [1]
