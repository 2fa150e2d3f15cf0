"""Everything that `peyvand doctor` looks at: core, processes, mail door, channels and their books."""

from __future__ import annotations

import smtplib

from django.conf import settings

from peyvand.config import processes
from peyvand.config.installation import call
from peyvand.core import health
from peyvand.core.health import Check

CHANNELS = "peyvand.channels.services.credential_checks"
BOOKS = "peyvand.channels.services.book_checks"


def mail_door() -> Check:
    """Does the listener answer on its port with a greeting?"""
    place = f"{settings.SMTP_BIND}:{settings.SMTP_PORT}"
    host = "127.0.0.1" if settings.SMTP_BIND in {"0.0.0.0", "::", ""} else settings.SMTP_BIND  # noqa: S104
    try:
        with smtplib.SMTP(host, settings.SMTP_PORT, timeout=3) as client:
            code, _ = client.noop()
    except (OSError, smtplib.SMTPException) as error:
        code, place = 0, f"{place}: {error}"
    return Check(
        name="mail door",
        ok=code == 250,
        detail=place,
        advice="Start `peyvand door` (or `peyvand up`), or choose a free port with PEYVAND_SMTP_PORT.",
    )


def channels() -> list[Check]:
    """Can each channel log in where it sends and fetches?"""
    return [
        Check(name=f"channel {name}", ok=not problem, detail=problem or "ok", advice=advice)
        for name, problem, advice in _asked(CHANNELS)
    ]


def books() -> list[Check]:
    """Did every mailbox store what it saw, and is the fate of every answer known?"""
    return [
        Check(name=name, ok=not problem, detail=problem or "ok", advice=advice)
        for name, problem, advice in _asked(BOOKS)
    ]


def _asked(path: str) -> list[tuple[str, str, str]]:
    """(name, problem or "", what to do), when the app is there."""
    found: list[tuple[str, str, str]] = call(path) if processes.is_here(path) else []
    return found


def everything() -> list[Check]:
    """Every check; when the database does not answer, only that is said."""
    first = health.ask(health.database)
    if not first[0].ok:
        return [*first, *health.ask(health.disk)]
    rest = health.ask(
        health.extensions, health.persian_text, health.migrations, health.queue, health.clock, health.disk
    )
    if not all(check.ok for check in rest if check.name == "migrations"):
        return [*first, *rest]
    return [
        *first,
        *rest,
        *health.ask(health.dead_letters),
        *health.processes(processes.ROLES),
        mail_door(),
        *channels(),
        *books(),
    ]
