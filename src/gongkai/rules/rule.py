"""What a rule is (规则): an id, the official sentence, the provision, the days it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from gongkai.rules.provision import Provision

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law (一条规则).

    ``id``: stable, such as ``REQ-33-reply`` or ``K1``; a test of the same name exists.
    ``sentence``: the rule in Chinese, as a clerk or a court reads it.
    ``since`` / ``until``: first and last day on which it holds; None is open.
    ``confirmed``: False where the wording or the figure wants confirming by the office; ``note``
    then says what is not certain.
    """

    id: str
    title: str
    sentence: str
    provisions: tuple[Provision, ...]
    since: date | None = None
    until: date | None = None
    confirmed: bool = True
    note: str = ""
    examples: tuple[str, ...] = field(default=())

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def citation(self) -> str:
        """All provisions, joined as a letter joins them."""
        return "、".join(p.citation() for p in self.provisions)


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Add a rule to the catalogue. Raises ValueError where the id is taken: a rule is written once."""
    if rule.id in RULES:
        raise ValueError(f"rule {rule.id} is registered twice")
    RULES[rule.id] = rule
    return rule


def implements(rule: Rule) -> Callable[[F], F]:
    """Mark the function that is the code of ``rule`` (registered here if it was not)."""

    def mark(function: F) -> F:
        if RULES.get(rule.id) is not rule:
            register(rule)
        function.rule = rule  # type: ignore[attr-defined]
        return function

    return mark
