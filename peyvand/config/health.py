"""Health for machines: /healthz (this process lives) and /readyz (the installation can work)."""

import time

from django.http import HttpRequest, JsonResponse

from peyvand.core import health

REMEMBERED = 2.0  # seconds, so that nobody can make the database work by asking often
_last: dict[str, tuple[float, list[health.Check]]] = {}


def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process is alive; asks nothing of anybody."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer whether database, queue and migrations are ready: 200 or 503."""
    at, checks = _last.get("ready", (0.0, []))
    if time.monotonic() - at > REMEMBERED:
        checks = health.readiness()
        _last["ready"] = (time.monotonic(), checks)
    well = all(check.ok for check in checks)
    body = {"status": "ok" if well else "failing", "checks": {c.name: "ok" if c.ok else c.detail for c in checks}}
    return JsonResponse(body, status=200 if well else 503)
