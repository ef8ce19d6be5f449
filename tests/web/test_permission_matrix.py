"""Who may open and do what, for every address of the URL map, every method, every role, own and other organ.

The table beside this file (permissions.csv) is what was looked at and found right. An address that is not in
it fails; ``GONGKAI_UPDATE_PERMISSIONS=1`` writes it anew, and the difference is then to be read line by line.
"""

from __future__ import annotations

import csv
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from gongkai.annual_report import editions
from gongkai.foundation import ledger
from gongkai.rules import roles
from tests.web.permission_cases import (
    ANONYMOUS,
    DISTRICT_ROLES,
    METHODS,
    PEOPLE,
    PUBLIC_PEOPLE,
    Case,
    cases,
    routes,
)
from tests.web.permission_support import MARKS, Matrix, outcome

# The mark makes the test database; everything is asked in the module's own transaction.
pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("permissions.csv")
UPDATE = bool(os.environ.get("GONGKAI_UPDATE_PERMISSIONS"))
# What is one's own, and no act on any record: signing in and out, password, second factor, the look of the desk.
PERSONAL = {
    "desk/sign-in/", "desk/sign-out/", "desk/password/", "desk/second-factor/", "desk/code/", "desk/settings/",
}  # fmt: skip
UNIT_ROLES = [role for role in roles.ROLES if role not in DISTRICT_ROLES]
CLOSED = {"403", "404", "405"}


class Found:
    """What every address answered to everybody: outcome, whether the ledger moved, which marks were shown."""

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[str, str]] = {}
        self.moved: set[tuple[str, str]] = set()
        self.shown: dict[tuple[str, str], set[str]] = {}


@pytest.fixture(scope="module")
def found(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Found]:  # type: ignore[no-untyped-def]
    """Everything asked once, in one district, each answer rolled back."""
    home = tmp_path_factory.mktemp("matrix")
    with (
        django_db_blocker.unblock(),
        override_settings(GONGKAI_HOME=home, GONGKAI_FILES=home / "files"),
        transaction.atomic(),
    ):
        logging.disable(logging.WARNING)
        editions._content.cache_clear()
        matrix, result = Matrix(), Found()
        for case in cases():
            _ask(matrix, case, result)
        logging.disable(logging.NOTSET)
        yield result
        transaction.set_rollback(True)


def _ask(matrix: Matrix, case: Case, result: Found) -> None:
    row = result.outcomes[case.key] = {}
    for who in PEOPLE if case.desk else PUBLIC_PEOPLE:
        answer, body, moved = matrix.answer(case, who)
        row[who] = outcome(answer)
        if moved:
            result.moved.add((case.key, who))
        result.shown[(case.key, who)] = {mark for mark in MARKS.values() if mark.encode() in body}


def _table() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {row.pop("address"): row for row in csv.DictReader(handle)}


def test_every_address_answers_as_the_table_says(found: Found) -> None:
    if UPDATE:
        _write(found)
    table = _table()
    now = {key: {who: row.get(who, "") for who in PEOPLE} for key, row in found.outcomes.items()}
    assert sorted(now) == sorted(table), "an address without a line has not been thought about"
    wrong = [
        f"{key} as {who}: {now[key][who]}, the table says {table[key][who]}"
        for key in now
        for who in PEOPLE
        if now[key][who] != table[key][who]
    ]
    assert not wrong, "\n".join(wrong)


def _write(found: Found) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, ["address", *PEOPLE], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({"address": key, **row} for key, row in found.outcomes.items())


def asked(found: Found, *people: str) -> Iterator[tuple[Case, str, str]]:
    for case in cases():
        for who in people:
            if who in found.outcomes[case.key]:
                yield case, who, found.outcomes[case.key][who]


def test_nothing_breaks(found: Found) -> None:
    broken = [(c.key, who, said) for c, who, said in asked(found, *PEOPLE) if said.startswith("5")]
    assert not broken


def test_without_signing_in_the_desk_is_closed(found: Found) -> None:
    for case, who, said in asked(found, ANONYMOUS):
        if case.desk and case.route not in PERSONAL:
            assert said in {"sign-in", "405"}, (case.key, said)
            assert (case.key, who) not in found.moved


def test_another_units_things_are_as_if_absent(found: Found) -> None:
    for case, who, said in asked(found, *UNIT_ROLES):
        if case.place == "other":
            assert said in {"404", "405"}, (case.key, who, said)
        others = found.shown[(case.key, who)] - {MARKS["999002"]}
        assert not others or not case.desk, (case.key, who, others)


def test_the_supervisor_changes_nothing(found: Found) -> None:
    reads = 0
    for case, _, said in asked(found, "supervisor"):
        if case.desk and case.method != "GET" and case.route not in PERSONAL:
            assert said in CLOSED, (case.key, said)
        if case.method == "GET" and case.place and said == "200":
            reads += 1
        assert (case.key, "supervisor") not in found.moved, case.key
    assert reads > 10, "and reads everything"


def test_the_operator_sees_no_content(found: Found) -> None:
    for case, who, said in asked(found, "operator"):
        if case.desk and case.place:
            assert said in {"404", "405"}, (case.key, said)
        if case.desk:
            assert not found.shown[(case.key, who)], (case.key, found.shown[(case.key, who)])


def test_looking_is_no_act(found: Found) -> None:
    assert not [(key, who) for key, who in found.moved if key.startswith("GET ")]


def test_every_address_opens_for_somebody(found: Found) -> None:
    """A matrix that is closed to all would prove nothing."""
    for case in cases():
        if case.desk and case.method == "GET" and case.place != "other":
            said = set(found.outcomes[case.key].values())
            # An act is there in some states of a filing alone.
            assert said & {"200", "302"} or case.act, (case.key, said)


def test_no_address_takes_another_method(db: None) -> None:
    before = ledger.head()
    for route, taken in routes().items():
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: _PARTS.get(match.group(1), "1"), route)
        for method in METHODS:
            if method not in taken:
                answer = Client().generic(method, address)
                assert answer.status_code == _ANY_METHOD.get(route, 405), (method, address)
    assert ledger.head() == before


# Django Ninja's own: its root is absent, its description reads whatever the method is called; so does a probe.
_ANY_METHOD = {
    "api/v1/": 404, "api/v1/docs": 200, "api/v1/openapi.json": 200, "healthz": 200, "readyz": 200,
}  # fmt: skip
_PARTS = {"year": "2021", "ending": "json"}
