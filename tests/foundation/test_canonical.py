"""The canonical form, version 1, is frozen: a seal of today must verify in ten years."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.foundation.canonical import canonical_json, digest
from gongkai.foundation.clock import canonical_moment, legal_day
from gongkai.foundation.ledger import event_hash
from gongkai.foundation.models import LedgerEvent


def test_canonical_json() -> None:
    assert canonical_json({"b": "值", "a": [1, None, {"d": True}]}) == '{"a":[1,null,{"d":true}],"b":"值"}'
    with pytest.raises(TypeError):
        canonical_json({"a": [0.5]})


def test_the_hash_of_an_event_of_form_1_never_changes() -> None:
    event = LedgerEvent(
        seq=1, form=1, kind="record.entered", schema=1, occurred_on=date(2021, 9, 13),
        recorded_at=datetime(2021, 9, 13, 2, 3, 4, 5, tzinfo=UTC), actor="account:1", organ_code="640302001",
        subject="requests:1", payload='{"values":{"class":"natural"}}', personal="", algorithm="sha256",
        previous_hash="0" * 64,
    )  # fmt: skip
    assert event_hash(event) == "1fe03c5c210271b602e070a05f5a969369db7823fbb758f164dd7380663d23a7"
    event.algorithm = "sm3"
    assert event_hash(event) == "0f9f617f8c93226d84ee8daf6504f2055fdfd3189b90c319bd73291aa603ab3b"
    event.form = 99
    with pytest.raises(KeyError):
        event_hash(event)


def test_sm3_is_the_national_standard() -> None:
    # The first example of GB/T 32905-2016.
    assert digest("sm3", "abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_legal_day_is_a_day_in_shanghai() -> None:
    assert legal_day(datetime(2021, 12, 31, 16, 0, tzinfo=UTC)) == date(2022, 1, 1)
    assert legal_day(datetime(2021, 12, 31, 15, 59, tzinfo=UTC)) == date(2021, 12, 31)
    assert canonical_moment(datetime(2021, 1, 1, tzinfo=UTC)) == "2021-01-01T00:00:00.000000Z"
    with pytest.raises(ValueError, match="zone"):
        legal_day(datetime(2021, 1, 1))  # noqa: DTZ001
