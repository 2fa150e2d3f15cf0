"""The quality page: every figure is the number of rows that its list shows, for whoever looks."""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import asked_by
from peyvand.channels.events import MessageBounced, MessageSent
from peyvand.channels.models import Channel, Message
from peyvand.config.bounces import hope_for_delivery, mark_bounced
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.list_state import ListState, check
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, ContactPoint, DuplicatePair, Identifier, Party, QualityDay, QualityFigure
from peyvand.parties.selectors import quality as selectors
from peyvand.parties.services import quality as services
from peyvand.parties.services.quality import count_quality
from peyvand.parties.tasks import clear_bounces
from peyvand.parties.tests.conftest import make_user

pytestmark = pytest.mark.django_db
SCOPES = {"parties.view": "all", "parties.quality": "all", "parties.shape": "all", "parties.duplicates": "all"}


@pytest.fixture
def boss(tehran: Branch) -> User:
    return make_user("boss", tehran, SCOPES)


@pytest.fixture
def clerk(tehran: Branch) -> User:
    return make_user("clerk", tehran, {"parties.view": "branch", "parties.quality": "branch"})


@pytest.fixture
def seller(tehran: Branch) -> User:
    return make_user("seller", tehran, {"parties.view": "branch", "parties.quality": "own"})


@pytest.fixture
def base(tehran: Branch, tabriz: Branch, seller: User) -> list[Party]:
    """Eight customers with all that can be wrong, in two branches and two categories."""
    vip = Category.objects.create(name="ویژه", norm="ویژه")
    old = timezone.now() - dt.timedelta(days=800)
    made = [
        Party.objects.create(
            name=f"p{n}", sort_key=f"p{n}", branch=tehran if n % 2 else tabriz, owner=seller if n % 3 == 1 else None,
            category=vip if n < 3 else None, completeness=100 if n == 5 else 10 * n,
            missing=[] if n == 5 else ["email"] if n % 2 else ["email", "phone"], is_provisional=n == 6,
            last_contact_at=timezone.now() if n == 7 else None,
        )
        for n in range(8)
    ]  # fmt: skip
    Party.objects.filter(pk__in=[party.pk for party in made[3:]]).update(changed_at=old)
    Party.objects.filter(pk=made[0].pk).update(deleted_at=old)
    values = ["a@example.ir", "b@localhost", "+98110", "+989121234567", "+982188776655", "+442079460000", "+98912"]
    for party, value in zip(made[1:], values, strict=True):
        kind = "email" if "@" in value else "phone"
        ContactPoint.objects.create(party=party, kind=kind, typed=value, value=value, is_verified=value.endswith("ir"))
    ContactPoint.objects.filter(value="a@example.ir").update(bounced_at=old)
    Identifier.objects.create(party=made[4], kind="economic", value="1", digest="1", shown="1", flaw="length")
    return made


def rows(user: User, query: str) -> int:
    """How many the list of customers shows under this address."""
    asked = asked_by(user)
    checked = check(ListState.from_query(QueryDict(query)), HOST, asked)
    assert not checked.problems
    return checked.apply(Party.objects.visible_to(user), HOST, asked).count()


@pytest.mark.usefixtures("base")
def test_each_figure_is_the_number_of_rows_of_its_list(boss: User, clerk: User) -> None:
    count_quality()
    for user in (boss, clerk):
        found = selectors.overview(user)
        assert found.total == Party.objects.visible_to(user).count()
        counts = [*found.counts, *found.missing]
        assert {each.key: each.number for each in counts} == {each.key: rows(user, each.query) for each in counts}
        places = [*found.branches, *found.categories]
        assert [place.incomplete for place in places] == [rows(user, place.query) for place in places]
        assert sum(place.total for place in found.branches) == found.total
    numbers = {each.key: each.number for each in selectors.overview(boss).counts}
    assert numbers == {
        "incomplete": 6, "bounced": 1, "invalid": 3, "flawed": 1, "unverified": 6, "provisional": 1, "quiet": 4
    }  # fmt: skip


@pytest.mark.usefixtures("base")
def test_who_sees_only_his_own_is_told_only_of_his_own(seller: User) -> None:
    count_quality()
    assert selectors.overview(seller).total == Party.objects.filter(owner=seller, deleted_at=None).count() == 3


@pytest.mark.usefixtures("base")
def test_it_counts_only_when_something_changed(boss: User) -> None:
    assert count_quality() and not count_quality()
    Party.objects.create(name="x", branch=boss.branch)
    services.change_quiet_months(actor=boss, months=40)
    assert count_quality()
    assert {each.key: each.number for each in selectors.overview(boss).counts}["quiet"] == 0


