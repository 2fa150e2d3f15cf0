"""How this person reads the product: language, calendar, digits, theme and a few switches.

They come from the user's own row, or from a cookie before login. `current()` serves template filters,
which have no request; the middleware sets and clears it.
"""

import json
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from peyvand.accounts.models import User

COOKIE = "peyvand_prefs"
RAIL_COOKIE = "peyvand_rail"
YEAR = 365 * 24 * 3600
CHOICES = {
    "language": ("fa", "en"),
    "calendar": tuple(User.Calendar.values),
    "digits": tuple(User.Digits.values),
    "theme": tuple(User.Theme.values),
}


@dataclass(frozen=True, kw_only=True)
class Prefs:
    """One person's ways of reading; the defaults are those of a Persian reader."""

    language: str = "fa"
    calendar: str = "jalali"
    digits: str = "persian"
    theme: str = "system"
    shortcuts: bool = True
    rail: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "fa" else "ltr"

    @property
    def next_theme(self) -> str:
        return {"system": "light", "light": "dark"}.get(self.theme, "system")

    @property
    def theme_label(self) -> str:
        return {"light": gettext("light"), "dark": gettext("dark")}.get(self.theme, gettext("as the device"))

    @property
    def other_language(self) -> str:
        return "en" if self.language == "fa" else "fa"


PERSIAN = Prefs()
ENGLISH = Prefs(language="en", calendar="gregorian", digits="latin")

_current: ContextVar[Prefs | None] = ContextVar("peyvand_prefs", default=None)


def current() -> Prefs:
    """Return the preferences of the running request, or the defaults of the active language."""
    return _current.get() or (ENGLISH if (get_language() or "").startswith("en") else PERSIAN)


def activate(prefs: Prefs | None) -> None:
    """Make `prefs` the current ones of this thread or task; None forgets them."""
    _current.set(prefs)


def of_request(request: HttpRequest) -> Prefs:
    """Return the preferences of the person behind `request`."""
    rail = request.COOKIES.get(RAIL_COOKIE) == "1"
    user: User | AnonymousUser = request.user
    if isinstance(user, AnonymousUser):
        return replace(_of_cookie(request.COOKIES.get(COOKIE, "")), rail=rail)
    return Prefs(
        language=user.language if user.language in CHOICES["language"] else "fa",
        calendar=user.calendar,
        digits=user.digits,
        theme=user.theme,
        shortcuts=bool(user.preferences.get("shortcuts", True)),
        rail=rail,
    )


def remember(response: HttpResponse, prefs: Prefs) -> None:
    """Keep the preferences of somebody who has not logged in in a cookie."""
    value = json.dumps({name: asdict(prefs)[name] for name in CHOICES}, separators=(",", ":"))
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)


def changed(prefs: Prefs, values: dict[str, str]) -> Prefs:
    """Return `prefs` with the known and allowed of `values`; a new language brings its calendar and digits."""
    allowed = {name: value for name, value in values.items() if value in CHOICES.get(name, ())}
    if "language" in allowed and allowed["language"] != prefs.language:
        base = PERSIAN if allowed["language"] == "fa" else ENGLISH
        prefs = replace(prefs, language=base.language, calendar=base.calendar, digits=base.digits)
    return replace(prefs, **allowed)  # type: ignore[arg-type]  # only the four text fields are in CHOICES


def _of_cookie(text: str) -> Prefs:
    try:
        values: Any = json.loads(text) if text else {}
    except ValueError:
        values = {}
    return changed(PERSIAN, {str(k): str(v) for k, v in values.items()} if isinstance(values, dict) else {})
