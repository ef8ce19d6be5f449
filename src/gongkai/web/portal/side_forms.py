"""What is to be mended in the questions (要改的), and the last look (核对)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.casework.side.filing import check
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import mask_email, mask_number
from gongkai.rules.identifiers import ID_TYPES
from gongkai.rules.side_requests.kinds import CRITERIA
from gongkai.web.portal.side_steps import FLOWS, Ask, Draft, Step


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the question and the field it stands at."""

    step: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One field as the page draws it."""

    ask: Ask
    value: str
    error: str

    @property
    def described(self) -> str:
        """The ids of what stands beside it."""
        hint = [f"h-{self.ask.name}"] if self.ask.hint else []
        return " ".join([*hint, *([f"e-{self.ask.name}"] if self.error else [])])


def drawn(step: Step, draft: Draft, wrong: list[Problem]) -> list[Drawn]:
    """The fields of a question with what was typed and what is wrong."""
    errors = {one.field: one.message for one in wrong if one.step == step.code}
    return [Drawn(ask, draft.values.get(ask.name, ""), errors.get(ask.name, "")) for ask in step.asks]


def problems(draft: Draft, today: date, *steps: str) -> list[Problem]:
    """What is to be mended in these questions, in their order."""
    _, findings = check(draft.filing(), channel="online", today=today)
    messages: dict[str, str] = {}
    for finding in findings:
        messages.setdefault(finding.column, finding.message)
    organ = _organ(draft.values.get("organ", ""), today)
    if organ:
        messages["organ"] = organ
    flow = FLOWS[draft.kind]
    return [
        Problem(code, name, messages[name])
        for code in steps or tuple(flow)
        for name in flow[code].fields
        if name in messages
    ]


def _organ(code: str, today: date) -> str:
    organ = Organ.objects.filter(code=code).first() if code else None
    if organ is None:
        return "还没有选单位。拿不准的，选列表里的第一个，由它告诉您该找谁。"
    if organ.ended_on is not None and today > organ.ended_on:
        return "这个单位已经撤并，选继续行使其职权的单位。"
    return ""


def answers(draft: Draft, organ_name: str) -> list[tuple[str, str, str]]:
    """The last look: label, what was answered, the question it belongs to."""
    rows = []
    for step in FLOWS[draft.kind].values():
        for ask in step.asks:
            value = draft.values.get(ask.name, "")
            if value or not ask.optional:
                rows.append((ask.label, _shown(ask, value, organ_name), step.code))
    return rows


def _shown(ask: Ask, value: str, organ_name: str) -> str:
    match ask.name:
        case "organ":
            return organ_name
        case "id_type":
            return ID_TYPES[value].label if value in ID_TYPES else ""
        case "criteria":
            return "；".join(CRITERIA[code][0] for code in value.split())
        case "id_number" | "phone" | "agent_phone":
            return mask_number(value)
        case "email":
            return mask_email(value) if value else ""
    return value
