"""A proposal agreed to becomes something published (依申请转主动公开): the act and the register's row together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.casework.models import SideRequest
from gongkai.casework.side import acts
from gongkai.casework.side.lives import from_json
from gongkai.foundation import kinds, records
from gongkai.foundation.actors import Actor
from gongkai.foundation.locks import write_transaction

_CHANNEL = "portal"


def publish_and_register(
    side: SideRequest,
    given: Mapping[str, Any],
    information_class: str,
    *,
    by: Actor,
    now: datetime,
    on: date,
    based_on: int | None = None,
) -> SideRequest:
    """Record that the information is public, and enter it as a publication on the portal (条例 art 44 ¶2, 23).

    One transaction, an event for each; pressed twice, it is entered once. Raises CaseworkRefused, RowRefused,
    NotAllowed.
    """
    with write_transaction():
        row = SideRequest.objects.select_related("organ__parent").get(pk=side.pk)
        if row.state != "publishing" or not str(given.get("title") or "").strip():
            # A second click is the same act with the row that the first one entered; the act says so itself.
            said = {**given, "publication": _entered_before(row)}
            return acts.act(row, "publish", said, by=by, now=now, on=on, based_on=based_on)
        access = str(given.get("access") or "").strip()
        values = {
            "title": str(given["title"]).strip(),
            "channel": _CHANNEL,
            "class": information_class,
            "published_on": on,
            "url": access if access.startswith(("http://", "https://")) else "",
        }
        record = records.enter(kinds.get("publications"), row.organ, values, by=by, now=now)
        said = {**given, "publication": record.ref}
        return acts.act(row, "publish", said, by=by, now=now, on=on, based_on=based_on)


def _entered_before(side: SideRequest) -> str:
    last = side.acts.last()
    return (
        str(from_json(last.given).get("publication", ""))
        if last is not None and last.act == "publish"
        else ""
    )
