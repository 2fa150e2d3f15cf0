"""Invitations from outside (iTIP REQUEST, CANCEL): they come into the calendar of whoever is asked, and follow.

One of us is asked when the mail names his address; when it names only a mailbox of ours, whoever looks after the
customer that asks is. The organiser alone changes his meeting: a later mail of another, or one that the organiser's
domain disowns, is shown in the history and to who is asked, and changes nothing. What is older than what was applied
(by SEQUENCE, then DTSTAMP, then arrival) is passed over, so a mail that is read twice does nothing twice. What comes
again is taken by `outside_series`. Whatever else a calendar object asks stays mail that the cartable opens, and its
page says why (`taking_up`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.services.notifications import notify
from peyvand.activities.events import ActivityCancelled, ActivityChanged, ActivityPlanned
from peyvand.activities.itip import CANCEL, REQUEST
from peyvand.activities.models import Activity, Invitee, Outside, State
from peyvand.activities.policies import PLAN
from peyvand.activities.services import shaping
from peyvand.activities.services.incoming import Post, moment_in, stamp_of
from peyvand.activities.services.inviting import NOTICE, tell_invited
from peyvand.activities.services.outside_shape import uuid_of
from peyvand.activities.services.writing import Work, note
from peyvand.activities.types import Planned, StepKind, page_of
from peyvand.channels.models import Channel
from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.core.text import display_norm, normalise_email
from peyvand.parties.models import ContactPoint, Party

METHODS = (REQUEST, CANCEL)
MOST_ASKED = 20  # of us in one mail
CALLED_OFF = gettext_noop("%(name)s has called off: %(subject)s")
CHANGED = gettext_noop("%(name)s has changed: %(subject)s")
UNREAD = gettext_noop("A change that %(name)s has sent cannot be read: %(subject)s")
STRANGER = gettext_noop("%(name)s, who does not hold it, wanted to change: %(subject)s")


@dataclass(frozen=True)
class Call:
    """One event of a mail for one of us: asked at `attendee`. known: what he has of it already."""

    post: Post
    event: Mapping[str, Any]
    user: User
    attendee: str
    known: Outside | None

    @property
    def organizer(self) -> str:
        return organizer_of(self.event)

    @property
    def order(self) -> tuple[int, datetime, int]:
        return int(self.event["sequence"]), stamp_of(self.event), self.post.message.pk

    @property
    def is_own(self) -> bool:
        """Does it come from who holds the meeting?"""
        return is_of(self.post, self.event, self.known.organizer if self.known is not None else "")


def is_of(post: Post, event: Mapping[str, Any], holder: str = "") -> bool:
    """Does a mail come from the organiser that its event names? holder: who holds it by what is known already."""
    organizer = organizer_of(event)
    return bool(organizer) and post.sender == organizer == (holder or organizer) and not post.is_forged


def organizer_of(event: Mapping[str, Any]) -> str:
    """The address of who holds it; empty when it names none."""
    return normalise_email((event["organizer"] or {}).get("email", "")) or ""


def is_foreign(event: Mapping[str, Any]) -> bool:
    """Is it of a meeting that is not ours?"""
    return bool(event["uid"]) and uuid_of(event["uid"]) is None


def calls_in(posts: Sequence[Post], but: Collection[tuple[str, int]] = ()) -> list[Call]:
    """What among the mails that came is an invitation of one of us, or of an invitation that he has.

    but: who has what as a series, by uid and number of the user.
    """
    found = [call for post in posts if post.method in METHODS for call in _calls(post)]
    return [call for call in found if (call.event["uid"], call.user.pk) not in but]


def _calls(post: Post) -> Iterator[Call]:
    for event in post.events:
        if not is_foreign(event):
            continue
        known = {each.user_id: each for each in Outside.objects.filter(
            uid=event["uid"], recurrence=event["recurrence"]).select_related("user")}  # fmt: skip
        people = {user.pk: (user, address) for user, address in asked(post, event)}
        people |= {pk: (each.user, each.attendee) for pk, each in known.items()}
        calls = [Call(post, event, user, address, known.get(user.pk)) for user, address in people.values()]
        yield from (call for call in calls if call.known is not None or _begins(call))


def _begins(call: Call) -> bool:
    """Can it be the first of its meeting: a single one that its organiser asks to himself, at a time that is one?"""
    is_request = call.post.method == REQUEST and not call.event["repeats"]
    return is_request and call.is_own and span_of(call.event) is not None


def asked(post: Post, event: Mapping[str, Any]) -> Iterator[tuple[User, str]]:
    """Those of us that are asked, with the address at which each is."""
    addresses = named_in(post, event)
    people = User.objects.annotate(low=Lower("email")).filter(low__in=addresses, is_active=True).order_by("pk")
    users = [user for user in people[:MOST_ASKED] if may(user, PLAN)]
    if users:
        yield from ((user, user.email) for user in users)
    elif mailbox := mailbox_of(post, addresses):
        yield from ((user, mailbox) for user in _who_looks_after(post.sender))


def named_in(post: Post, event: Mapping[str, Any]) -> set[str]:
    """The addresses that the mail or its event names."""
    named = {normalise_email(each["email"]) for each in event["attendees"]}
    to = post.message.recipients
    named |= {normalise_email(str(each)) for kind in ("to", "cc", "envelope") for each in to.get(kind) or ()}
    return {each for each in named if each}


def mailbox_of(post: Post, addresses: Collection[str]) -> str:
    """The mailbox of ours that is asked: that in which the mail arrived, else another one; empty without any."""
    own = normalise_email(post.message.channel.address)
    if own and own in addresses:
        return own
    rows = Channel.objects.annotate(low=Lower("address")).filter(kind=Channel.Kind.EMAIL, low__in=addresses)
    return rows.order_by("pk").values_list("low", flat=True).first() or ""


def _who_looks_after(address: str) -> list[User]:
    points = ContactPoint.objects.filter(
        kind="email", value=address, party__deleted_at=None, party__owner__is_active=True
    )
    owners = User.objects.filter(pk__in=points.values("party__owner"))[:2]
    return [each for each in owners if may(each, PLAN)] if len(owners) == 1 else []


def span_of(event: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    """Beginning and end; None for what is none of an activity."""
    at = moment_in(event["starts"])
    ends = moment_in(event["ends"]) or (at + timedelta(days=1) if at and event["all_day"] else at)
    if at is None or ends is None or not at <= ends <= at + shaping.LONGEST:
        return None
    return at, ends


@transaction.atomic
def take_call(call: Call) -> None:
    """Bring what one of us has of a meeting up to what its organiser says. Does nothing twice."""
    User.objects.select_for_update().only("pk").get(pk=call.user.pk)  # two mails of one meeting come one after another
    rows = Outside.objects.select_for_update().filter(uid=call.event["uid"], recurrence=call.event["recurrence"])
    known = rows.filter(user=call.user).select_related("activity").first()
    call = Call(call.post, call.event, call.user, call.attendee, known)
    if known is None:
        if _begins(call):
            begin(call)
    elif not call.is_own:
        show_stranger(call.post, known.activity)
    elif call.order > (known.sequence, known.stamp, known.arrival):
        known.sequence, known.stamp, known.arrival = call.order
        _follow(call, known)


def planned_of(event: Mapping[str, Any], user: User, custom: Mapping[str, Any] | None = None) -> Planned:
    """The plan of one of us for what an event says; its customer is the organiser, if he may see him."""
    at, ends = span_of(event) or (None, None)
    seen = Party.objects.visible_to(user)
    known = ContactPoint.objects.filter(kind="email", value=organizer_of(event), party__in=seen)
    point = known.order_by("pk").first()
    return Planned(
        kind="meeting", subject=display_norm(event["subject"])[: shaping.SUBJECT] or _("Meeting without a subject"),
        at=at, ends_at=ends, all_day=event["all_day"], place=event["place"], link=_link(event),
        description=event["description"], owner_id=user.pk, party_id=point.party_id if point else None,
        custom=custom or {},
    )  # fmt: skip


def _link(event: Mapping[str, Any]) -> str:
    """The address of an online meeting; nothing for what is none."""
    try:
        return shaping.link_of(event["link"])
    except Invalid:
        return ""


def begin(call: Call) -> Activity | None:
    """Put a meeting into somebody's calendar, to be answered; None when it is none of an activity."""
    activity = Activity()
    try:
        shaping.lay(None, activity, planned_of(call.event, call.user))
    except Invalid:
        return None
    activity.save()
    Invitee.objects.create(activity=activity, user=call.user)
    sequence, stamp, arrival = call.order
    Outside.objects.create(
        user=call.user, activity=activity, uid=call.event["uid"], recurrence=call.event["recurrence"],
        organizer=call.organizer, organizer_name=display_norm(call.event["organizer"]["name"])[:200],
        attendee=call.attendee, sequence=sequence, stamp=stamp, arrival=arrival,
    )  # fmt: skip
    begun(activity, call.organizer)
    return activity


