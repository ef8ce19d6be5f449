"""Doing an act on a case (办理): one transaction, one event, whoever else is at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.casework import (
    derived,
    forward_papers,
    forwarding,
    notifying,
    part_list,
    registering,
    repeated,
    sending,
)
from gongkai.casework.composing import Composed
from gongkai.casework.earlier import check_earlier
from gongkai.casework.given import ALONG, EXTRAS, MOST_LETTERS, Split, fill, named_apart, split, to_json
from gongkai.casework.issuing import Leaving, act_preview, issue
from gongkai.casework.keeping import keep_letters
from gongkai.casework.letter_matter import Done
from gongkai.casework.lives import calendar_for, life_of, seal_texts, texts_of
from gongkai.casework.models import Case, CaseAct
from gongkai.casework.proving import act_payload
from gongkai.casework.readers import account_by_ref, is_applicant
from gongkai.casework.refusals import CaseChanged, CaseworkRefused, from_rules, refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, actor_for, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Account
from gongkai.rules import roles
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.requests.act import Act
from gongkai.rules.requests.facts import Life
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.perform import perform
from gongkai.rules.requests.states import ACTS, STATES, ActRefused

ACTED = "case.act"
_ASKS = "consult_third_party"


@dataclass(frozen=True, slots=True)
class _Done:
    """An act as it will be recorded."""

    act: Act
    on: date
    parts: Split
    by: Actor
    now: datetime
    based_on: int | None = None
    seen: str = ""


def act(
    case: Case,
    act_id: str,
    given: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
    on: date | None = None,
    based_on: int | None = None,
    seen: str = "",
) -> Case:
    """Do one act of the state table (办一个动作); returns the case as it then is.

    ``given``: values by field code of ``rules.requests.fields``, dates as dates, ``handler`` as an account's
    reference. ``on``: the day it was done, today by default. ``based_on``: the case's ``latest_seq`` the person
    had before them; ``seen``: ``letter_content.seen_digest`` of the reply they signed. The letters that leave
    with the act are composed, checked and numbered with it; ``keeping.keep_letters`` makes their files after.
    Raises CaseworkRefused (CaseChanged where somebody else was first), NotAllowed.
    """
    today = legal_day(now)
    filled = dict(given or {})
    if act_id == "send":
        # What is sent is a kept file: one that a crash left unmade is made now, before anybody waits for it.
        keep_letters(case, now=now)
    with write_transaction():
        case = Case.objects.select_related("organ__parent", "handler").get(pk=case.pk)
        if case.voided_seq is not None:
            raise refused("", "这件是误登记的，已经撤销登记，不能再办。")
        done = list(case.acts.all())
        known = _known(act_id, case, filled)
        if is_applicant(by, case):
            filled, on = _by_applicant(filled, case, today), today
        if act_id == _ASKS:
            again = based_on is not None and bool(done) and done[-1].based_on == based_on
            filled = named_apart(filled, sum(row.act == _ASKS for row in done[: -1 if again else None]))
        wanted = _Done(known, on or today, split(filled, len(done) + 1), by, now, based_on, seen)
        _permit(wanted, case, done)
        if repeated.again(case, done, repeated.Click(known.id, by.ref, wanted.on, based_on), wanted.parts):
            return case
        repeated.check_unchanged(case, done, based_on)
        return _record(wanted, case, done, filled, today)


def _known(act_id: str, case: Case, filled: Mapping[str, Any]) -> Act:
    """The act, given nothing but its own fields: what would be dropped in silence is refused."""
    if act_id not in ACTS:
        raise refused("", f"没有“{act_id}”这个动作。现在是“{STATES[case.state].label}”。")
    found = ACTS[act_id]
    own = {field.code for field in found.fields} | set(EXTRAS)
    own |= {ALONG} if act_id == forward_papers.HANDS_ON else set()
    other = sorted(set(filled) - own)
    if other:
        names = "、".join(FIELDS[code].label if code in FIELDS else code for code in other)
        raise refused(other[0], f"“{found.label}”没有这一项：{names}；去掉再办，要留下的写在备注里。")
    return found


def _by_applicant(filled: dict[str, Any], case: Case, today: date) -> dict[str, Any]:
    """What an applicant may say: that a delay was justified, and whether to take it late, a person judges."""
    supplement = life_of(case).round.supplement
    if case.state == "awaiting_supplement" and supplement is not None and today > supplement.due_on:
        raise refused(
            "",
            f"补正期限到 {supplement.due_on}，已经过了。有正当理由的，打电话或者写信向办理单位说明，由他们决定。",
        )
    return {code: value for code, value in filled.items() if code != "justified"}


def _permit(wanted: _Done, case: Case, done: list[CaseAct]) -> None:
    """Role and separation (职责与不相容的工作). Raises NotAllowed."""
    if wanted.by.public:
        if not (wanted.act.applicant and is_applicant(wanted.by, case)):
            raise NotAllowed(
                f"“{wanted.act.label}”由办理单位办。有要补充的，写在补正里，或者打电话给办理单位。"
            )
        return
    where = part_list.place_of_work(wanted.act.id, wanted.parts.open, case, wanted.by)
    require(wanted.by, wanted.act.permission, where, wanted.act.label)
    if wanted.by.server:
        return
    before = {ACTS[row.act].permission for row in done if row.actor == wanted.by.ref}
    apart = roles.separated(before, wanted.act.permission)
    if apart is not None:
        raise NotAllowed(f"{apart.why}（{apart.rule.citation()}），这件申请自己办过另一项。由另一人办。")


def _record(wanted: _Done, case: Case, done: list[CaseAct], filled: dict[str, Any], today: date) -> Case:
    _check_lengths(wanted)
    _check_named(case, wanted.act.id, filled)
    life = _performed(wanted, case, filled, today)
    if wanted.act.id == "send":
        sending.check(case, life)
    seq = ledger.next_seq()
    _own_columns(wanted, case, filled, today)
    issued = issue(_leaving(wanted, case, life, len(done) + 1, seq))
    texts = {**wanted.parts.texts, **issued.texts}
    derived.put(case, life, calendar_for(case.organ), today)
    case.latest_seq = seq
    case.save()
    part_list.put(case, life)
    if wanted.act.id == forward_papers.HANDS_ON:
        forwarding.put(case, life)
    row = CaseAct.objects.create(
        case=case,
        place=len(done) + 1,
        act=wanted.act.id,
        on=wanted.on,
        given=to_json(wanted.parts.open),
        actor=wanted.by.ref,
        at=wanted.now,
        seq=seq,
        based_on=wanted.based_on,
    )
    seal_texts(case, texts)
    ledger.append(
        ACTED,
        subject=case.ref,
        actor=wanted.by.ref,
        now=wanted.now,
        organ_code=case.organ.code,
        occurred_on=wanted.on,
        payload={**act_payload(row, case, registering.write(case, life, seq=seq), texts), **issued.open},
        personal=texts or None,
    )
    notifying.acted(case, row)
    return case


def _leaving(wanted: _Done, case: Case, life: Life, place: int, seq: int) -> Leaving:
    """The act as its letters see it, with the words written now beside those kept."""
    texts = {**texts_of(case), **wanted.parts.texts}
    said = {code: fill(value, texts) for code, value in wanted.parts.open.items()}
    done = Done(wanted.act.id, place, wanted.on, said, wanted.by.ref)
    return Leaving(case, life, texts, done, seq, wanted.seen)


def rehearse(
    case: Case, act_id: str, given: Mapping[str, Any], *, by: Actor, now: datetime, on: date | None = None
) -> list[Composed]:
    """The letters an act would send, with their faults (先看文书); nothing is done. Raises CaseworkRefused."""
    today, filled = legal_day(now), dict(given)
    known = _known(act_id, case, filled)
    place = case.acts.count() + 1
    if act_id == _ASKS:
        filled = named_apart(filled, case.acts.filter(act=_ASKS).count())
    wanted = _Done(known, on or today, split(filled, place), by, now)
    _check_lengths(wanted)
    _check_named(case, act_id, filled)
    life = _performed(wanted, case, filled, today)
    return act_preview(_leaving(wanted, case, life, place, 0))


def _check_lengths(wanted: _Done) -> None:
    for name, words in wanted.parts.texts.items():
        if len(words) > MOST_LETTERS:
            code = name.split(".")[1]
            label = FIELDS[code].label if code in FIELDS else code
            raise refused(
                code, f"“{label}”有 {len(words)} 个字，最多 {MOST_LETTERS} 个；写短一些，其余的作为附件。"
            )


def _check_named(case: Case, act_id: str, filled: Mapping[str, Any]) -> None:
    """What is named beside the law's fields must be there: an earlier answer, papers. Raises CaseworkRefused."""
    check_earlier(case, filled)
    forward_papers.check(case, act_id, filled)


