"""How long closed files are kept here (保管期限的设置): the organ's own, its district's, the first values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.archive.models import RetentionTerm
from gongkai.archive.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.requests.retention import CLASSES as CASE_CLASSES
from gongkai.rules.requests.retention import RetentionClass
from gongkai.rules.roles import Permission
from gongkai.rules.side_requests.retention import SIDE_CLASSES

TERM_SET = "archive.term_set"
FEWEST, MOST = 1, 100
# Of requests, then of corrections and proposals.
CLASSES: dict[str, RetentionClass] = {**CASE_CLASSES, **SIDE_CLASSES}
_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one class at an organ (期限). ``source`` "": a first value that nobody has confirmed yet."""

    class_code: str
    label: str
    why: str
    years: int
    source: str = ""
    inherited: bool = False


def terms_of(organ: Organ) -> dict[str, Term]:
    """The terms that hold at an organ, by class."""
    return terms_of_many([organ])[organ.pk]


def terms_of_many(organs: Iterable[Organ]) -> dict[int, dict[str, Term]]:
    """The terms of several organs, by organ id: one query."""
    found = list(organs)
    keys = {organ.pk for organ in found} | {organ.parent_id for organ in found if organ.parent_id}
    rows = {(r.organ_id, r.class_code): r for r in RetentionTerm.objects.filter(organ_id__in=keys)}
    return {organ.pk: {code: _term(organ, code, rows) for code in CLASSES} for organ in found}


def _term(organ: Organ, code: str, rows: dict[tuple[int, str], RetentionTerm]) -> Term:
    first = CLASSES[code]
    own = rows.get((organ.pk, code))
    row = own or (rows.get((organ.parent_id, code)) if organ.parent_id else None)
    if row is None:
        return Term(code, first.label, first.why, first.years)
    return Term(code, first.label, first.why, row.years, row.source, inherited=own is None)


def set_term(organ: Organ, code: str, years: int, source: str, *, by: Actor, now: datetime) -> Term:
    """Set how long a class is kept (定保管期限), by the retention table the archives authority approved.

    Raises ArchiveRefused, NotAllowed.
    """
    require(by, Permission.CASE_APPROVE, organ, "定保管期限")
    if code not in CLASSES:
        raise refused("class_code", f"没有这个类别，应为：{'、'.join(c.label for c in CLASSES.values())}。")
    if not FEWEST <= years <= MOST:
        raise refused("years", f"保管年数应在 {FEWEST} 到 {MOST} 之间。")
    words = " ".join(source.split())
    if not words or len(words) > _SOURCE:
        raise refused(
            "source",
            f"写明依据，最多 {_SOURCE} 个字，例如“×区档案局批准的保管期限表，2022 年第 3 号，第 5 条”。",
        )
    with write_transaction():
        seq = ledger.next_seq()
        RetentionTerm.objects.update_or_create(
            organ=organ, class_code=code, defaults={"years": years, "source": words, "seq": seq}
        )
        ledger.append(
            TERM_SET,
            subject=f"organ:{organ.code}",
            actor=by.ref,
            now=now,
            organ_code=organ.code,
            payload={"class": code, "years": years, "source": words},
        )
    return terms_of(organ)[code]
