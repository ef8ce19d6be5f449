"""Sealing, publishing and correcting on the desk: the pages before the acts, the versions, their comparison."""

from __future__ import annotations

import errno
import json
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.annual_report import documents, filings, sealing
from gongkai.annual_report.models import Filing, ReportEdition
from gongkai.foundation import files, ledger
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.verification import verify
from tests.conftest import NOW, District, day, enter, explain_all
from tests.web.desk_support import page, send, signed_in, text

ITEMS = ("licence", "penalty", "coercion", "fee")
YEAR = 2021


@pytest.fixture(autouse=True)
def _documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that cost nothing: what they look like is tested where they are made."""

    def render(content: object, digest: str, draft: bool) -> bytes:
        return f"{'编制稿' if draft else '成品'} {digest}".encode()

    plain = documents.DocumentFormat("pdf", "PDF", "application/pdf", render)
    monkeypatch.setattr(documents, "FORMATS", {"pdf": plain})


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is asked in the January after the year."""
    monkeypatch.setattr("gongkai.web.clock.timezone", SimpleNamespace(now=lambda: NOW))


@pytest.fixture
def filing(district: District) -> Filing:
    """The government's filing without an error; its warnings are explained once somebody wants to seal."""
    for organ in district.all[1:]:
        for month in range(1, 13):
            for item in ITEMS:
                enter("statistics", organ, year=YEAR, month=month, item=item, value=Decimal(0))
    return filings.open_filing(district.government, YEAR, by=COMMAND_LINE, now=NOW)


@pytest.fixture
def head(district: District, filing: Filing) -> Client:
    """The office's head, signed in; every warning that stands is explained on the desk."""
    client = signed_in("office_head", district.office)
    _explain(district, client)
    return client


def _explain(district: District, client: Client) -> None:
    shown = page(client, _filing(district))
    for address in set(re.findall(r'href="([^"]*/explain/[^"]*)"', shown)):
        send(client, address, text="情况属实，已核对。")


def _filing(district: District) -> str:
    return reverse("desk:filing", args=[district.government.code, YEAR])


def _act(district: District, act: str) -> str:
    return reverse("desk:filing-act", args=[district.government.code, YEAR, act])


