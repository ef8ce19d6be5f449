"""Redacting on the desk without any script: words searched, boxes typed, two people at once, proof, refusal."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from gongkai.casework.files import add_file
from gongkai.casework.models import Case, Redaction, RedactionDraft
from gongkai.foundation.actors import actor_for
from gongkai.foundation.models import LedgerEvent
from tests.conftest import District
from tests.foundation.redaction_papers import CARD, NAME, PHONE, photograph, typeset
from tests.web.desk_case_support import HOME, NOW, TODAY, Bureau, at
from tests.web.desk_support import page, signed_in

PDF = typeset()
TWO_PAGES = typeset([("第一页写着申请人甲乙。",), ("第二页又写着申请人甲乙。",)])
BOX = {"left": "100", "top": "100", "right": "300", "bottom": "140", "ground": "privacy", "note": ""}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def bureau(district: District) -> Bureau:
    return Bureau(district)


@pytest.fixture
def desk(bureau: Bureau) -> Client:
    return bureau.signed_in(bureau.clerk)


def case_with(bureau: Bureau, content: bytes, name: str = "纪要.pdf", **given: Any) -> Case:
    case = bureau.registered()
    by = actor_for(bureau.clerk, today=TODAY)
    add_file(case, content, name=name, by=by, now=at("2021-09-20"), **{"purpose": "information", **given})
    return Case.objects.get(pk=case.pk)


def address(case: Case, rest: str = "files/1/redact/") -> str:
    return f"{HOME}{case.number}/{rest}"


def posted(desk: Client, case: Case, boxes: list[dict[str, str]] | None = None, **fields: Any) -> Any:
    """The form sent as the browser sends it: the rows of the page, one blank row at the end."""
    rows = [*(boxes or []), dict.fromkeys(BOX, "")]
    data: dict[str, Any] = {name: [row[name] for row in rows] for name in BOX}
    draft = RedactionDraft.objects.filter(source__case=case).first()
    data |= {"version": draft.version if draft else 0, "page": 1, "do": "save", "ground-found": "privacy"}
    return desk.post(address(case), {**data, **fields})


def shown(answer: Any) -> str:
    return answer.content.decode()


def test_from_the_case_by_words_to_the_proof(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, PDF)
    assert f'href="{address(case)}">涂黑后提供' in page(desk, address(case, ""))
    first = page(desk, address(case))
    assert "共 1 页，0 个框" in first and "居民身份证号码 " + CARD in first and "找到的全部加框" in first
    found = desk.post(
        address(case), {"do": "search", "words": NAME, "version": 0, "page": 1, "ground-found": "privacy"}
    )
    assert found.status_code == 302
    assert "全部加了框：1 处，在 1 页" in page(desk, found["Location"])
    version = RedactionDraft.objects.get().version
    rows = _rows(page(desk, address(case)))
    answer = posted(desk, case, rows, do="suggest", version=version)
    assert "全部加了框：2 处" in page(desk, answer["Location"])
    answer = posted(desk, case, _rows(page(desk, address(case))), do="preview")
    preview = page(desk, answer["Location"])
    assert "证明没有泄露，然后提供" in preview and "3 处" in preview and "框下的像素" in preview
    draft = RedactionDraft.objects.get()
    issued = desk.post(address(case, "files/1/redact/preview/"), {"version": draft.version})
    assert issued.status_code == 302 and issued["Location"].endswith("/redactions/1/")
    proof = page(desk, issued["Location"])
    assert "没有查到泄露" in proof and "纪要（涂黑）.pdf" in proof and "材料 1 第 1 页，3 处个人隐私" in proof
    assert Redaction.objects.get().source.place == 1
    content = desk.get(address(case, "files/2/")).content
    for word in (NAME, CARD, PHONE):
        assert word.encode() not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1 and set(document.docinfo) == {"/Title"}
    assert "由第 1 份涂黑，看证明" in page(desk, address(case, ""))
    assert "材料 1 第 1 页，3 处个人隐私" in page(desk, address(case, "acts/decide/"))
    assert LedgerEvent.objects.filter(kind="case.redacted").count() == 1


def _rows(html: str) -> list[dict[str, str]]:
    """The rows of the page as a browser would send them."""
    rows = []
    for part in html.split('<li class="redact-row')[1:]:
        row = {name: (re.search(rf'name="{name}" value="([^"]*)"', part) or [""] * 2)[1] for name in BOX}
        row["ground"] = (re.search(r'<option value="([^"]+)" selected>', part) or ["", ""])[1]
        if row["left"]:
            rows.append(row)
    return rows


def test_boxes_typed_are_kept_moved_and_deleted(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, PDF)
    again = page(
        desk, posted(desk, case, [BOX, {**BOX, "top": "200", "bottom": "240", "note": "当事人"}])["Location"]
    )
    assert (
        "已存草稿，共 2 处" in again and 'value="当事人"' in again and _rows(again)[0]["ground"] == "privacy"
    )
    assert '<rect x="100" y="100" width="200" height="40">' in again
    answer = posted(desk, case, _rows(again), drop=["1"])
    kept = _rows(page(desk, answer["Location"]))
    assert [row["top"] for row in kept] == ["200"]
    assert RedactionDraft.objects.get().version == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**BOX, "left": "一百"}, "要写整数"),
        ({**BOX, "right": "90"}, "左小于右"),
        ({**BOX, "bottom": "1200"}, "0 到 1000"),
    ],
)
def test_what_cannot_be_a_box_is_shown_again_as_typed(
    bureau: Bureau, desk: Client, row: dict[str, str], message: str
) -> None:
    case = case_with(bureau, PDF)
    answer = posted(desk, case, [BOX, {**row, "note": "要留下"}], also="另外的词", words="找一半")
    assert answer.status_code == 422 and not RedactionDraft.objects.exists()
    for kept in (message, "第 2 个框", 'value="要留下"', "另外的词", "找一半", f'value="{row["left"]}"'):
        assert kept in shown(answer)


def test_two_people_at_once_lose_no_box(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, PDF)
    other = bureau.signed_in(bureau.other)
    posted(desk, case, [BOX])
    answer = posted(other, case, [{**BOX, "top": "500", "bottom": "540"}], version=0)
    assert (
        answer.status_code == 409
        and "两边的框都在下面" in shown(answer)
        and bureau.clerk.display_name in shown(answer)
    )
    assert {row["top"] for row in _rows(shown(answer))} == {"100", "500"}
    again = posted(other, case, _rows(shown(answer)))
    assert again.status_code == 302 and "共 2 处" in page(other, again["Location"])


def test_a_name_left_on_another_page_issues_nothing_until_it_was_read(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, TWO_PAGES)
    desk.post(
        address(case), {"do": "search", "words": NAME, "version": 0, "page": 1, "ground-found": "privacy"}
    )
    second = posted(desk, case, [], page=2, do="preview")
    draft = RedactionDraft.objects.get()
    refused = desk.post(second["Location"], {"version": draft.version})
    assert refused.status_code == 422 and "没有提供：证明时发现 1 处" in shown(refused)
    assert "第 2 页没有涂黑的文字里还有“申请人甲乙”" in shown(refused) and not Redaction.objects.exists()
    assert f"{address(case)}?page=2" in shown(refused) and "find=" not in shown(refused)
    stale = desk.post(second["Location"], {"version": "99"})
    assert stale.status_code == 409 and "框改过" in shown(stale)
    issued = desk.post(second["Location"], {"version": draft.version, "accept": [NAME]})
    assert issued.status_code == 302 and Redaction.objects.exists()


def test_a_scan_says_that_it_has_no_text(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, photograph(), "扫描.png")
    assert "这一页没有文字层" in page(desk, address(case))
    answer = posted(desk, case, [], do="search", words=NAME)
    assert "没有找到“申请人甲乙”。扫描件和图片没有文字层" in page(desk, answer["Location"])
    blank = posted(desk, case, [], do="search", words=" ")
    assert blank.status_code == 422 and "没有写要找的词" in shown(blank)
    bare = page(desk, posted(desk, case, [{**BOX, "ground": ""}], do="preview")["Location"])
    assert "第 1 页有 1 个框没有选理由" in bare and "证明没有泄露，然后提供" not in bare


def test_pictures_of_pages_are_not_kept_by_the_browser(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, PDF)
    before = desk.get(address(case, "files/1/redact/1.png"))
    assert before["Content-Type"] == "image/png" and before["Cache-Control"] == "no-store"
    posted(desk, case, [BOX])
    after = desk.get(address(case, "files/1/redact/1.png?after=1"))
    assert after.content.startswith(b"\x89PNG") and after.content != before.content
    assert desk.get(address(case, "files/1/redact/9.png")).status_code == 422
    assert "没有第 9 页" in shown(desk.get(address(case, "?page=9").replace("?", "files/1/redact/?")))


@pytest.mark.parametrize(
    ("content", "name", "given", "message"),
    [
        (b"%PDF-1.7 broken", "坏.pdf", {}, "打不开"),
        (PDF, "意见.pdf", {"purpose": "opinion"}, "只有“所申请的信息”可以涂黑"),
        (PDF, "答复.pdf", {"to_applicant": True}, "已经可以取走"),
    ],
)
def test_what_cannot_be_redacted_says_why(
    bureau: Bureau, desk: Client, content: bytes, name: str, given: Any, message: str
) -> None:
    case = case_with(bureau, content, name, **given)
    for rest in ("files/1/redact/", "files/1/redact/preview/", "files/1/redact/1.png"):
        answer = desk.get(address(case, rest))
        assert answer.status_code == 422 and message in shown(answer) and "回到案卷" in shown(answer)


def test_only_those_who_handle_the_case(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, PDF)
    civil = signed_in("unit_clerk", bureau.district.civil)
    head = bureau.signed_in(bureau.head)
    for rest in ("files/1/redact/", "files/1/redact/1.png", "files/1/redact/preview/"):
        assert civil.get(address(case, rest)).status_code == 404
        assert head.get(address(case, rest)).status_code == 403
        assert head.post(address(case, rest)).status_code in (403, 405)
    assert "涂黑后提供" not in page(head, address(case, ""))
    assert head.get(address(case, "redactions/1/")).status_code == 404


def test_an_interrupted_form_comes_back(bureau: Bureau, desk: Client) -> None:
    case = case_with(bureau, PDF)
    answer = posted(desk, case, [BOX], resumed="1")
    assert (
        answer.status_code == 200
        and "刚才画的都在这里" in shown(answer)
        and not RedactionDraft.objects.exists()
    )
    assert _rows(shown(answer)) == [BOX]
