"""Building the demonstration district (建立演示区), through the same actions a clerk uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from gongkai.annual_report import filings, sealing
from gongkai.casework.platforms import issue_token
from gongkai.demonstration import cases, side_requests
from gongkai.demonstration.items import Collection, Item
from gongkai.demonstration.remedies import live_remedies
from gongkai.demonstration.season import (
    LATE,
    OPEN,
    SUBMITTED,
    WRONG,
    Season,
    late_request,
    season_records,
    words_before,
)
from gongkai.demonstration.units import (
    DISTRICT,
    GOVERNMENT,
    OFFICE,
    OFFICE_CONTACT,
    UNITS,
    unit,
)
from gongkai.demonstration.year_2021 import year_2021
from gongkai.foundation import accounts, files, kinds, organs, records, sign_in
from gongkai.foundation.actors import COMMAND_LINE, Actor, actor_for
from gongkai.foundation.clock import SHANGHAI, legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account, Organ, StoredFile
from gongkai.rules.roles import signs

YEAR = 2021
# The district's own calendar: set up before the year, entered in the winter after it, handed in, published.
_SET_UP = datetime(2020, 12, 28, 1, 0, tzinfo=UTC)
_ENTERED = datetime(2022, 1, 10, 1, 0, tzinfo=UTC)
_SUBMITTED = datetime(2022, 1, 26, 1, 0, tzinfo=UTC)
_UNIT_PUBLISHED = datetime(2022, 1, 28, 1, 0, tzinfo=UTC)
_PUBLISHED = datetime(2022, 3, 18, 1, 0, tzinfo=UTC)
# Records entered in one transaction: an import of about this size is what offices do.
_BATCH = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Person:
    """A demonstration account: what it is called and the roles it holds, each at an organ."""

    user: str
    display: str
    roles: tuple[tuple[str, str], ...]


_EDUCATION, _TOWN = unit("教育局").code, unit("古城镇").code
_PEOPLE = (
    _Person("operator", "运行维护人员", (("operator", GOVERNMENT),)),
    _Person("office-head", "区政府办公室负责人", (("office_head", OFFICE),)),
    _Person("office-clerk", "区政府办公室经办人", (("office_clerk", OFFICE), ("reviewer_first", OFFICE))),
    _Person("reviewer-2", "复审人", (("reviewer_second", OFFICE),)),
    _Person("reviewer-3", "终审人", (("reviewer_final", OFFICE),)),
    _Person("secrecy", "保密审查人", (("secrecy_reviewer", OFFICE),)),
    _Person("legal", "合法性审核人", (("legal_reviewer", OFFICE),)),
    _Person("supervisor", "监督人员", (("supervisor", GOVERNMENT),)),
    _Person("edu-head", "区教育局负责人", (("unit_head", _EDUCATION),)),
    _Person("edu-lead", "区教育局公开工作负责人", (("disclosure_lead", _EDUCATION),)),
    _Person("edu-clerk", "区教育局经办人", (("unit_clerk", _EDUCATION),)),
    _Person("town-clerk", "古城镇经办人", (("unit_clerk", _TOWN), ("disclosure_lead", _TOWN))),
    _Person("kiosk", "查询一体机", (("kiosk", unit("审批服务管理局").code),)),
    _Person("platform", "政务服务平台", (("linked_platform", GOVERNMENT),)),
)


def build_demonstration(*, now: datetime, progress: Progress) -> tuple[list[dict[str, str]], str]:
    """Build it all in an empty database; returns the accounts and the platform's token for the card."""
    past, season = year_2021(), Season.of(legal_day(now))
    current = season_records(season)
    step = _Counter(len(past) + len(current) + len(past.files) + len(UNITS), progress)
    places = _organs()
    card, people = _accounts(places)
    cases.set_letters(places, by=COMMAND_LINE, now=_SET_UP)
    token = issue_token(places[GOVERNMENT], "政务服务平台", by=COMMAND_LINE, now=_SET_UP).text
    _live(cases.stories_2021(), places)
    _enter(past, places, people["office-clerk"], _ENTERED, step)
    _file_2021(places, people, step)
    _live(cases.stories_running(legal_day(now)), places)
    with write_transaction():
        live_remedies(legal_day(now), places, lambda user, day: actor_for(_account(user), today=day))
        side_requests.live_all(places, lambda user, day: actor_for(_account(user), today=day), legal_day(now))
    _enter(current, places, actor_for(_account("office-clerk"), today=legal_day(now)), now, step)
    _file_current(season, places, now)
    return card, token


def _live(stories: tuple[cases.Story, ...], places: dict[str, Organ]) -> None:
    """Every request's life, through the acts of those who handled it."""
    for story in stories:
        with write_transaction():
            cases.live(story, places, lambda user, day: actor_for(_account(user), today=day))


