"""What casework keeps sealed (依申请公开加密的地方): words, papers, letters, query secrets, the hashes of applicants."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.casework import draft_papers, first_answers
from gongkai.casework import files as papers
from gongkai.casework.codes import derived_secret
from gongkai.casework.keeping import place_of
from gongkai.casework.models import Applicant, CarriedSecret, Case, SealedText, SideRequest
from gongkai.foundation import personal, seal_marks
from gongkai.foundation.current_key import current_key
from gongkai.foundation.sealed_places import (
    UNKNOWN,
    AnyPlace,
    Batch,
    Column,
    Files,
    number_current,
    number_prefixes,
    words,
)


class QuerySecrets:
    """Secrets that derive from an older data key (查询口令): carried over, so that printed receipts go on."""

    label = "查询口令"

    def __init__(self, model: type[Case] | type[SideRequest], holder: str) -> None:
        self.model, self.holder = model, holder

    def _rows(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(carried_secret=None)

    def _old(self) -> QuerySet[Any]:
        return self._rows().exclude(key_number=current_key())

    def under(self) -> Counter[int]:
        """How many derive from each data key."""
        return Counter(dict(self._rows().order_by().values_list("key_number").annotate(many=Count("pk"))))

    def left(self) -> int:
        """How many derive from another key than the current one and are not carried over."""
        return self._old().count()

    def reseal(self, after: int, most: int) -> Batch:
        """Carry the next ones over; each stays what it was."""
        rows = list(self._old().filter(pk__gt=after).order_by("pk")[:most])
        made, stuck = [], []
        for row in rows:
            carried = CarriedSecret(**{self.holder: row})
            try:
                carried.sealed = personal.seal(derived_secret(row), place=carried.at)
            except personal.Unreadable as wrong:
                stuck.append(str(wrong))
            else:
                made.append(carried)
        CarriedSecret.objects.bulk_create(made)
        return Batch(len(made), rows[-1].pk if len(rows) == most else None, tuple(stuck))


class HeldPapers:
    """Papers handed in before filing (提交以前的材料): opened by the visitor's draft alone, gone after a day."""

    label = "没有提交的申请的材料（一天以后自动清除）"

    def under(self) -> Counter[int]:
        """How many are sealed under each data key."""
        return Counter(seal_marks.key_of(head) or UNKNOWN for head in draft_papers.heads())

    def left(self) -> int:
        """None is sealed anew: nobody but the visitor can open them."""
        return 0

    def reseal(self, after: int, most: int) -> Batch:
        """Nothing to do but to wait."""
        return Batch(0, None)


def _index(token: str, purpose: str, column: str) -> Column:
    def renew(row: Applicant) -> str:
        text = SealedText.objects.filter(case_id=row.case_id, token=token).first()
        return personal.blind_index(
            personal.open_sealed(text.sealed, place=text.at) if text is not None else "", purpose=purpose
        )

    return Column(
        "找同一个申请人用的指纹", "casework.Applicant", column, renew, prefixes=number_prefixes,
        current=number_current,
    )  # fmt: skip


PLACES: tuple[AnyPlace, ...] = (
    words("案卷里的文字", "casework.SealedText", "sealed", lambda row: row.at),
    words("更正申请、建议里的文字", "casework.SideText", "sealed", lambda row: row.at),
    words("涂黑的位置", "casework.Redaction", "sealed", lambda row: row.at),
    words("涂黑的草稿", "casework.RedactionDraft", "sealed", lambda row: row.at),
    words(
        "对接平台得到的拒绝", "casework.IdempotencyKey", "receipt",
        lambda row: first_answers.place(row.scope, row.key_digest), scope=Q(case=None),
    ),
    _index("applicant.id_number", "identity", "identity_index"),
    _index("applicant.name", "name", "name_index"),
    QuerySecrets(Case, "case"),
    QuerySecrets(SideRequest, "side"),
    words("查询口令", "casework.CarriedSecret", "sealed", lambda row: row.at),
    Files("案卷材料", "casework.CaseFile", "file", lambda row: papers.opens_at(row.case), related=("case",)),
    Files(
        "更正申请、建议的材料", "casework.SideFile", "file", lambda row: papers.opens_at(row.side),
        related=("side",),
    ),
    *(
        Files("文书原件", "casework.Letter", kind, lambda row, kind=kind: place_of(row, kind))  # type: ignore[misc]
        for kind in ("pdf", "docx")
    ),
    HeldPapers(),
)  # fmt: skip
