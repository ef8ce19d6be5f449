"""Cases for tests: filed and carried on through the actions, each act on its day, by those whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from gongkai.casework import acts
from gongkai.casework.filing import ApplicantGiven, Filing, Receipt, file_request
from gongkai.casework.letter_numbers import next_number
from gongkai.casework.letter_settings import change_settings
from gongkai.casework.models import Case, InformationRequest
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.actors import COMMAND_LINE, PUBLIC, Actor, actor_for
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import Account, RoleHolding

# Synthetic: area 110101 (a real one), born 1990-01-01, serial 001, check character by MOD 11-2.
CARD, OTHER_CARD = "110101199001010015", "110101199001010023"
GRANT = {
    "outcome": "r3",
    "grounds": ("provided",),
    "reason": "可以公开。",
    "access": "纸质复制件一份，随本答复书寄送。",
}
# What stands in the letters of every organ of these tests.
LETTER_NEEDS = {
    "letter_code": "示教公复",
    "contact": "政务公开岗，电话 0000-0000000",
    "payment": "持本通知书到示范区非税收入代收点缴纳",
    "higher_government": "示范市人民政府",
    "review_channel": "https://review.example.cn/",
}
# What a form asks for and these tests do not turn on.
_WRITTEN: dict[str, dict[str, Any]] = {
    "decide": {"access": GRANT["access"]},
    "correct": {"access": GRANT["access"]},
    "consult_third_party": {
        "content": "合同第 2 页",
        "whom_name": "某企业",
        "party": "organisation",
    },
    "consult_organ": {"content": "资金分配表"},
    "tell_third_party": {"content": "合同第 2 页"},
}
WORDS = "2020 年农村危房改造补助资金的分配表"


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str, hour: int = 10) -> datetime:
    """A moment on that day in Shanghai."""
    return datetime.combine(day(text), time(hour), SHANGHAI)


def account(name: str, organ, *roles: str) -> Account:  # type: ignore[no-untyped-def]
    """An account with roles for ever; the roles' rows are set directly, for speed."""
    made = Account.objects.create(username=name, display_name=name, opened_at=at("2019-05-15"))
    for role in roles:
        RoleHolding.objects.create(account=made, organ=organ, role=role, from_on=day("2019-05-15"))
    return made


def actor(made: Account, on: str = "2021-07-01") -> Actor:
    return actor_for(made, today=day(on))


def natural(**changes: str) -> ApplicantGiven:
    values: dict[str, str] = {
        "applicant_class": "natural",
        "name": "申请人甲",
        "id_type": "identity-card",
        "id_number": CARD,
        "phone": "13800000000",
    }
    return ApplicantGiven(**{**values, **changes})


def filing(**changes: Any) -> Filing:
    values: dict[str, Any] = {"applicant": natural(), "description": WORDS}
    return Filing(**{**values, **changes})


def letter_needs(organ, **changes: str) -> None:  # type: ignore[no-untyped-def]
    """What stands in the organ's letters."""
    change_settings(organ, {**LETTER_NEEDS, **changes}, by=COMMAND_LINE, now=at("2019-05-15"))


class People:
    """The people of one organ, and one case told act by act."""

    def __init__(self, organ) -> None:  # type: ignore[no-untyped-def]
        self.organ = organ
        letter_needs(organ)
        self.clerk = account(f"{organ.code}-经办人", organ, "unit_clerk")
        self.other = account(f"{organ.code}-经办人乙", organ, "unit_clerk")
        self.lead = account(f"{organ.code}-机构负责人", organ, "disclosure_lead")
        self.head = account(f"{organ.code}-单位负责人", organ, "unit_head")


LEADS = frozenset({"approve_extension", "decline_extension", "delay"})
HEADS = frozenset({"sign", "return", "withdraw_signature", "lapse_supplement", "lapse_fee"})


class Told:
    """One case, act by act."""

    def __init__(self, people: People, case: Case) -> None:
        self.people, self.case = people, case
        self.today = case.arrived_on

    def by(self, act: str) -> Actor:
        people = self.people
        chosen = people.lead if act in LEADS else people.head if act in HEADS else people.clerk
        return actor(chosen, self.today.isoformat())

    def do(self, act: str, on: str | None = None, /, *, as_: Actor | None = None, **given: Any) -> Told:
        self.today = day(on) if on else self.today
        given = {**_WRITTEN.get(act, {}), **given}
        if not str(given.get("whom", "第三方")).startswith("第三方") and act == "consult_third_party":
            del given["whom_name"]
        now = datetime.combine(self.today, time(15), SHANGHAI)
        self.case = acts.act(self.case, act, given, by=as_ or self.by(act), now=now, on=self.today)
        return self

    def refused(self, match: str, act: str, on: str | None = None, /, **given: Any) -> CaseworkRefused:
        with pytest.raises(CaseworkRefused, match=match) as refusal:
            Told.do(self, act, on, **given)
        return refusal.value

    def registered(self, on: str) -> Told:
        return self.do("register", on, handler=self.people.clerk.ref, applicant_class="natural")

    def answered(self, on: str, decision: Mapping[str, Any] = GRANT, *, method: str = "post") -> Told:
        self.do("decide", on, **decision).do("submit")
        number = next_number(self.case.organ, "示教公复", self.today.year)
        self.do("sign", number=number).do("send", method=method)
        return self.do("prove_service", proof="挂号单 001")

    @property
    def row(self) -> InformationRequest | None:
        return InformationRequest.objects.filter(case=self.case).first()


def told(people: People, on: str, *, channel: str = "counter", **changes: Any) -> Told:
    """A case filed on that day by the clerk."""
    by = PUBLIC if channel == "online" else actor(people.clerk, on)
    receipt = file_request(people.organ, filing(**changes), by=by, now=at(on), channel=channel)
    return Told(people, receipt.case)


def filed(organ, on: str = "2021-07-01", **changes: Any) -> Receipt:  # type: ignore[no-untyped-def]
    """A receipt of a web filing."""
    return file_request(organ, filing(**changes), by=PUBLIC, now=at(on))


def table_three(organ, year: int) -> dict[str, int]:  # type: ignore[no-untyped-def]
    """The cells of table three that are not nought, as the annual report compiles them."""
    from gongkai.annual_report.compile import compile_report

    report = compile_report(organ, year, reader=COMMAND_LINE, today=day(f"{year + 1}-01-20"))
    return {
        name: int(cell.value)
        for name, cell in report.tables.cells.items()
        if name.startswith("t3.") and name.endswith(".c1") and cell.value
    }


def days_later(on: date, days: int) -> date:
    return on + timedelta(days=days)
