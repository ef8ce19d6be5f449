"""Is it alive, is it ready (健康检查)."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from gongkai.foundation import ledger, publication_log

# Below this a filing could fail half way through writing its files.
_LEAST_FREE_BYTES = 200 * 1024 * 1024


def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: this process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: database, disk, backlog, log positions. 503 where anything is not."""
    free = shutil.disk_usage(settings.GONGKAI_HOME).free
    answer: dict[str, object] = {
        "disk": {"ok": free >= _LEAST_FREE_BYTES, "free_bytes": free},
        # No derived store lags behind the log in this version: pages are rendered from the sealed bytes.
        "backlog": 0,
    }
    try:
        seq, head = ledger.head()
        answer["database"] = {"ok": True}
        answer["ledger"] = {"seq": seq, "head": head}
        answer["publication_log"] = {"position": publication_log.position()}
        ready = free >= _LEAST_FREE_BYTES
    except DatabaseError:
        answer["database"] = {"ok": False}
        ready = False
    answer["status"] = "ok" if ready else "not ready"
    return JsonResponse(answer, status=200 if ready else 503)
