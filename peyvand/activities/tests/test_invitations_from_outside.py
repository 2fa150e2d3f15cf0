"""Invitations of others: into the calendar of whoever is asked, answered by mail, followed; a stranger changes none."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Notification, User
from peyvand.activities import services
from peyvand.activities.errors import HeldOutside, NotPlanned
from peyvand.activities.models import Activity, Invitee, Outside, State, Step, Told
from peyvand.activities.services.responding import tell_organizer
from peyvand.activities.tests.test_invitation_mails import SARA, answer_of, arrive, asked, meeting, office, sent
from peyvand.activities.types import StepKind
from peyvand.cartable.models import Request
from peyvand.channels.models import Channel
from peyvand.channels.models import Message as Mail
from peyvand.core.outbox import OutboxDelivery
from peyvand.parties.models import ContactPoint, Party
from tests.cast import Cast

__all__ = ["office"]  # a fixture
Drain = Callable[[], int]
AT = (timezone.now() + timedelta(days=3)).replace(microsecond=0, tzinfo=UTC)
STAMP = AT - timedelta(days=9)


def invitation(to: str, *, uid: str = "m1@outlook.example", method: str = "REQUEST", **more: Any) -> bytes:
    """What the calendar of SARA sends; more: sequence, at, minutes, stamp, organizer, sender, subject, rrule."""
    found, event = Calendar(), Event()
    for name, value in (("prodid", "-//Other//EN"), ("version", "2.0"), ("method", method)):
        found.add(name, value)
    at = more.get("at", AT)
    organizer = vCalAddress(f"mailto:{more.get('organizer', SARA)}")
    organizer.params["CN"] = "سارا"
    for name, value in (
        ("uid", uid), ("sequence", more.get("sequence", 0)), ("dtstamp", more.get("stamp", STAMP)), ("dtstart", at),
        ("dtend", at + timedelta(minutes=more.get("minutes", 45))), ("summary", more.get("subject", "بازبینی قرارداد")),
        ("location", "سالن ۲"), ("organizer", organizer), ("attendee", vCalAddress(f"mailto:{to}")),
    ):  # fmt: skip
        event.add(name, value)
    if more.get("rrule"):
        event.add("rrule", more["rrule"])
    found.add_component(event)
    out = EmailMessage(policy=SMTP)
    out["From"], out["To"], out["Subject"] = more.get("sender", SARA), to, "Invitation"
    out["Message-ID"] = f"<{uuid4().hex}@outlook.example>"
    out.set_content("Please come.")
    text = found.to_ical().decode()
    out.add_alternative(text, subtype="calendar", charset="utf-8", cte="base64", params={"method": method})
    return out.as_bytes()


@pytest.fixture
def alice(cast: Cast) -> User:
    cast.alice.email = "Alice@company.example"
    cast.alice.save(update_fields=["email"])
    return cast.alice


def again() -> None:
    """Every reaction is delivered once more, as after a worker that died."""
    OutboxDelivery.objects.update(state="pending", due_at=timezone.now())


def test_it_comes_into_the_calendar_of_whoever_is_asked_once(alice: User, office: Channel, drain: Drain) -> None:
    raw = invitation("alice@company.example")
    arrive(office, raw, drain)
    arrive(office, raw, drain)
    one = Activity.objects.get()
    assert (one.owner, one.subject, one.at, one.place) == (alice, "بازبینی قرارداد", AT, "سالن ۲")
    assert one.ends_at == AT + timedelta(minutes=45) and one.is_planned
    assert Invitee.objects.get().answer == "waiting" and Outside.objects.get().organizer == SARA
    assert Notification.objects.filter(user=alice).count() == 1
    assert not Request.objects.exists() and sent() == []


def test_the_answer_goes_out_once_and_a_change_of_mind_too(
    alice: User, office: Channel, drain: Drain, logged_in: Callable[..., Client]
) -> None:
    arrive(office, invitation("alice@company.example", sequence=2), drain)
    one, client = Activity.objects.get(), logged_in(alice)
    page = reverse("activities:activity", args=[one.pk])
    assert SARA in client.get(page).content.decode()
    client.post(reverse("activities:answer", args=[one.pk]), {"answer": "accepted"})
    drain()
    again()
    drain()
    (mail,) = sent()
    method, event = asked(mail)
    assert (method, str(mail["To"])) == ("REPLY", SARA)
    assert (event.uid.value, event.sequence.value) == ("m1@outlook.example", "2")
    assert event.organizer.value == f"mailto:{SARA}"
    assert event.attendee.value.lower() == "mailto:alice@company.example"
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]
    assert event.attendee.params["SENT-BY"] == ["mailto:office@company.example"]
    client.post(reverse("activities:answer", args=[one.pk]), {"answer": "declined"})
    drain()
    one.refresh_from_db()
    assert one.state == State.CANCELLED and asked(sent()[1])[1].attendee.params["PARTSTAT"] == ["DECLINED"]
    assert "is-on" in client.get(page).content.decode()
    client.post(reverse("activities:answer", args=[one.pk]), {"answer": "tentative"})
    one.refresh_from_db()
    assert one.is_planned


def test_an_answer_is_taken_back_also_for_the_organiser(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, invitation("alice@company.example"), drain)
    one = Activity.objects.get()
    said = services.answer(actor=Actor(alice), activity_id=one.pk, answer="declined")
    drain()
    services.undo(actor=Actor(alice), token=said.undo)
    drain()
    one.refresh_from_db()
    assert one.is_planned and Invitee.objects.get().answer == "waiting"
    assert [asked(mail)[1].attendee.params["PARTSTAT"] for mail in sent()] == [["DECLINED"], ["NEEDS-ACTION"]]


def test_updates_and_the_end_follow_in_the_order_of_the_organiser(alice: User, office: Channel, drain: Drain) -> None:
    to = "alice@company.example"
    arrive(office, invitation(to), drain)
    one = Activity.objects.get()
    services.answer(actor=Actor(alice), activity_id=one.pk, answer="accepted")
    drain()
    later = AT + timedelta(hours=2)
    arrive(office, invitation(to, sequence=2, at=later, stamp=STAMP + timedelta(hours=2)), drain)
    arrive(office, invitation(to, sequence=1, at=AT + timedelta(days=5), stamp=STAMP + timedelta(hours=3)), drain)
    one.refresh_from_db()
    assert one.at == later and Invitee.objects.get().answer == "waiting"
    arrive(
        office, invitation(to, sequence=2, at=later, subject="قرارداد نهایی", stamp=STAMP + timedelta(hours=4)), drain
    )
    one.refresh_from_db()
    assert one.subject == "قرارداد نهایی"
    off = invitation(to, method="CANCEL", sequence=3, at=later, stamp=STAMP + timedelta(hours=5))
    arrive(office, off, drain)
    again()
    drain()
    one.refresh_from_db()
    assert one.state == State.CANCELLED and Step.objects.filter(activity=one, kind=StepKind.CANCELLED).count() == 1
    with pytest.raises(NotPlanned):
        services.answer(actor=Actor(alice), activity_id=one.pk, answer="accepted")
    arrive(office, invitation(to, sequence=4, at=later, stamp=STAMP + timedelta(hours=6)), drain)
    one.refresh_from_db()
    assert one.is_planned and len(sent()) == 1 and not Request.objects.exists()


@pytest.mark.parametrize(
    "more", [{"sender": "eve@evil.example"}, {"sender": "eve@evil.example", "organizer": "eve@evil.example"}]
)
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_stranger_changes_nothing_and_is_seen(
    alice: User, office: Channel, drain: Drain, more: dict[str, str], method: str
) -> None:
    to = "alice@company.example"
    arrive(office, invitation(to), drain)
    spoof = invitation(
        to, method=method, sequence=9, at=AT + timedelta(days=1), stamp=STAMP + timedelta(days=1), **more
    )
    arrive(office, spoof, drain)
    again()
    drain()
    one = Activity.objects.get()
    assert (one.at, one.is_planned, Outside.objects.get().sequence) == (AT, True, 0)
    assert Step.objects.filter(activity=one, kind=StepKind.STRANGER).count() == 1
    assert Notification.objects.filter(user=alice, text__contains="hold").exists()
    arrive(office, invitation(to, sequence=1, at=AT + timedelta(hours=1), stamp=STAMP + timedelta(hours=1)), drain)
    one.refresh_from_db()
    assert one.at == AT + timedelta(hours=1)


def test_what_names_only_a_mailbox_comes_to_who_looks_after_the_customer(
    cast: Cast, office: Channel, drain: Drain
) -> None:
    arrive(office, invitation("office@company.example", uid="nobody"), drain)
    assert not Activity.objects.exists() and Request.objects.count() == 1
    party = Party.objects.create(name="سارا", kind="person", branch=cast.tehran, owner=cast.bob)
    ContactPoint.objects.filter(value=SARA).delete()
    ContactPoint.objects.create(party=party, kind="email", typed=SARA, value=SARA)
    arrive(office, invitation("office@company.example", uid="known"), drain)
    one = Activity.objects.get()
    assert (one.owner, one.party) == (cast.bob, party)
    assert Outside.objects.get().attendee == "office@company.example" and Request.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [{"sender": "eve@evil.example"}, {"rrule": {"freq": "hourly"}}, {"minutes": 60 * 24 * 40}, {"minutes": -5},
     {"method": "CANCEL"}],
)  # fmt: skip
def test_what_is_no_single_meeting_of_its_sender_stays_mail(
    alice: User, office: Channel, drain: Drain, more: dict[str, Any]
) -> None:
    arrive(office, invitation("alice@company.example", **more), drain)
    assert not Activity.objects.exists() and Request.objects.count() == 1


def test_a_day_is_taken_whole_and_the_organiser_alone_moves_it(alice: User, office: Channel, drain: Drain) -> None:
    raw = invitation("alice@company.example", at=date(2027, 3, 21), minutes=60 * 24)
    arrive(office, raw, drain)
    one = Activity.objects.get()
    assert one.all_day and timezone.localtime(one.at).date() == date(2027, 3, 21)
    assert one.ends_at is not None and one.at is not None and one.ends_at - one.at == timedelta(days=1)
    with pytest.raises(HeldOutside):
        services.reschedule(actor=Actor(alice), activity_id=one.pk, at=AT)
    tell_organizer(one.pk)
    assert not Mail.objects.filter(direction="out").exists()


def test_two_answers_of_one_second_count_in_the_order_they_arrive(cast: Cast, office: Channel, drain: Drain) -> None:
    meeting(cast.alice)
    drain()
    stamp = datetime(2027, 1, 1, 8, 30, 15, tzinfo=UTC)
    first, second = (answer_of(sent()[0], answer, stamp=stamp) for answer in ("ACCEPTED", "DECLINED"))
    arrive(office, first, drain)
    arrive(office, second, drain)
    assert Invitee.objects.get().answer == "declined"
    again()
    drain()
    assert Invitee.objects.get().answer == "declined" and Told.objects.get().answered_stamp == stamp
    arrive(office, answer_of(sent()[0], "TENTATIVE", stamp=stamp - timedelta(seconds=1)), drain)
    assert Invitee.objects.get().answer == "declined"
