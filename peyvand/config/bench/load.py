"""A client that asks pages in turn, so that noise of the machine falls on all of them alike."""

import http.client
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from peyvand.accounts.models import User


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
            self.headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={session_of(user)}"

    def get(self, address: str, *, fragment: bool = False) -> float:
        """Return the seconds that the page took, or the part that htmx asks for; ValueError unless it answers 200."""
        headers = self.headers | {"HX-Request": "true"} if fragment else self.headers
        begun = time.perf_counter()
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        taken = time.perf_counter() - begun
        if answer.status != 200:
            raise ValueError(f"{address} answered {answer.status}: {body[:300]!r}")
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


def in_turn(client: Client, pages: Mapping[str, Page], *, rounds: int) -> dict[str, Times]:
    """Ask every page `rounds` times, one after the other, each time another address of its list."""
    for page in pages.values():
        for address in page.addresses[:10]:
            client.get(address, fragment=page.fragment)
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for i in range(rounds):
        for name, page in pages.items():
            address = page.addresses[i % len(page.addresses)]
            seconds[name].append(client.get(address, fragment=page.fragment))
    return {name: Times.of(values) for name, values in seconds.items()}
