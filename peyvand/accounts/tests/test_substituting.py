"""Substitutes for leave: who may name whom, that chains and circles stop and say so, and that reach follows."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts import services
from peyvand.accounts.errors import (
    AlreadySubstituted,
    StandsInMeanwhile,
    SubstituteAway,
    SubstitutionOver,
    WrongDays,
)
from peyvand.accounts.leave import away_today, unsettled
from peyvand.accounts.models import Notification, Substitution, User
from peyvand.accounts.prepared import form_of
from peyvand.accounts.scoping import reach_of
from peyvand.accounts.selectors import referral_targets
from peyvand.accounts.types import Leave
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.web.notifications.words import sentence
from tests.cast import Cast, make_user


def leave(first: int = 0, last: int = 5, work: int = Substitution.Work.ALL) -> Leave:
    """From so many days ahead to so many."""
    today = timezone.localdate()
    return Leave(first_day=today + timedelta(days=first), last_day=today + timedelta(days=last), work=work)


def name(person: User, substitute: User, days: Leave | None = None) -> Substitution:
    return services.name_substitute(actor=person, person=person, substitute=substitute, leave=days or leave())


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_reach_knows_for_whom_one_stands_in_today_in_one_query(cast: Cast) -> None:
    name(cast.alice, cast.bob, leave(work=Substitution.Work.DESK))
    name(cast.olivia, cast.bob, leave(work=Substitution.Work.REVIEWS))
    name(cast.charlie, cast.bob, leave(first=2))
    with CaptureQueriesContext(connection) as seen:
        user = fresh(cast.bob)
        reach = reach_of(user)
    assert len(seen) == 2
    assert (reach.desks, reach.reviews) == ({cast.alice.pk}, {cast.olivia.pk})
    assert set(form_of(user).stand_ins.values()) >= {cast.alice.pk, cast.olivia.pk}
    assert form_of(user).key != form_of(fresh(cast.alice)).key
    assert reach_of(fresh(cast.alice)).desks == frozenset()


def test_one_names_a_substitute_for_oneself_and_a_manager_for_others(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.name_substitute(actor=cast.bob, person=cast.alice, substitute=cast.charlie, leave=leave())
    services.name_substitute(actor=cast.ada, person=cast.alice, substitute=cast.bob, leave=leave())
    told = {row.user_id: sentence(row) for row in Notification.objects.all()}
    assert set(told) == {cast.alice.pk, cast.bob.pk}
    assert str(cast.alice) in told[cast.bob.pk]


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-1, 3), (-3, -1), (1, 400)])
def test_days_that_make_no_leave_are_refused(cast: Cast, first: int, last: int) -> None:
    with pytest.raises(WrongDays):
        name(cast.alice, cast.bob, leave(first, last))


def test_a_circle_and_a_chain_stop_and_say_so(cast: Cast) -> None:
    name(cast.alice, cast.bob)
    with pytest.raises(SubstituteAway):
        name(cast.bob, cast.alice)
    with pytest.raises(StandsInMeanwhile):
        name(cast.bob, cast.charlie, leave(3, 9))
    with pytest.raises(SubstituteAway):
        name(cast.charlie, cast.alice)
    name(cast.bob, cast.charlie, leave(6, 9))
    with pytest.raises(AlreadySubstituted):
        name(cast.alice, cast.olivia, leave(5, 6))
    with pytest.raises(Invalid):
        name(cast.olivia, cast.olivia)


def test_two_may_share_a_leave_by_the_sort_of_work(cast: Cast) -> None:
    name(cast.alice, cast.bob, leave(work=Substitution.Work.DESK))
    name(cast.alice, cast.charlie, leave(work=Substitution.Work.REVIEWS))
    with pytest.raises(AlreadySubstituted):
        name(cast.alice, cast.olivia)
    assert away_today()[cast.alice.pk].substitute_id == cast.bob.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_name_each_other_at_once_do_not_both_succeed(cast: Cast) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def act(person: User, substitute: User) -> None:
        start.wait()
        try:
            name(fresh(person), fresh(substitute))
            outcomes.append("named")
        except (StandsInMeanwhile, SubstituteAway):
            outcomes.append("refused")
        finally:
            connection.close()

    pairs = [(cast.alice, cast.bob), (cast.bob, cast.alice)]
    threads = [threading.Thread(target=act, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["named", "refused"]


def test_it_is_changed_ended_and_settled_once(cast: Cast) -> None:
    made = name(cast.alice, cast.bob)
    changed = services.change_substitution(
        actor=cast.alice, substitution=made, substitute=cast.charlie, leave=leave(0, 2)
    )
    assert (changed.substitute_id, reach_of(fresh(cast.bob)).desks) == (cast.charlie.pk, frozenset())
    with pytest.raises(NotAllowed):
        services.end_substitution(actor=cast.charlie, substitution=made)
    services.end_substitution(actor=cast.alice, substitution=made)
    assert reach_of(fresh(cast.charlie)).desks == frozenset()
    with pytest.raises(SubstitutionOver):
        services.end_substitution(actor=cast.alice, substitution=made)
    assert [one.pk for one in unsettled()] == [made.pk]
    assert services.settle_substitution(substitution_id=made.pk)
    assert not services.settle_substitution(substitution_id=made.pk)


def test_a_leave_that_has_begun_may_be_made_longer(cast: Cast) -> None:
    made = name(cast.alice, cast.bob)
    began = timezone.localdate() - timedelta(days=3)
    Substitution.objects.filter(pk=made.pk).update(first_day=began)
    longer = Leave(first_day=began, last_day=timezone.localdate() + timedelta(days=9))
    assert services.change_substitution(actor=cast.alice, substitution=made, leave=longer).last_day == longer.last_day


def test_who_leaves_stands_in_for_nobody_and_those_who_counted_on_him_hear_it(cast: Cast) -> None:
    made = name(cast.alice, cast.bob)
    Notification.objects.all().delete()
    services.deactivate_user(actor=None, user=cast.bob)
    made.refresh_from_db()
    assert made.ended_at is not None
    assert [row.user_id for row in Notification.objects.all()] == [cast.alice.pk]
    with pytest.raises(Invalid):
        name(cast.alice, cast.bob)


def test_who_refers_is_shown_the_leave_before_he_sends(cast: Cast) -> None:
    name(cast.bob, cast.charlie)
    found = {(each.kind, each.id): each.away for each in referral_targets(cast.olivia)}
    person, post = found["user", cast.bob.pk], found["post", cast.head_of_logistics.pk]
    assert person is not None
    assert post is not None
    assert person.substitute_id == post.substitute_id == cast.charlie.pk
    assert found["user", cast.alice.pk] is None


def test_the_pages_name_change_and_end(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    browser, today = logged_in(cast.alice), timezone.localdate()
    address = reverse("profile:substitutes")
    data = {"substitute": cast.bob.pk, "first_day": str(today), "last_day": str(today), "work": "3", "note": "کلید"}
    assert browser.post(address, data).status_code in (302, 303)
    made = Substitution.objects.get()
    page = browser.get(address).content.decode()
    assert str(cast.bob) in page
    assert browser.post(address, data).status_code == 422
    change = reverse("profile:substitute", args=[made.pk])
    assert browser.post(change, data | {"note": "پرونده‌ها"}).status_code in (302, 303)
    assert browser.post(reverse("profile:end_substitute", args=[made.pk])).status_code in (302, 303)
    made.refresh_from_db()
    assert (made.note, made.ended_at is None) == ("پرونده‌ها", False)
    office = logged_in(cast.ada)
    desk = reverse("administration:substitutes", args=[cast.alice.pk])
    assert office.post(desk, data | {"substitute": cast.olivia.pk}).status_code in (302, 303)
    later = Substitution.objects.latest("pk")
    assert office.get(reverse("administration:substitute", args=[cast.alice.pk, later.pk])).status_code == 200
    assert office.post(reverse("administration:end_substitute", args=[cast.alice.pk, later.pk])).status_code in (
        302,
        303,
    )


def test_the_pages_cost_as_much_with_many_leaves(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    browser, address = logged_in(cast.alice), reverse("profile:substitutes")
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for number in range(5):
        other = make_user(f"other{number}")
        Substitution.objects.create(
            person=cast.alice, substitute=other, first_day=timezone.localdate(), last_day=timezone.localdate(),
            ended_at=timezone.now(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)