def begun(activity: Activity, organizer: str) -> None:
    """Note that somebody outside asks one of us, and tell him."""
    note(activity, StepKind.INVITED, None, {"who": organizer})
    tell_invited(None, activity, [activity.owner_id])
    publish(ActivityPlanned(activity_id=activity.pk, kind=activity.kind, party_id=activity.party_id))


def _follow(call: Call, known: Outside) -> None:
    """Apply a newer word of the organiser: called off, or as it is now; at another time it is to be answered anew."""
    if call.post.method == CANCEL:
        if call_off(known):
            tell_of(CALLED_OFF, call.post.sender, known.activity)
    elif span_of(call.event) is None or call.event["repeats"]:
        show_stranger(call.post, known.activity, is_unread=True)
    elif bring(known, call.event):
        tell_of(CHANGED, call.post.sender, known.activity)


def call_off(known: Outside) -> bool:
    """The organiser has called it off; says whether it was still planned."""
    activity = _locked(known)
    work = Work(None, activity)
    known.is_cancelled = True
    known.save()
    if not activity.is_planned:
        return False
    activity.state, activity.done_at, activity.remind_at = State.CANCELLED, work.now, None
    work.done(StepKind.CANCELLED, events=[ActivityCancelled(activity_id=activity.pk)])
    return True


