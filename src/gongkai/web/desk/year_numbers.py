"""An organ's year in numbers (本单位今年): each opens the rows that add up to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from gongkai.casework.models import InformationRequest
from gongkai.disclosure.models import Document, NormativeDocument, Publication
from gongkai.foundation.models import Organ
from gongkai.registers.models import Statistic


@dataclass(frozen=True, slots=True)
class YearNumber:
    """One line: what, how many, in which unit, where it opens, and what else is to be said."""

    label: str
    number: int
    unit: str
    href: str
    note: str = ""


def year_numbers(organ: Organ, year: int) -> list[YearNumber]:
    """The numbers that a clerk is asked for in the corridor; five queries."""
    standing = {"organ": organ, "withdrawn_seq__isnull": True}
    published = Publication.objects.filter(**standing, published_on__year=year).count()
    documents = Document.objects.filter(**standing, formed_on__year=year).count()
    normative = NormativeDocument.objects.filter(**standing, made_on__year=year).count()
    requests = InformationRequest.objects.filter(**standing, received_on__year=year).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(closed_on__isnull=True))
    )
    months = (
        Statistic.objects.filter(**standing, year=year)
        .order_by()
        .aggregate(n=Count("month", distinct=True))["n"]
    )
    still = f"{requests['open']} 件没有结果" if requests["open"] else ""
    return [
        YearNumber("主动公开", published, "条", _register(organ, "publications", year)),
        YearNumber("制发文件", documents, "件", _register(organ, "documents", year)),
        YearNumber("规范性文件", normative, "件", _register(organ, "normative-documents", year)),
        YearNumber("申请", requests["all"], "件", _register(organ, "requests", year), still),
        YearNumber("申报统计", months, "个月", _register(organ, "statistics", year)),
    ]


def _register(organ: Organ, kind: str, year: int) -> str:
    return f"{reverse('desk:register', args=[organ.code, kind])}?year={year}"
