"""A client that asks pages in turn, so that noise of the machine falls on all of them alike."""

import http.client
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from peyvand.accounts.models import User

CSRF = "benchbenchbenchbenchbenchbench12"  # both in the cookie and in the form: nothing else is asked
WARM = 10  # of each page, before it is measured


@dataclass(frozen=True)
class Times:
    """Milliseconds of one page: median and 95th percentile."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Times":
        cuts = statistics.quantiles(seconds, n=100)
        return cls(median=statistics.median(seconds) * 1000, p95=cuts[94] * 1000)


class Client:
    """One keep-alive connection, with the session of one user if one is given."""

    def __init__(self, *, port: int, user: User | None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Accept-Language": "fa"}
        if user:
            cookies = {settings.SESSION_COOKIE_NAME: session_of(user), settings.CSRF_COOKIE_NAME: CSRF}
            self.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def get(self, address: str, *, fragment: bool = False) -> float:
        """Return the seconds that the page took, or the part that htmx asks for; ValueError unless it answers 200."""
        return self._ask("GET", address, self.headers | {"HX-Request": "true"} if fragment else self.headers)

    def post(self, address: str, data: Mapping[str, str]) -> float:
        """Send a form as htmx does; return the seconds that it took. ValueError when it was refused."""
        headers = {"HX-Request": "true", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, self.headers | headers, urlencode(data))

    def _ask(self, method: str, address: str, headers: Mapping[str, str], body: str | None = None) -> float:
        begun = time.perf_counter()
        self.connection.request(method, quote(address, safe="/?&=+%-_.:"), body=body, headers=dict(headers))
        answer = self.connection.getresponse()
        text = answer.read()
        taken = time.perf_counter() - begun
        if answer.status not in (200, 204):
            raise ValueError(f"{address} answered {answer.status}: {text[:300]!r}")
        return taken


def session_of(user: User) -> str:
    """Log the user in without a password and return the session's key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@dataclass(frozen=True)
class Page:
    """Addresses of one kind of page, or of a part of it that htmx asks for."""

    addresses: list[str]
    fragment: bool = False


@dataclass(frozen=True)
class Form:
    """Addresses and what is sent to each; every one is used once."""

    acts: list[tuple[str, dict[str, str]]]


def in_turn(client: Client, pages: Mapping[str, Page | Form], *, rounds: int) -> dict[str, Times]:
    """Ask every page `rounds` times, one after the other, each time another address of its list."""
    for page in pages.values():
        for i in range(WARM):
            _once(client, page, i)
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for i in range(rounds):
        for name, page in pages.items():
            seconds[name].append(_once(client, page, WARM + i))
    return {name: Times.of(values) for name, values in seconds.items()}


def _once(client: Client, page: Page | Form, number: int) -> float:
    if isinstance(page, Form):
        return client.post(*page.acts[number])
    return client.get(page.addresses[number % len(page.addresses)], fragment=page.fragment)
