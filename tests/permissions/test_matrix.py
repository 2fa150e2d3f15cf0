"""Every address × alice, her supervisor bob, charlie and dara of another branch, and a stranger.

`table.txt` says what each may. An address that is not in it fails; so does one that is there and no longer exists.
Whoever is refused must leave every row of the database as it was (the answer 403 proves nothing).
charlie is an expert in Shiraz; dara holds every permission there is, within the branch Shiraz: what stops her is
the place of the record and nothing else. Neither may read a word of alice's, wherever they look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from peyvand.accounts.models import User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.services import create_role
from peyvand.accounts.types import Scope
from tests.cast import Cast, make_cast, make_user
from tests.permissions.data import api_data, page_data
from tests.permissions.house import House, make_house
from tests.permissions.routes import Call, api_operations, filled_operation, filled_page, outcome, page_names
from tests.permissions.writes import is_ours, written

TABLE = Path(__file__).with_name("table.txt")
WHO = ("alice", "bob", "charlie", "dara", "nobody")
STRANGERS = ("charlie", "dara")
REFUSED = {"401", "403", "404", "405", "login"}
Row = tuple[str, ...]


def table() -> dict[tuple[str, str], Row]:
    """(address, method) → what each may."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    found = {(name, method): tuple(outcomes) for name, method, *outcomes in lines}
    assert len(found) == len(lines), "an address is in the table twice"
    return found


def addresses() -> set[tuple[str, str]]:
    """Everything that can be asked: pages by GET and POST, operations of the API by their method."""
    pages = {(name, method) for name in page_names() for method in ("get", "post")}
    return pages | {(name, method) for name, (method, _path) in api_operations().items()}


def areas() -> list[str]:
    return sorted({name.split(":")[0].split("_")[0] for name, _method in table()})


def make_dara(cast: Cast) -> User:
    """She may do everything, in Shiraz."""
    widest = {
        name: [scope for scope in each.scopes if scope.width <= Scope.BRANCH.width][-1]
        for name, each in all_permissions().items()
        if each.scopes[0].width <= Scope.BRANCH.width
    }
    role = create_role(actor=None, name="همه‌کارهٔ شعبه", permissions=widest)
    return make_user("dara", department=cast.sales, roles=[role])


@dataclass
class Caller:
    """A browser of one of the cast; every call starts from the same session (one of them is «log out»)."""

    client: Client
    key: str

    def make(self, call: Call) -> Any:
        self.client.cookies.clear()
        if self.key:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.key
        return call.make(self.client)


def callers_of(cast: Cast) -> dict[str, Caller]:
    """A browser of each; the stranger has no session."""
    people = {"alice": cast.alice, "bob": cast.bob, "charlie": cast.charlie, "dara": make_dara(cast)}
    clients = {who: Client() for who in WHO}
    for who, user in people.items():
        clients[who].force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {
        who: Caller(client, client.cookies[name].value if name in client.cookies else "")
        for who, client in clients.items()
    }


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[House, dict[str, Caller]]]:
    """The house and the callers, made once: every call is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        yield make_house(cast), callers_of(cast)
        transaction.set_rollback(True)


@pytest.fixture
def house(world: tuple[House, dict[str, Caller]], db: None) -> House:
    return world[0]


@pytest.fixture
def callers(world: tuple[House, dict[str, Caller]], db: None) -> dict[str, Caller]:
    return world[1]


def call_of(house: House, name: str, method: str) -> Call:
    if name in api_operations():
        return filled_operation(house, name, api_data(house))
    return filled_page(house, name, method, page_data(house))


def rows() -> dict[str, str]:
    """A fingerprint of every table of ours."""
    names = [name for name in connection.introspection.table_names() if is_ours(name)]
    parts = [
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t" for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def secrets_of(house: House) -> list[str]:
    """Words that only who may see alice's things can know."""
    return [
        house.request.subject,
        house.request.code,
        house.party.name,
        house.point.value,
        "فردا می‌رسد",
        house.activity.subject,
    ]


