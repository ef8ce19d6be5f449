"""Who filed it, and who may see what of them (提出的人): masked; one field at a time, with a reason; erased."""

from __future__ import annotations

from datetime import datetime

from gongkai.casework.applicants import Masked, PersonalField
from gongkai.casework.models import SideRequest, SideText
from gongkai.casework.readers import works_on
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import StoredFile
from gongkai.foundation.personal import mask_email, mask_name, mask_number, mask_text
from gongkai.rules.identifiers import ID_TYPES

REVEALED = "side.revealed"
PERSONAL: dict[str, PersonalField] = {
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


def person_of(side: SideRequest) -> Actor:
    """Who filed it, known by code and secret."""
    return Actor(ref=f"side-person:{side.pk}", name=side.get_kind_display(), public=True)


def is_person(actor: Actor, side: SideRequest) -> bool:
    """Whether the actor is who filed this one."""
    return actor.public and actor.ref == f"side-person:{side.pk}"


def masked(texts: dict[str, str]) -> tuple[Masked, ...]:
    """What is known of the person, masked."""
    return tuple(
        Masked(f.token, f.label, f.mask(texts[f.token])) for f in PERSONAL.values() if texts.get(f.token)
    )


def id_label(side: SideRequest) -> str:
    """What kind of document was shown."""
    known = ID_TYPES.get(side.id_type)
    return known.label if known else ""


def reveal(side: SideRequest, token: str, *, reason: str, by: Actor, now: datetime) -> str:
    """Show one field in clear (查看一项个人信息), on record first. Raises NotAllowed, CaseworkRefused."""
    if not works_on(by, side):
        raise NotAllowed("没有查看个人信息的权限。由办理或者审核这一件的人查看。")
    if token not in PERSONAL:
        raise refused("token", "没有这一项；从列出的几项里选。")
    if not reason.strip() or len(reason) > 200:
        raise refused("reason", "写明为什么要看，最多 200 个字，例如“电话确认收到”。记入底账。")
    row = SideText.objects.filter(side=side, token=token).first()
    if row is None:
        raise refused("token", f"没有登记{PERSONAL[token].label}，或者已经删除。")
    plain = personal.open_sealed(row.sealed, place=row.at)
    with write_transaction():
        ledger.append(
            REVEALED, subject=side.ref, actor=by.ref, now=now, organ_code=side.organ.code,
            payload={"field": token}, personal={"reason": reason.strip()},
        )  # fmt: skip
    return plain


def erase_person(side: SideRequest, *, reason: str, by: Actor, now: datetime) -> int:
    """Delete every word that could name a person, of one that is archived (个人信息保护法 art 47). How many.

    Raises CaseworkRefused, NotAllowed.
    """
    require(by, "account.manage", side.organ, "删除个人信息")
    if not reason.strip():
        raise refused("reason", "写明删除的原因，例如“保管期满”。")
    with write_transaction():
        return _erase_words(_archived(side), reason.strip(), by.ref, now)


def give_up(side: SideRequest, *, reason: str, by: str, now: datetime) -> list[StoredFile]:
    """Delete the words of an archived one for good, inside the act of destroying it (两人鉴定以后).

    Returns its papers and letter, which that act destroys. Raises CaseworkRefused where it is not archived.
    """
    side = _archived(side)
    _erase_words(side, reason, by, now)
    return [paper.file for paper in side.papers.select_related("file")]


def _archived(side: SideRequest) -> SideRequest:
    side = SideRequest.objects.get(pk=side.pk)
    if side.state != "archived":
        raise refused("", "还没有归档，个人信息要用来办理和告知；归档以后再删除。")
    return side


def _erase_words(side: SideRequest, reason: str, by: str, now: datetime) -> int:
    words = SideText.objects.filter(side=side)
    deleted = words.count()
    words.delete()
    ledger.erase_personal(subject=side.ref, by=by, reason=reason, now=now)
    return deleted
