"""Doing an act on a case (办理): one transaction, one event, whoever else is at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.casework import derived, part_list, registering
from gongkai.casework.given import EXTRAS, MOST_LETTERS, Split, fill, named_apart, split, to_json
from gongkai.casework.letter_numbers import take_number
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
    based_on: int | None


def act(
    case: Case,
    act_id: str,
    given: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
    on: date | None = None,
    based_on: int | None = None,
) -> Case:
    """Do one act of the state table (办一个动作); returns the case as it then is.

    ``given``: values by field code of ``rules.requests.fields``, dates as dates, ``handler`` as an account's
    reference. ``on``: the day it was done, today by default. ``based_on``: the case's ``latest_seq`` the person
    had before them. Raises CaseworkRefused (CaseChanged where somebody else was first), NotAllowed.
    """
    today = legal_day(now)
    filled = dict(given or {})
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
        wanted = _Done(known, on or today, split(filled, len(done) + 1), by, now, based_on)
        _permit(wanted, case, done)
        if _again(wanted, case, done):
            return case
        _unchanged(wanted, case, done)
        return _record(wanted, case, done, filled, today)


def _known(act_id: str, case: Case, filled: Mapping[str, Any]) -> Act:
    """The act, given nothing but its own fields: what would be dropped in silence is refused."""
    if act_id not in ACTS:
        raise refused("", f"没有“{act_id}”这个动作。现在是“{STATES[case.state].label}”。")
    found = ACTS[act_id]
    own = {field.code for field in found.fields} | set(EXTRAS)
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


def _again(wanted: _Done, case: Case, done: list[CaseAct]) -> bool:
    """Whether this very act was just done by this very person from the same page (重复点击)."""
    if not done or wanted.based_on is None or done[-1].based_on != wanted.based_on:
        return False
    last = done[-1]
    # Tokens carry the place of their act: the repetition is split as if it stood there.
    same_place = split(_unsplit(wanted.parts), last.place)
    if (last.act, last.actor, last.on, last.given) != (
        wanted.act.id,
        wanted.by.ref,
        wanted.on,
        to_json(same_place.open),
    ):
        return False
    kept = texts_of(case)
    return all(kept.get(name) == words for name, words in same_place.texts.items())


def _unsplit(parts: Split) -> dict[str, Any]:
    return {code: fill(value, parts.texts) for code, value in parts.open.items()}


def _unchanged(wanted: _Done, case: Case, done: list[CaseAct]) -> None:
    """Refuse what was decided on an older state of the case (打开以后案子变了)."""
    if wanted.based_on is None or wanted.based_on == case.latest_seq:
        return
    since = tuple(row for row in done if row.seq > wanted.based_on)
    names = {a.ref: a.display_name for a in Account.objects.filter(pk__in=_accounts(since))}
    said = "、".join(
        f"{names.get(row.actor, '申请人' if row.actor.startswith('applicant') else '别人')}办了“{ACTS[row.act].label}”"
        for row in since
    )
    what = f"打开以后，{said}" if said else "打开以后，这件申请换了经办人或者加了材料"
    message = f"{what}；现在是“{STATES[case.state].label}”。填的内容还在，看过新的情况再办。"
    raise CaseChanged(message, since)


def _accounts(rows: tuple[CaseAct, ...]) -> list[int]:
    return [int(row.actor.partition(":")[2]) for row in rows if row.actor.startswith("account:")]


def _record(wanted: _Done, case: Case, done: list[CaseAct], filled: dict[str, Any], today: date) -> Case:
    _check_lengths(wanted)
    life = _performed(wanted, case, filled, today)
    seq = ledger.next_seq()
    _own_columns(wanted, case, filled, today)
    if wanted.act.id == "sign":
        take_number(case, str(filled["number"]), seq=seq)
    derived.put(case, life, calendar_for(case.organ), today)
    case.latest_seq = seq
    case.save()
    part_list.put(case, life)
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
    seal_texts(case, wanted.parts.texts)
    ledger.append(
        ACTED,
        subject=case.ref,
        actor=wanted.by.ref,
        now=wanted.now,
        organ_code=case.organ.code,
        occurred_on=wanted.on,
        payload=act_payload(row, case, registering.write(case, life, seq=seq), wanted.parts.texts),
        personal=wanted.parts.texts or None,
    )
    return case


def _check_lengths(wanted: _Done) -> None:
    for name, words in wanted.parts.texts.items():
        if len(words) > MOST_LETTERS:
            code = name.split(".")[1]
            label = FIELDS[code].label if code in FIELDS else code
            raise refused(
                code, f"“{label}”有 {len(words)} 个字，最多 {MOST_LETTERS} 个；写短一些，其余的作为附件。"
            )


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
