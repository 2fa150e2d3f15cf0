"""A calendar read over CalDAV by the client that other programs use, and what is refused."""

import base64
from datetime import timedelta
from uuid import uuid4

import caldav
import pytest
from defusedxml import ElementTree
from django.test import Client
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities import services
from peyvand.activities.models import Activity, Synced
from peyvand.activities.services.feeding import TOKENS
from peyvand.activities.types import Guest, Planned
from tests.cast import Cast

SYNC = (
    b'<D:sync-collection xmlns:D="DAV:"><D:sync-token>%s</D:sync-token><D:sync-level>1</D:sync-level>'
    b"<D:prop><D:getetag/></D:prop></D:sync-collection>"
)
BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><D:propfind xmlns:D="DAV:"><D:prop><D:x>&b;</D:x></D:prop></D:propfind>'
HOUR = timedelta(hours=1)


def plan(who: object, **more: object) -> Activity:
    at = (timezone.now() + HOUR).replace(microsecond=0)
    values = {"kind": "meeting", "subject": "نشست فروش", "at": at} | more
    return services.plan(actor=Actor(who), planned=Planned(**values))  # type: ignore[arg-type]


def ask(method: str, path: str, login: str, secret: str, body: bytes = b"", depth: str = "0") -> tuple[int, str]:
    word = base64.b64encode(f"{login}:{secret}".encode()).decode()
    answer = Client(enforce_csrf_checks=True).generic(
        method, path, body, content_type="application/xml",
        headers={"Authorization": f"Basic {word}", "Depth": depth},
    )  # fmt: skip
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_independent_client_finds_and_reads_the_calendar(cast: Cast, live_server: object) -> None:
    meeting, task = plan(cast.alice, place="دفتر"), plan(cast.alice, kind="task", subject="پیگیری")
    late = plan(cast.alice, subject="دیر", at=timezone.now() + timedelta(days=40))
    plan(cast.charlie, subject="راز")
    secret = services.open_feed(actor=Actor(cast.alice))
    with caldav.DAVClient(f"{live_server}/dav/", username=cast.alice.username, password=secret) as client:
        (calendar,) = client.principal().calendars()
        assert calendar.name == str(cast.alice)
        found = {one.icalendar_component["summary"]: one for one in calendar.events()}
        assert set(found) == {meeting.subject, late.subject}
        assert found[meeting.subject].icalendar_component["dtstart"].dt == meeting.at
        assert [one.icalendar_component["summary"] for one in calendar.todos()] == [task.subject]
        soon = calendar.search(start=meeting.at - HOUR, end=meeting.at + HOUR, event=True)
        assert [one.icalendar_component["summary"] for one in soon] == [meeting.subject]
        known = calendar.objects_by_sync_token(load_objects=True)
        assert len(list(known)) == 3
        with pytest.raises(caldav.error.DAVError):
            calendar.save_event(found[meeting.subject].data.replace(str(meeting.uid), str(uuid4())))
    with caldav.DAVClient(f"{live_server}/dav/", username=cast.alice.username, password="no") as stranger:
        with pytest.raises(caldav.error.AuthorizationError):
            stranger.principal()


def test_who_has_read_all_gets_nothing_until_something_changes(cast: Cast) -> None:
    one, secret = plan(cast.alice), services.open_feed(actor=Actor(cast.alice))
    login, path = cast.alice.username, "/dav/home/calendar/"
    status, text = ask("REPORT", path, login, secret, SYNC % b"")
    assert (status, text.count("<D:response>")) == (207, 1)
    token = text.partition("<D:sync-token>")[2].partition("<")[0].encode()
    assert ask("REPORT", path, login, secret, SYNC % token)[1].count("<D:response>") == 0
    services.cancel(actor=Actor(cast.alice), activity_id=one.pk)
    status, text = ask("REPORT", path, login, secret, SYNC % token)
    assert status == 207 and text.count("<D:response>") == 1 and "404" not in text
    status, text = ask("REPORT", path, login, secret, SYNC % b"data:,long-ago")
    assert status == 403 and "valid-sync-token" in text
    other = services.open_feed(actor=Actor(cast.bob))
    assert ask("REPORT", path, cast.bob.username, other, SYNC % token)[0] == 403


def test_characters_that_xml_does_not_have_do_not_spoil_the_answer(cast: Cast) -> None:
    plan(cast.alice, subject="نشست\ufffe \uffff", description="a\x0bb")
    secret = services.open_feed(actor=Actor(cast.alice))
    asked = b'<D:prop><C:calendar-data xmlns:C="urn:ietf:params:xml:ns:caldav"/></D:prop>'
    body = b'<D:propfind xmlns:D="DAV:">%s</D:propfind>' % asked
    status, text = ask("PROPFIND", "/dav/home/calendar/", cast.alice.username, secret, body, depth="1")
    assert status == 207 and "SUMMARY:نشست" in "".join(ElementTree.fromstring(text).itertext())


