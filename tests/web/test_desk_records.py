"""Records on the desk: every kind by form, correction, withdrawal, and what is nobody's business."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import LedgerEvent
from tests.conftest import NOW, District, enter
from tests.web.desk_record_support import HOME, STAT, events, statistic
from tests.web.desk_support import page, send, signed_in, text

# What a form needs beyond what the columns' types and choices tell.
SPECIAL = {
    "normative-events": {"document_number": "示规发〔2020〕1号"},
    "interpretations": {"document_number": ""},
    "gazette-distributions": {"issue": "2021年第1期", "place_type": "library"},
    "inspection-items": {"item_code": "JG-1"},
    "requests": {"outcome": "", "closed_on": "", "supplement_due_on": "", "fee_notice_on": ""},
    "normative-documents": {"repealed_on": "", "repeal_basis": "", "valid_until": "2026-01-01"},
    "processing-fees": {"amount": "100.00"},
    "staff": {"until_on": "2021-12-31"},
    "zones": {"closed_on": "2022-12-31"},
    "reconsiderations": {"order_due_on": ""},
    "lawsuits": {"order_due_on": ""},
}


def filled(kind: Kind) -> dict[str, str]:
    """A form as somebody would fill it, column by column."""
    plain = {"integer": "2021", "decimal": "3", "date": "2021-06-30", "boolean": "是"}
    values: dict[str, str] = {}
    for column in kind.columns:
        if column.code == "month":
            values[column.code] = "6"
        elif column.choices:
            values[column.code] = column.choices[0].code
        else:
            values[column.code] = plain.get(column.type, f"{column.label}甲")
    return {**values, **SPECIAL.get(kind.code, {})}


def prepared(district: District) -> None:
    """What some kinds bind to."""
    organ = district.education
    enter(
        "normative-documents",
        organ,
        title="甲办法",
        document_number="示规发〔2020〕1号",
        made_on=date(2020, 5, 1),
    )
    enter("gazette-issues", organ, issue="2021年第1期", issued_on=date(2021, 3, 1), copies=100_000)
    enter("supervision-items", organ, code="JG-1", name="甲事项", adopted_on=date(2021, 3, 1))


def test_there_are_twenty_six_kinds_and_all_are_in_the_side_bar(desk: Client) -> None:
    html = page(desk, "/desk/")
    assert len(kinds.all_kinds()) == 26
    for kind in kinds.all_kinds():
        assert f'href="{HOME}{kind.code}/"' in html, kind.code


@pytest.mark.parametrize("code", [kind.code for kind in kinds.all_kinds()] or ["none"])
def test_every_kind_is_entered_corrected_and_withdrawn(desk: Client, district: District, code: str) -> None:
    kind = kinds.get(code)
    prepared(district)
    register = f"{HOME}{code}/"
    empty = records.standing(kind).count() == 0
    html = page(desk, register)
    assert ("还没有登记" in html) is empty
    assert kind.provision.citation() in page(desk, f"{register}new/")
    values = filled(kind)
    opened = send(desk, f"{register}new/", **values)["Location"]
    html = page(desk, opened)
    assert "已登记：" in html and "沿革" in html and "计入年报" in html
    row = records.standing(kind).order_by("-pk").first()
    assert row is not None and kind.title(row) in html and kind.title(row) in page(desk, register)
    # The form of the correction gives back what was entered.
    html = page(desk, f"{opened}correct/")
    for column in kind.columns:
        wanted = values[column.code]
        if wanted and column.type in ("text", "date", "long_text"):
            assert (wanted in html) is not column.masked, column.code
    changed = {**values, "reason": "填错了", "seq": str(row.latest_seq)}
    column = next(
        (c for c in kind.columns if not c.choices and c.type in ("text", "long_text", "decimal")), None
    )
    if code in ("inspection-items", "staff"):
        column = kind.column({"staff": "headcount"}.get(code, "name"))
    assert column is not None
    if code not in ("normative-events", "gazette-distributions"):
        changed[column.code] = "7" if column.type in ("decimal", "integer") else f"{values[column.code]}乙"
    else:
        last = kind.columns[-1]
        changed[last.code] = "2021-07-01" if last.type == "date" else "新的依据"
    send(desk, f"{opened}correct/", **changed)
    html = page(desk, opened)
    assert "已更正" in html and "原因：填错了" in html
    assert "撤销登记：" in page(desk, f"{opened}withdraw/")
    send(desk, f"{opened}withdraw/", reason="重复登记")
    html = page(desk, opened)
    assert "已撤销登记" in html and f"{opened}correct/" not in html
    assert not records.standing(kind).filter(pk=row.pk).exists()
    assert [e.kind for e in LedgerEvent.objects.filter(subject=row.ref)] == [
        "record.entered", "record.corrected", "record.withdrawn",
    ]  # fmt: skip


# Correction --------------------------------------------------------------------------------------


def test_a_correction_wants_a_reason_and_a_change(desk: Client, district: District) -> None:
    row = statistic(district.education)
    address = f"{HOME}statistics/{row.pk}/correct/"
    html = text(desk.post(address, {**STAT, "value": "28", "seq": str(row.latest_seq)}), 422)
    assert "写明更正的原因" in html and 'href="#f-reason"' in html and 'value="28"' in html
    html = text(desk.post(address, {**STAT, "value": "", "month": "13", "seq": str(row.latest_seq)}), 422)
    assert "有 3 处要改" in html and "是必填项" in html and "不能大于 12" in html
    html = text(desk.post(address, {**STAT, "reason": "核对", "seq": str(row.latest_seq)}), 422)
    assert "没有改动任何一项" in html
    send(desk, address, **{**STAT, "value": "28"}, reason="漏计一件", seq=str(row.latest_seq))
    html = page(desk, f"{HOME}statistics/{row.pk}/")
    assert "27 → 28" in html and "原因：漏计一件" in html and "单位经办人更正" in html


def test_two_people_correct_one_record(desk: Client, district: District) -> None:
    row = statistic(district.education)
    address = f"{HOME}statistics/{row.pk}/correct/"
    seen = str(row.latest_seq)
    other = signed_in("disclosure_lead", district.education)
    send(other, address, **{**STAT, "value": "30"}, reason="漏计三件", seq=seen)
    html = text(desk.post(address, {**STAT, "value": "28", "reason": "漏计一件", "seq": seen}), 422)
    assert "打开以后，别人改过这条" in html and "漏计三件" in html
    assert re.search(r"<td>30</td><td>28</td>", html) and 'value="28"' in html and 'value="漏计一件"' in html
    fresh = re.search(r'name="seq" value="(\d+)"', html)
    assert fresh is not None and fresh.group(1) != seen
    send(desk, address, **{**STAT, "value": "28"}, reason="漏计一件", seq=fresh.group(1))
    row.refresh_from_db()
    assert row.amount == 28 and events("record.corrected") == 2  # type: ignore[attr-defined]


def test_what_was_withdrawn_meanwhile(desk: Client, district: District) -> None:
    row = statistic(district.education)
    records.withdraw(kinds.get("statistics"), row, by=COMMAND_LINE, now=NOW, reason="重复登记")
    address = f"{HOME}statistics/{row.pk}/"
    assert desk.post(f"{address}correct/", {**STAT, "value": "1", "reason": "x"})["Location"] == address
    assert "已经撤销" in text(desk.post(f"{address}withdraw/", {"reason": "再撤"}), 422)
    assert "写明撤销登记的原因" in text(
        desk.post(f"{HOME}statistics/{statistic(district.education, 4).pk}/withdraw/"), 422
    )


def test_where_a_record_counts_and_the_way_there(desk: Client, district: District) -> None:
    row = statistic(district.education)
    html = page(desk, f"{HOME}statistics/{row.pk}/")
    link = "/desk/organs/999002/reports/2021/cells/t2.licence.decisions/"
    assert f'href="{link}"' in html and "2021 年：" in html
    assert "27" in page(desk, link)


# Whose it is -------------------------------------------------------------------------------------


def test_another_organs_records_are_as_if_absent(desk: Client, district: District) -> None:
    theirs = statistic(district.civil)
    for address in (
        "/desk/organs/999003/registers/statistics/",
        f"/desk/organs/999003/registers/statistics/{theirs.pk}/",
        f"{HOME}statistics/{theirs.pk}/",
        f"{HOME}statistics/{theirs.pk}/evidence/",
        f"{HOME}nothing/",
        f"{HOME}statistics/999999/",
    ):
        assert "没有这一页" in page(desk, address, 404)
    assert desk.post(f"{HOME}statistics/{theirs.pk}/correct/", {**STAT, "reason": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.amount == 27  # type: ignore[attr-defined]


def test_who_only_reads_sees_no_button_and_is_refused(district: District) -> None:
    row = statistic(district.education)
    for role, organ in (("supervisor", district.government), ("unit_head", district.education)):
        client = signed_in(role, organ)
        html = page(client, f"{HOME}statistics/")
        assert "登记一条" not in html and "单位经办人" in html
        assert "更正</a>" not in page(client, f"{HOME}statistics/{row.pk}/")
        for address in ("new/", "import/", f"{row.pk}/correct/", f"{row.pk}/withdraw/"):
            assert "不在本人的职责里" in page(client, f"{HOME}statistics/{address}", 403)
            assert client.post(f"{HOME}statistics/{address}", STAT).status_code == 403


def test_no_page_has_inline_style_or_script(desk: Client, district: District) -> None:
    row = statistic(district.education)
    for address in ("", "new/", "import/", f"{row.pk}/", f"{row.pk}/correct/", f"{row.pk}/withdraw/"):
        html = page(desk, f"{HOME}statistics/{address}")
        assert "style=" not in html and "<script" not in html and "onclick" not in html
