"""Invitations as strangers and broken calendars write them: nothing that comes after them waits for them."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

import pytest

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities import services
from peyvand.activities.models import Activity, Outside, State
from peyvand.activities.tests.test_invitation_mails import SARA, arrive, office
from peyvand.activities.tests.test_invitations_from_outside import STAMP, alice, invitation
from peyvand.channels.models import Channel
from peyvand.core.outbox import OutboxDelivery
from peyvand.parties.models import ContactPoint, Party
from tests.cast import Cast

__all__ = ["alice", "office"]  # fixtures
Drain = Callable[[], int]
US = "alice@company.example"
GOOD = {
    "SEQUENCE": ":0", "DTSTAMP": ":20261101T080000Z", "DTSTART": ":20290101T080000Z", "DTEND": ":20290101T090000Z",
    "SUMMARY": ":بازبینی", "ORGANIZER": f":mailto:{SARA}", "ATTENDEE": f":mailto:{US}",
}  # fmt: skip
BAD: list[dict[str, str]] = [
    {"SEQUENCE": ":99999999999"},
    {"SEQUENCE": ":-5"},
    {"DTSTAMP": ";VALUE=DATE:20261102"},
    {"DTSTAMP": ":00010101T000000"},
    {"DTSTART": ";VALUE=DATE:99991231", "DTEND": ""},
    {"DTSTART": ":99991231T235959Z", "DTEND": ":99991231T235959Z"},
    {"DTSTART": ":00010101T000000", "DTEND": ":00010101T000000"},
    {"URL": ":https://a.example/\tb"},
    {"URL": ":https://a.example/\u00a0b"},
    {"DTEND": "", "DURATION": ":P99999999999W"},
    {"DESCRIPTION": ":a\x00b", "LOCATION": ":\x00"},
    {"RRULE": ":FREQ=SECONDLY"},
]


def written(uid: str, changes: dict[str, str]) -> bytes:
    """A mail of SARA with a calendar object of these lines."""
    lines = "".join(f"{name}{value}\r\n" for name, value in (GOOD | {"UID": f":{uid}"} | changes).items() if value)
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    out = EmailMessage(policy=SMTP)
    out["From"], out["To"], out["Message-ID"] = SARA, US, f"<{uuid4().hex}@outlook.example>"
    out.set_content("Please come.")
    out.add_alternative(text, subtype="calendar", cte="base64", params={"method": "REQUEST"})
    return out.as_bytes()


@pytest.mark.parametrize("is_known", [False, True])
def test_what_no_calendar_writes_stops_nothing(alice: User, office: Channel, drain: Drain, *, is_known: bool) -> None:
    if is_known:
        for number in range(len(BAD)):
            arrive(office, written(f"{number}@bad", {}), drain)
        assert Outside.objects.count() == len(BAD)
    for number, changes in enumerate(BAD):
        newer = {"SEQUENCE": ":1"} if is_known and "DTSTAMP" not in changes else {}
        arrive(office, written(f"{number}@bad", newer | changes), drain)
    arrive(office, written("last@good", {}), drain)
    assert Outside.objects.filter(uid="last@good").exists()
    assert not OutboxDelivery.objects.exclude(state="done").exists()
    assert not Activity.objects.filter(at__year__gt=2200).exists()


def test_what_was_declined_stays_so_until_its_time_is_another(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, invitation(US), drain)
    one = Activity.objects.get()
    services.answer(actor=Actor(alice), activity_id=one.pk, answer="declined")
    arrive(office, invitation(US, sequence=1, subject="دستور جلسه", stamp=STAMP + timedelta(hours=1)), drain)
    one.refresh_from_db()
    assert (one.state, one.subject) == (State.CANCELLED, "دستور جلسه")
    later = invitation(US, sequence=2, at=one.at + timedelta(hours=1), stamp=STAMP + timedelta(hours=2))
    arrive(office, later, drain)
    one.refresh_from_db()
    assert one.is_planned and one.invitees.get().answer == "waiting"


def test_a_customer_whom_he_may_not_see_is_not_named_to_who_is_asked(
    alice: User, cast: Cast, office: Channel, drain: Drain
) -> None:
    hidden = Party.objects.create(kind="person", name="سارا", owner=cast.charlie, branch=cast.charlie.branch)
    ContactPoint.objects.create(party=hidden, kind="email", value=SARA)
    assert not Party.objects.visible_to(alice).filter(pk=hidden.pk).exists()
    arrive(office, invitation(US), drain)
    assert Activity.objects.get().party is None
