"""What is written by hand for the calendar: the same marks as before, and words of people never as markup."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities import services
from peyvand.activities.models import Activity
from peyvand.activities.types import Planned
from peyvand.core.models import Holiday
from tests.cast import Cast

EVIL = "<script>alert(1)</script>\"'"


def plan(who: User, **more: Any) -> Activity:
    at = timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0)
    return services.plan(actor=Actor(who), planned=Planned(**{"kind": "meeting", "subject": EVIL, "at": at} | more))


@pytest.mark.parametrize("view", ["month", "week", "day", "agenda"])
def test_words_of_people_are_no_markup_in_any_view(cast: Cast, client: Client, view: str) -> None:
    User.objects.filter(pk=cast.bob.pk).update(full_name=f"بابک {EVIL}")
    Holiday.objects.create(day=timezone.localdate(), name=EVIL)
    for who in (cast.bob, cast.alice):
        plan(who, place=EVIL)
    plan(cast.bob, all_day=True, kind="task")
    client.force_login(cast.bob)
    text = client.get(reverse("activities:calendar"), {"who": "team", "view": view}).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
    address = client.get(reverse("activities:calendar"), {"who": "'\"><script>alert(2)</script>", "view": view})
    assert "<script>alert" not in address.content.decode()


def test_a_full_day_says_how_many_more_there_are(cast: Cast, client: Client) -> None:
    at = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    for number in range(6):
        plan(cast.alice, subject=f"کار {number}", at=at + timedelta(minutes=number))
    client.force_login(cast.alice)
    text = client.get(reverse("activities:calendar")).content.decode()
    day = next(part for part in text.split('<section class="pv-day') if f'data-day="{at.date().isoformat()}"' in part)
    assert day.count('class="pv-ev') == 6 and day.count("is-over") == 3
    assert day.split('class="pv-more')[1].partition(">")[2].startswith("۳")
    assert "is-today" in day.split(">")[0] and [f"کار {n}" in day for n in range(6)] == [True] * 6


def test_a_long_one_of_a_guest_stands_on_every_day_of_a_team(cast: Cast, client: Client) -> None:
    at: datetime = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=3)
    plan(cast.bob, subject="نمایشگاه", at=at, ends_at=at + timedelta(days=5))
    client.force_login(cast.bob)
    found = client.get(reverse("activities:calendar"), {"view": "week", "day": timezone.localdate().isoformat()})
    assert found.content.decode().count("نمایشگاه") >= 2
