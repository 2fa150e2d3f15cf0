"""Series that others hold: their coming times stand in the calendar, follow each word of the organiser, once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Notification, User
from peyvand.activities import services
from peyvand.activities.models import Activity, Invitee, Outside, OutsideSeries, State, Step
from peyvand.activities.services.erasing import erase_invitations
from peyvand.activities.tests.test_invitation_mails import SARA, arrive, asked, office, sent
from peyvand.activities.tests.test_invitations_from_outside import again, alice, invitation
from peyvand.activities.types import StepKind
from peyvand.activities.words import step_words
from peyvand.cartable.models import Request
from peyvand.channels.models import Channel
from peyvand.parties.models import ContactPoint, Party
from tests.cast import Cast

__all__ = ["alice", "office"]  # fixtures
Drain = Callable[[], int]
BERLIN = ZoneInfo("Europe/Berlin")
US = "alice@company.example"
FIRST = (timezone.now().astimezone(BERLIN) + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
WEEK = timedelta(days=7)


def there(at: datetime) -> str:
    return f";TZID=Europe/Berlin:{at.astimezone(BERLIN):%Y%m%dT%H%M%S}"


def nth(number: int) -> datetime:
    """When the weekly series has its time of this number: on the wall clock of Berlin."""
    return FIRST.replace(tzinfo=None).replace(tzinfo=BERLIN) + WEEK * number


def event(at: datetime = FIRST, **more: str) -> dict[str, str]:
    lines = {
        "UID": ":weekly@outlook.example", "SEQUENCE": ":0", "DTSTAMP": ":20261101T080000Z", "DTSTART": there(at),
        "DTEND": there(at + timedelta(hours=1)), "SUMMARY": ":بازبینی هفتگی", "ORGANIZER": f";CN=Sara:mailto:{SARA}",
        "ATTENDEE": f":mailto:{US}",
    }  # fmt: skip
    return lines | {name.replace("_", "-"): value for name, value in more.items()}


def whole(**more: str) -> dict[str, str]:
    return event(**({"RRULE": ":FREQ=WEEKLY;COUNT=6"} | more))


def mail(*events: dict[str, str], method: str = "REQUEST", sender: str = SARA) -> bytes:
    bodies = "".join(
        "BEGIN:VEVENT\r\n" + "".join(f"{name}{value}\r\n" for name, value in one.items() if value) + "END:VEVENT\r\n"
        for one in events
    )
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n{bodies}END:VCALENDAR\r\n"
    out = EmailMessage(policy=SMTP)
    out["From"], out["To"], out["Message-ID"] = sender, US, f"<{uuid4().hex}@outlook.example>"
    out.set_content("Please come.")
    out.add_alternative(text, subtype="calendar", cte="base64", params={"method": method})
    return out.as_bytes()


def planned() -> list[datetime | None]:
    rows = Activity.objects.filter(state=State.PLANNED, deleted_at=None)
    return list(rows.order_by("at").values_list("at", flat=True))


def test_its_coming_times_stand_in_the_calendar_once(alice: User, office: Channel, drain: Drain) -> None:
    raw = mail(whole(EXDATE=there(nth(2))))
    arrive(office, raw, drain)
    arrive(office, raw, drain)
    again()
    drain()
    assert planned() == [nth(0), nth(1), nth(3), nth(4), nth(5)]
    assert Notification.objects.filter(user=alice).count() == 1
    assert not Request.objects.exists() and OutsideSeries.objects.get().organizer == SARA
    assert Step.objects.filter(kind=StepKind.INVITED).count() == 1


def test_one_time_is_moved_called_off_and_stands_again(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, mail(whole()), drain)
    moved = nth(1) + timedelta(hours=5)
    one = event(moved, RECURRENCE_ID=there(nth(1)), SEQUENCE=":1", DTSTAMP=":20261101T090000Z")
    arrive(office, mail(one), drain)
    assert planned()[1] == moved and len(planned()) == 6
    off = event(nth(2), RECURRENCE_ID=there(nth(2)), SEQUENCE=":1", DTSTAMP=":20261101T090000Z")
    arrive(office, mail(off, method="CANCEL"), drain)
    arrive(office, mail(whole()), drain)  # the first mail, once more and late
    assert planned() == [nth(0), moved, nth(3), nth(4), nth(5)]
    arrive(office, mail(off | {"SEQUENCE": ":2"}), drain)
    assert nth(2) in planned() and len(planned()) == 6
    assert Activity.objects.count() == 6 and not Request.objects.exists()


def test_a_time_and_all_later_ones_move_and_end(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, mail(whole()), drain)
    later = event(
        nth(3) + timedelta(hours=2), SEQUENCE=":1", SUMMARY=":دیرتر",
        **{"RECURRENCE-ID;RANGE=THISANDFUTURE": there(nth(3))},
    )  # fmt: skip
    arrive(office, mail(later), drain)
    hours = timedelta(hours=2)
    assert planned() == [nth(0), nth(1), nth(2), nth(3) + hours, nth(4) + hours, nth(5) + hours]
    assert Activity.objects.filter(subject="دیرتر").count() == 3
    end = event(nth(4), SEQUENCE=":2", **{"RECURRENCE-ID;RANGE=THISANDFUTURE": there(nth(4))})
    arrive(office, mail(end, method="CANCEL"), drain)
    assert planned() == [nth(0), nth(1), nth(2), nth(3) + hours]
    arrive(office, mail(whole(SEQUENCE=":3"), method="CANCEL"), drain)
    assert planned() == [] and Activity.objects.filter(state=State.CANCELLED).count() == 6


def test_the_whole_at_another_time_forgets_single_ones_and_asks_anew(
    alice: User, office: Channel, drain: Drain
) -> None:
    arrive(office, mail(whole()), drain)
    one = Activity.objects.order_by("at")[0]
    services.answer(actor=Actor(alice), activity_id=one.pk, answer="accepted", whole=True)
    drain()
    off = event(nth(2), RECURRENCE_ID=there(nth(2)), SEQUENCE=":1")
    arrive(office, mail(off, method="CANCEL"), drain)
    hour = timedelta(hours=1)
    changed = whole(SEQUENCE=":2", DTSTART=there(FIRST + hour), DTEND=there(FIRST + 2 * hour))
    arrive(office, mail(changed), drain)
    assert planned() == [nth(number) + hour for number in range(6)]
    assert set(Invitee.objects.filter(activity__state="planned").values_list("answer", flat=True)) == {"waiting"}
    arrive(office, mail(whole(SEQUENCE=":2", DTSTAMP=":20261102T080000Z", RRULE="")), drain)
    assert planned() == [nth(0)]  # it comes no more again


def test_one_answer_goes_out_for_the_whole_and_one_for_a_single_time(
    alice: User, office: Channel, drain: Drain, logged_in: Callable[..., Client]
) -> None:
    arrive(office, mail(whole()), drain)
    first, second = Activity.objects.order_by("at")[:2]
    client, page = logged_in(alice), reverse("activities:answer", args=[first.pk])
    assert 'name="which"' in client.get(reverse("activities:activity", args=[first.pk])).content.decode()
    client.post(page, {"answer": "accepted", "which": "all"})
    drain()
    again()
    drain()
    (reply,) = sent()
    method, found = asked(reply)
    assert (method, found.uid.value, "recurrence-id" in found.contents) == ("REPLY", "weekly@outlook.example", False)
    assert found.attendee.params["PARTSTAT"] == ["ACCEPTED"]
    assert set(Invitee.objects.values_list("answer", flat=True)) == {"accepted"}
    client.post(reverse("activities:answer", args=[second.pk]), {"answer": "declined"})
    drain()
    assert len(sent()) == 2
    single = asked(sent()[1])[1]
    assert single.contents["recurrence-id"][0].value == nth(1) and single.attendee.params["PARTSTAT"] == ["DECLINED"]
    assert len(planned()) == 5
    client.post(page, {"answer": "declined", "which": "all"})
    drain()
    assert planned() == [] and len(sent()) == 3
    client.post(page, {"answer": "accepted", "which": "all"})
    drain()
    assert len(planned()) == 6 and len(sent()) == 4


def test_each_night_makes_what_comes_into_reach(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, mail(whole(RRULE=":FREQ=DAILY")), drain)
    reach = len(planned())
    assert 85 <= reach <= 92
    Outside.objects.order_by("-activity__at").first().activity.delete()  # type: ignore[union-attr]
    OutsideSeries.objects.update(made_until=timezone.localdate(), answer="accepted", told="accepted")
    assert services.extend_outside() == 1 and services.extend_outside() == 0
    assert len(planned()) == reach and Invitee.objects.filter(answer="accepted").count() == 1
    drain()
    assert sent() == []


def test_a_night_changes_nothing_that_stands(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, mail(whole()), drain)
    one = Activity.objects.order_by("at")[0]
    services.cancel(actor=Actor(alice), activity_id=one.pk)
    steps, before = Step.objects.count(), planned()
    OutsideSeries.objects.update(made_until=timezone.localdate())
    assert services.extend_outside() == 1
    assert planned() == before == [nth(number) for number in range(1, 6)] and Step.objects.count() == steps


def test_a_single_meeting_that_begins_to_come_again_is_kept(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, mail(event()), drain)
    one = Activity.objects.get()
    arrive(office, mail(whole(SEQUENCE=":1")), drain)
    assert planned() == [nth(number) for number in range(6)]
    assert Activity.objects.order_by("at")[0] == one


def test_a_series_of_days_over_the_turn_of_the_year(alice: User, office: Channel, drain: Drain) -> None:
    day = timezone.localdate() + timedelta(days=2)
    stamps = {"DTSTART": f";VALUE=DATE:{day:%Y%m%d}", "DTEND": f";VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"}
    arrive(office, mail(whole() | stamps | {"RRULE": ":FREQ=MONTHLY;COUNT=2"}), drain)
    rows = Activity.objects.order_by("at")
    assert rows and all(one.all_day for one in rows)
    assert timezone.localtime(rows[0].at).date() == day
    assert all(timezone.localtime(one.at).hour == 0 for one in rows)


@pytest.mark.parametrize(
    "lines",
    [{"RRULE": ":FREQ=HOURLY"}, {"RRULE": ":FREQ=SECONDLY"}, {"RRULE": ":FREQ=DAILY;BYHOUR=1,2,3"},
     {"RRULE": ":FREQ=DAILY;UNTIL=20200101T000000Z", "DTSTART": ":20190101T080000Z", "DTEND": ":20190101T090000Z"},
     {"ORGANIZER": ":mailto:boss@else.example"}],
)  # fmt: skip
def test_what_comes_too_often_or_never_or_from_another_stays_mail(
    alice: User, office: Channel, drain: Drain, lines: dict[str, str]
) -> None:
    arrive(office, mail(whole(**lines)), drain)
    assert not Activity.objects.exists() and Request.objects.count() == 1


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_stranger_changes_no_series_and_is_seen(alice: User, office: Channel, drain: Drain, method: str) -> None:
    arrive(office, mail(whole()), drain)
    before = planned()
    arrive(office, mail(whole(SEQUENCE=":9"), method=method, sender="eve@evil.example"), drain)
    again()
    drain()
    assert planned() == before and Step.objects.filter(kind=StepKind.STRANGER).count() == 1


def test_nobody_takes_a_meeting_over_by_making_a_series_of_it(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, mail(event()), drain)
    eve = "eve@evil.example"
    hers = whole(SEQUENCE=":9", ORGANIZER=f":mailto:{eve}", DTSTART=there(nth(1)), DTEND=there(nth(1) + WEEK / 168))
    arrive(office, mail(hers, sender=eve), drain)
    again()
    drain()
    assert planned() == [FIRST] and Outside.objects.get().organizer == SARA and not OutsideSeries.objects.exists()
    assert Step.objects.filter(kind=StepKind.STRANGER).count() == 1


def test_a_mail_of_many_series_costs_no_more_than_a_few(alice: User, office: Channel, drain: Drain) -> None:
    twice = [whole(UID=f":{number}@outlook.example", RRULE=":FREQ=WEEKLY;COUNT=2") for number in range(6)]
    arrive(office, mail(*twice), drain)
    assert OutsideSeries.objects.count() == 3


def test_a_change_that_cannot_be_read_is_shown_once_and_changes_nothing(
    alice: User, office: Channel, drain: Drain
) -> None:
    arrive(office, mail(whole()), drain)
    before = planned()
    arrive(office, mail(whole(SEQUENCE=":1", RRULE=":FREQ=HOURLY")), drain)
    again()
    drain()
    assert planned() == before
    step = Step.objects.get(kind=StepKind.STRANGER)
    assert step.details["unread"] and SARA in step_words(step)
    assert Notification.objects.filter(user=alice, text__contains="cannot be read").count() == 1
    arrive(office, mail(whole(SEQUENCE=":2", RRULE=":FREQ=WEEKLY;COUNT=2")), drain)
    assert planned() == before[:2]


def test_a_bomb_of_a_rule_harms_nobody_behind_it(alice: User, office: Channel, drain: Drain) -> None:
    old = {"DTSTART": ":19910101T080000Z", "DTEND": ":19910101T090000Z", "RRULE": ":FREQ=DAILY;INTERVAL=1"}
    arrive(office, mail(whole(**old, RDATE=":" + ",".join(["20270101T080000Z"] * 2000))), drain)
    assert len(planned()) <= 160
    arrive(office, invitation(US, uid="after"), drain)
    assert Outside.objects.filter(uid="after").exists()


def test_who_is_erased_is_not_kept_as_organiser(alice: User, cast: Cast, office: Channel, drain: Drain) -> None:
    party = Party.objects.create(name="سارا", kind="person", owner=cast.alice)
    ContactPoint.objects.filter(value=SARA).delete()
    ContactPoint.objects.create(party=party, kind="email", typed=SARA, value=SARA)
    arrive(office, mail(whole()), drain)
    assert OutsideSeries.objects.exists()
    ContactPoint.objects.filter(party=party).delete()  # his meetings alone tell that he is the organiser
    erase_invitations(party.pk)
    assert not OutsideSeries.objects.exists() and not Outside.objects.exists()
    assert datetime.now(UTC) < nth(0)
