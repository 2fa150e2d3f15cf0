"""Reminders once, minutes whose decisions are tasks, and the feed that another program reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Notification
from peyvand.activities import services
from peyvand.activities.errors import NotAMeeting
from peyvand.activities.models import Activity, Decision, Feed, Minutes, Reminded
from peyvand.activities.services.minuting import Decided
from peyvand.activities.types import Guest, Planned
from peyvand.channels.models import Channel, Message
from peyvand.core.errors import Conflict
from peyvand.parties.models import Party
from tests.cast import Cast


def plan(who: object, **more: object) -> Activity:
    values = {"kind": "meeting", "subject": "نشست فروش", "at": timezone.now() + timedelta(minutes=20)} | more
    return services.plan(actor=Actor(who), planned=Planned(**values))  # type: ignore[arg-type]


def due(one: Activity) -> None:
    Activity.objects.filter(pk=one.pk).update(remind_at=timezone.now() - timedelta(seconds=1))


def told(who: object) -> int:
    return Notification.objects.filter(user=who, text__startswith="Soon").count()


def test_each_is_reminded_once_however_often_the_clock_runs(cast: Cast) -> None:
    one = plan(cast.alice, guests=[Guest(user_id=cast.bob.pk), Guest(user_id=cast.charlie.pk)])
    services.answer(actor=Actor(cast.charlie), activity_id=one.pk, answer="declined")
    assert services.remind_due() == 0
    due(one)
    assert services.remind_due() == 1
    assert services.remind_due() == 0
    assert [told(who) for who in (cast.alice, cast.bob, cast.charlie)] == [1, 1, 0]
    assert Reminded.objects.count() == 2


def test_what_was_moved_is_reminded_of_anew_and_what_is_over_is_not(cast: Cast) -> None:
    one = plan(cast.alice)
    due(one)
    services.remind_due()
    services.reschedule(actor=Actor(cast.alice), activity_id=one.pk, at=timezone.now() + timedelta(hours=2))
    one.refresh_from_db()
    assert one.remind_at == one.at - timedelta(minutes=15)
    services.complete(actor=Actor(cast.alice), activity_id=one.pk)
    one.refresh_from_db()
    assert one.remind_at is None


def test_a_reminder_by_mail_is_one_queued_message_for_each(cast: Cast) -> None:
    Channel.objects.create(
        kind=Channel.Kind.EMAIL, name="پشتیبانی", address="office@company.example", token="t", branch=cast.tehran,
        settings={"smtp": {"host": "127.0.0.1"}},
    )  # fmt: skip
    one = plan(cast.alice, remind_mail=True, guests=[Guest(user_id=cast.bob.pk)])
    due(one)
    services.remind_due()
    services.remind_due()
    sent = Message.objects.filter(direction=Message.Direction.OUT)
    assert sorted(one.recipients["to"][0] for one in sent) == [cast.alice.email, cast.bob.email]


def test_decisions_become_tasks_of_who_does_them(cast: Cast) -> None:
    party = Party.objects.create(name="فولاد پارس", branch=cast.tehran)
    one = plan(cast.bob, party_id=party.pk)
    day = timezone.localdate() + timedelta(days=3)
    decided = [Decided(text="نمونه فرستاده شود", owner_id=cast.alice.pk, due=day), Decided(text="  ")]
    services.write_minutes(actor=Actor(cast.bob), activity_id=one.pk, body="گفت‌وگو شد", decided=decided)
    task = Decision.objects.get().task
    assert (task.kind, task.owner, task.party, task.all_day) == ("task", cast.alice, party, True)
    with pytest.raises(Conflict):
        services.write_minutes(actor=Actor(cast.bob), activity_id=one.pk, body="دیگر")
    services.write_minutes(actor=Actor(cast.bob), activity_id=one.pk, body="دیگر", expected_version=1)
    assert Minutes.objects.get().body == "دیگر"
    with pytest.raises(NotAMeeting):
        services.write_minutes(actor=Actor(cast.alice), activity_id=task.pk, body="x")


def test_minutes_are_written_on_their_page(cast: Cast, logged_in: Callable[..., Client]) -> None:
    one = plan(cast.alice)
    address = reverse("activities:minutes", args=[one.pk])
    page = logged_in(cast.alice)
    assert page.get(address).status_code == 200
    data = {
        "body": "همه آمدند", "decisions-TOTAL_FORMS": "3", "decisions-INITIAL_FORMS": "0",
        "decisions-0-text": "قرارداد آماده شود", "decisions-0-owner": cast.alice.pk, "decisions-0-due": "1405/09/20",
    }  # fmt: skip
    assert page.post(address, data).status_code == 303
    shown = page.get(reverse("activities:activity", args=[one.pk])).content.decode()
    assert "همه آمدند" in shown and "قرارداد آماده شود" in shown


def test_arriving_at_a_visit_is_noted_once(cast: Cast, logged_in: Callable[..., Client]) -> None:
    one = plan(cast.alice, kind="visit")
    logged_in(cast.alice).post(reverse("activities:check_in", args=[one.pk]))
    one.refresh_from_db()
    first = one.checked_in_at
    assert first is not None
    services.check_in(actor=Actor(cast.alice), activity_id=one.pk)
    one.refresh_from_db()
    assert one.checked_in_at == first


def test_another_program_reads_the_feed_until_it_is_revoked(cast: Cast, logged_in: Callable[..., Client]) -> None:
    meeting = plan(cast.alice, place="دفتر; طبقهٔ ۲, اتاق ۳", description="سطر یک\nسطر دو")
    day, task = plan(cast.alice, all_day=True, subject="نمایشگاه"), plan(cast.alice, kind="task", subject="پیگیری")
    plan(cast.charlie, subject="راز")
    page = logged_in(cast.alice)
    address = page.post(reverse("activities:feed"), {"act": "open"}).context["address"]
    path = address.removeprefix("http://testserver").partition("/activities")
    stranger = Client()
    answer = stranger.get("/activities" + path[2])
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.content)
    events = {str(one["summary"]): one for one in found.walk() if one.name in ("VEVENT", "VTODO")}
    assert set(events) == {meeting.subject, day.subject, task.subject}
    assert events[meeting.subject]["dtstart"].dt == meeting.at.replace(microsecond=0)
    assert str(events[meeting.subject]["location"]) == "دفتر; طبقهٔ ۲, اتاق ۳"
    assert events[day.subject]["dtstart"].dt == timezone.localtime(day.at).date()
    assert events[task.subject].name == "VTODO"
    assert len({str(one["uid"]) for one in events.values()}) == 3
    page.post(reverse("activities:feed"), {"act": "close"})
    assert stranger.get("/activities" + path[2]).status_code == 404
    assert not Feed.objects.exists()


def test_a_feed_of_somebody_who_left_is_silent(cast: Cast) -> None:
    plan(cast.alice)
    secret = services.open_feed(actor=Actor(cast.alice))
    address = reverse("activities:ics", args=[secret])
    assert Client().get(address).status_code == 200
    cast.alice.is_active = False
    cast.alice.save()
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("activities:ics", args=["x"])).status_code == 404


def test_my_overdue_ones_are_told_to_other_pages(cast: Cast, logged_in: Callable[..., Client]) -> None:
    page = logged_in(cast.alice)
    assert page.get(reverse("activities:overdue")).content.strip() == b""
    services.plan(
        actor=Actor(cast.alice),
        planned=Planned(kind="call", subject="پیگیری", at=timezone.now() - timedelta(days=1)),
    )
    assert "پیگیری" in page.get(reverse("activities:overdue")).content.decode()