@pytest.mark.django_db(transaction=True)
def test_a_client_drops_what_is_deleted_declined_or_given_to_another(cast: Cast, live_server: object) -> None:
    alice, bob = Actor(cast.alice), Actor(cast.bob)
    kept, gone = plan(cast.alice, subject="می‌ماند"), plan(cast.alice, subject="حذف می‌شود")
    asked = plan(cast.bob, subject="رد می‌شود", guests=[Guest(user_id=cast.alice.pk)])
    secret = services.open_feed(actor=alice)
    with caldav.DAVClient(f"{live_server}/dav/", username=cast.alice.username, password=secret) as client:
        (calendar,) = client.principal().calendars()
        mine = calendar.objects_by_sync_token(load_objects=True)
        assert len(list(mine)) == 3
        services.delete(actor=alice, activity_id=gone.pk)
        services.answer(actor=alice, activity_id=asked.pk, answer="declined")
        services.reschedule(actor=alice, activity_id=kept.pk, at=timezone.now() + 5 * HOUR)
        updated, deleted = mine.sync()
        assert [str(each.url).rpartition("/")[2] for each in updated] == [f"{kept.uid}.ics"]
        assert {str(each.url).rpartition("/")[2] for each in deleted} == {f"{gone.uid}.ics", f"{asked.uid}.ics"}
        assert [each.icalendar_component["summary"] for each in mine] == [kept.subject]
        assert mine.sync() == ([], [])
        services.restore(actor=alice, activity_id=gone.pk)
        services.delete(actor=bob, activity_id=asked.pk)
        updated, deleted = mine.sync()
        assert len(list(updated)) == 1 and not list(deleted) and len(list(mine)) == 2


def test_only_the_newest_tokens_are_kept(cast: Cast) -> None:
    secret, path = services.open_feed(actor=Actor(cast.alice)), "/dav/home/calendar/"
    for number in range(TOKENS + 3):
        plan(cast.alice, subject=f"نشست {number}")
        assert ask("REPORT", path, cast.alice.username, secret, SYNC % b"")[0] == 207
    assert Synced.objects.filter(user=cast.alice).count() == TOKENS


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("OPTIONS", "/dav/home/calendar/", b"", 200),
        ("PUT", "/dav/home/calendar/", b"BEGIN:VCALENDAR", 405),
        ("DELETE", "/dav/home/calendar/", b"", 405),
        ("PROPFIND", "/dav/", b"<not xml", 400),
        ("PROPFIND", "/dav/", BOMB, 400),
        ("PROPFIND", "/dav/home/", b" " * 300_000 + b"<a/>", 400),
        ("REPORT", "/dav/home/calendar/", b'<D:free-busy xmlns:D="DAV:"/>', 400),
        ("REPORT", "/dav/home/calendar/", b"", 400),
        ("GET", "/dav/home/calendar/00000000-0000-4000-8000-000000000000.ics", b"", 404),
        ("PROPFIND", "/.well-known/caldav", b"", 301),
    ],
)
def test_what_is_refused(cast: Cast, method: str, path: str, body: bytes, status: int) -> None:
    secret = services.open_feed(actor=Actor(cast.alice))
    assert ask(method, path, cast.alice.username, secret, body)[0] == status


def test_only_the_owner_of_the_secret_gets_in_while_he_works_here(cast: Cast) -> None:
    one, secret = plan(cast.alice), services.open_feed(actor=Actor(cast.alice))
    path = f"/dav/home/calendar/{one.uid}.ics"
    assert ask("GET", path, cast.alice.username, secret)[0] == 200
    assert ask("GET", path, cast.bob.username, secret)[0] == 401
    assert ask("GET", path, cast.alice.username, secret + "x")[0] == 401
    assert Client().get(path).status_code == 401
    other = services.open_feed(actor=Actor(cast.charlie))
    assert ask("GET", path, cast.charlie.username, other)[0] == 404
    cast.alice.is_active = False
    cast.alice.save()
    assert ask("GET", path, cast.alice.username, secret)[0] == 401


def test_the_calendar_takes_few_questions_however_full_it_is(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        plan(cast.alice, subject=f"نشست {number}")
    secret = services.open_feed(actor=Actor(cast.alice))
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        status, text = ask("PROPFIND", "/dav/home/calendar/", cast.alice.username, secret, b"", "1")
    assert (status, text.count("<D:response>")) == (207, 13)
