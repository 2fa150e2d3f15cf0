"""A confidential request against everybody who is not its insider, over every address there is.

None of them may read a word of it anywhere, whatever they send, nor change anything of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import make_cast
from tests.permissions.house import House
from tests.permissions.routes import api_operations, page_names
from tests.permissions.siege import confidential_house, fingerprint, make_attackers, told
from tests.permissions.test_matrix import call_of
from tests.permissions.writes import written

WRITES = {"post", "put", "patch", "delete"}
NEAR = (
    "cartable",
    "requests",
    "referral",
    "answer",
    "mentions",
    "search",
    "views",
    "notifications",
    "channels",
    "parties",
)
# They throw the attacker out of his session;
# handing over all that is kept of a person, to that person, is a right of his, confidential or not
LEFT = {"account_logout", "mfa_authenticate", "parties:hand_over"}


@dataclass
class Siege:
    """The house and those who try to get in, each in a browser; `sessions` are their cookies."""

    house: House
    browsers: dict[str, Client]
    sessions: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def siege(django_db_setup: None, django_db_blocker: Any) -> Iterator[Siege]:
    """Made once for the sweep over all addresses: every call is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        house, attackers = confidential_house(cast), make_attackers(cast)
        browsers = {who: Client() for who in attackers}
        for who, user in attackers.items():
            browsers[who].force_login(user)
        sessions = {who: dict(browser.cookies.items()) for who, browser in browsers.items()}
        yield Siege(house, browsers, sessions)
        transaction.set_rollback(True)


def merges_customers(name: str) -> bool:
    """Whoever may merge customers moves all that is theirs, what he may not see among it."""
    return name.startswith(("parties", "merges", "duplicates")) and "merge" in name


def areas() -> list[str]:
    return sorted({name.split(":")[0].split("_")[0] for name in (*page_names(), *api_operations())})


@pytest.mark.parametrize("area", areas())
def test_no_address_says_or_changes_anything_of_it(area: str, siege: Siege, db: None) -> None:
    wanted = [(name, method) for name in page_names() for method in ("get", "post")]
    wanted += [(name, method) for name, (method, _path) in api_operations().items()]
    house, wrong = siege.house, list[str]()
    before = fingerprint(house.request)
    near = area.startswith(NEAR)
    for who, browser in siege.browsers.items():
        if who != "omni" and not near:
            continue  # there she who may everything reads all that the others could
        for name, method in wanted:
            if name.split(":")[0].split("_")[0] != area or name in LEFT:
                continue
            call = call_of(house, name, method)
            with transaction.atomic():
                browser.cookies.clear()
                browser.cookies.update(siege.sessions[who])
                begun = written() if method in WRITES else {}
                response = call.make(browser)
                body = b"".join(response) if response.streaming else response.content
                is_suspect = method in WRITES and written() != begun
                after = fingerprint(house.request) if is_suspect else before
                transaction.set_rollback(True)
            words = told(body.decode("utf-8", "replace"), house, f"{call.address} {call.data}")
            headers = told(str(dict(response.headers)), house, f"{call.address} {call.data}")
            if words or headers:
                wrong.append(f"{who} {method} {name}: reads {words or headers}")
            if after != before and not merges_customers(name):
                wrong.append(f"{who} {method} {name}: {response.status_code}, and it changed")
    assert wrong == []
