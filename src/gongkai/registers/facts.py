"""Declared statistics as the law's counting sees them (申报统计的事实)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gongkai.registers.models import Statistic
from gongkai.rules.report.facts import StatisticFact


def statistic_facts(organs: Iterable[int], year: int) -> dict[int, list[StatisticFact]]:
    """The year's declared numbers, by organ id; ``evidence`` is the evidence file's name."""
    rows = (
        Statistic.objects.filter(organ_id__in=list(organs), year=year, withdrawn_seq__isnull=True)
        .order_by("month", "pk")
        .values_list("pk", "organ_id", "year", "month", "item", "amount", "evidence__name")
    )
    labels = dict(Statistic.Item.choices)
    result: dict[int, list[StatisticFact]] = defaultdict(list)
    for pk, organ, its_year, month, item, amount, evidence in rows:
        result[organ].append(
            StatisticFact(
                record=f"{Statistic.KIND}:{pk}",
                title=f"{its_year} 年 {month} 月{labels[item]}",
                year=its_year,
                month=month,
                item=item,
                value=amount,
                evidence=evidence,
            )
        )
    return result
