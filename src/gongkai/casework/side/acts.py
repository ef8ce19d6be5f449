"""Doing an act on a correction or a proposal (办一个动作): the law asked, one event, one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.casework.given import MOST_LETTERS, to_json
from gongkai.casework.letter_numbers import take_side_number
from gongkai.casework.lives import calendar_for, seal_texts, texts_of
from gongkai.casework.models import SideAct, SideRequest
from gongkai.casework.readers import account_by_ref, is_person
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.casework.side import files, letters, lives
from gongkai.casework.side.proving import act_payload
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, actor_for, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account
from gongkai.rules import roles
from gongkai.rules.requests.numbers import check_number
from gongkai.rules.side_requests.facts import SideLife
from gongkai.rules.side_requests.fields import FIELDS
from gongkai.rules.side_requests.perform import perform
from gongkai.rules.side_requests.states import ACTS, STATES, SideRefused, check_allowed
from gongkai.rules.side_requests.states import SideAct as Act
from gongkai.rules.supplements import CaseRefused

ACTED = "side.act"


class SideChanged(CaseworkRefused):
    """Somebody acted on it since the person opened it; ``since``: their acts."""

    def __init__(self, message: str, since: tuple[SideAct, ...]) -> None:
        super().__init__(Finding("", message))
        self.since = since


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An act as it will be recorded."""

    act: Act
    on: date
    given: Mapping[str, Any]
    by: Actor
    now: datetime
    based_on: int | None


def act(
    side: SideRequest,
    act_id: str,
    given: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
    on: date | None = None,
    based_on: int | None = None,
) -> SideRequest:
    """Do one act of the table; returns it as it then is. ``based_on``: the ``latest_seq`` the person had before them.

    Raises CaseworkRefused (SideChanged where somebody else was first), NotAllowed.
    """
    today = legal_day(now)
    known = ACTS.get(act_id)
    if known is None:
        raise refused("", f"没有“{act_id}”这个动作。")
    filled = {code: value for code, value in (given or {}).items() if code in {f.code for f in known.fields}}
    day = today if by.public else on or today
    wanted = _Wanted(known, day, filled, by, now, based_on)
    paper = _letter(side, wanted, today) if act_id == "tell" else None
    with write_transaction():
        side = SideRequest.objects.select_related("organ__parent", "handler", "about").get(pk=side.pk)
        if side.voided_seq is not None:
            raise refused("", "这件是误登记的，已经撤销登记，不能再办。")
        done = list(side.acts.all())
        _permit(wanted, side, done)
        if _again(wanted, done):
            return side
        _unchanged(wanted, side, done)
        return _record(wanted, side, done, today, paper)


def _letter(side: SideRequest, wanted: _Wanted, today: date) -> files.NewPaper | None:
    """The letter typeset and on disk before the transaction, as it takes long. Raises CaseworkRefused."""
    side = SideRequest.objects.select_related("organ__parent", "about").get(pk=side.pk)
    if side.state != "telling" or wanted.by.public or not wanted.by.may(wanted.act.permission, side.organ):
        return None
    texts = texts_of(side)
    draft = letters.drafted(side, lives.full_life(side, texts), texts, dated=wanted.on)
    if draft is None or not wanted.given.get("method") or wanted.on > today:
        return None
    if draft.faults:
        raise CaseworkRefused(*(Finding("", f"告知书{fault.message}") for fault in draft.faults))
    from gongkai.foundation.letters import to_pdf

    name = f"{draft.document.title}.pdf"
    return files.kept(side, to_pdf(draft.document), name=name, purpose="letter", to_person=True)


def _permit(wanted: _Wanted, side: SideRequest, done: list[SideAct]) -> None:
    """Role and separation. Raises NotAllowed."""
    if wanted.by.public:
        if not (wanted.act.applicant and is_person(wanted.by, side)):
            raise NotAllowed(f"“{wanted.act.label}”由办理单位办。有要补充的，打电话给办理单位。")
        return
    require(wanted.by, wanted.act.permission, side.organ, wanted.act.label)
    if wanted.by.server:
        return
    before = {ACTS[row.act].permission for row in done if row.actor == wanted.by.ref}
    apart = roles.separated(before, wanted.act.permission)
    if apart is not None:
        raise NotAllowed(f"{apart.why}（{apart.rule.citation()}），这一件自己办过另一项。由另一人办。")


def _again(wanted: _Wanted, done: list[SideAct]) -> bool:
    """Whether this very act was just done by this very person from the same page (重复点击)."""
    if not done or wanted.based_on is None:
        return False
    last = done[-1]
    open_, _ = lives.split(wanted.given, last.place)
    said = (wanted.act.id, wanted.by.ref, wanted.on, wanted.based_on, to_json(open_))
    return (last.act, last.actor, last.on, last.based_on, last.given) == said


