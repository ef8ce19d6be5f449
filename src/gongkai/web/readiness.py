"""Is it ready (就绪检查)."""

from __future__ import annotations

import shutil
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from gongkai.foundation import lease, ledger, outbox, publication_log
from gongkai.web.clock import moment

# Below this a filing could fail half way through writing its files.
_LEAST_FREE_BYTES = 200 * 1024 * 1024


def readyz(request: HttpRequest) -> JsonResponse:
    """Ready to answer: database, disk, log positions; 503 where one of them is not.

    Letters that wait and a background process that is silent are said, and leave the pages ready: a mail server
    that is down must not take the portal from the load balancer.
    """
    free = shutil.disk_usage(settings.GONGKAI_HOME).free
    answer: dict[str, object] = {"disk": {"ok": free >= _LEAST_FREE_BYTES, "free_bytes": free}}
    try:
        seq, head = ledger.head()
        answer["database"] = {"ok": True}
        answer["ledger"] = {"seq": seq, "head": head}
        answer["publication_log"] = {"position": publication_log.position()}
        answer |= _behind(moment(request))
        ready = free >= _LEAST_FREE_BYTES
    except DatabaseError:
        answer["database"] = {"ok": False}
        ready = False
    answer["status"] = "ok" if ready else "not ready"
    return JsonResponse(answer, status=200 if ready else 503)


def _behind(now: datetime) -> dict[str, object]:
    """What is behind: messages that wait, and whether anybody works on them."""
    waiting, alive = outbox.backlog(), lease.pulse(now)
    return {
        # No derived store lags behind the log in this version: pages are rendered from the sealed bytes.
        "backlog": waiting.waiting,
        "messages": {
            "waiting": waiting.waiting,
            "oldest": waiting.oldest.isoformat() if waiting.oldest else None,
            "given_up": waiting.given_up,
        },
        "background": {
            "ok": not alive.silent,
            "last_beat": alive.last_beat.isoformat() if alive.last_beat else None,
        },
    }
