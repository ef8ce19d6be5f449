"""Versions, corrections and the feed: what was public stays at its address, and what changed is shown."""

from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree

from django.test import Client

from gongkai.annual_report import editions
from tests.apps.test_report import request_
from tests.conftest import NOW, District
from tests.web.portal_support import HOME, correct, page, publish

ATOM = "{http://www.w3.org/2005/Atom}"
REASON = "漏计申请一件。"


def test_a_correction_stands_before_the_version_it_corrects(published: District, client: Client) -> None:
    old = page(client, f"{HOME}v1/")
    request_(published.office, "2021-10-13", "2021-10-30", "r4")
    correct(published.government, REASON)
    newest, first = page(client, HOME), page(client, f"{HOME}v1/")
    assert "更正后的第 2 版" in newest and REASON in newest
    assert "这是第 1 版，已经更正。" in first and f'href="{HOME}compare/1/2/"' in first
    # The numbers of a version open in that version, and say what they said.
    assert f'href="{HOME}v1/cells/t3.r1.c7/"' in first and f'href="{HOME}cells/t3.r1.c7/"' in newest
    value = json.loads(page(client, f"{HOME}v1/cells/t3.r1.c7/data.json"))
    assert (value["value"], value["version"]) == ("1", 1)
    assert json.loads(page(client, f"{HOME}cells/t3.r1.c7/data.json"))["value"] == "2"
    # Both name the newest as the one to find, and only what is said of versions is new on the first.
    canonical = f'<link rel="canonical" href="{HOME}">'
    assert canonical in newest and canonical in first and canonical in old
    assert "已更正，第 2 版" in page(client, "/reports/")


def test_two_versions_side_by_side(published: District, client: Client) -> None:
    request_(published.office, "2021-10-13", "2021-10-30", "r4")
    correct(published.government, REASON)
    html = page(client, f"{HOME}compare/1/2/")
    assert REASON in html and "命令行封存" in html and "+1" in html
    assert f'href="{HOME}v1/cells/t3.r1.c7/">1</a>' in html
    assert f'href="{HOME}v2/cells/t3.r1.c7/">2</a>' in html
    assert "<del>1</del><ins>2</ins>" in html
    data = json.loads(page(client, f"{HOME}compare/1/2/data.json"))
    assert data["after"]["reason"] == REASON and data["before"]["version"] == 1
    changed = {one["cell"]: (one["before"], one["after"]) for one in data["cells"]}
    assert changed["t3.r1.c7"] == ("1", "2") and changed["t3.r4.c1"] == ("0", "1")
    assert [one["section"] for one in data["texts"]] == ["overview.1"]
    page(client, f"{HOME}compare/2/1/", 404)


def test_a_correction_of_nothing_says_so(published: District, client: Client) -> None:
    correct(published.government, REASON)
    assert "两版的数和文字都一样" in page(client, f"{HOME}compare/1/2/")


def test_what_waits_to_be_published_is_not_compared(published: District, client: Client) -> None:
    from gongkai.annual_report import sealing
    from gongkai.annual_report.models import Filing
    from gongkai.foundation.actors import COMMAND_LINE
    from tests.conftest import explain_all

    filing = Filing.objects.get(organ=published.government, year=2021)
    filing = sealing.correct(filing, REASON, by=COMMAND_LINE, now=NOW)
    explain_all(filing)
    sealing.seal(filing, by=COMMAND_LINE, now=NOW, with_documents=False)
    for end in ("v2/", "compare/1/2/", "v2/report.json"):
        page(client, f"{HOME}{end}", 404)
    assert "第 1 版" in page(client, HOME) and REASON not in page(client, HOME)


def test_the_feed_follows_the_publication_log(published: District, client: Client) -> None:
    publish(published.education, NOW + timedelta(days=1))
    correct(published.government, REASON, NOW + timedelta(days=2))
    answer = client.get("/reports/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        "更正：示范区人民政府 2021 年政府信息公开工作年度报告",
        "示范区教育局 2021 年政府信息公开工作年度报告",
        "示范区人民政府 2021 年政府信息公开工作年度报告",
    ]
    assert REASON in (entries[0].findtext(f"{ATOM}summary") or "")
    links = [one.find(f"{ATOM}link").get("href") for one in entries]  # type: ignore[union-attr]
    assert links[0] == f"http://testserver{HOME}v2/" and links[2] == f"http://testserver{HOME}v1/"
    assert entries[0].findtext(f"{ATOM}updated") == "2022-01-12T02:00:00+00:00"
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == 3 and all(one and one.startswith("urn:uuid:") for one in ids)
    # An entry keeps its id wherever the portal stands.
    moved = ElementTree.fromstring(client.get("/reports/feed.atom", headers={"host": "moved"}).content)
    assert [one.findtext(f"{ATOM}id") for one in moved.findall(f"{ATOM}entry")] == ids
    assert 'type="application/atom+xml"' in page(client, "/")


def test_the_same_cell_in_another_year_stands_beside(published: District, client: Client) -> None:
    assert "未作比较" in page(client, f"{HOME}cells/t3.r1.c7/")
    row = editions.latest(published.government, 2021).row  # type: ignore[union-attr]
    # A report of another year, as if published then: the page reads editions alone.
    row.filing.year = 2020
    row.filing.save()
    publish(published.government)
    assert '<a class="num" href="/reports/999000/2020/cells/t3.r1.c7/">1</a>' in page(
        client, f"{HOME}cells/t3.r1.c7/"
    )