def bring(known: Outside, event: Mapping[str, Any]) -> bool:
    """Make a meeting what the organiser says of it; says whether that changed anything."""
    activity = _locked(known)
    work = Work(None, activity)
    known.is_cancelled = False
    shaping.lay(None, activity, planned_of(event, known.user, activity.custom))
    mine = Invitee.objects.filter(activity=activity, user=known.user_id)
    if work.changed().keys() & {"at", "ends_at"}:
        mine.update(answer=Invitee.Answer.WAITING, answered_at=None)
        known.told = ""
    if activity.state == State.CANCELLED and not mine.filter(answer=Invitee.Answer.DECLINED).exists():
        activity.state, activity.done_at, activity.done_by = State.PLANNED, None, None
        shaping.remind(activity)
    known.save()
    if not work.changed():
        return False
    work.done(StepKind.CHANGED, events=[ActivityChanged(activity_id=activity.pk)], details={"who": known.organizer})
    return True


def _locked(known: Outside) -> Activity:
    known.activity = Activity.objects.select_for_update().get(pk=known.activity_id)
    return known.activity


def show_stranger(post: Post, activity: Activity, *, is_unread: bool = False) -> None:
    """Somebody who does not hold it speaks for it: a line in the history, and a word to who is asked.

    is_unread: it is the organiser, and what he says cannot be read as times of an activity.
    """
    details = {"who": post.sender, "held": True, "unread": is_unread, "arrival": post.message.pk}
    if activity.steps.filter(kind=StepKind.STRANGER, details__arrival=details["arrival"]).exists():
        return
    note(activity, StepKind.STRANGER, None, details)
    tell_of(UNREAD if is_unread else STRANGER, post.sender, activity)


def tell_of(text: str, name: str, activity: Activity) -> None:
    """Tell who is asked what somebody has done with the meeting."""
    data = {"name": name, "subject": activity.subject}
    notify(users=[activity.owner_id], kind=NOTICE, text=text, data=data, url=page_of(activity.pk))
