"""Invitations that stayed mail: their request says why, and who may see it takes one into his calendar by hand."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities import services
from peyvand.activities.models import Activity, Outside
from peyvand.activities.outside_words import WHY_LEFT
from peyvand.activities.services.taking_up import Left, Why
from peyvand.activities.tests.test_invitation_mails import SARA, arrive, asked, office, sent
from peyvand.activities.tests.test_invitations_from_outside import AT, STAMP, alice, invitation
from peyvand.activities.tests.test_series_from_outside import mail, planned, whole
from peyvand.activities.types import About
from peyvand.cartable.models import Request
from peyvand.channels.models import Channel
from peyvand.channels.models import Message as Mail
from peyvand.core.errors import Invalid, NotFound
from tests.cast import Cast

__all__ = ["alice", "office"]  # fixtures
Drain = Callable[[], int]
US, BOSS = "alice@company.example", "boss@else.example"


def forwarded(text: bytes) -> bytes:
    """What Sara forwards: the file of an invitation that another sent her."""
    out = EmailMessage(policy=SMTP)
    out["From"], out["To"], out["Subject"] = SARA, "office@company.example", "Fwd: Invitation"
    out["Message-ID"] = f"<{uuid4().hex}@customer.example>"
    out.set_content("This might concern you, too.")
    out.add_attachment(text, maintype="application", subtype="octet-stream", filename="Invite.ICS")
    return out.as_bytes()


def calendar(organizer: str = BOSS, method: str = "REQUEST", **lines: str) -> bytes:
    rows = {
        "UID": ":far@else.example", "DTSTAMP": ":20261101T080000Z", "DTSTART": f":{AT:%Y%m%dT%H%M%SZ}",
        "DTEND": f":{AT + timedelta(hours=1):%Y%m%dT%H%M%SZ}", "SUMMARY": ":نمایشگاه",
        "ORGANIZER": f";CN=Boss:mailto:{organizer}" if organizer else "", "ATTENDEE": f":mailto:{SARA}",
    } | lines  # fmt: skip
    body = "".join(f"{name}{value}\r\n" for name, value in rows.items() if value)
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{f'METHOD:{method}' if method else 'X-A:b'}\r\nBEGIN:VEVENT\r\n"
    return f"{head}{body}END:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def seen_by(*users: User) -> Request:
    """The request that came of the mail, of these people."""
    Request.objects.update(assignee=users[0], officer=users[-1])
    return Request.objects.get()


def left(user: User) -> list[Left]:
    return services.left_in(user, list(Mail.objects.filter(direction="in").values_list("pk", flat=True)))


def test_a_forwarded_one_is_taken_by_hand_and_followed_from_then_on(
    alice: User, office: Channel, drain: Drain, logged_in: Callable[..., Client]
) -> None:
    arrive(office, forwarded(calendar()), drain)
    assert not Activity.objects.exists()
    request = seen_by(alice)
    client, about = logged_in(alice), About(kind="cartable.Request", id=request.pk)
    address = reverse("activities:about", args=[about.kind, about.id])
    page = client.get(address).content.decode()
    assert str(WHY_LEFT["forwarded"]) in page and BOSS in page and "take/" in page
    message = Mail.objects.get(direction="in").pk
    data = {"message": message, "uid": "far@else.example"}
    take = reverse("activities:take_up", args=[about.kind, about.id])
    assert client.post(take, data).status_code == 303
    one = Activity.objects.get()
    assert (one.owner, one.at, one.subject) == (alice, AT, "نمایشگاه") and one.links.get().record == request.pk
    assert Outside.objects.get().organizer == BOSS
    client.post(take, data)
    page = client.get(address).content.decode()
    assert Activity.objects.count() == 1 and reverse("activities:activity", args=[one.pk]) in page
    assert "take/" not in page
    services.answer(actor=Actor(alice), activity_id=one.pk, answer="accepted")
    drain()
    method, event = asked(sent()[-1])
    assert (method, str(sent()[-1]["To"]), event.uid.value) == ("REPLY", BOSS, "far@else.example")
    later = AT + timedelta(hours=3)
    arrive(office, invitation(US, uid="far@else.example", at=later, sequence=1, sender=BOSS, organizer=BOSS), drain)
    one.refresh_from_db()
    assert one.at == later and Request.objects.count() == 1


def test_a_forwarded_series_is_taken_whole(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, forwarded(calendar(RRULE=":FREQ=WEEKLY;COUNT=4", method="")), drain)
    about = About(kind="cartable.Request", id=seen_by(alice).pk)
    message = Mail.objects.get(direction="in").pk
    services.take_up(actor=Actor(alice), about=about, message_id=message, uid="far@else.example")
    assert planned() == [AT + timedelta(days=7) * number for number in range(4)]


def test_nobody_takes_what_he_does_not_see(alice: User, cast: Cast, office: Channel, drain: Drain) -> None:
    arrive(office, forwarded(calendar()), drain)
    about = About(kind="cartable.Request", id=seen_by(alice).pk)
    message = Mail.objects.get(direction="in").pk
    with pytest.raises(NotFound):
        services.take_up(actor=Actor(cast.charlie), about=about, message_id=message, uid="far@else.example")
    for pk, uid in ((message + 1, "far@else.example"), (message, "other")):
        with pytest.raises(NotFound):
            services.take_up(actor=Actor(alice), about=about, message_id=pk, uid=uid)
    assert not Activity.objects.exists()


def test_what_came_with_a_confidential_request_goes_into_no_calendar(
    alice: User, office: Channel, drain: Drain, logged_in: Callable[..., Client]
) -> None:
    arrive(office, forwarded(calendar()), drain)
    about = About(kind="cartable.Request", id=seen_by(alice).pk)
    Request.objects.update(confidential=True)
    page = logged_in(alice).get(reverse("activities:about", args=[about.kind, about.id])).content.decode()
    assert str(WHY_LEFT["confidential"]) in page and "take/" not in page
    message = Mail.objects.get(direction="in").pk
    with pytest.raises(Invalid):
        services.take_up(actor=Actor(alice), about=about, message_id=message, uid="far@else.example")
    assert not Activity.objects.exists()


def test_a_series_without_a_time_left_is_not_taken_again(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, forwarded(calendar(RRULE=":FREQ=WEEKLY;COUNT=4", method="")), drain)
    about = About(kind="cartable.Request", id=seen_by(alice).pk)
    message = Mail.objects.get(direction="in").pk
    services.take_up(actor=Actor(alice), about=about, message_id=message, uid="far@else.example")
    Outside.objects.all().delete()
    with pytest.raises(Invalid):
        services.take_up(actor=Actor(alice), about=about, message_id=message, uid="far@else.example")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (lambda: invitation(US, method="CANCEL"), Why.CALLED_OFF),
        (lambda: forwarded(calendar("")), Why.NO_ORGANIZER),
        (lambda: forwarded(calendar(DTEND=":20300101T000000Z")), Why.NO_TIME),
        (lambda: forwarded(calendar(DTSTART=":20200101T080000Z", DTEND=":20200101T090000Z")), Why.OVER),
        (lambda: forwarded(calendar(RRULE=":FREQ=HOURLY")), Why.NO_TIME),
        (lambda: forwarded(calendar()), Why.FORWARDED),
        (lambda: forwarded(calendar(SARA, method="PUBLISH")), Why.TOLD),
        (lambda: invitation("office@company.example"), Why.NOBODY),
        (lambda: mail(whole(), sender="eve@evil.example"), Why.FORWARDED),
    ],
)  # fmt: skip
def test_each_says_why_it_stayed_mail(
    alice: User, office: Channel, drain: Drain, raw: Callable[[], bytes], why: Why
) -> None:
    arrive(office, raw(), drain)
    (one,) = left(alice)
    by_hand = why in {Why.FORWARDED, Why.TOLD, Why.NOBODY}
    assert (one.why, one.may_take) == (why, by_hand) and why in WHY_LEFT
    about = About(kind="cartable.Request", id=seen_by(alice).pk)
    if by_hand:
        assert services.take_up(actor=Actor(alice), about=about, message_id=one.message_id, uid=one.uid)
    else:
        with pytest.raises(Invalid):
            services.take_up(actor=Actor(alice), about=about, message_id=one.message_id, uid=one.uid)


def test_one_that_its_domain_disowns_is_taken_by_nobody(alice: User, office: Channel, drain: Drain) -> None:
    arrive(office, invitation("office@company.example", stamp=STAMP), drain)
    Mail.objects.filter(direction="in").update(details={"dmarc": "fail"})
    assert [(one.why, one.may_take) for one in left(alice)] == [(Why.FORGED, False)]


def test_two_take_the_same_one_each_for_himself(alice: User, cast: Cast, office: Channel, drain: Drain) -> None:
    arrive(office, forwarded(calendar()), drain)
    about = About(kind="cartable.Request", id=seen_by(alice, cast.bob).pk)
    message = Mail.objects.get(direction="in").pk
    for user in (alice, cast.bob, alice):
        services.take_up(actor=Actor(user), about=about, message_id=message, uid="far@else.example")
    assert sorted(Outside.objects.values_list("user", flat=True)) == sorted([alice.pk, cast.bob.pk])
