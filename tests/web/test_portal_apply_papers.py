"""Papers while applying: checked before they are kept, sealed, listed at the last look, in the case once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.casework import draft_papers, files
from gongkai.casework.models import Case
from gongkai.casework.readers import applicant_of
from tests.conftest import District
from tests.web.portal_support import page
from tests.web.test_portal_apply import filled, send

PAPERS, PDF = "/apply/papers/", b"%PDF-1.7\n%%EOF\n"


def paper(name: str = "身份证.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def put_in(client: Client, *files_: SimpleUploadedFile, purpose: str = "identity", **more: str) -> Any:
    return client.post(PAPERS, {"file": list(files_), "purpose": purpose, **more})


def held() -> list[Path]:
    folder = Path(settings.GONGKAI_FILES) / ".drafts"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_papers_go_into_the_case_with_the_request(district: District, client: Client) -> None:
    filled(client)
    assert put_in(client, paper(), add="1")["Location"] == PAPERS
    shown = page(client, PAPERS)
    assert "已附 1 份" in shown and "身份证.pdf" in shown and "还能附 4 份" in shown
    # Going on with a file chosen takes it along.
    assert put_in(client, paper("委托书.pdf"), purpose="authority")["Location"] == "/apply/check/"
    look = page(client, "/apply/check/")
    assert "身份证明：身份证.pdf" in look and "授权委托书、监护关系证明：委托书.pdf" in look
    send(client)
    case = Case.objects.get()
    kept = files.papers_of(applicant_of(case), case)
    assert [one.purpose for one in kept] == ["identity", "authority"]
    assert files.read_file(applicant_of(case), case, 1, now=timezone.now()) == PDF
    assert held() == [], "nothing lies about once it is in the case"
    shown = page(client, "/track/case/")
    assert "身份证明" in shown and "您交的" in shown


def test_what_lies_meanwhile_is_sealed_and_names_nobody(district: District, client: Client) -> None:
    put_in(filled(client), paper("申请人甲.pdf"), add="1")
    (lying,) = held()
    assert PDF not in lying.read_bytes() and b"GKSEAL1" in lying.read_bytes()
    session = Session.objects.get(session_key=client.cookies["sessionid"].value)
    assert "申请人甲" not in str(session.get_decoded())


@pytest.mark.parametrize(
    ("name", "content", "purpose", "words"),
    [
        ("a.exe", b"MZ" + b"x" * 20, "identity", "不是可以收的文件"),
        ("a.png", PDF, "identity", "扩展名却是“png”"),
        ("a.pdf", b"", "identity", "空文件"),
        ("a.pdf", PDF, "", "还没有选是什么材料"),
        ("a.pdf", PDF, "letter", "还没有选是什么材料"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(
    district: District, client: Client, name: str, content: bytes, purpose: str, words: str
) -> None:
    put_in(filled(client), paper("好的.pdf"), add="1")
    answer = put_in(client, paper(name, content), purpose=purpose)
    html = answer.content.decode()
    assert answer.status_code == 422 and words in html and "有错误：" in html and "好的.pdf" in html
    assert len(held()) == 1 and "好的.pdf" in page(client, "/apply/check/")


def test_of_several_the_good_ones_are_taken(district: District, client: Client) -> None:
    answer = put_in(filled(client), paper("甲.pdf"), paper("坏.exe", b"MZ"), paper("乙.pdf"))
    html = answer.content.decode()
    assert answer.status_code == 422 and "已附 2 份" in html and "坏.exe" in html


def test_no_more_than_five(district: District, client: Client) -> None:
    answer = put_in(filled(client), *(paper(f"{n}.pdf") for n in range(6)))
    assert answer.status_code == 422 and "最多附 5 份" in answer.content.decode()
    assert len(held()) == 5 and "已经附满 5 份" in page(client, PAPERS)


def test_too_much_together_or_at_once(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(client)
    monkeypatch.setattr(draft_papers, "MOST_TOGETHER", len(PDF) + 1)
    put_in(client, paper())
    assert "合起来超过" in put_in(client, paper("二.pdf")).content.decode()
    monkeypatch.setattr(draft_papers, "MOST_HELD", 10)
    monkeypatch.setattr(draft_papers, "MOST_TOGETHER", 10**9)
    assert "现在暂时不能附材料" in put_in(client, paper("二.pdf")).content.decode()


def test_one_is_taken_out_again(district: District, client: Client) -> None:
    put_in(filled(client), paper(), add="1")
    (lying,) = held()
    client.post(PAPERS, {"remove": lying.name})
    assert held() == [] and "没有附" in page(client, "/apply/check/")


def test_cleared_with_the_draft_and_after_a_day(district: District, client: Client) -> None:
    put_in(filled(client), paper(), add="1")
    client.post("/apply/clear/")
    assert held() == []
    put_in(filled(client), paper("旧.pdf"), add="1")
    (old,) = held()
    os.utime(old, (0, 0))
    put_in(filled(Client()), paper("别人的.pdf"), add="1")
    assert old not in held()
    # The one who waited too long is told which, and where to mend it; nothing else is lost.
    answer = send(client)
    html = answer.content.decode()
    assert answer.status_code == 422 and "旧.pdf" in html and "/apply/papers/?from=check#f-papers" in html
    assert Case.objects.count() == 0


def test_another_visitor_cannot_open_what_lies_there(district: District, client: Client) -> None:
    put_in(filled(client), paper(), add="1")
    (lying,) = held()
    stolen = draft_papers.DraftPaper(lying.name, "identity", "x.pdf", len(PDF))
    assert draft_papers.read(stolen, "another key") is None


def test_an_agent_is_told_what_is_lacking(district: District, client: Client) -> None:
    agent = {"by": "agent"}
    documents = {
        "agent_name": "代理人乙",
        "agent_id_type": "identity-card",
        "agent_id_number": "110101199001010023",
    }
    filled(client, who=agent, person=documents)
    assert "还要交授权委托书" in page(client, "/apply/check/")
    assert 'value="authority" checked' in page(client, PAPERS)
    put_in(client, paper("委托书.pdf"), purpose="authority")
    assert "还要交授权委托书" not in page(client, "/apply/check/")