def _performed(wanted: _Done, case: Case, filled: dict[str, Any], today: date) -> Life:
    """The life after the act, by the law. Raises CaseworkRefused in the law's words."""
    calendar, before = calendar_for(case.organ), life_of(case)
    try:
        # First with the words as written, so that a refusal quotes them; kept is the life with tokens.
        perform(before, wanted.act.id, on=wanted.on, today=today, calendar=calendar, given=filled)
        return perform(
            before, wanted.act.id, on=wanted.on, today=today, calendar=calendar, given=wanted.parts.open
        )
    except ActRefused as error:
        raise from_rules(error) from error


def _own_columns(wanted: _Done, case: Case, filled: dict[str, Any], today: date) -> None:
    """What registration settles beside the life: who handles it, which class it is counted in."""
    if wanted.act.id != "register":
        return
    case.handler = handler_at(case, str(filled["handler"]), today)
    class_ = str(filled["applicant_class"])
    if class_ not in APPLICANT_CLASSES:
        labels = "、".join(f"{c.code}（{c.label}）" for c in APPLICANT_CLASSES.values())
        raise refused("applicant_class", f"没有“{class_}”这类申请人，应为：{labels}。")
    case.applicant_class = class_


def handler_at(case: Case, ref: str, today: date) -> Account:
    """The account, if it may handle cases of the organ on that day. Raises CaseworkRefused."""
    account = account_by_ref(ref)
    if account is None:
        raise refused("handler", "没有这个账号，或者已经停用；从本单位承担办理的人里选。")
    if not actor_for(account, today=today).may(roles.Permission.CASE_HANDLE, case.organ):
        raise refused(
            "handler", f"{account.display_name}现在不承担这个单位的办理；选另一个人，或者先加上职责。"
        )
    return account


__all__ = ["ACTED", "CaseChanged", "CaseworkRefused", "act", "handler_at"]