class _Counter:
    """Counts what is done and tells the terminal."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress, self.done = total, progress, 0

    def __call__(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


def _organs() -> dict[str, Organ]:
    with write_transaction():
        government = _found(GOVERNMENT, "government", f"{DISTRICT}人民政府", DISTRICT, None, 0)
        office = _found(OFFICE, "office", f"{DISTRICT}人民政府办公室", "区政府办公室", government, 1)
        found = {GOVERNMENT: government, OFFICE: office}
        for position, one in enumerate(UNITS, 2):
            short = one.short if one.kind == "township" else f"区{one.short}"
            found[one.code] = _found(one.code, one.kind, one.name, short, government, position)
    return found


def _found(code: str, kind: str, name: str, short: str, parent: Organ | None, position: int) -> Organ:
    office = f"{DISTRICT}人民政府办公室" if kind in ("government", "office") else f"{short}办公室"
    new = organs.NewOrgan(
        code=code,
        kind=kind,
        name=name,
        short_name=short,
        parent=parent,
        position=position,
        disclosure_office=office,
        region="ningxia" if kind == "government" else "",
        contact=OFFICE_CONTACT if kind in ("government", "office") else {"address": f"吴忠市{name}"},
    )
    return organs.found(new, by=COMMAND_LINE, now=_SET_UP)


def _accounts(places: dict[str, Organ]) -> tuple[list[dict[str, str]], dict[str, Actor]]:
    card: list[dict[str, str]] = []
    actors: dict[str, Actor] = {}
    for person in _PEOPLE:
        password = accounts.paper_password()
        account = accounts.open_account(
            username=person.user, display_name=person.display, password=password, by=COMMAND_LINE, now=_SET_UP
        )
        for role, code in person.roles:
            accounts.give_role(account, role=role, organ=places[code], by=COMMAND_LINE, now=_SET_UP)
        if signs(role for role, _ in person.roles):
            _bind_second_factor(account)
        role, code = person.roles[0]
        name = organs.current_name(places[code])
        card.append({"user": person.user, "password": password, "role": role, "organ": name})
        actors[person.user] = actor_for(account, today=legal_day(_ENTERED))
    return card, actors


def _bind_second_factor(account: Account) -> None:
    """Bind the code that the demonstration's own sign-in page shows to everybody."""
    secret = sign_in.new_secret()
    code = sign_in.code_of(secret, now=_SET_UP)
    sign_in.set_second_factor(account, secret, code, now=_SET_UP)


def _account(user: str) -> Account:
    return Account.objects.get(username=user)


def _enter(found: Collection, places: dict[str, Organ], by: Actor, now: datetime, step: _Counter) -> None:
    evidence: dict[str, StoredFile] = {}
    with write_transaction():
        for name, content in found.files.items():
            evidence[name] = files.keep(content, name=name, media_type=_XLSX)
            step()
    for code, items in found.items.items():
        kind = kinds.get(code)
        for batch in _batches(items):
            with write_transaction():
                for item in batch:
                    records.enter(
                        kind,
                        places[item.organ],
                        item.values,
                        by=by,
                        now=now,
                        evidence=evidence.get(item.evidence),
                    )
                    step()


def _batches(items: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _file_2021(places: dict[str, Organ], people: dict[str, Actor], step: _Counter) -> None:
    """Every unit hands in, seals and publishes its report; then the district's is sealed and published."""
    clerk, head = people["office-clerk"], people["office-head"]
    for one in UNITS:
        own = one.short == WRONG
        writer, signer = (people["edu-clerk"], people["edu-head"]) if own else (clerk, head)
        with write_transaction():
            filing = filings.open_filing(places[one.code], YEAR, by=writer, now=_ENTERED)
            filings.submit(filing, by=signer, now=_SUBMITTED)
            filings.accept(filing, by=clerk, now=_SUBMITTED)
            sealing.seal(filing, by=signer, now=_UNIT_PUBLISHED)
            sealing.publish(filing, by=signer, now=_UNIT_PUBLISHED)
        step()
    filing = filings.open_filing(places[GOVERNMENT], YEAR, by=clerk, now=_SUBMITTED)
    sealing.seal(filing, by=head, now=_PUBLISHED)
    sealing.publish(filing, by=head, now=_PUBLISHED)


def _file_current(season: Season, places: dict[str, Organ], now: datetime) -> None:
    """The running year's returns: most accepted, one handed in, one begun, one wrong, one late."""
    today = legal_day(now)
    clerk, head, writer, lead = (
        actor_for(_account(user), today=today)
        for user in ("office-clerk", "office-head", "edu-clerk", "edu-lead")
    )
    # Whoever handed in did so by the day the office wanted it, never past the statutory one.
    handed = datetime.combine(season.units_due_on, time(15), SHANGHAI)
    filings.set_round(places[GOVERNMENT], season.year, season.units_due_on, by=clerk, now=handed)
    for one in UNITS:
        if one.short == LATE:
            continue
        place, own = places[one.code], one.short == WRONG
        with write_transaction():
            filing = filings.open_filing(place, season.year, by=writer if own else clerk, now=handed)
            if own:
                for section, text in words_before(season).items():
                    filings.write_text(filing, section, text, by=writer, now=handed)
            if one.short != OPEN:
                filings.submit(filing, by=lead if own else head, now=handed)
            if one.short not in (OPEN, SUBMITTED, WRONG):
                filings.accept(filing, by=clerk, now=handed)
    filings.open_filing(places[GOVERNMENT], season.year, by=clerk, now=handed)
    records.enter(kinds.get("requests"), places[unit(WRONG).code], late_request(season), by=writer, now=now)
