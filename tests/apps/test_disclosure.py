"""Information and its publications; normative documents and what became of them."""

from __future__ import annotations

import pytest

from gongkai.disclosure.models import Information, NormativeDocument, NormativeEvent, Publication
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.records import RowRefused
from gongkai.foundation.verification import verify
from tests.conftest import NOW, District, day, enter

TITLE = "关于做好春季招生工作的通知"


def document(district: District):  # type: ignore[no-untyped-def]
    return enter("documents", district.education, title=TITLE, issued_as="own", issued_on=day("2021-03-01"))


def publication(district: District, channel: str = "portal", on: str = "2021-03-02"):  # type: ignore[no-untyped-def]
    values = {"title": TITLE, "channel": channel, "class": "document", "published_on": day(on)}
    return enter("publications", district.education, **values)


@pytest.mark.parametrize("document_first", [True, False])
def test_publications_are_bound_to_the_information_published(
    district: District, document_first: bool
) -> None:
    if document_first:
        document(district)
    first, second = publication(district), publication(district, "wechat")
    if not document_first:
        document(district)
    info = Information.objects.get()
    assert {p.information_id for p in Publication.objects.all()} == {info.pk}
    assert info.document.issued_as == "own" and info.publications.count() == 2
    assert (first.title, second.title) == (TITLE, TITLE)
    assert verify().breaks == ()


def test_the_same_channel_and_day_is_refused(district: District) -> None:
    publication(district)
    with pytest.raises(RowRefused, match="当天已经登记过在政府网站的发布"):
        publication(district)
    publication(district, on="2021-03-03")


def normative(district: District, **values: object):  # type: ignore[no-untyped-def]
    base = {"title": "管理办法", "document_number": "示发〔2015〕1号", "made_on": day("2015-01-01")}
    return enter("normative-documents", district.office, **{**base, **values})


def test_a_repeal_given_with_the_document_is_its_event(district: District) -> None:
    record = normative(district, repealed_on=day("2021-05-01"), repeal_basis="清理决定")
    event = NormativeEvent.objects.get()
    assert (event.event, event.on, event.document_id) == ("repealed", day("2021-05-01"), record.pk)
    kind = kinds.get("normative-documents")
    records.correct(
        kind, record, {"repealed_on": day("2021-06-01")}, by=COMMAND_LINE, now=NOW, reason="日期有误"
    )
    standing = NormativeEvent.objects.filter(withdrawn_seq__isnull=True)
    assert [e.on for e in standing] == [day("2021-06-01")] and NormativeEvent.objects.count() == 2
    assert verify().breaks == ()


def test_a_repeal_entered_later_and_tampered_with_is_found(district: District) -> None:
    normative(district)
    values = {"document_number": "示发〔2015〕1号", "event": "repealed", "on": day("2021-05-01")}
    enter("normative-events", district.office, **values)
    assert NormativeDocument.objects.get().repealed_on == day("2021-05-01")
    assert verify().breaks == ()
    with pytest.raises(RowRefused, match="已经废止或失效"):
        enter("normative-events", district.office, **values)
    NormativeEvent.objects.update(on=day("2020-05-01"))
    assert "日期" in verify().breaks[0].message


def test_numbers_are_given_once(district: District) -> None:
    record = normative(district)
    with pytest.raises(RowRefused, match="已经登记过"):
        normative(district)
    records.withdraw(kinds.get("normative-documents"), record, by=COMMAND_LINE, now=NOW, reason="重复")
    normative(district)


def test_more_gazettes_than_printed_are_not_handed_out(district: District) -> None:
    enter("gazette-issues", district.office, issue="第1期", issued_on=day("2021-03-25"), copies=10)
    values = {"issue": "第1期", "place": "图书馆", "place_type": "library", "delivered_on": day("2021-03-28")}
    enter("gazette-distributions", district.office, copies=8, **values)
    with pytest.raises(RowRefused, match="多出 1 册"):
        enter("gazette-distributions", district.office, copies=3, **values)