def _unchanged(wanted: _Wanted, side: SideRequest, done: list[SideAct]) -> None:
    if wanted.based_on is None or wanted.based_on == side.latest_seq:
        return
    since = tuple(row for row in done if row.seq > wanted.based_on)
    said = "、".join(f"“{ACTS[row.act].label}”" for row in since)
    what = f"打开以后，办过{said}" if said else "打开以后，加了材料"
    raise SideChanged(f"{what}；现在是“{STATES[side.state].label}”。填的内容还在，看过新的情况再办。", since)


def _record(
    wanted: _Wanted,
    side: SideRequest,
    done: list[SideAct],
    today: date,
    letter: files.NewPaper | None,
    *,
    judged_on: date | None = None,
) -> SideRequest:
    place = len(done) + 1
    open_, texts = lives.split(wanted.given, place)
    _check_lengths(texts)
    life = _performed(wanted, side, open_, today)
    seq = ledger.next_seq()
    if "handler" in wanted.act.needs:
        side.handler = handler_at(side, str(wanted.given["handler"]), judged_on or today)
    number = str(wanted.given.get("number") or "").strip()
    if number:
        try:
            check_number(number, wanted.on)
        except CaseRefused as error:
            raise refused("number", str(error)) from error
        take_side_number(side, number, seq=seq)
    lives.put(side, life, calendar_for(side.organ), today)
    side.latest_seq = seq
    side.save()
    row = SideAct.objects.create(
        side=side, place=place, act=wanted.act.id, on=wanted.on, given=to_json(open_), actor=wanted.by.ref,
        at=wanted.now, seq=seq, based_on=wanted.based_on,
    )  # fmt: skip
    seal_texts(side, texts)
    paper, named = (
        (None, {}) if letter is None else files.put(side, letter, by=wanted.by, now=wanted.now, seq=seq)
    )
    ledger.append(
        ACTED, subject=side.ref, actor=wanted.by.ref, now=wanted.now, organ_code=side.organ.code,
        occurred_on=wanted.on, payload=act_payload(row, side, texts, paper), personal={**texts, **named} or None,
    )  # fmt: skip
    return side


def _check_lengths(texts: Mapping[str, str]) -> None:
    for name, words in texts.items():
        if len(words) > MOST_LETTERS:
            code = name.partition(".")[2]
            raise refused(
                code, f"“{FIELDS[code].label}”有 {len(words)} 个字，最多 {MOST_LETTERS} 个；写短一些。"
            )


def _performed(wanted: _Wanted, side: SideRequest, open_: Mapping[str, Any], today: date) -> SideLife:
    """The life after the act, by the law. Raises CaseworkRefused in the law's words."""
    before = lives.life_of(side)
    try:
        check_allowed(side.kind, wanted.act.id, side.state)
        return perform(before, wanted.act.id, on=wanted.on, today=today, given=open_)
    except SideRefused as error:
        if len(error.missing) > 1 or (error.missing and error.missing[0] in wanted.act.needs):
            found = [Finding(code, f"“{FIELDS[code].label}”没有填；填好再办。") for code in error.missing]
        else:
            found = [Finding(error.missing[0] if error.missing else "", str(error))]
        raise CaseworkRefused(*found, instead=error.instead) from error


def handler_at(side: SideRequest, ref: str, today: date) -> Account:
    """The account, if it may handle there on that day. Raises CaseworkRefused."""
    account = account_by_ref(ref)
    if account is None:
        raise refused("handler", "没有这个账号，或者已经停用；从本单位承担办理的人里选。")
    if not actor_for(account, today=today).may(roles.Permission.CASE_HANDLE, side.organ):
        raise refused("handler", f"{account.display_name}现在不承担这个单位的办理；选另一个人。")
    return account


def hand_over(
    giver: Account, taker: Account, *, by: Actor, now: datetime, from_on: date | None = None
) -> int:
    """Give everything a person still has in hand to another (交接); how many. Raises CaseworkRefused, NotAllowed.

    ``from_on``: the day by whose roles the taker is judged, today by default. Each is an act with its event.
    """
    today = legal_day(now)
    with write_transaction():
        rows = SideRequest.objects.filter(handler=giver, voided_seq=None).exclude(state="archived")
        moving = list(rows.select_related("organ__parent", "handler", "about").order_by("id"))
        for side in moving:
            if not by.may(roles.Permission.ACCOUNT_MANAGE, side.organ):
                require(by, roles.Permission.CASE_HANDLE, side.organ, "交接更正申请、建议")
            wanted = _Wanted(ACTS["reassign"], today, {"handler": taker.ref}, by, now, None)
            _record(wanted, side, list(side.acts.all()), today, None, judged_on=from_on)
    return len(moving)
