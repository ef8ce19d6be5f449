"""What was filled in for an act, in words (填写内容的措辞): for the page of the case, and for what leaves the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.casework.given import ALONG, ALONG_LABEL, EXTRAS
from gongkai.casework.queries import Said, View, story
from gongkai.foundation.models import Account
from gongkai.rules import service
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.requests.act import Act
from gongkai.rules.requests.facts import PARTIES, Life
from gongkai.rules.requests.fields import FIELDS
from gongkai.rules.requests.retention import CLASSES

ORDER_KINDS = {"court": "人民法院", "reconsideration": "行政复议机关", "superior": "上级机关"}
FEE_METHODS = {"case": "按件", "page": "按量"}
# What somebody wrote about a person stands behind its own page, not in the story.
_KEPT_BACK = frozenset({"whom_contact"})
# Flags whose no was a choice.
_HELD_AT_FIRST = frozenset({"jointly", "bars_same"})


def details(said: Said, life: Life, names: dict[str, str]) -> tuple[str, ...]:
    """What was filled in for an act, a phrase a field, in the order of its form (填写的内容)."""
    order = [*(f.code for f in said.act.fields), *EXTRAS, ALONG]
    given = {code: said.given[code] for code in order if code in said.given}
    return tuple(
        f"{label_of(code, said.act.id)}：{text}"
        for code, value in given.items()
        if not _says_nothing(code, value, said.act)
        and (text := value_text(code, value, said.act, life, names))
    )


def _says_nothing(code: str, value: Any, act: Act) -> bool:
    """A contact, and a box that nobody had to tick."""
    unticked = value is False and code in act.also and code not in _HELD_AT_FIRST
    return unticked or code in _KEPT_BACK


def label_of(code: str, act: str) -> str:
    """What a field is called in the words of its act."""
    if code == "note" and act == "receive_supplement":
        return "补正的内容"
    if code == ALONG:
        return ALONG_LABEL
    return FIELDS[code].label if code in FIELDS else EXTRAS.get(code, code)


def names_of(found: View) -> dict[str, str]:
    """The names of the accounts that acted on a case, or were named in it: one query."""
    named = (str(said.given.get("handler", "")) for said in story(found))
    return account_names((found.case.filed_by, *(row.actor for row in found.acts), *named))


def account_names(refs: Iterable[str]) -> dict[str, str]:
    """The names of the accounts among these references."""
    ids = {int(ref.partition(":")[2]) for ref in refs if ref.startswith("account:")}
    return {a.ref: a.display_name for a in Account.objects.filter(pk__in=ids)}


def value_text(code: str, value: Any, act: Act, life: Life, names: dict[str, str]) -> str:
    """A value of an act as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if code == ALONG:
        return f"第 {'、'.join(str(place) for place in value)} 份"
    if code == "passages":
        return "；".join(f"{one.place}（{GROUNDS[one.ground].label}）" for one in value)
    if code == "grounds":
        return "；".join(GROUNDS[one].label for one in value)
    if code == "consultation":
        return (
            life.round.consultations[value].whom if value < len(life.round.consultations) else str(value + 1)
        )
    if code == "part":
        return life.round.parts[value].organ if value < len(life.round.parts) else str(value + 1)
    if isinstance(value, str):
        return _choice_text(code, value, act, names)
    return str(value)


def _choice_text(code: str, value: str, act: Act, names: dict[str, str]) -> str:
    match code:
        case "handler":
            return names.get(value, value)
        case "applicant_class":
            return APPLICANT_CLASSES[value].label
        case "outcome":
            return OUTCOMES[value].printed.replace("/", " ")
        case "party":
            return PARTIES[value]
        case "order_kind":
            return ORDER_KINDS[value]
        case "retention_class":
            return CLASSES[value].label
        case "method":
            known = FEE_METHODS if act.id == "issue_fee" else service.METHODS
            return known.get(value, value)
    return value
