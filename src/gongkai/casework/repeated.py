"""The same act twice, and an act on an older state of the case (重复点击、打开以后案子变了)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.given import Split, fill, split, to_json
from gongkai.casework.lives import texts_of
from gongkai.casework.models import Case, CaseAct
from gongkai.casework.refusals import CaseChanged
from gongkai.foundation.models import Account
from gongkai.rules.requests.states import ACTS, STATES


@dataclass(frozen=True, slots=True)
class Click:
    """Who wants which act, on which day, from which page (一次提交)."""

    act: str
    actor: str
    on: date
    based_on: int | None


def again(case: Case, done: list[CaseAct], click: Click, parts: Split) -> bool:
    """Whether this very act was just done by this very person from the same page (重复点击)."""
    if not done or click.based_on is None or done[-1].based_on != click.based_on:
        return False
    last = done[-1]
    # Tokens carry the place of their act: the repetition is split as if it stood there.
    same_place = split(_unsplit(parts), last.place)
    if (last.act, last.actor, last.on, last.given) != (
        click.act,
        click.actor,
        click.on,
        to_json(same_place.open),
    ):
        return False
    kept = texts_of(case)
    return all(kept.get(name) == words for name, words in same_place.texts.items())


def _unsplit(parts: Split) -> dict[str, Any]:
    return {code: fill(value, parts.texts) for code, value in parts.open.items()}


def check_unchanged(case: Case, done: list[CaseAct], based_on: int | None) -> None:
    """Refuse what was decided on an older state of the case (打开以后案子变了). Raises CaseChanged."""
    if based_on is None or based_on == case.latest_seq:
        return
    since = tuple(row for row in done if row.seq > based_on)
    names = {a.ref: a.display_name for a in Account.objects.filter(pk__in=_accounts(since))}
    said = "、".join(
        f"{names.get(row.actor, '申请人' if row.actor.startswith('applicant') else '别人')}办了“{ACTS[row.act].label}”"
        for row in since
    )
    what = f"打开以后，{said}" if said else "打开以后，这件申请换了经办人、加了材料或者改了草稿"
    message = f"{what}；现在是“{STATES[case.state].label}”。填的内容还在，看过新的情况再办。"
    raise CaseChanged(message, since)


def _accounts(rows: tuple[CaseAct, ...]) -> list[int]:
    return [int(row.actor.partition(":")[2]) for row in rows if row.actor.startswith("account:")]