def _hidden(shown: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', shown)
    assert found is not None, shown[:3000]
    return found.group(1)


def _seal(district: District, client: Client, status: int = 302) -> str:
    shown = page(client, _act(district, "seal_government"))
    values = {name: _hidden(shown, name) for name in ("seen", "looked_at")}
    return text(send(client, _act(district, "seal_government"), status, **values), status)


def _publish(district: District, client: Client) -> None:
    seen = _hidden(page(client, _act(district, "publish")), "seen")
    send(client, _act(district, "publish"), seen=seen)


def test_sealing_shows_what_is_sealed_and_leads_to_the_edition(district: District, head: Client) -> None:
    asked = page(head, _act(district, "seal_government"))
    assert "能不能收回" in asked and "情况属实，已核对。" in asked and ">封存</button>" in asked
    _seal(district, head)
    row = ReportEdition.objects.get()
    shown = page(head, reverse("desk:edition", args=[district.government.code, YEAR, 1]))
    assert row.content.digest in shown and row.ledger_hash in shown and "已封存，没有发布" in shown
    assert "情况属实，已核对。" in shown, "explanations are printed with the report"
    kept = row.documents.get(format="pdf")
    document = reverse("desk:edition-document", args=[district.government.code, YEAR, 1, "pdf"])
    answer = head.get(document)
    assert answer.content == files.read(kept.content.digest) and answer["Content-Type"] == "application/pdf"
    sealed = head.get(document.replace("/pdf/", "/json/")).content
    assert json.loads(sealed)["report"]["year"] == YEAR and sealed == files.read(row.content.digest)
    assert head.get(document.replace("/pdf/", "/exe/")).status_code == 404
    assert verify().breaks == ()


def test_records_that_change_while_somebody_seals_are_shown_and_nothing_is_sealed(
    district: District, head: Client
) -> None:
    asked = page(head, _act(district, "seal_government"))
    values = {name: _hidden(asked, name) for name in ("seen", "looked_at")}
    enter("requests", district.education, received_on=day("2021-12-01"), **{"class": "natural"})
    before = ledger.head()
    shown = text(send(head, _act(district, "seal_government"), 409, **values), 409)
    assert "打开这一页以后变了什么" in shown and "示范区教育局" in shown
    row = re.search(r"t3\.r1\.c1/.*?</tr>", shown, re.S)
    assert row is not None and '<td class="n">0</td><td class="n"><b>1</b></td>' in row.group()
    assert not ReportEdition.objects.exists() and ledger.head() == before
    _explain(district, head)
    _seal(district, head)
    assert ReportEdition.objects.get().version == 1


def test_a_forged_or_missing_fingerprint_seals_nothing(district: District, head: Client) -> None:
    shown = text(send(head, _act(district, "seal_government"), 409, looked_at="made up"), 409)
    assert "看过以后再封存" in shown and not ReportEdition.objects.exists()


def test_the_back_button_after_sealing_seals_nothing_twice(district: District, head: Client) -> None:
    asked = page(head, _act(district, "seal_government"))
    values = {name: _hidden(asked, name) for name in ("seen", "looked_at")}
    send(head, _act(district, "seal_government"), **values)
    before = ledger.head()
    shown = text(send(head, _act(district, "seal_government"), 409, **values), 409)
    assert "已经封存过了，没有再封存一次" in shown and ledger.head() == before
    assert ReportEdition.objects.count() == 1


def test_a_full_disk_while_sealing_says_so_and_does_nothing(
    district: District, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **values: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    asked = page(head, _act(district, "seal_government"))
    values = {name: _hidden(asked, name) for name in ("seen", "looked_at")}
    before, keep = ledger.head(), files.keep
    monkeypatch.setattr(files, "keep", full)
    shown = text(send(head, _act(district, "seal_government"), 507, **values), 507)
    assert "磁盘满了" in shown and not ReportEdition.objects.exists()
    assert Filing.objects.get().state == "open" and ledger.head() == before
    monkeypatch.setattr(files, "keep", keep)
    send(head, _act(district, "seal_government"), **values)
    assert ReportEdition.objects.get().version == 1


def test_who_prepared_does_not_seal(district: District, filing: Filing) -> None:
    from tests.web.desk_support import account_with, acting, sign_in_as

    both = account_with("office_clerk", district.office)
    from gongkai.foundation import accounts
    from tests.web.desk_support import LONG_AGO

    accounts.give_role(
        both, role="office_head", organ=district.office, by=COMMAND_LINE, now=NOW, from_on=LONG_AGO
    )
    filings.write_text(filing, "lead", "一句导语。", by=acting(both), now=NOW)
    explain_all(filing)
    _bind(both)
    both.refresh_from_db()
    client = sign_in_as(Client(), both)
    shown = page(client, _filing(district))
    assert "编制和审签应当由不同的人承担" in shown
    asked = page(client, _act(district, "seal_government"))
    assert "现在不能封存" in asked and ">封存</button>" not in asked


def _bind(account: object) -> None:
    """Bind a second factor: who signs needs one."""
    import pyotp

    from gongkai.foundation import sign_in

    secret = sign_in.new_secret()
    sign_in.set_second_factor(account, secret, pyotp.TOTP(secret).at(NOW), now=NOW)  # type: ignore[arg-type]


def test_a_correction_is_a_new_version_beside_the_old(district: District, head: Client) -> None:
    _seal(district, head)
    _publish(district, head)
    versions = _filing(district) + "?part=versions"
    assert "没有变：现在的记录数出来和第 1 版一样" in page(head, versions)
    enter("requests", district.education, received_on=day("2021-12-01"), **{"class": "natural"})
    changed = page(head, versions)
    assert "记录和第 1 版不同了" in changed and "用“更正”" in changed
    again = text(send(head, _act(district, "correct"), 422, reason=""), 422)
    assert "写明更正的原因" in again
    send(head, _act(district, "correct"), reason="漏计申请一件")
    assert "更正原因：漏计申请一件" in page(head, _filing(district))
    _explain(district, head)
    _seal(district, head)
    _publish(district, head)
    assert Filing.objects.get().state == "corrected"
    compared = page(head, reverse("desk:edition-compare", args=[district.government.code, YEAR, 1, 2]))
    assert "漏计申请一件" in compared and "第 1 版和第 2 版对比" in compared
    row = re.search(r"t3\.r1\.c1/.*?</tr>", compared, re.S)
    assert row is not None and '<td class="n">0</td><td class="n"><b>1</b></td>' in row.group()
    other_way = reverse("desk:edition-compare", args=[district.government.code, YEAR, 2, 1])
    assert page(head, other_way).split("<h1")[1] == compared.split("<h1")[1]
    page(head, reverse("desk:edition-compare", args=[district.government.code, YEAR, 1, 3]), 404)
    assert verify().breaks == ()


def test_a_seal_that_is_not_published_is_taken_back(district: District, head: Client) -> None:
    _seal(district, head)
    send(head, _act(district, "unseal"), reason="漏写一句")
    shown = page(head, _filing(district) + "?part=versions")
    assert "撤回封存" in shown and "漏写一句" in shown
    assert "没有等着发布的版本" in page(head, _act(district, "publish"))


def test_a_draft_is_marked_as_one_and_previewed(district: District, filing: Filing) -> None:
    clerk = signed_in("office_clerk", district.office)
    place = [district.government.code, YEAR]
    answer = clerk.get(reverse("desk:report-draft", args=[*place, "pdf"]))
    assert answer.content.decode().startswith("编制稿") and "filename*=" in answer["Content-Disposition"]
    assert clerk.get(reverse("desk:report-draft", args=[*place, "exe"])).status_code == 404
    shown = page(clerk, reverse("desk:report-preview", args=place))
    assert "没有封存" in shown and "政府信息公开工作年度报告" in shown
    assert not ReportEdition.objects.exists() and sealing.too_early(YEAR, NOW.date()) == ""
