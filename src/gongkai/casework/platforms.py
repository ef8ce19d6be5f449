"""Linked service platforms (对接平台): their tokens, issued, used and revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from gongkai.casework.models import PlatformToken
from gongkai.casework.refusals import refused
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ

ISSUED, REVOKED = "platform.token_issued", "platform.token_revoked"
_PERMISSION = "account.manage"
_PREFIX = "gk_"


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token (新令牌): ``text`` is shown once and kept nowhere."""

    token: PlatformToken
    text: str


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def issue_token(organ: Organ, label: str, *, by: Actor, now: datetime) -> Issued:
    """Give a platform a token (发令牌) for the district of ``organ``. Raises CaseworkRefused, NotAllowed."""
    require(by, _PERMISSION, organ, "发对接令牌")
    name = " ".join(label.split())
    if not name or len(name) > 64:
        raise refused("label", "写明是哪个平台，最多 64 个字，例如“政务服务网”。")
    text = _PREFIX + secrets.token_urlsafe(32)
    with write_transaction():
        seq = ledger.next_seq()
        token = PlatformToken.objects.create(
            organ=organ,
            label=name,
            digest=_digest(text),
            ending=text[-4:],
            issued_at=now,
            entered_seq=seq,
            latest_seq=seq,
        )
        ledger.append(
            ISSUED,
            subject=token.ref,
            actor=by.ref,
            now=now,
            organ_code=organ.code,
            payload={"label": name, "digest": token.digest},
        )
    return Issued(token, text)


def revoke_token(token: PlatformToken, *, reason: str, by: Actor, now: datetime) -> None:
    """Take a token back (吊销令牌), at once. Raises CaseworkRefused, NotAllowed."""
    require(by, _PERMISSION, token.organ, "吊销对接令牌")
    if not reason.strip():
        raise refused("reason", "写明吊销的原因，例如“平台停用”。")
    with write_transaction():
        token = PlatformToken.objects.select_related("organ").get(pk=token.pk)
        if token.revoked_at is not None:
            raise refused("", "这个令牌已经吊销。")
        token.revoked_at, token.latest_seq = now, ledger.next_seq()
        token.save(update_fields=["revoked_at", "latest_seq"])
        ledger.append(
            REVOKED,
            subject=token.ref,
            actor=by.ref,
            now=now,
            organ_code=token.organ.code,
            payload={"reason": reason.strip()[:200]},
        )


def platform_for(text: str) -> Actor | None:
    """The platform whose token this is (凭令牌认平台); None for an unknown or revoked one.

    Looked up by its hash: a token has 256 bits, so the time a look-up takes tells nothing of use.
    """
    rows = PlatformToken.objects.filter(digest=_digest(text.strip()), revoked_at=None)
    token = rows.select_related("organ").first()
    if token is None:
        return None
    held = {token.organ.code: frozenset({"linked_platform"})}
    return Actor(ref=token.ref, name=token.label, held=held)


def tokens(actor: Actor) -> list[PlatformToken]:
    """The tokens the actor may manage, the standing ones first."""
    rows = PlatformToken.objects.select_related("organ__parent").order_by("revoked_at", "label")
    return [token for token in rows if actor.may(_PERMISSION, token.organ)]
