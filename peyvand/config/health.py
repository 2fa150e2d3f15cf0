"""Health for machines: /healthz (this process lives) and /readyz (the installation can work)."""

import time

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse

from peyvand.config import processes
from peyvand.core import health

REMEMBERED = 2.0  # seconds, so that nobody can make the database work by asking often
_last: dict[str, tuple[float, list[health.Check], dict[str, str]]] = {}


def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process is alive; asks nothing of anybody."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer whether database, queue and migrations are ready: 200 or 503; and when each process was last heard.

    A silent process alone is no 503: this one can still serve, and its queue turns red when nobody works on it.
    """
    at, checks, heard = _last.get("ready", (0.0, [], {}))
    if time.monotonic() - at > REMEMBERED:
        checks = health.readiness()
        heard = _heard() if any(check.name == "database" and check.ok for check in checks) else {}
        _last["ready"] = (time.monotonic(), checks, heard)
    well = all(check.ok for check in checks)
    body = {"status": "ok" if well else "failing", "checks": {c.name: "ok" if c.ok else c.detail for c in checks}}
    return JsonResponse(body | ({"processes": heard} if heard else {}), status=200 if well else 503)


def _heard() -> dict[str, str]:
    try:
        return {check.name: "ok" if check.ok else check.detail for check in health.processes(processes.ROLES)}
    except (DatabaseError, InterfaceError):
        return {}
