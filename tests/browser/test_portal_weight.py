"""The public map of the demonstration, walked link by link: nothing dead, nothing heavy, no script."""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
from html import unescape
from urllib.parse import urljoin, urlsplit

LIMIT = 60 * 1024
DISTRICT = "/reports/640302000/2021/"
# Below the units' reports and below the permanent copies the same pages stand again, with less in them.
_REPEATED = re.compile(r"^/reports/(?!640302000/2021/(?!v\d))\d+/\d{4}/(v\d+/)?(cells|numbers)/")
_HREF = re.compile(r'<a [^>]*?href="([^"]+)"')


def get(address: str) -> tuple[str, bytes]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read()


def size(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def test_every_public_page_opens_and_is_light(served: str) -> None:
    waiting, seen = ["/", "/organs/640302000/"], {"/", "/organs/640302000/"}
    sheets: dict[str, int] = {}
    beyond: set[str] = set()
    heaviest, pages = (0, ""), 0
    while waiting:
        path = waiting.pop()
        try:
            kind, body = get(served + path)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path} answers {error.code}") from error
        if not kind.startswith("text/html"):
            continue
        pages += 1
        html = body.decode()
        assert '<html lang="zh-CN"' in html and '<main id="main">' in html and "<script" not in html, path
        assert '<meta name="description"' in html and html.count("<h1") == 1, path
        linked = [unescape(one) for one in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)]
        for sheet in linked:
            sheets.setdefault(sheet, size(get(served + sheet)[1]))
        heaviest = max(heaviest, (size(body) + sum(sheets[one] for one in linked), path))
        for href in _HREF.findall(html):
            following = urlsplit(urljoin(path, unescape(href)))
            # Elder mode leads back to the same page.
            if following.netloc or following.path.startswith("/mode/"):
                continue
            # The desk and the data pages have their own maps: that the way in opens is enough here.
            if following.path.startswith(("/desk/", "/api/v1/docs")):
                beyond.add(following.path)
                continue
            target = following.path + (f"?{following.query}" if following.query else "")
            if target not in seen and not _REPEATED.match(target):
                seen.add(target)
                waiting.append(target)
    for path in beyond:
        get(served + path)
    assert heaviest[0] <= LIMIT, heaviest
    # 41 reports with their pages, 42 organs, and the district's numbers page by page.
    assert pages > 250, pages
    assert any(path.startswith(f"{DISTRICT}numbers/") for path in seen)
