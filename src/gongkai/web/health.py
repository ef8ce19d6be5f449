"""Is it alive (存活检查). Imports nothing of ours: the probe asks while a worker answers its first page."""

from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: this process answers."""
    return JsonResponse({"status": "ok"})
