"""A first visit to every kind of page of the desk, walked link by link: what it weighs, and whence it comes."""

from __future__ import annotations

import gzip
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.installation import Installation, copy_of

LIMIT = 300 * 1024
# Addresses of one kind that are opened: the same page stands there again with another record.
_EACH = 3
_HREF = re.compile(r'<a [^>]*?href="([^"#]+)')
_LOADED = re.compile(r'<(?:link rel="stylesheet"|script|img|use)[^>]*? (?:href|src)="([^"#]+)')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def home(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy: signing in is written down."""
    with copy_of(demonstration, tmp_path_factory.mktemp("desk-weight")) as installation:
        yield installation


@pytest.fixture(scope="module")
def served(home: Installation) -> Iterator[str]:
    with home.served() as address:
        yield address


class Visitor:
    """Somebody at the desk with nothing kept from an earlier visit but who he is."""

    def __init__(self, served: str, home: Installation, user: str) -> None:
        self.served = served
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        card = json.loads((home.home / "demo.json").read_text("utf-8"))["accounts"]
        word = next(one["password"] for one in card if one["user"] == user)
        form = self.get("/desk/sign-in/")[1].decode()
        found = _TOKEN.search(form)
        assert found is not None
        sent = {"csrfmiddlewaretoken": found.group(1), "username": user, "password": word}
        self._open(f"{served}/desk/sign-in/", urllib.parse.urlencode(sent).encode(), timeout=30).close()

    def get(self, path: str) -> tuple[str, bytes]:
        """What kind of thing stands at an address, and its bytes."""
        with self._open(self.served + path, timeout=60) as answer:
            return answer.headers["Content-Type"], answer.read()


def size(body: bytes) -> int:
    return len(gzip.compress(body, 6))


@pytest.mark.parametrize(("user", "pages"), [("office-clerk", 36), ("operator", 20)])
def test_every_page_of_the_desk_is_light(served: str, home: Installation, user: str, pages: int) -> None:
    visitor = Visitor(served, home, user)
    parts: dict[str, int] = {}
    waiting, seen, opened = ["/desk/"], {"/desk/"}, Counter[str]()
    heaviest, came_from = (0, ""), dict[str, str]()
    while waiting:
        path = waiting.pop(0)
        try:
            kind, body = visitor.get(path)
        except urllib.error.HTTPError as refused:
            # The manual is for everybody, what it leads to is not.
            if refused.code == 403 and came_from[path].startswith("/desk/help/"):
                continue
            raise AssertionError(f"{path}, linked from {came_from.get(path)}: {refused.code}") from refused
        if not kind.startswith("text/html"):
            continue
        html = body.decode()
        assert 'class="desk' in html, path
        loaded = {unescape(one) for one in _LOADED.findall(html)}
        assert all(one.startswith("/") for one in loaded), (path, loaded)
        for one in loaded - parts.keys():
            parts[one] = size(visitor.get(one)[1])
        heaviest = max(heaviest, (size(body) + sum(parts[one] for one in loaded), path))
        for href in _HREF.findall(html):
            following = urlsplit(urljoin(path, unescape(href)))
            if following.netloc or not following.path.startswith("/desk/") or following.path in seen:
                continue
            name = _name(following.path)
            if opened[name] < _EACH:
                opened[name] += 1
                seen.add(following.path)
                target = following.path + (f"?{following.query}" if following.query else "")
                came_from[target] = path
                waiting.append(target)
    assert heaviest[0] <= LIMIT, heaviest
    assert len(opened) >= pages, sorted(opened)


def _name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404 as gone:
        raise AssertionError(f"{path} leads nowhere") from gone
