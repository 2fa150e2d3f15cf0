"""One's own calendar over CalDAV (RFC 4791), read only, for phones, Thunderbird and the calendars of Apple.

A program logs in with the login name and the secret of one's calendar address (`/activities/feed/`). It finds
`/dav/` → the calendar home → one calendar, whose entries are the same as in the feed.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from peyvand.accounts.models import User
from peyvand.activities import caldav_xml as xml
from peyvand.activities import services
from peyvand.activities.caldav_xml import Question, Resource, Value, cal, cs, dav
from peyvand.activities.icalendar_file import calendar_of
from peyvand.activities.models import Activity
from peyvand.activities.selectors.feed import feed_of, in_feed, synced
from peyvand.activities.views.feed import AHEAD, BACK, entry_of
from peyvand.web.access import public

READS = "OPTIONS, GET, HEAD, PROPFIND, REPORT"
CALENDAR = "text/calendar; charset=utf-8; component={}"
View = Callable[..., HttpResponse]


def _door(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Let in who knows the secret of a calendar; nothing can be written, so no cookie and no form counts here."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @public
        @wraps(view)
        def guarded(request: HttpRequest, **arguments: str) -> HttpResponse:
            if request.method == "OPTIONS":
                return _said(HttpResponse(), READS)
            user = _who(request)
            if user is None:
                answer = HttpResponse(status=401)
                answer["WWW-Authenticate"] = 'Basic realm="Peyvand", charset="UTF-8"'
                return answer
            if request.method not in methods:
                return _said(HttpResponse(status=405), READS)
            return _said(view(request, user, **arguments), READS)

        return guarded

    return decorate


def _said(answer: HttpResponse, methods: str) -> HttpResponse:
    answer["DAV"], answer["Allow"] = "1, 3, calendar-access", methods
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _who(request: HttpRequest) -> User | None:
    """Whoever's login name and secret these are."""
    kind, _space, word = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic" or len(word) > 2000:
        return None
    try:
        name, _colon, secret = base64.b64decode(word, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    user = feed_of(secret) if secret else None
    if user is None or name.casefold() not in {user.username.casefold(), user.email.casefold()}:
        return None
    services.note_read(user=user)
    return user


@csrf_exempt
@public
def well_known(request: HttpRequest) -> HttpResponse:
    """Where a program that only knows the name of the server finds the calendars (RFC 6764)."""
    return HttpResponsePermanentRedirect(reverse("caldav:root"))


def _multistatus(resources: Iterable[Resource], names: tuple[str, ...], *, token: str = "") -> HttpResponse:
    body = xml.write(resources, names, token=token)
    return HttpResponse(body, status=207, content_type="application/xml; charset=utf-8")


def _asked(request: HttpRequest, *, is_report: bool = False) -> Question | None:
    try:
        return xml.read(request.body, is_report=is_report)
    except xml.NotUnderstood:
        return None


def _is_deep(request: HttpRequest) -> bool:
    return request.headers.get("Depth", "0") != "0"


def _common(user: User) -> dict[str, Value]:
    return {
        dav("current-user-principal"): xml.at(reverse("caldav:root")),
        dav("principal-URL"): xml.at(reverse("caldav:root")),
        dav("owner"): xml.at(reverse("caldav:root")),
        cal("calendar-home-set"): xml.at(reverse("caldav:home")),
        cal("calendar-user-address-set"): xml.at(f"mailto:{user.email}") if user.email else [],
        dav("current-user-privilege-set"): xml.read_only(),
    }


def _principal(user: User) -> Resource:
    more: dict[str, Value] = {
        dav("resourcetype"): xml.kinds(dav("collection"), dav("principal")),
        dav("displayname"): user.full_name,
    }
    return Resource(href=reverse("caldav:root"), values=_common(user) | more)


def _home(user: User) -> Resource:
    more: dict[str, Value] = {dav("resourcetype"): xml.kinds(dav("collection")), dav("displayname"): user.full_name}
    return Resource(href=reverse("caldav:home"), values=_common(user) | more)


def _calendar(user: User, rows: list[Activity]) -> Resource:
    token = token_of(rows)
    more: dict[str, Value] = {
        dav("resourcetype"): xml.kinds(dav("collection"), cal("calendar")),
        dav("displayname"): str(user),
        cal("supported-calendar-component-set"): xml.components("VEVENT", "VTODO"),
        dav("supported-report-set"): xml.reports(),
        dav("sync-token"): token,
        cs("getctag"): token,
    }
    return Resource(href=reverse("caldav:calendar"), values=_common(user) | more)


def _entry(one: Activity) -> Resource:
    kind = "VTODO" if one.kind == Activity.Kind.TASK else "VEVENT"
    return Resource(
        href=reverse("caldav:entry", args=[one.uid]),
        values={
            dav("resourcetype"): [],
            dav("getetag"): etag_of(one),
            dav("getcontenttype"): CALENDAR.format(kind),
            cal("calendar-data"): calendar_of("", [entry_of(one)]).decode(),
        },
    )


def etag_of(one: Activity) -> str:
    """Changes with every write on an activity."""
    return f'"{one.pk}-{one.version}"'


def token_of(rows: Iterable[Activity]) -> str:
    """Changes when anything in the calendar does."""
    return "data:," + hashlib.sha256("".join(etag_of(one) for one in rows).encode()).hexdigest()[:32]


def _rows(user: User) -> list[Activity]:
    now = timezone.now()
    return list(in_feed(user, now - BACK, now + AHEAD))


@_door("PROPFIND")
def root(request: HttpRequest, user: User) -> HttpResponse:
    """Who the reader is, and where his calendars are."""
    question = _asked(request)
    if question is None:
        return HttpResponse(status=400)
    found = [_principal(user), *([_home(user)] if _is_deep(request) else [])]
    return _multistatus(found, question.names)


@_door("PROPFIND")
def home(request: HttpRequest, user: User) -> HttpResponse:
    """The one calendar of the reader."""
    question = _asked(request)
    if question is None:
        return HttpResponse(status=400)
    found = [_home(user), *([_calendar(user, _rows(user))] if _is_deep(request) else [])]
    return _multistatus(found, question.names)


@_door("PROPFIND", "REPORT", "GET", "HEAD")
def calendar(request: HttpRequest, user: User) -> HttpResponse:
    """The calendar and its entries."""
    rows = _rows(user)
    if request.method in ("GET", "HEAD"):
        return HttpResponse(calendar_of(str(user), map(entry_of, rows)), content_type="text/calendar; charset=utf-8")
    question = _asked(request, is_report=request.method == "REPORT")
    if question is None:
        return HttpResponse(status=400)
    if question.report:
        return _report(user, question, rows)
    if dav("sync-token") in question.names:
        _remember(user, rows)
    return _multistatus([_calendar(user, rows), *(map(_entry, rows) if _is_deep(request) else [])], question.names)


def _report(user: User, question: Question, rows: list[Activity]) -> HttpResponse:
    if question.report == "sync-collection":
        return _changes(user, question, rows)
    if question.report == "calendar-multiget":
        by_href = {reverse("caldav:entry", args=[one.uid]): one for one in rows}
        found = [(href, by_href.get(href)) for href in dict.fromkeys(question.hrefs)]
        resources = [_entry(one) if one else Resource(href=href, is_missing=True) for href, one in found]
        return _multistatus(resources, question.names)
    return _multistatus([_entry(one) for one in rows if _fits(question, one)], question.names)


def _remember(user: User, rows: list[Activity]) -> str:
    token = token_of(rows)
    services.remember_sync(user=user, token=token, entries={str(one.uid): etag_of(one) for one in rows})
    return token


def _changes(user: User, question: Question, rows: list[Activity]) -> HttpResponse:
    """Everything to who comes first; to others what changed since and what is gone; an old token begins again."""
    token = token_of(rows)
    known: dict[str, str] | None = {}
    if question.token:
        known = synced(user, question.token)
    if known is None:
        return HttpResponse(xml.refusal(dav("valid-sync-token")), status=403, content_type="application/xml")
    if question.token != token:
        _remember(user, rows)
    changed = [_entry(one) for one in rows if known.get(str(one.uid)) != etag_of(one)]
    gone = sorted(known.keys() - {str(one.uid) for one in rows})
    missing = [Resource(href=reverse("caldav:entry", args=[uid]), is_missing=True) for uid in gone]
    return _multistatus([*changed, *missing], question.names, token=token)


def _fits(question: Question, one: Activity) -> bool:
    kind = "VTODO" if one.kind == Activity.Kind.TASK else "VEVENT"
    if question.component and question.component != kind:
        return False
    at, ends = one.at or one.created_at, one.ends_at or one.at or one.created_at
    return _is_before(at, question.end) and (question.start is None or ends > question.start or at == ends)


def _is_before(at: datetime, end: datetime | None) -> bool:
    return end is None or at < end


@_door("GET", "HEAD", "PROPFIND")
def entry(request: HttpRequest, user: User, uid: str) -> HttpResponse:
    """One entry."""
    one = next((each for each in _rows(user) if each.uid == uid), None)
    question = _asked(request)
    if one is None or question is None:
        return HttpResponse(status=404 if one is None else 400)
    if request.method == "PROPFIND":
        return _multistatus([_entry(one)], question.names)
    answer = HttpResponse(calendar_of("", [entry_of(one)]), content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag_of(one)
    return answer
