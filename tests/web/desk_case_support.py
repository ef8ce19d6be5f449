"""Cases for the desk's tests: a small office whose people sign in, and cases on their way."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.test import Client

from gongkai.casework import acts
from gongkai.casework.filing import file_request
from gongkai.casework.models import Case
from gongkai.foundation.actors import PUBLIC, Actor, actor_for
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import Account
from tests.apps.casework_support import filing, letter_needs
from tests.conftest import District
from tests.web.desk_support import account_with, sign_in_as

HOME = "/desk/organs/999002/cases/"
NEW = "/desk/cases/new/"
# Every test looks at the desk at this moment; 2021 has make-up days and a long holiday.
TODAY = date(2021, 9, 22)
NOW = datetime.combine(TODAY, time(10), SHANGHAI)


def at(text: str) -> datetime:
    """A moment on that day."""
    return datetime.combine(date.fromisoformat(text), time(9), SHANGHAI)


class Bureau:
    """The education bureau: a clerk, another, the lead who extends, the head who signs."""

    def __init__(self, district: District) -> None:
        self.district, self.organ = district, district.education
        letter_needs(self.organ)
        self.clerk = account_with("unit_clerk", self.organ, "edu-clerk")
        self.other = account_with("unit_clerk", self.organ, "edu-other")
        self.lead = account_with("disclosure_lead", self.organ, "edu-lead")
        self.head = account_with("unit_head", self.organ, "edu-head")

    def signed_in(self, account: Account) -> Client:
        """A client of this person."""
        return sign_in_as(Client(), account)

    def filed(self, on: str = "2021-09-13", *, channel: str = "counter", **changes: Any) -> Case:
        """A case that came on that day."""
        by: Actor = PUBLIC if channel == "online" else actor_for(self.clerk, today=at(on).date())
        return file_request(self.organ, filing(**changes), by=by, now=at(on), channel=channel).case

    def do(self, case: Case, act: str, on: str, who: Account | None = None, /, **given: Any) -> Case:
        """One act by one person, the clerk unless another is named."""
        actor = actor_for(who or self.clerk, today=at(on).date())
        return acts.act(case, act, given, by=actor, now=at(on))

    def registered(self, on: str = "2021-09-13", **changes: Any) -> Case:
        """A case that is being handled."""
        case = self.filed(on, **changes)
        return self.do(case, "register", on, handler=self.clerk.ref, applicant_class="natural")

    def drafted(self, on: str = "2021-09-13", to: str = "2021-09-20", **changes: Any) -> Case:
        """A case whose answer is drafted."""
        case = self.registered(on, **changes)
        return self.do(case, "decide", to, outcome="r10", grounds=("draft",), reason="属于过程稿。")
