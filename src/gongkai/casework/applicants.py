"""Personal data of who filed (申请人、提出的人的信息): masked everywhere, shown one at a time, with a reason, on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongkai.casework.models import Case, Dossier
from gongkai.casework.readers import works_on
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.personal import mask_email, mask_name, mask_number, mask_text
from gongkai.rules.identifiers import ID_TYPES

REVEALED, SIDE_REVEALED = "case.revealed", "side.revealed"


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
OF_SIDES: dict[str, PersonalField] = {
    f.token: f
    for f in (
        PersonalField("person.name", "姓名或者名称", mask_name),
        PersonalField("person.id_number", "证件号码", mask_number),
        PersonalField("person.phone", "联系电话", mask_number),
        PersonalField("person.email", "电子邮箱", mask_email),
        PersonalField("person.address", "通信地址", mask_text),
        PersonalField("person.agent_name", "代理人姓名", mask_name),
        PersonalField("person.agent_phone", "代理人电话", mask_number),
    )
}


@dataclass(frozen=True, slots=True)
class Masked:
    """One field as a page shows it (掩码)."""

    token: str
    label: str
    shown: str


def known_of(dossier: Dossier) -> dict[str, PersonalField]:
    """What may be known of who filed it, by token."""
    return PERSONAL if isinstance(dossier, Case) else OF_SIDES


def masked(dossier: Dossier, texts: dict[str, str]) -> tuple[Masked, ...]:
    """What is known of the person, masked (掩码后的信息); ``texts`` as ``lives.texts_of`` gives them."""
    known = known_of(dossier).values()
    return tuple(Masked(f.token, f.label, f.mask(texts[f.token])) for f in known if texts.get(f.token))


def id_label(dossier: Dossier) -> str:
    """What kind of document the person showed (证件种类)."""
    shown = dossier.applicant.id_type if isinstance(dossier, Case) else dossier.id_type
    known = ID_TYPES.get(shown)
    return known.label if known else ""


def reveal(dossier: Dossier, token: str, *, reason: str, by: Actor, now: datetime) -> str:
    """Show one field in clear (查看一项个人信息); who, what and why go to the ledger first.

    Raises NotAllowed, CaseworkRefused.
    """
    known = known_of(dossier)
    if not works_on(by, dossier):
        raise NotAllowed("没有查看个人信息的权限。由办理或者审核这一件的人查看。")
    if token not in known:
        raise refused("token", "没有这一项；从列出的几项里选。")
    if not reason.strip():
        raise refused("reason", "写明为什么要看，例如“电话确认收到”。记入底账。")
    if len(reason) > 200:
        raise refused("reason", "理由最多 200 个字，写短一些。")
    row = dossier.sealed_texts.filter(token=token).first()
    if row is None:
        raise refused("token", f"没有登记{known[token].label}，或者已经删除。")
    plain = personal.open_sealed(row.sealed, place=row.at)
    with write_transaction():
        ledger.append(
            REVEALED if isinstance(dossier, Case) else SIDE_REVEALED,
            subject=dossier.ref,
            actor=by.ref,
            now=now,
            organ_code=dossier.organ.code,
            payload={"field": token},
            # The reason may name a person as the field does.
            personal={"reason": reason.strip()},
        )
    return plain
