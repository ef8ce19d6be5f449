"""What was filled in for an act, read by the kinds of its fields (读出填写的内容); what cannot be read is said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict

from gongkai.casework.forward_papers import HANDS_ON
from gongkai.casework.given import ALONG
from gongkai.foundation.kinds import Finding
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.requests.act import Act
from gongkai.rules.requests.facts import Passage
from gongkai.rules.requests.fields import Field
from gongkai.web.desk.case_forms import DAY_LABELS, EXTRA_OF, day_of


def given_of(act: Act, posted: QueryDict) -> tuple[dict[str, Any], date | None, list[Finding]]:
    """What was filled in, the day, and what cannot be read."""
    given: dict[str, Any] = {}
    wrong: list[Finding] = []
    for one in act.fields:
        text = posted.get(one.code, "").strip()
        message = _unreadable(one, text)
        if message:
            wrong.append(Finding(one.code, message))
        else:
            given[one.code] = _value(one, text, act, posted)
    given |= {code: posted.get(code, "") for code in EXTRA_OF.get(act.id, ())}
    if act.id == HANDS_ON and (places := _along(posted)):
        given[ALONG] = places
    if posted.get("outcome") != "r4":
        # Passages typed before another outcome was chosen are of no account.
        given.pop("passages", None)
    on = day_of(posted.get("on", "").strip())
    if on is None:
        wrong.append(Finding("on", f"“{DAY_LABELS.get(act.id, '哪一天办的')}”要写日期，如 2021-10-15。"))
    return given, on, wrong


def _along(posted: QueryDict) -> tuple[int, ...]:
    """The papers ticked to go along; what is no number is no paper of the list, and is refused as such."""
    return tuple(sorted({int(one) if _whole(one) else 0 for one in posted.getlist(ALONG)}))


def _unreadable(one: Field, text: str) -> str:
    """What is wrong with the words as a value of this kind; "" where nothing is."""
    if one.kind == "date" and text and day_of(text) is None:
        return f"“{one.label}”写的是“{text}”，应是日期，如 2021-10-15。"
    if one.kind == "count" and text and not _whole(text):
        return f"“{one.label}”写的是“{text}”，要写整数，例如 3。"
    return ""


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8


def _value(one: Field, text: str, act: Act, posted: QueryDict) -> Any:
    match one.kind:
        case "date":
            return day_of(text)
        case "count":
            return int(text) if text else None
        case "flag":
            return _flag(one.code, text, act)
        case "grounds":
            return _grounds(posted)
        case "passages":
            return _typed_passages(posted)
    return _place(one.code, text)


def _flag(code: str, text: str, act: Act) -> bool | None:
    """A question of two is unanswered while blank; a box that was not ticked is a no."""
    if code in act.needs:
        return {"yes": True, "no": False}.get(text)
    return bool(text)


def _place(code: str, text: str) -> Any:
    """Places in a list are numbers; everything else is words."""
    if code in ("consultation", "part"):
        return int(text) if _whole(text) else None
    return text


def _grounds(posted: QueryDict) -> tuple[str, ...]:
    """The grounds ticked under the outcome that was chosen, alone where there is only one."""
    row = posted.get("outcome", "")
    ticked = tuple(posted.getlist(f"grounds-{row}"))
    if ticked or row not in OUTCOMES:
        return ticked
    only = [code for code in OUTCOMES[row].grounds if code != "withdrawn"]
    return tuple(only) if len(only) == 1 else ()


def _typed_passages(posted: QueryDict) -> tuple[Passage, ...]:
    places, grounds = posted.getlist("passage-place"), posted.getlist("passage-ground")
    pairs = zip(places, grounds, strict=False)
    return tuple(Passage(place=p.strip(), ground=g) for p, g in pairs if p.strip() or g)
