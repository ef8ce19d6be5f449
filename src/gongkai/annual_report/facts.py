"""The facts of a year's report from all registers (计数的事实), by organ."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from gongkai.casework.facts import fee_facts, request_facts
from gongkai.disclosure.facts import normative_facts
from gongkai.registers.facts import statistic_facts
from gongkai.remedies.facts import remedy_facts
from gongkai.rules.report.facts import OrganFacts


def facts_by_organ(organs: list[int], year: int) -> dict[int, OrganFacts]:
    """Everything that counts, by organ id; a fixed number of queries however many organs."""
    requests, fees = request_facts(organs, year), fee_facts(organs, year)
    normatives, statistics = normative_facts(organs, year), statistic_facts(organs, year)
    remedies = remedy_facts(organs, year)
    return {
        organ: OrganFacts(
            requests=tuple(requests.get(organ, ())),
            normatives=tuple(normatives.get(organ, ())),
            statistics=tuple(statistics.get(organ, ())),
            remedies=tuple(remedies.get(organ, ())),
            fees=tuple(fees.get(organ, ())),
        )
        for organ in organs
    }


def merged(parts: Iterable[OrganFacts]) -> OrganFacts:
    """The facts of several organs as those of one."""
    found = list(parts)
    return OrganFacts(
        requests=tuple(chain.from_iterable(p.requests for p in found)),
        normatives=tuple(chain.from_iterable(p.normatives for p in found)),
        statistics=tuple(chain.from_iterable(p.statistics for p in found)),
        remedies=tuple(chain.from_iterable(p.remedies for p in found)),
        fees=tuple(chain.from_iterable(p.fees for p in found)),
    )
