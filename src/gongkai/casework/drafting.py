"""Editing a reply before it goes to review (改答复草稿): every saving a version, on record, nobody's overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.casework.draft_text import Draft, from_json, tidy
from gongkai.casework.letter_values import FREE
from gongkai.casework.lives import seal_texts, texts_of
from gongkai.casework.models import Case, CaseAct, LetterDraft
from gongkai.casework.refusals import CaseChanged, refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.states import STATES
from gongkai.rules.roles import Permission

SAVED = "case.draft_saved"
MOST_LETTERS = 50_000
DECIDING = ("decide", "correct")


def answer_place(case: Case) -> int:
    """The act that decided the answer in hand; 0 before one."""
    found = [row.place for row in case.acts.all() if row.act in DECIDING]
    return found[-1] if found else 0


def draft_of(case: Case, texts: Mapping[str, str], before: int | None = None) -> Draft:
    """The draft of the answer in hand, as last saved (现在的草稿); ``before``: as it stood before that event."""
    rows = LetterDraft.objects.filter(case=case, answer_place=answer_place(case))
    if before is not None:
        rows = rows.filter(seq__lt=before)
    row = rows.order_by("-version").first()
    words = texts.get(row.token) if row is not None else None
    return from_json(words) if words else Draft()


def save_draft(
    case: Case,
    text: str | None,
    filled: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
    based_on: int | None = None,
) -> LetterDraft | None:
    """Keep the edited reply (存草稿); None where nothing was changed. ``text`` None: back to the generated wording.

    ``based_on``: the case's ``latest_seq`` the person had before them. Raises CaseChanged where somebody else was
    first, CaseworkRefused, NotAllowed.
    """
    require(by, Permission.CASE_HANDLE, case.organ, "改答复草稿")
    draft = _checked(text, filled)
    with write_transaction():
        case = Case.objects.select_related("organ").get(pk=case.pk)
        if case.state != "drafting":
            raise refused("", f"现在是“{STATES[case.state].label}”，草稿不能改；退回以后才能改。")
        texts = texts_of(case)
        if draft == draft_of(case, texts):
            return None
        if based_on is not None and based_on != case.latest_seq:
            raise CaseChanged(
                "打开以后，这件申请有变化，没有存；写的还在，看过新的情况再存。",
                tuple(_since(case, based_on)),
            )
        return _save(case, draft, by, now)


def _since(case: Case, based_on: int) -> list[CaseAct]:
    return list(case.acts.filter(seq__gt=based_on))


def _checked(text: str | None, filled: Mapping[str, str]) -> Draft:
    unknown = sorted(set(filled) - set(FREE))
    if unknown:
        raise refused(unknown[0], f"“{unknown[0]}”来自案卷，不在草稿里填；回到案卷更正。")
    words = tidy(text) if text is not None else None
    if words == "":
        raise refused("text", "正文是空的；写好再存，或者“恢复生成的文字”。")
    if words is not None and len(words) > MOST_LETTERS:
        raise refused("text", f"正文有 {len(words)} 个字，最多 {MOST_LETTERS} 个；其余的作为附件。")
    kept = {code: tidy(said).replace("\n", "") for code, said in filled.items()}
    for code, said in kept.items():
        if len(said) > 2_000:
            raise refused(code, f"“{ELEMENTS[code].label}”最多 2000 个字，写短一些。")
    return Draft(words, {code: said for code, said in kept.items() if said})


def _save(case: Case, draft: Draft, by: Actor, now: datetime) -> LetterDraft:
    place = answer_place(case)
    last = LetterDraft.objects.filter(case=case, answer_place=place).order_by("-version").first()
    seq = ledger.next_seq()
    row = LetterDraft.objects.create(
        case=case, answer_place=place, version=(last.version if last else 0) + 1, by=by.ref, at=now, seq=seq
    )
    texts = {row.token: draft.to_json()}
    seal_texts(case, texts)
    case.latest_seq = seq
    case.save(update_fields=["latest_seq"])
    ledger.append(
        SAVED,
        subject=case.ref,
        actor=by.ref,
        now=now,
        organ_code=case.organ.code,
        payload=open_values(row),
        personal=texts,
    )
    return row


def open_values(row: LetterDraft) -> dict[str, object]:
    """What the ledger says openly of a draft."""
    return {"answer": row.answer_place, "version": row.version, "texts": [row.token]}


def draft_versions(case: Case) -> list[LetterDraft]:
    """Every saving of the answer in hand, the first first."""
    return list(LetterDraft.objects.filter(case=case, answer_place=answer_place(case)))


__all__ = ["SAVED", "Draft", "Finding", "draft_of", "draft_versions", "save_draft"]
