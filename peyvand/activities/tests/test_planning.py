"""Planning, moving, completing, deleting, and what follows by rule."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Notification
from peyvand.accounts.services import create_role
from peyvand.accounts.types import Scope
from peyvand.activities import selectors, services
from peyvand.activities.errors import (
    EndsBefore,
    NoSuchCustomer,
    NoSuchPerson,
    NoSuchRecord,
    NotALink,
    NothingToUndo,
    NoTime,
    NotPlanned,
)
from peyvand.activities.follow_up import next_try
from peyvand.activities.models import Activity, Invitee, Outcome, State, Step
from peyvand.activities.selectors.calendar import people_of
from peyvand.activities.types import About, FollowUp, Guest, Planned
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from peyvand.core.models import OutboxEvent
from peyvand.core.working_time import IRANIAN_HOURS, WorkCalendar
from peyvand.parties import linking
from peyvand.parties.models import Party
from tests.cast import Cast, make_user

TEHRAN = ZoneInfo("Asia/Tehran")
AT = datetime(2026, 12, 1, 10, tzinfo=TEHRAN)


@pytest.fixture
def party(cast: Cast) -> Party:
    return Party.objects.create(name="فولاد پارس", kind="organisation", branch=cast.tehran)


def plan(who: object, **more: object) -> Activity:
    values = {"kind": "call", "subject": "تماس با فولاد پارس", "at": AT} | more
    return services.plan(actor=Actor(who), planned=Planned(**values))  # type: ignore[arg-type]


def test_a_call_is_planned_with_its_usual_length_place_and_event(cast: Cast, party: Party) -> None:
    call = plan(cast.alice, party_id=party.pk)
    assert (call.ends_at, call.department_id) == (AT + timedelta(minutes=15), cast.logistics.pk)
    assert (call.owner, call.branch_id, call.state) == (cast.alice, cast.tehran.pk, State.PLANNED)
    assert OutboxEvent.objects.get(name="activities.activity_planned").payload["party_id"] == party.pk
    assert "فولاد" in call.search


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"at": None}, NoTime),
        ({"ends_at": AT - timedelta(minutes=1)}, EndsBefore),
        ({"link": "javascript:alert(1)"}, NotALink),
        ({"subject": "  "}, Invalid),
        ({"kind": "party"}, Invalid),
        ({"party_id": 999_999}, NoSuchCustomer),
        ({"owner_id": 999_999}, NoSuchPerson),
        ({"about": [About(kind="no.Such", id=1)]}, NoSuchRecord),
        ({"guests": [Guest(email="nobody")]}, Invalid),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast: Cast, more: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        plan(cast.alice, **more)
    assert not Activity.objects.exists()


def test_a_task_needs_no_time(cast: Cast) -> None:
    assert plan(cast.alice, kind="task", at=None).ends_at is None


def test_a_whole_day_is_from_midnight_to_midnight_of_its_zone(cast: Cast) -> None:
    day = plan(cast.alice, kind="visit", all_day=True, zone="Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    assert day.at == datetime(2026, 12, 1, tzinfo=berlin)
    assert day.ends_at == datetime(2026, 12, 2, tzinfo=berlin)


def test_the_head_plans_for_her_people_and_the_expert_not_for_others(cast: Cast) -> None:
    activity = plan(cast.bob, owner_id=cast.alice.pk)
    assert activity.owner == cast.alice
    assert Notification.objects.get(user=cast.alice).url == f"/activities/{activity.pk}/"
    with pytest.raises(NoSuchPerson):
        plan(cast.alice, owner_id=cast.charlie.pk)


def test_who_sees_it_owner_head_invited_but_no_stranger(cast: Cast) -> None:
    activity = plan(cast.alice)
    seen = [who for who in cast.people if Activity.objects.visible_to(who).exists()]
    assert cast.charlie not in seen
    assert {cast.alice, cast.bob, cast.ada} <= set(seen)
    planned = selectors.planned_of(activity)
    wanted = Planned(**{**planned.__dict__, "guests": [Guest(user_id=cast.charlie.pk)]})
    services.edit(actor=Actor(cast.alice), activity_id=activity.pk, planned=wanted)
    assert Activity.objects.visible_to(cast.charlie).get() == activity
    with pytest.raises(NotAllowed):
        services.cancel(actor=Actor(cast.charlie), activity_id=activity.pk)
    services.answer(actor=Actor(cast.charlie), activity_id=activity.pk, answer="declined")
    assert Invitee.objects.get().answer == "declined"
    assert Notification.objects.filter(user=cast.alice).exists()


def test_moving_keeps_the_length_and_is_taken_back(cast: Cast) -> None:
    activity = plan(cast.alice, kind="meeting")
    later = AT + timedelta(days=2)
    done = services.reschedule(actor=Actor(cast.alice), activity_id=activity.pk, at=later, expected_version=1)
    activity.refresh_from_db()
    assert (activity.at, activity.ends_at, activity.sequence) == (later, later + timedelta(hours=1), 1)
    with pytest.raises(Conflict):
        services.reschedule(actor=Actor(cast.alice), activity_id=activity.pk, at=AT, expected_version=1)
    services.undo(actor=Actor(cast.alice), token=done.undo)
    activity.refresh_from_db()
    assert activity.at == AT
    with pytest.raises(NothingToUndo):
        services.undo(actor=Actor(cast.alice), token=done.undo)


def test_no_answer_is_tried_again_on_the_next_working_morning_at_most_thrice(cast: Cast, party: Party) -> None:
    services.ensure_starter_outcomes()
    no_answer = Outcome.objects.get(name_en="No answer")
    activity = plan(cast.alice, party_id=party.pk)
    tries = 0
    done = None
    while True:
        done = services.complete(actor=Actor(cast.alice), activity_id=activity.pk, outcome_id=no_answer.pk)
        if done.follow_up_id is None:
            break
        activity, tries = Activity.objects.get(pk=done.follow_up_id), tries + 1
        assert activity.at.astimezone(TEHRAN).time() == time(10)
        assert activity.at.astimezone(TEHRAN).weekday() != 4
        assert activity.party == party
    assert tries == 2
    assert Activity.objects.filter(state=State.MISSED).count() == 3


def test_undoing_an_outcome_takes_back_what_it_planned(cast: Cast) -> None:
    services.ensure_starter_outcomes()
    activity = plan(cast.alice)
    no_answer = Outcome.objects.get(name_en="No answer")
    done = services.complete(actor=Actor(cast.alice), activity_id=activity.pk, outcome_id=no_answer.pk)
    services.undo(actor=Actor(cast.alice), token=done.undo)
    assert list(Activity.objects.visible_to(cast.alice)) == [activity]
    activity.refresh_from_db()
    assert (activity.state, activity.done_at, activity.outcome) == (State.PLANNED, None, None)


@pytest.mark.parametrize(
    ("now", "rule", "expected"),
    [
        (
            datetime(2026, 12, 1, 15, tzinfo=TEHRAN),
            FollowUp(days=1, at=time(10)),
            datetime(2026, 12, 2, 10, tzinfo=TEHRAN),
        ),
        (
            datetime(2026, 12, 3, 11, tzinfo=TEHRAN),
            FollowUp(days=1, at=time(10)),
            datetime(2026, 12, 5, 10, tzinfo=TEHRAN),
        ),
        (
            datetime(2026, 12, 2, 11, tzinfo=TEHRAN),
            FollowUp(days=1, at=time(15)),
            datetime(2026, 12, 5, 8, tzinfo=TEHRAN),
        ),
        (
            datetime(2026, 12, 1, 15, 45, tzinfo=TEHRAN),
            FollowUp(minutes=30),
            datetime(2026, 12, 2, 8, 15, tzinfo=TEHRAN),
        ),
        (datetime(2026, 12, 1, 9, tzinfo=TEHRAN), FollowUp(days=2), datetime(2026, 12, 3, 9, tzinfo=TEHRAN)),
    ],
)
def test_the_next_try_is_in_working_hours(now: datetime, rule: FollowUp, expected: datetime) -> None:
    calendar = WorkCalendar(TEHRAN, IRANIAN_HOURS)
    assert next_try(calendar, now, rule) == expected


def test_a_call_that_took_place_is_a_contact_with_the_customer(cast: Cast, party: Party) -> None:
    services.log(
        actor=Actor(cast.alice), planned=Planned(kind="call", subject="x", at=timezone.now(), party_id=party.pk)
    )
    party.refresh_from_db()
    assert party.last_contact_at is not None
    assert OutboxEvent.objects.filter(name="activities.activity_completed").exists()


def test_closing_twice_is_refused_and_reopening_brings_it_back(cast: Cast) -> None:
    activity = plan(cast.alice)
    services.complete(actor=Actor(cast.alice), activity_id=activity.pk)
    with pytest.raises(NotPlanned):
        services.complete(actor=Actor(cast.alice), activity_id=activity.pk)
    with pytest.raises(Invalid):
        services.log(
            actor=Actor(cast.alice),
            planned=Planned(kind="call", subject="x", at=AT),
            at=timezone.now() + timedelta(days=1),
        )
    services.reopen(actor=Actor(cast.alice), activity_id=activity.pk)
    activity.refresh_from_db()
    assert activity.is_planned


def test_the_trash_is_his_who_may_delete_and_gives_back(cast: Cast) -> None:
    activity = plan(cast.alice)
    services.delete(actor=Actor(cast.alice), activity_id=activity.pk)
    assert not Activity.objects.visible_to(cast.alice).exists()
    with pytest.raises(NotFound):
        services.restore(actor=Actor(cast.charlie), activity_id=activity.pk)
    services.restore(actor=Actor(cast.alice), activity_id=activity.pk)
    assert Activity.objects.visible_to(cast.alice).get() == activity
    assert [step.kind for step in Step.objects.order_by("pk")] == ["planned", "deleted", "restored"]


def test_a_linked_record_gives_its_customer_and_is_shown_to_who_sees_it(
    cast: Cast, party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = linking.LinkKind(
        key="tests.Party",
        label="Customer",
        icon="user",
        seen=lambda who: Party.objects.visible_to(who),
        title=lambda one: one.name,
        address=lambda one: f"/customers/{one.pk}/",
        party=lambda one: one.pk,
    )
    monkeypatch.setattr(linking, "_kinds", {kind.key: kind})
    about = About(kind=kind.key, id=party.pk)
    activity = plan(cast.alice, about=[about])
    assert activity.party == party
    assert list(selectors.of_record(cast.alice, kind.key, party.pk)) == [activity]
    assert selectors.next_of(cast.alice, kind.key, [party.pk]) == {party.pk: activity}
    assert [one.title for one in selectors.linked_records(cast.alice, activity)] == [party.name]
    services.unlink(actor=Actor(cast.alice), activity_id=activity.pk, about=about)
    assert not selectors.of_record(cast.alice, kind.key, party.pk).exists()


def test_overdue_are_the_planned_ones_whose_end_has_passed(cast: Cast) -> None:
    late, _later = plan(cast.alice), plan(cast.alice, at=AT + timedelta(days=9))
    plan(cast.bob)
    assert list(selectors.overdue_for(cast.alice, AT + timedelta(hours=1))) == [late]


def test_words_of_an_erased_customer_are_gone(cast: Cast, party: Party, drain: Callable[[], int]) -> None:
    from peyvand.activities.services.erasing import erase_of_party  # noqa: PLC0415

    activity = plan(cast.alice, party_id=party.pk, description="راز")
    erase_of_party(party.pk)
    activity.refresh_from_db()
    assert (activity.subject, activity.description, activity.search) == ("—", "", "")
    assert activity.at.astimezone(UTC) == AT.astimezone(UTC)


def test_whoever_reaches_everybody_plans_for_everybody_and_sees_their_calendars(cast: Cast) -> None:
    role = create_role(
        actor=None, name="همه", permissions=dict.fromkeys(("activities.view", "activities.plan"), Scope.ALL)
    )
    eve = make_user("eve", department=cast.sales, roles=[role])
    assert set(cast.people) <= set(selectors.doers_for(eve))
    assert cast.bob in people_of(eve, f"user-{cast.bob.pk}")
    assert list(selectors.doers_for(cast.alice)) == [cast.alice]
    assert people_of(cast.alice, f"user-{cast.charlie.pk}") == []