def test_only_who_shapes_the_base_sets_the_months(boss: User, clerk: User) -> None:
    with pytest.raises(NotAllowed):
        services.change_quiet_months(actor=clerk, months=6)
    with pytest.raises(Invalid):
        services.change_quiet_months(actor=boss, months=0)
    services.change_quiet_months(actor=boss, months=6)
    assert selectors.quiet_days() == 182


def test_the_last_count_of_a_day_is_its_figure(boss: User, clerk: User, base: list[Party], tabriz: Branch) -> None:
    count_quality()
    DuplicatePair.objects.create(first=base[1], second=base[3], score=90, checked_at=timezone.now())
    DuplicatePair.objects.create(first=base[1], second=base[2], score=90, checked_at=timezone.now())
    count_quality(force=True)
    assert QualityDay.objects.values("day").distinct().count() == 1
    (day,) = selectors.trend(boss)
    assert (day["total_"], day["incomplete_"], day["duplicates_"]) == (7, 6, 2)
    assert selectors.trend(clerk)[0]["duplicates_"] == 1  # the pair across branches is not his
    assert QualityFigure.objects.filter(branch_id=tabriz.pk).exists()


def test_the_page_asks_few_questions(
    client: Client, boss: User, base: list[Party], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    count_quality()
    client.force_login(boss)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("parties:quality")).content.decode()
    for each in selectors.overview(boss).counts:
        assert not each.number or each.query.replace("&", "&amp;") in page
    assert client.get(reverse("parties:quality")).status_code == 200


# ------------------------------------------------------------------------------------------------------------- bounces


@pytest.fixture
def sent(tehran: Branch) -> Message:
    channel = Channel.objects.create(kind="email", name="m", token="t", branch=tehran)
    now = timezone.now()
    return Message.objects.create(
        channel=channel, direction="out", medium="mail", state="sent", external_id="1", occurred_at=now, done_at=now,
        recipients={"to": ["A@Example.ir"], "cc": []},
    )  # fmt: skip


@pytest.fixture
def mailed(tehran: Branch) -> ContactPoint:
    party = Party.objects.create(name="p", branch=tehran)
    return ContactPoint.objects.create(party=party, kind="email", typed="A@Example.ir", value="a@example.ir")


def bounce(sent: Message, *, permanent: bool = True) -> None:
    report = Message.objects.create(
        channel=sent.channel, direction="in", medium="mail", state="parsed", external_id=secrets.token_hex(4),
        occurred_at=timezone.now(), subject="Undelivered: no such user",
    )  # fmt: skip
    mark_bounced(MessageBounced(message_id=sent.pk, bounce_id=report.pk, address="A@example.ir", permanent=permanent))


def test_an_address_that_bounces_for_good_is_marked_and_a_delay_is_not(sent: Message, mailed: ContactPoint) -> None:
    bounce(sent, permanent=False)
    mailed.refresh_from_db()
    assert mailed.bounced_at is None
    version = mailed.party.version
    bounce(sent)
    mailed.refresh_from_db()
    assert mailed.bounced_at and mailed.bounce_reason == "Undelivered: no such user"
    assert Party.objects.get(pk=mailed.party_id).version == version + 1


def test_the_mark_goes_when_mail_goes_out_and_nothing_comes_back(sent: Message, mailed: ContactPoint) -> None:
    bounce(sent)
    Message.objects.filter(pk=sent.pk).update(done_at=timezone.now())
    hope_for_delivery(MessageSent(message_id=sent.pk))
    sent.refresh_from_db()
    clear_bounces(addresses=["a@example.ir"], sent_at=sent.done_at.isoformat())
    mailed.refresh_from_db()
    assert mailed.bounced_at is None
    bounce(sent)  # and what comes back later than it went out stays
    clear_bounces(addresses=["a@example.ir"], sent_at=sent.done_at.isoformat())
    mailed.refresh_from_db()
    assert mailed.bounced_at


def test_a_person_takes_the_mark_away(client: Client, sent: Message, mailed: ContactPoint, tehran: Branch) -> None:
    bounce(sent)
    user = make_user("user", tehran, {"parties.view": "branch", "parties.change": "branch"})
    client.force_login(user)
    page = client.get(reverse("parties:tab", args=[mailed.party_id, "details"])).content.decode()
    assert "Undelivered: no such user" in page
    client.post(reverse("parties:clear_bounce", args=[mailed.party_id, mailed.pk]))
    mailed.refresh_from_db()
    assert mailed.bounced_at is None and mailed.bounce_reason == ""
