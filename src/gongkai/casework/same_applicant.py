"""The other cases of the same applicant (同一申请人): by the number of the document, else by the name."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.casework.models import Case


def same_applicant(case: Case) -> QuerySet[Case]:
    """Every other case of the applicant, whoever may read it; the caller narrows it to its reader."""
    applicant, rows = case.applicant, Case.objects.exclude(pk=case.pk)
    if applicant.identity_index:
        return rows.filter(applicant__identity_index=applicant.identity_index)
    if applicant.name_index:
        return rows.filter(applicant__name_index=applicant.name_index)
    return rows.none()
