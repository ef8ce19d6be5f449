"""Mending what was entered wrongly (更正登记): whose request it is; an entry that should never have been made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from gongkai.casework import filing_checks, registering
from gongkai.casework.applicants import PERSONAL
from gongkai.casework.filing_checks import ApplicantGiven, Filing
from gongkai.casework.lives import life_of, seal_texts, texts_of
from gongkai.casework.models import Applicant, Case, SealedText
from gongkai.casework.proving import applicant_values
from gongkai.casework.refusals import CaseworkRefused, refused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.rules.roles import Permission

CORRECTED, VOIDED = "case.corrected", "case.voided"
_MOST_REASON = 300


def correct_applicant(
    case: Case, changes: Mapping[str, str], *, reason: str, by: Actor, now: datetime
) -> Case:
    """Mend the applicant as entered (更正申请人信息): class, document, contact.

    ``changes``: by field of ``ApplicantGiven``; a blank removes. What is not named stays. The ledger keeps the
    old values sealed. Raises CaseworkRefused, NotAllowed.
    """
    require(by, Permission.CASE_HANDLE, case.organ, "更正申请人信息")
    _check_reason(reason, "写明更正的原因，例如“类别选错”。")
    with write_transaction():
        case = Case.objects.select_related("organ", "applicant").get(pk=case.pk)
        texts = texts_of(case)
        before = _given(case, texts)
        after = _checked(replace(before, **_known(changes)), case, texts, now)
        if after == before:
            raise refused("", "没有要改的：填的和登记的一样。")
        return _correct(case, before, after, reason.strip(), by, now)


def _check_reason(reason: str, cure: str) -> None:
    if not reason.strip():
        raise refused("reason", cure)
    if len(reason) > _MOST_REASON:
        raise refused("reason", f"原因最多 {_MOST_REASON} 个字，写短一些。")


def _known(changes: Mapping[str, str]) -> dict[str, str]:
    names = {f.name for f in fields(ApplicantGiven)}
    wrong = sorted(set(changes) - names)
    if wrong:
        raise refused(wrong[0], f"没有“{wrong[0]}”这一项；从申请人的几项里选。")
    return dict(changes)


def _given(case: Case, texts: Mapping[str, str]) -> ApplicantGiven:
    """The applicant as entered."""
    words = {
        token.partition(".")[2]: texts.get(token, "") for token in PERSONAL if token.startswith("applicant.")
    }
    return ApplicantGiven(applicant_class=case.applicant_class, id_type=case.applicant.id_type, **words)


def _checked(given: ApplicantGiven, case: Case, texts: Mapping[str, str], now: datetime) -> ApplicantGiven:
    """The applicant in normal form. Raises CaseworkRefused; what came on paper may lack something."""
    whole = Filing(
        applicant=given,
        description=texts.get("filing.description") or "—",
        form=case.form,
        delivery=case.delivery,
    )
    clean, findings = filing_checks.check(whole, channel=case.channel, today=legal_day(now))
    if findings:
        raise CaseworkRefused(*findings)
    return clean.applicant


def _correct(
    case: Case, before: ApplicantGiven, after: ApplicantGiven, reason: str, by: Actor, now: datetime
) -> Case:
    seq = ledger.next_seq()
    changed = {
        f"applicant.{f.name}": getattr(after, f.name)
        for f in fields(ApplicantGiven)
        if f"applicant.{f.name}" in PERSONAL and getattr(after, f.name) != getattr(before, f.name)
    }
    SealedText.objects.filter(case=case, token__in=changed).delete()
    seal_texts(case, {token: words for token, words in changed.items() if words})
    applicant = _put_applicant(case, after)
    case.applicant_class, case.latest_seq = after.applicant_class, seq
    case.save(update_fields=["applicant_class", "latest_seq"])
    register = registering.write(case, life_of(case), seq=seq)
    ledger.append(
        CORRECTED,
        subject=case.ref,
        actor=by.ref,
        now=now,
        organ_code=case.organ.code,
        payload={
            "applicant_class": after.applicant_class,
            "applicant": applicant_values(applicant),
            "texts": sorted(token for token, words in changed.items() if words),
            "removed": sorted(token for token, words in changed.items() if not words),
            **({"with": register} if register else {}),
        },
        personal={**changed, "reason": reason},
    )
    return case


def _put_applicant(case: Case, after: ApplicantGiven) -> Applicant:
    applicant = case.applicant
    applicant.id_type = after.id_type
    applicant.identity_index = personal.blind_index(after.id_number, purpose="identity")
    applicant.name_index = personal.blind_index(after.name, purpose="name")
    applicant.save()
    return applicant


def void_case(case: Case, *, reason: str, by: Actor, now: datetime) -> Case:
    """Strike out a case that a clerk entered by mistake (撤销登记): twice, or at the wrong organ.

    By somebody else than who entered it, and only while nothing has gone to the applicant; what the applicant
    filed is never struck out. The number stays used. Raises CaseworkRefused, NotAllowed.
    """
    require(by, Permission.CASE_APPROVE, case.organ, "撤销登记")
    if by.ref == case.filed_by and not by.server:
        raise NotAllowed("自己登记的不能自己撤销。由另一位审核的人办理。")
    _check_reason(reason, "写明撤销登记的原因，例如“与另一件重复登记”。")
    with write_transaction():
        case = Case.objects.select_related("organ", "applicant").get(pk=case.pk)
        _check_voidable(case)
        seq = ledger.next_seq()
        case.voided_seq = case.latest_seq = seq
        case.save(update_fields=["voided_seq", "latest_seq"])
        register = registering.strike_out(case, seq=seq)
        ledger.append(
            VOIDED,
            subject=case.ref,
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={"with": register} if register else {},
            personal={"reason": reason.strip()},
        )
    return case


def _check_voidable(case: Case) -> None:
    if case.voided_seq is not None:
        raise refused("", "这件已经撤销登记。")
    if not case.filed_by.startswith("account:"):
        raise refused(
            "", "申请人自己提交的申请不能撤销登记。重复的，按“重复申请”答复；申请人要撤回的，用“撤回申请”。"
        )
    if case.acts.exclude(act__in=("confirm", "register", "note_unreachable")).exists():
        raise refused("", "这件申请已经办过后面的步骤，不能撤销登记；继续办理，或者由申请人撤回。")
