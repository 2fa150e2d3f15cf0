"""Invitations by mail as other programs read them, and the answers of guests: once, and only their own."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP, default
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from django.utils import timezone
from icalendar import Calendar

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Notification
from peyvand.activities import selectors, services
from peyvand.activities.models import Activity, Invitee, Step, Told
from peyvand.activities.recurrence import Calendar as Counted
from peyvand.activities.recurrence import Every, Rule
from peyvand.activities.types import Guest, Planned, StepKind
from peyvand.cartable.models import Request, RequestMessage
from peyvand.channels.models import Channel
from peyvand.channels.models import Message as Mail
from peyvand.channels.services import receive
from peyvand.channels.types import Inbound
from peyvand.core import blobs
from tests.cast import Cast

SARA, REZA = "sara@customer.example", "reza@partner.example"
TEHRAN = ZoneInfo("Asia/Tehran")
LATER = count()  # stamps of calendars have whole seconds: each answer is written in a later one
Drain = Callable[[], int]


@pytest.fixture
def office(cast: Cast) -> Channel:
    return Channel.objects.create(
        kind=Channel.Kind.EMAIL, name="دفتر", address="office@company.example", token="office", branch=cast.tehran,
        settings={"smtp": {"host": "127.0.0.1"}},
    )  # fmt: skip


def meeting(who: object, **more: Any) -> Activity:
    at = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    values = {"kind": "meeting", "subject": "نشست؛ قرارداد, نوبت ۲", "at": at, "guests": [Guest(email=SARA)]} | more
    return services.plan(actor=Actor(who), planned=Planned(**values))  # type: ignore[arg-type]


def monthly(who: object, rule: Rule, **more: Any) -> Activity:
    at = (timezone.now() + timedelta(days=2)).astimezone(TEHRAN).replace(hour=10, minute=0, second=0, microsecond=0)
    values = {"kind": "meeting", "subject": "نشست ماهانه", "at": at, "guests": [Guest(email=SARA)]} | more
    planned = Planned(**values)  # type: ignore[arg-type]
    return services.plan_series(actor=Actor(who), planned=planned, rule=rule)


def change(who: object, one: Activity, **more: Any) -> None:
    wanted = Planned(**{**selectors.planned_of(one).__dict__, **more})
    services.edit(actor=Actor(who), activity_id=one.pk, planned=wanted)


def sent() -> list[Message]:
    rows = Mail.objects.filter(direction=Mail.Direction.OUT).order_by("pk")
    return [message_from_bytes(blobs.get(str(one.raw_id)), policy=default) for one in rows]


def asked(mail: Message) -> tuple[str, Any]:
    """The method of a mail and its calendar, read by another parser than wrote it."""
    part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    text = part.get_content()  # type: ignore[attr-defined]
    assert part.get_content_charset() == "utf-8"
    method = str(part.get_param("method"))
    found = vobject.readOne(text)
    assert found.method.value == method
    files = [one for one in mail.walk() if one.get_filename() == "invite.ics"]
    assert [one.get_content_type() for one in files] == ["application/ics"]
    assert files[0].get_content().decode() == text  # type: ignore[attr-defined]
    return method, found.vevent


def answer_of(mail: Message, answer: str, *, by: str = SARA, sender: str = "", stamp: datetime | None = None) -> bytes:
    """What the calendar of a guest sends back."""
    text = next(one for one in mail.walk() if one.get_content_type() == "text/calendar").get_content()  # type: ignore[attr-defined]
    found = Calendar.from_ical(text)
    found["METHOD"] = "REPLY"
    for event in found.walk("VEVENT"):
        event.pop("ATTENDEE")
        event.add("attendee", f"mailto:{by}", parameters={"PARTSTAT": answer})
        event.pop("DTSTAMP")
        event.add("dtstamp", stamp or timezone.now() + timedelta(seconds=next(LATER)))
        event.add("comment", "با قطار می‌آیم")
    out = EmailMessage(policy=SMTP)
    out["From"], out["To"], out["Subject"] = sender or by, "office@company.example", "Accepted"
    out["Message-ID"] = f"<{uuid4().hex}@customer.example>"
    out.set_content("Sara has accepted this invitation.")
    out.add_alternative(
        found.to_ical().decode(), subtype="calendar", charset="utf-8", cte="base64", params={"method": "REPLY"}
    )
    return out.as_bytes()


def arrive(channel: Channel, raw: bytes, drain: Drain) -> None:
    receive(Inbound(channel_id=channel.pk, raw=raw, place="smtp", uid=uuid4().hex, envelope_from=SARA))
    drain()


def test_a_guest_is_asked_by_a_mail_that_calendars_understand(cast: Cast, office: Channel, drain: Drain) -> None:
    one = meeting(cast.alice, place="دفتر; طبقهٔ ۲", description="یادداشت درونی", guests=[
        Guest(email=SARA, name="سارا"), Guest(email=REZA), Guest(user_id=cast.bob.pk)])  # fmt: skip
    drain()
    drain()
    mails = sent()
    assert [str(mail["To"]) for mail in mails] == [SARA, REZA]
    kinds = [part.get_content_type() for part in mails[0].walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"
    ]  # fmt: skip
    method, event = asked(mails[0])
    assert (method, event.sequence.value, event.summary.value) == ("REQUEST", "0", one.subject)
    assert event.dtstart.value == one.at
    assert event.uid.value == f"{one.uid}@peyvand"
    assert event.organizer.value == "mailto:office@company.example"
    assert event.organizer.params["CN"] == [cast.alice.full_name]
    assert [each.value for each in event.attendee_list] == [f"mailto:{SARA}"]
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert "یادداشت درونی" not in mails[0].as_string() and REZA not in asked(mails[0])[1].serialize()


def test_only_what_changes_for_a_guest_is_told_again(cast: Cast, office: Channel, drain: Drain) -> None:
    one = meeting(cast.alice)
    drain()
    change(cast.alice, one, description="فقط برای ما", priority="high")
    drain()
    assert len(sent()) == 1
    services.reschedule(actor=Actor(cast.alice), activity_id=one.pk, at=one.at + timedelta(hours=3))
    one.refresh_from_db()
    change(cast.alice, one, guests=[Guest(email=SARA), Guest(email=REZA)])
    drain()
    moved, fresh = (asked(mail) for mail in sent()[1:])
    assert (moved[0], moved[1].sequence.value, moved[1].dtstart.value) == ("REQUEST", "1", one.at)
    assert (fresh[0], fresh[1].sequence.value, fresh[1].attendee.value) == ("REQUEST", "0", f"mailto:{REZA}")
    one.refresh_from_db()
    change(cast.alice, one, guests=[Guest(email=REZA)])
    drain()
    method, event = asked(sent()[3])
    assert (method, event.sequence.value, event.status.value) == ("CANCEL", "2", "CANCELLED")
    assert str(sent()[3]["To"]) == SARA


def test_calling_off_is_told_once_and_taking_it_back_asks_anew(cast: Cast, office: Channel, drain: Drain) -> None:
    one = meeting(cast.alice)
    drain()
    services.cancel(actor=Actor(cast.alice), activity_id=one.pk)
    drain()
    services.delete(actor=Actor(cast.alice), activity_id=one.pk)
    drain()
    services.restore(actor=Actor(cast.alice), activity_id=one.pk)
    services.reopen(actor=Actor(cast.alice), activity_id=one.pk)
    drain()
    assert [(asked(mail)[0], asked(mail)[1].sequence.value) for mail in sent()] == [
        ("REQUEST", "0"), ("CANCEL", "1"), ("REQUEST", "2"),
    ]  # fmt: skip


def test_what_is_over_or_a_task_asks_nobody(cast: Cast, office: Channel, drain: Drain) -> None:
    meeting(cast.alice, at=timezone.now() - timedelta(days=1))
    meeting(cast.alice, kind="task")
    drain()
    assert sent() == []


def test_without_a_mailbox_nobody_is_told_and_nothing_is_kept_as_told(cast: Cast, drain: Drain) -> None:
    meeting(cast.alice)
    drain()
    assert not Told.objects.exists() and sent() == []


def test_an_answer_is_applied_once_and_becomes_no_request(cast: Cast, office: Channel, drain: Drain) -> None:
    one = meeting(cast.alice)
    drain()
    raw = answer_of(sent()[0], "ACCEPTED")
    arrive(office, raw, drain)
    arrive(office, raw, drain)
    assert Invitee.objects.get().answer == "accepted"
    steps = Step.objects.filter(activity=one, kind=StepKind.ANSWERED)
    assert [step.details["comment"] for step in steps] == ["با قطار می‌آیم"]
    assert Notification.objects.filter(user=cast.alice, text__contains="comes").count() == 1
    assert not Request.objects.exists()
    arrive(office, answer_of(sent()[0], "DECLINED", stamp=datetime(2020, 1, 1, tzinfo=UTC)), drain)
    assert Invitee.objects.get().answer == "accepted"
    arrive(office, answer_of(sent()[0], "TENTATIVE"), drain)
    assert Invitee.objects.get().answer == "tentative"


@pytest.mark.parametrize(
    ("by", "sender"), [(REZA, ""), (SARA, REZA), (REZA, SARA)], ids=["stranger", "for another", "as another"]
)
def test_the_answer_of_a_stranger_is_shown_and_not_applied(
    cast: Cast, office: Channel, drain: Drain, by: str, sender: str
) -> None:
    one = meeting(cast.alice)
    drain()
    raw = answer_of(sent()[0], "ACCEPTED", by=by, sender=sender)
    arrive(office, raw, drain)
    arrive(office, raw, drain)
    assert Invitee.objects.get().answer == "waiting"
    assert Step.objects.filter(activity=one, kind=StepKind.STRANGER).count() == 1
    assert not Request.objects.exists()


def test_an_answer_to_an_earlier_invitation_is_passed_over(cast: Cast, office: Channel, drain: Drain) -> None:
    one = meeting(cast.alice)
    drain()
    former = answer_of(sent()[0], "ACCEPTED")
    services.reschedule(actor=Actor(cast.alice), activity_id=one.pk, at=one.at + timedelta(days=1))
    drain()
    arrive(office, former, drain)
    assert Invitee.objects.get().answer == "waiting"
    arrive(office, answer_of(sent()[1], "DECLINED"), drain)
    assert Invitee.objects.get().answer == "declined"


def test_a_mail_with_a_calendar_of_others_or_with_none_that_can_be_read_is_a_request(
    cast: Cast, office: Channel, drain: Drain
) -> None:
    meeting(cast.alice)
    drain()
    raw = answer_of(sent()[0], "ACCEPTED")
    uid = f"{Activity.objects.get().uid}"
    other = Calendar.from_ical(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n")
    for text in (other.to_ical().decode(), "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nnonsense"):
        out = EmailMessage(policy=SMTP)
        out["From"], out["To"], out["Subject"] = SARA, "office@company.example", "سلام"
        out["Message-ID"] = f"<{uuid4().hex}@customer.example>"
        out.set_content("متن")
        out.add_alternative(text, subtype="calendar", charset="utf-8", params={"method": "REPLY"})
        arrive(office, out.as_bytes(), drain)
    assert RequestMessage.objects.count() == 2
    assert uid.encode() not in raw  # base64: it is read, not searched


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(every=Every.WEEK, interval=2, most=5), "FREQ=WEEKLY"),
        (Rule(every=Every.DAY, interval=3, most=4), "FREQ=DAILY"),
        (Rule(every=Every.MONTH, calendar=Counted.GREGORIAN, nth=-1, weekday=3, most=4), "BYDAY=-1TH"),
        (Rule(every=Every.MONTH, most=4), ""),
        (Rule(every=Every.MONTH, nth=-1, weekday=3, most=4), ""),
    ],
)
def test_a_series_says_its_days_to_gregorian_calendars(
    cast: Cast, office: Channel, drain: Drain, rule: Rule, said: str
) -> None:
    monthly(cast.alice, rule)
    drain()
    (mail,) = sent()
    text = next(one for one in mail.walk() if one.get_content_type() == "text/calendar").get_content()  # type: ignore[attr-defined]
    assert (said or "FREQ=MONTHLY;COUNT=4") in text and "RDATE" not in text  # Outlook opens no RDATE without an RRULE
    until = date(2030, 1, 1)
    read = recurring_ical_events.of(Calendar.from_ical(text)).between(timezone.now(), until)
    days = sorted(one["DTSTART"].dt for one in read)
    held = list(Activity.objects.order_by("at").values_list("at", flat=True))
    assert [day.astimezone(UTC) for day in days] == held


def test_one_occurrence_is_moved_and_called_off_by_itself(cast: Cast, office: Channel, drain: Drain) -> None:
    monthly(cast.alice, Rule(every=Every.WEEK, most=4))
    drain()
    second, third = Activity.objects.order_by("at")[1:3]
    before = second.at
    services.reschedule(actor=Actor(cast.alice), activity_id=second.pk, at=second.at + timedelta(hours=2))
    services.cancel(actor=Actor(cast.alice), activity_id=third.pk)
    drain()
    moved, off = (asked(mail) for mail in sent()[1:])
    assert (moved[0], moved[1].recurrence_id.value.astimezone(UTC)) == ("REQUEST", before)
    assert moved[1].dtstart.value.astimezone(UTC) == before + timedelta(hours=2)
    assert (off[0], off[1].recurrence_id.value.astimezone(UTC)) == ("CANCEL", third.at)
    assert len({asked(mail)[1].uid.value for mail in sent()}) == 1
    arrive(office, answer_of(sent()[1], "DECLINED"), drain)
    assert [one.answer for one in Invitee.objects.order_by("activity__at")] == [
        "waiting",
        "declined",
        "waiting",
        "waiting",
    ]
    arrive(office, answer_of(sent()[0], "ACCEPTED"), drain)
    assert [one.answer for one in Invitee.objects.order_by("activity__at")][0] == "accepted"


def test_a_series_that_is_changed_from_a_day_on_ends_for_its_guests_there(
    cast: Cast, office: Channel, drain: Drain
) -> None:
    monthly(cast.alice, Rule(every=Every.WEEK))
    drain()
    third = Activity.objects.order_by("at")[2]
    planned = Planned(**{**selectors.planned_of(third).__dict__, "subject": "نشست تازه"})
    services.edit_series(actor=Actor(cast.alice), activity_id=third.pk, planned=planned, which="later")
    drain()
    found = {asked(mail)[1].summary.value: asked(mail) for mail in sent()[1:]}
    method, event = found["نشست ماهانه"]
    assert (method, event.sequence.value) == ("REQUEST", "1")
    assert "UNTIL=" in event.rrule.value
    assert found["نشست تازه"][1].uid.value != event.uid.value
    services.end_series(
        actor=Actor(cast.alice), activity_id=Activity.objects.filter(subject="نشست تازه").order_by("at")[0].pk
    )
    drain()
    assert asked(sent()[3])[0] == "CANCEL"


@pytest.mark.parametrize("every", [Every.WEEK, Every.MONTH])
def test_what_was_called_off_by_itself_stays_so_when_the_whole_is_told_again(
    cast: Cast, office: Channel, drain: Drain, every: Every
) -> None:
    monthly(cast.alice, Rule(every=every, most=6))
    drain()
    rows = list(Activity.objects.order_by("at"))
    services.cancel(actor=Actor(cast.alice), activity_id=rows[1].pk)
    drain()
    assert [asked(mail)[0] for mail in sent()] == ["REQUEST", "CANCEL"]
    services.end_series(actor=Actor(cast.alice), activity_id=rows[4].pk)
    drain()
    text = next(one for one in sent()[-1].walk() if one.get_content_type() == "text/calendar").get_content()  # type: ignore[attr-defined]
    read = recurring_ical_events.of(Calendar.from_ical(text)).between(timezone.now(), date(2035, 1, 1))
    days = sorted(one["DTSTART"].dt.astimezone(UTC) for one in read)
    assert days == [rows[number].at for number in (0, 2, 3)]
    assert asked(sent()[-1])[0] == "REQUEST"
