"""What the shell needs on every page; read only when a template asks, so fragments pay nothing."""

import time
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from peyvand.accounts.models import Branch, User
from peyvand.web import nav, prefs
from peyvand.web.http import as_toast

MINUTE = 60


class Shell:
    """The parts of the frame around a page, for one request."""

    def __init__(self, request: HttpRequest, *, is_bare: bool = False) -> None:
        """With `is_bare`, as on error pages, nothing is asked of the database."""
        self.request = request
        self.is_bare = is_bare

    @property
    def user(self) -> User | None:
        user = None if self.is_bare else getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def prefs(self) -> prefs.Prefs:
        found = getattr(self.request, "prefs", None)
        return found if isinstance(found, prefs.Prefs) else prefs.current()

    @cached_property
    def main(self) -> list[nav.Shown]:
        return self._section("main")

    @cached_property
    def foot(self) -> list[nav.Shown]:
        return self._section("foot")

    @cached_property
    def views(self) -> list[nav.Shown]:
        return self._section("views")

    @cached_property
    def create(self) -> list[nav.NavItem]:
        return nav.entries(self.user, section="create") if self.user else []

    @cached_property
    def user_menu(self) -> list[nav.NavItem]:
        return nav.entries(self.user, section="user") if self.user else []

    @property
    def phone(self) -> list[nav.Shown]:
        return [entry for entry in self.main if entry.item.phone][:3]

    @property
    def branch(self) -> str:
        branch_id = self.user.branch_id if self.user else None
        return _branch_name(branch_id, int(time.monotonic() // MINUTE)) if branch_id else ""

    @property
    def script_settings(self) -> dict[str, Any]:
        """What the page's script must know; it stands in the page as JSON, never as code."""
        now, user = self.prefs, self.user
        return {
            "language": now.language,
            "calendar": now.calendar,
            "digits": now.digits,
            "shortcuts": now.shortcuts,
            "keys": list(nav.shortcuts(user)) if user else [],
            "live": "/live" if user else "",
            "since": f"@{int(getattr(self.request, 'begun', time.time()) * 1000)}" if user else "",
            "preferences": reverse("web:preferences"),
            "csrfCookie": settings.CSRF_COOKIE_NAME,
        }

    @property
    def toasts(self) -> list[dict[str, str]]:
        from_messages = getattr(self.request, "_messages", None)
        return [as_toast(message) for message in from_messages] if from_messages is not None else []

    def _section(self, name: str) -> list[nav.Shown]:
        return nav.shown(self.user, self.request.path, section=name) if self.user else []


def shell(request: HttpRequest) -> dict[str, Any]:
    """Put `shell` and `prefs` into every template."""
    frame = Shell(request)
    return {"shell": frame, "prefs": frame.prefs}


@lru_cache(maxsize=256)
def _branch_name(branch_id: int, _minute: int) -> str:
    return Branch.objects.filter(pk=branch_id).values_list("name", flat=True).first() or ""
