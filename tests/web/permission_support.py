"""The permission matrix: a district with something in every drawer, opened as everybody, and what came back."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pikepdf
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from gongkai.annual_report import filings
from gongkai.archive.models import Destruction
from gongkai.casework import acts, part_papers, platforms, redacting
from gongkai.casework import files as case_files
from gongkai.casework.filing import ApplicantGiven, Filing, file_request
from gongkai.casework.keeping import keep_letters
from gongkai.casework.models import CasePart
from gongkai.casework.redaction_boxes import Boxes, RedactionBox
from gongkai.casework.side import files as side_files
from gongkai.casework.side.filing import SideFiling, file_side
from gongkai.foundation import files, ledger, message_settings, outbox
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account, Channel, Organ
from gongkai.foundation.organs import current_name
from gongkai.rules import roles
from tests.apps.casework_support import GRANT, letter_needs
from tests.conftest import NOW, District
from tests.web.desk_support import account_with, acting, sign_in_as
from tests.web.permission_cases import ANONYMOUS, DISTRICT_ROLES, Case
from tests.web.portal_support import correct, publish

# A word in the records and files of one organ alone: who may not read the organ must never meet it.
MARKS = {"999000": "标记壬", "999002": "标记乙", "999003": "标记丁"}
_YEAR_OPEN, _YEAR_PUBLIC = 2022, 2021


class Matrix:
    """A small district with something in every drawer, and a client signed in as each role."""

    def __init__(self) -> None:
        self.district = District()
        self.places = {"government": self.district.government, "office": self.district.office}
        self.records: dict[str, int] = {}
        self.remedies: dict[tuple[str, str], int] = {}
        for organ in (self.district.government, self.district.education, self.district.civil):
            self.records[organ.code] = self._fill(organ)
        for organ in self.district.all:
            declare(organ, 2021)
        publish(self.district.education)
        publish(self.district.civil)
        publish(self.district.government)
        for organ in (self.district.education, self.district.civil, self.district.government):
            correct(organ, "登记晚了一条")
            filings.open_filing(organ, _YEAR_OPEN, by=COMMAND_LINE, now=NOW)
        self.target = account_with("reviewer_first", self.district.town, "target")
        self.clients = {ANONYMOUS: Client(), **{role: self._signed_in(role) for role in roles.ROLES}}
        self.numbers = {organ.code: self._file(organ) for organ in (
            self.district.government, self.district.education, self.district.civil)}  # fmt: skip
        self.written = {organ.code: self._write(organ) for organ in (
            self.district.government, self.district.education, self.district.civil)}  # fmt: skip
        self.parts = {code: self._give_part(code) for code in self.numbers}
        self.asked = {code: self._ask_part(code) for code in self.numbers}
        self.forwards = {code: self._hand_on(code) for code in self.numbers}
        self.sides = {organ.code: self._side(organ) for organ in (
            self.district.government, self.district.education, self.district.civil)}  # fmt: skip
        issued = platforms.issue_token(self.district.government, "平台甲", by=COMMAND_LINE, now=NOW)
        self.token = issued.token
        written = outbox.Written(
            channel=Channel.EMAIL, to="a@example.cn", text="标记", about="送达", dedupe_key="1"
        )
        with write_transaction():
            self.message = outbox.put(written, message_settings.current(), now=NOW)
        # A list for destruction without files: who may open it is asked, not what it does.
        self.lists = {organ.code: Destruction.objects.create(
            organ=organ, reason=MARKS.get(organ.code, "标记"), proposed_by="account:0", proposed_at=NOW, proposed_seq=-place,
            confirmed_by="account:0", confirmed_at=NOW, confirmed_seq=-place,
        ).pk for place, organ in enumerate(self.district.all, 1)}  # fmt: skip

    def _fill(self, organ: Organ) -> int:
        from gongkai.foundation import kinds, records

        mark = MARKS[organ.code]
        evidence = files.keep(mark.encode(), name=f"{mark}.txt", media_type="text/plain")
        values = {"theme": f"开放日{mark}", "held_on": date(2021, 8, 1)}
        record = records.enter(
            kinds.get("open-days"), organ, values, by=COMMAND_LINE, now=NOW, evidence=evidence
        )
        self._dispute(organ, mark)
        return record.pk

    def _dispute(self, organ: Organ, mark: str) -> None:
        """A reconsideration and a complaint, of the year that no report is published of."""
        from gongkai.foundation import kinds, records

        day = date(2022, 1, 4)
        for kind, values in (
            ("reconsiderations", {"filed_on": day, "case_number": f"复{mark}"}),
            ("complaints", {"received_on": day, "how": "phone", "about": f"某局{mark}", "complainant": mark,
                            "content": f"没有答复{mark}"}),
        ):  # fmt: skip
            record = records.enter(kinds.get(kind), organ, values, by=COMMAND_LINE, now=NOW)
            self.remedies[organ.code, kind] = record.pk

    def _side(self, organ: Organ) -> str:
        """A correction with a paper, entered as a case is; its number."""
        name = {"999000": "office_clerk-999001", "999002": "unit_clerk-999002"}.get(organ.code)
        by = acting(Account.objects.get(username=name)) if name else COMMAND_LINE
        mark = MARKS[organ.code]
        filing = SideFiling(
            kind="correction",
            name=f"申请人{mark}",
            record=f"记录{mark}",
            wrong=mark,
            right="对的",
            evidence="证据",
        )
        side = file_side(organ, filing, by=by, now=NOW, channel="counter").side
        content = b"%PDF-1.7\n" + mark.encode() + b"\n%%EOF\n"
        side_files.add_file(side, content, name=f"{mark}.pdf", purpose="evidence", by=by, now=NOW)
        return side.number

    def _file(self, organ: Organ) -> str:
        """A case with a paper, entered by the organ's own clerk where there is one; its number."""
        name = {"999000": "office_clerk-999001", "999002": "unit_clerk-999002"}.get(organ.code)
        by = acting(Account.objects.get(username=name)) if name else COMMAND_LINE
        mark = MARKS[organ.code]
        filing = Filing(
            applicant=ApplicantGiven(applicant_class="natural", name=f"申请人{mark}"),
            description=f"申请{mark}",
        )
        case = file_request(organ, filing, by=by, now=NOW, channel="counter").case
        case_files.add_file(case, one_page(mark), name=f"{mark}.pdf", purpose="information", by=by, now=NOW)
        boxes = Boxes((RedactionBox(1, 100, 100, 200, 200, "privacy"),))
        redacting.issue_redacted(case, 1, boxes, by=by, now=NOW)
        return case.number

    def _write(self, organ: Organ) -> str:
        """A case with a letter and, where somebody handles it, a drafted reply; its number."""
        letter_needs(organ)
        filing = Filing(
            applicant=ApplicantGiven(applicant_class="natural", name=f"申请人{MARKS[organ.code]}"),
            description=f"申请{MARKS[organ.code]}",
        )
        case = file_request(organ, filing, by=COMMAND_LINE, now=NOW, channel="counter").case
        name = {"999000": "office_clerk-999001", "999002": "unit_clerk-999002"}.get(organ.code)

        def do(act: str, **given: object) -> None:
            nonlocal case
            case = acts.act(case, act, given, by=COMMAND_LINE, now=NOW)

        if name is None:
            do("withdraw")
            keep_letters(case, now=NOW)
            return case.number
        do("register", handler=Account.objects.get(username=name).ref, applicant_class="natural")
        do("ask_supplement", matters="年份", term_on=date(2022, 1, 24))
        do("receive_supplement")
        do("decide", **GRANT)
        keep_letters(case, now=NOW)
        return case.number

    def _give_part(self, code: str) -> str:
        """A case of the township with a part for the organ, and a paper the organ attached; its number."""
        mark = MARKS[code]
        case = self._handled(self.district.town, f"town-{code}", f"协办{mark}")
        return self._part(case, current_name(Organ.objects.get(code=code)), mark)

    def _ask_part(self, code: str) -> str:
        """A case of the organ with a part for the township, and a paper the township attached; its number."""
        case = self._handled(Organ.objects.get(code=code), f"asks-{code}", f"请协办{MARKS[code]}")
        return self._part(case, current_name(self.district.town), MARKS[code])

    def _hand_on(self, code: str) -> str:
        """A case of the township handed on to the organ; its number."""
        case = self._handled(self.district.town, f"hands-on-{code}", f"转来{MARKS[code]}")
        name = current_name(Organ.objects.get(code=code))
        given = {"organ": name, "contact": "电话", "consent": True}
        return acts.act(case, "forward", given, by=COMMAND_LINE, now=NOW).number

    def _handled(self, organ: Organ, handler: str, words: str) -> Any:
        """A registered case that somebody handles."""
        letter_needs(organ)
        applicant = ApplicantGiven(applicant_class="natural", name="申请人甲")
        filing = Filing(applicant=applicant, description=words)
        case = file_request(organ, filing, by=COMMAND_LINE, now=NOW, channel="counter").case
        given = {"handler": account_with("unit_clerk", organ, handler).ref, "applicant_class": "natural"}
        return acts.act(case, "register", given, by=COMMAND_LINE, now=NOW)

    def _part(self, case: Any, organ: str, mark: str) -> str:
        """Give another organ a part of the case, which attaches a paper; the case's number."""
        given = {"organ": organ, "what": mark, "term_on": date(2022, 2, 10)}
        case = acts.act(case, "assign_part", given, by=COMMAND_LINE, now=NOW)
        part = CasePart.objects.select_related("case__organ", "organ__parent").get(case=case)
        part_papers.attach(part, one_page(mark), name=f"{mark}.pdf", by=COMMAND_LINE, now=NOW)
        return str(case.number)

    def _signed_in(self, role: str) -> Client:
        client = sign_in_as(Client(), account_with(role, self.home(role)))
        client.raise_request_exception = True
        return client

    def home(self, role: str) -> Organ:
        """Where the role is held."""
        return self.places.get(DISTRICT_ROLES.get(role, ""), self.district.education)

    def organ(self, who: str, place: str) -> Organ:
        """The organ an address is about: one's own (the office's is the government), or another's."""
        if place == "other":
            return self.district.civil
        return self.district.government if who in DISTRICT_ROLES else self.district.education

    def address(self, case: Case, who: str) -> str:
        """The address with real things in it."""
        organ = self.organ(who, case.place)
        register = "/registers/" in case.route
        account = Account.objects.get(username="target")
        year = (
            _YEAR_OPEN if case.act or "/write/" in case.route or "/explain/" in case.route else _YEAR_PUBLIC
        )
        pk = self.records.get(organ.code, 0) if register else account.pk
        if "/archive/" in case.route:
            pk = self.lists[organ.code]
        if "/remedies/" in case.route:
            pk = self.remedies[organ.code, self._kind(case)]
        if "/platforms/" in case.route:
            pk = self.token.pk
        if "/messages/" in case.route:
            pk = self.message.pk
        wrote = any(part in case.route for part in ("/letters/", "/draft/", "/forms/"))
        asked, beside = "/parts/" in case.route, "/side-requests/" in case.route
        wrote = wrote and not beside
        numbers = self.sides if beside else self.written if wrote else self.parts if asked else self.numbers
        handed_on = "/forwards/" in case.route
        if handed_on or case.route.endswith("/use/"):
            numbers = self.forwards if handed_on else self.asked
        kind = "correction" if case.route.startswith("ask/") else "pdf" if wrote else self._kind(case)
        values = {
            "organ": organ.code, "kind": kind, "pk": pk, "place": 0 if asked or handed_on else 1,
            "number": numbers[organ.code], "paper": 1,
            "holding": self.holding, "year": year, "act": case.act, "section": "preface", "check": "K1",
            "cell": "t2.norm.made", "cell_id": "t2.norm.made", "version": 1, "before": 1, "after": 2, "other": 2,
            "code": self._code(case), "organ_code": "999000", "chapter": "clerk",
            "ending": "pdf" if beside or "/archive/" in case.route else "json",
            "query_code": "ABCDEFGHJKMN", "part": "email", "leaf": 1, "serial": 1,
        }  # fmt: skip
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match.group(1)]), case.route)
        found = f"/{filled}"
        return f"{found}?q=标记" if found.endswith("/search/") else found

    def _kind(self, case: Case) -> str:
        if "/remedies/" not in case.route:
            return "open-days"
        return "complaints" if case.route.endswith(("reveal/", "erase/")) else "reconsiderations"

    def _code(self, case: Case) -> str:
        if case.route.startswith("apply/"):
            return "who"
        for part, code in (
            ("/templates/", "reply-provided"),
            ("/issue/", "receipt"),
            ("/forms/", "application"),
        ):
            if part in case.route and "/organs/" in case.route:
                return code
        if case.route.startswith("ask/"):
            return "person"
        if "/manage/" in case.route:
            return self.district.town.code
        return "publications.portal" if "numbers/" in case.route else "json"

    @property
    def holding(self) -> int:
        """A term of the account that the addresses about accounts are about."""
        return self.target.roles.get().pk  # type: ignore[no-any-return]

    def answer(self, case: Case, who: str) -> tuple[HttpResponse, bytes, bool]:
        """What the address answers, its body, and whether the ledger moved; nothing stays done."""
        before = ledger.head()
        with transaction.atomic():
            client = self.clients[who]
            kept = dict(client.cookies)
            answer = client.generic(case.method, self.address(case, who), content_type=_FORM)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            moved = ledger.head() != before
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(kept)
        return answer, body, moved


def one_page(mark: str) -> bytes:
    """A PDF of one empty page that tells the mark in its title."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        document.docinfo["/Title"] = pikepdf.String(mark)
        document.save(buffer)
    return buffer.getvalue()


def declare(organ: Organ, year: int) -> None:
    """The four declared numbers of a year, so that its report can be sealed."""
    from gongkai.foundation import kinds, records

    for item in ("licence", "penalty", "coercion", "fee"):
        one = {"year": year, "month": 3, "item": item, "value": Decimal(2)}
        records.enter(kinds.get("statistics"), organ, one, by=COMMAND_LINE, now=NOW)


_FORM = "application/x-www-form-urlencoded"


def outcome(answer: HttpResponse) -> str:
    """The status; a way to the sign-in page is told apart from the way on after an act."""
    if answer.status_code == 302 and "/desk/sign-in/" in answer["Location"]:
        return "sign-in"
    if answer.status_code == 401:
        return "sign-in"
    return str(answer.status_code)
