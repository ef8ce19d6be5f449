"""The applicant's personal data (申请人信息): masked everywhere, shown one at a time, with a reason, on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongkai.casework.models import Case, SealedText
from gongkai.casework.readers import works_on
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.personal import mask_email, mask_name, mask_number, mask_text
from gongkai.rules.identifiers import ID_TYPES

REVEALED = "case.revealed"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One thing known of a person (一项个人信息) and how it is masked."""

    token: str
    label: str
    mask: Callable[[str], str]


PERSONAL: dict[str, PersonalField] = {
    f.token: f
    for f in (
        PersonalField("applicant.name", "姓名或者名称", mask_name),
        PersonalField("applicant.id_number", "证件号码", mask_number),
        PersonalField("applicant.phone", "联系电话", mask_number),
        PersonalField("applicant.email", "电子邮箱", mask_email),
        PersonalField("applicant.address", "通信地址", mask_text),
        PersonalField("applicant.representative", "法定代表人或者联系人", mask_name),
        PersonalField("agent.name", "代理人姓名", mask_name),
        PersonalField("agent.id_number", "代理人证件号码", mask_number),
        PersonalField("agent.phone", "代理人电话", mask_number),
    )
}


@dataclass(frozen=True, slots=True)
class Masked:
    """One field as a page shows it (掩码)."""

    token: str
    label: str
    shown: str


def masked(case: Case, texts: dict[str, str]) -> tuple[Masked, ...]:
    """What is known of the applicant, masked (掩码后的申请人信息); ``texts`` as ``lives.texts_of`` gives them."""
    return tuple(
        Masked(f.token, f.label, f.mask(texts[f.token])) for f in PERSONAL.values() if texts.get(f.token)
    )


def id_label(case: Case) -> str:
    """What kind of document the applicant showed (证件种类)."""
    known = ID_TYPES.get(case.applicant.id_type)
    return known.label if known else ""


def reveal(case: Case, token: str, *, reason: str, by: Actor, now: datetime) -> str:
    """Show one field in clear (查看一项个人信息); who, what and why go to the ledger first.

    Raises NotAllowed, CaseworkRefused.
    """
    if not works_on(by, case):
        raise NotAllowed("没有查看申请人信息的权限。由办理或者审核这件申请的人查看。")
    if token not in PERSONAL:
        raise refused("token", f"没有“{token}”这一项；从列出的几项里选。")
    if not reason.strip():
        raise refused("reason", "写明为什么要看，例如“电话确认收到”。记入底账。")
    if len(reason) > 200:
        raise refused("reason", "理由最多 200 个字，写短一些。")
    row = SealedText.objects.filter(case=case, token=token).first()
    if row is None:
        raise refused("token", f"没有登记{PERSONAL[token].label}，或者已经删除。")
    plain = personal.open_sealed(row.sealed, place=row.at)
    with write_transaction():
        ledger.append(
            REVEALED,
            subject=case.ref,
            actor=by.ref,
            now=now,
            organ_code=case.organ.code,
            payload={"field": token},
            # The reason may name a person as the field does.
            personal={"reason": reason.strip()},
        )
    return plain