def tried(call: Call, caller: Caller, before: dict[str, str] | None = None) -> tuple[str, str, list[str]]:
    """Make the call in a transaction that is rolled back: outcome, text, and which tables a refusal changed."""
    with transaction.atomic():
        begun = written() if call.is_write else {}
        response = caller.make(call)
        found = outcome(response)
        body = b"".join(response) if response.streaming else response.content
        is_suspect = before is not None and found in REFUSED and call.is_write and written() != begun
        after = rows() if is_suspect else {}
        transaction.set_rollback(True)
    changed = sorted(name for name in after if before is not None and before[name] != after[name])
    return found, body.decode("utf-8", "replace"), changed


def problems_of(
    call: Call, who: str, wanted: str, caller: Caller, house: House, before: dict[str, str]
) -> Iterator[str]:
    """What is wrong with what `who` gets, in words."""
    found, text, changed = tried(call, caller, before)
    label = f"{call.name} {call.method} {who}"
    if found != wanted:
        yield f"{label}: {found}, not {wanted}"
    if changed:
        yield f"{label}: refused with {found}, but changed {', '.join(changed)}"
    if who in STRANGERS:
        told = [word for word in secrets_of(house) if word in text and word not in call.address]
        if told:
            yield f"{label}: reads {told}"


def test_what_a_call_writes_is_seen_whether_it_stays_or_is_taken_back(house: House) -> None:
    begun, before = written(), rows()
    house.party.save()
    after = written()
    assert after != begun
    with transaction.atomic():
        house.activity.save()
        transaction.set_rollback(True)
    assert written() != after
    assert rows().keys() == before.keys()


def test_every_address_is_in_the_table(house: House, callers: dict[str, Caller]) -> None:
    known, there = set(table()), addresses()
    assert known - there == set(), "in the table, but no such address"
    for name, method in sorted(there - known):
        outcomes = [tried(call_of(house, name, method), callers[who])[0] for who in WHO]
        assert set(outcomes) <= {"405", "login"}, f"add to table.txt: {name} {method} {' '.join(outcomes)}"


@pytest.mark.parametrize("area", areas())
def test_everybody_may_what_the_table_says_and_no_more(area: str, house: House, callers: dict[str, Caller]) -> None:
    before = rows()
    wrong: list[str] = []
    for (name, method), wanted in table().items():
        if name.split(":")[0].split("_")[0] != area:
            continue
        call = call_of(house, name, method)
        for who, want in zip(WHO, wanted, strict=True):
            wrong += problems_of(call, who, want, callers[who], house, before)
    assert wrong == []


def test_nobody_of_another_branch_is_let_through_to_alices_things() -> None:
    of_alice = ("cartable:", "requests_", "referrals_", "answers_", "administration:user", "administration:set_")
    open_lists = {
        "cartable:home", "cartable:new", "cartable:new_upload", "cartable:parties", "cartable:undo",
        "cartable:folder", "cartable:counts", "referrals_list_actions",
        "cartable:export", "requests_export",
        "cartable:canned", "cartable:signatures", "cartable:articles", "cartable:article",
        "requests_index", "requests_create", "requests_undo", "administration:users",
            # acts on many take what one sees of what was chosen, and find nothing here
            "cartable:bulk_ask", "cartable:bulk_preview", "cartable:bulk_run", "cartable:bulk_targets",
            "cartable:save_view", "requests_preview_many", "requests_act_on_many",
        }  # fmt: skip
    for (name, method), outcomes in table().items():
        if name.startswith(of_alice) and name not in open_lists:
            for who in STRANGERS:
                assert outcomes[WHO.index(who)] in REFUSED, (name, method, who)


def test_a_stranger_reads_nothing_but_what_is_public() -> None:
    public = {
        "account_login", "account_logout", "account_inactive", "account_signup", "account_reset_password",
        "account_email_verification_sent", "account_reset_password_done", "account_reset_password_from_key",
        "account_reset_password_from_key_done", "mfa_login_webauthn", "web:preferences", "channels:form",
        "channels:form-embed", "channels:form-api", "channels:sent", "channels:sent-embed", "healthz", "readyz",
        "mfa_authenticate", "cartable-public:track", "cartable-public:help", "caldav:well_known",
        "lead-forms:form", "lead-forms:sent", "portal:enter", "portal:enter_by",
    }  # fmt: skip
    for (name, method), outcomes in table().items():
        if name not in public:
            assert outcomes[WHO.index("nobody")] in {"401", "login", "405", "404"}, (name, method)
