"""The other side of the table: what it shows as refused to all of its cast opens for somebody.

An address that is broken for everybody would look well guarded.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from peyvand.accounts.models import User
from tests.cast import Cast
from tests.permissions.house import House, make_house
from tests.permissions.routes import outcome
from tests.permissions.test_matrix import Caller, call_of, table

# Only of one's own, and the house has none of these of anybody.
NOBODYS = {"cartable-public:survey", "cartable:bulk_undo", "cartable:change_view", "cartable:restore_view"}
CARTABLE = (
    "cartable", "requests_", "referrals_", "answers_", "approval_rules_", "routing_", "return_rules_", "outward_",
    "referral_actions_", "answer_ways_", "mentions_", "canned_", "articles_", "signatures_",
)  # fmt: skip


@pytest.fixture
def house(cast: Cast) -> House:
    return make_house(cast)


def test_what_all_of_the_cast_are_refused_opens_for_somebody(
    cast: Cast, house: House, logged_in: Callable[[User], Client]
) -> None:
    ada = cast.ada
    User.objects.filter(pk=ada.pk).update(is_superuser=True)
    callers = []
    for user in (ada, cast.olivia):
        client = logged_in(user)
        callers.append(Caller(client, client.cookies[settings.SESSION_COOKIE_NAME].value))
    shut = []
    for (name, method), outcomes in table().items():
        guarded = name.startswith(CARTABLE) and name not in NOBODYS and "405" not in outcomes and "yes" not in outcomes
        if not guarded:
            continue
        found = []
        for caller in callers:
            with transaction.atomic():
                found.append(outcome(caller.make(call_of(house, name, method))))
                transaction.set_rollback(True)
        if not {"yes", "404"} & set(found):
            shut.append((name, method, found))
    assert shut == []
