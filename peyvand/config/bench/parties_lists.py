"""The list of a million customers as a page and through the API, and adding one: as multiples of the least of each."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.permissions import all_permissions
from peyvand.accounts.services import create_token
from peyvand.api.kit import PageQuery
from peyvand.config.bench.load import Client, Page, Times, in_turn
from peyvand.config.bench.stack import web_server
from peyvand.core.list_state import Condition
from peyvand.core.loopback import free_port
from peyvand.core.paging import keyset_page
from peyvand.parties.api.listed import as_json
from peyvand.parties.selectors import visible_to

ROUNDS = 150
PAGE = 50
DEEP = 10_000  # the page far down
FILTERS = (Condition("kind", "is", ("person",)), Condition("life_cycle", "any_of", ("potential", "current")))
WEB_BUDGET, API_BUDGET, CREATE_BUDGET = 3.0, 2.0, 4.0
ORDER = ("sort_key", "id")

Say = Callable[[str], None]


def measure(say: Say, *, rounds: int = ROUNDS) -> bool:
    """Measure pages, the JSON list and adding; print each and return whether all are within their budgets."""
    user = User.objects.get(username="bench1")
    deep = _cursor(user)
    port = free_port()
    with web_server(port):
        return all([_pages(user, port, deep, rounds, say), _api(user, port, deep, rounds, say)])


def _filtered(user: User) -> list[str]:
    return [condition.write() for condition in FILTERS]


def _cursor(user: User) -> str:
    """The cursor of the page far down; the last whole page where there are fewer."""
    rows = visible_to(user).filter(kind="person", life_cycle__in=("potential", "current")).order_by(*ORDER)
    keys = rows.values_list("sort_key", flat=True)
    start = PAGE * (DEEP - 2)
    key = (keys[start : start + 1] or keys[max(rows.count() - 3 * PAGE, 0) :][:1])[0]
    return keyset_page(rows.filter(sort_key__gte=key), order=ORDER, size=PAGE).next or ""


def _pages(user: User, port: int, deep: str, rounds: int, say: Say) -> bool:
    filters = [("f", each) for each in _filtered(user)]
    times = in_turn(
        Client(port=port, user=user),
        {
            "yardstick": Page([f"/bench/yardstick/{i}/" for i in range(1, 100)]),
            "list, first page": Page(["/customers/?" + urlencode(filters)]),
            f"list, page {DEEP:,}": Page(["/customers/?" + urlencode([*filters, ("after", deep)])]),
        },
        rounds=rounds,
    )
    yard = times.pop("yardstick")
    say(f"trivial page: median {yard.median:.1f} ms, p95 {yard.p95:.1f} ms")
    return _within(times, yard.p95, WEB_BUDGET, "the trivial page", say)


def _api(user: User, port: int, deep: str, rounds: int, say: Say) -> bool:
    client = Client(port=port, user=None)
    name = f"bench {timezone.now():%H%M%S%f}"
    _token, secret = create_token(actor=None, user=user, name=name, scopes=all_permissions())
    client.headers["Authorization"] = f"Bearer {secret}"
    filters = [("f", each) for each in _filtered(user)]
    times = in_turn(
        client,
        {
            "least": Page(["/api/v1/me"]),
            "JSON list, first page": Page(["/api/v1/parties?" + urlencode(filters)]),
            f"JSON list, page {DEEP:,}": Page(["/api/v1/parties?" + urlencode([*filters, ("after", deep)])]),
        },
        rounds=rounds,
    )
    least = times.pop("least")
    select = Times.of([_select(user) for _round in range(rounds)])
    say(f"trivial endpoint: p95 {least.p95:.1f} ms; the SELECT of 50 through psycopg: p95 {select.p95:.1f} ms")
    is_fast = _within(times, least.p95 + select.p95, API_BUDGET, "SELECT and trivial endpoint", say)
    created = Times.of([_create(client, number) for number in range(rounds)])
    is_created = _within({"add through the API": created}, least.p95, CREATE_BUDGET, "the trivial endpoint", say)
    return is_fast and is_created


def _within(times: Mapping[str, Times], least: float, budget: float, of: str, say: Say) -> bool:
    for name, taken in times.items():
        ratio = taken.p95 / least
        say(f"{name}: median {taken.median:.1f} ms, p95 {taken.p95:.1f} ms, {ratio:.2f} × {of} (budget {budget:.0f} ×)")
    return all(taken.p95 <= budget * least for taken in times.values())


_statements: list[str] = []


def _select(user: User) -> float:
    """Seconds that the statement of one page takes without Django: the very one that the endpoint runs."""
    if not _statements:
        rows = visible_to(user).filter(kind="person", life_cycle__in=("potential", "current"))
        with CaptureQueriesContext(connection) as captured:
            as_json(user, rows, PageQuery(after=None, before=None, size=PAGE), order=ORDER)
        _statements.extend(query["sql"] for query in captured.captured_queries)
    begun = time.perf_counter()
    with connection.connection.cursor() as cursor:
        for statement in _statements:
            cursor.execute(statement)
            cursor.fetchall()
    return time.perf_counter() - begun


def _create(client: Client, number: int) -> float:
    """Seconds that adding a person with a mobile takes."""
    mobile = f"0990{time.time_ns() // 1000 % 10_000_000:07d}"
    body = json.dumps({"name": f"آزمون {number}", "contacts": [{"kind": "mobile", "typed": mobile}]}).encode()
    headers = {**client.headers, "Content-Type": "application/json"}
    begun = time.perf_counter()
    client.connection.request("POST", "/api/v1/parties", body=body, headers=headers)
    answer = client.connection.getresponse()
    text = answer.read()
    taken = time.perf_counter() - begun
    if answer.status != 201:
        raise ValueError(f"adding answered {answer.status}: {text[:300]!r}")
    return taken
