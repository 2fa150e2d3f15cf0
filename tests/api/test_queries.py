"""What a call costs in queries, and that a longer list costs no more."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.context import Actor
from peyvand.api.testing import Caller, everything, make_user
from peyvand.core.custom_fields import definitions
from peyvand.parties.services import create_party
from peyvand.parties.types import ContactDetails, PartyDetails
from tests.api.samples import make_request

pytestmark = pytest.mark.django_db
CALL = 2  # who shows this token, and what may he do


def more_rows(call: Caller, start: int, count: int) -> None:
    for number in range(start, start + count):
        contact = ContactDetails(kind="email", typed=f"c{number}@example.com")
        details = PartyDetails(name=f"customer {number}", branch_id=call.user.branch_id)
        party = create_party(actor=None, details=details, contacts=[contact])
        make_request(Actor(call.user), party.pk)


@pytest.mark.parametrize(
    ("path", "own"),
    [("/requests?folder=mine", 2), ("/parties", 1), ("/users", 2), ("/branches", 1), ("/channels", 1), ("/roles", 3)],
)
def test_a_list_costs_the_same_at_any_length(
    path: str, own: int, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definitions, "TTL", 600.0)  # a slow machine must not read them twice
    definitions.forget()
    call = Caller(make_user(permissions=everything()))
    more_rows(call, 0, 2)
    call.get(path)  # the token is noted as used once a minute
    with django_assert_num_queries(CALL + own):
        call.get(path)
    more_rows(call, 2, 6)
    with django_assert_num_queries(CALL + own):
        assert len(call.get(path).json()["items"]) >= 1


def test_a_request_with_everything_costs_the_same_however_much_is_in_it() -> None:
    call = Caller(make_user(permissions=everything()))
    more_rows(call, 0, 1)
    path = f"/requests/{call.get('/requests?folder=mine').json()['items'][0]['id']}"
    costs = []
    assert call.get(path).status_code == 200  # the departments are known now
    for count in (1, 4):
        for word in range(count):
            assert call.post(f"{path}/notes", {"body": f"note {word}"}).status_code == 201
        with CaptureQueriesContext(connection) as seen:
            assert call.get(path).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= CALL + 12, costs
