"""Invitations from outside (iTIP REQUEST, CANCEL): they come into the calendar of whoever is asked, and follow.

One of us is asked when the mail names his address; when it names only a mailbox of ours, whoever looks after the
customer that asks is. The organiser alone changes his meeting: a later mail of another, or one that the organiser's
domain disowns, is shown in the history and to who is asked, and changes nothing. What is older than what was applied
(by SEQUENCE, then DTSTAMP, then arrival) is passed over, so a mail that is read twice does nothing twice. Series and
whatever names neither of these are no invitations: they stay mail that the cartable opens.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.core.text import display_norm, normalise_email
from peyvand.parties.models import ContactPoint, Party

METHODS = (REQUEST, CANCEL)
MOST_ASKED = 20  # of us in one mail


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
        return normalise_email((self.event["organizer"] or {}).get("email", "")) or ""

    @property
    def order(self) -> tuple[int, datetime, int]:
        return int(self.event["sequence"]), stamp_of(self.event), self.post.message.pk

    @property
    def is_own(self) -> bool:
        """Does it come from who holds the meeting?"""
        holder = self.known.organizer if self.known is not None else self.organizer
        return bool(holder) and self.post.sender == holder == self.organizer and not self.post.is_forged


def calls_in(posts: Sequence[Post]) -> list[Call]:
    """What among the mails that came is an invitation of one of us, or of an invitation that he has."""
    return [call for post in posts if post.method in METHODS for call in _calls(post)]


def _calls(post: Post) -> Iterator[Call]:
    for event in post.events:
        if not event["uid"] or uuid_of(event["uid"]) is not None:
            continue
        known = {each.user_id: each for each in Outside.objects.filter(
            uid=event["uid"], recurrence=event["recurrence"]).select_related("user")}  # fmt: skip
        asked = {user.pk: (user, address) for user, address in _asked(post, event)}
        asked |= {pk: (each.user, each.attendee) for pk, each in known.items()}
        calls = [Call(post, event, user, address, known.get(user.pk)) for user, address in asked.values()]
        yield from (call for call in calls if call.known is not None or _begins(call))


def _begins(call: Call) -> bool:
    """Can it be the first of its meeting: a single one that its organiser asks to himself, at a time that is one?"""
    is_request = call.post.method == REQUEST and not call.event["repeats"]
    return is_request and call.is_own and _span(call.event) is not None


def _asked(post: Post, event: Mapping[str, Any]) -> Iterator[tuple[User, str]]:
    """Those of us that are asked, with the address at which each is."""
    named = {normalise_email(each["email"]) for each in event["attendees"]}
    to = post.message.recipients
    named |= {normalise_email(str(each)) for kind in ("to", "cc", "envelope") for each in to.get(kind) or ()}
    addresses = {each for each in named if each}
    people = User.objects.annotate(low=Lower("email")).filter(low__in=addresses, is_active=True).order_by("pk")
    users = [user for user in people[:MOST_ASKED] if may(user, PLAN)]
    if users:
        yield from ((user, user.email) for user in users)
    elif (mailbox := normalise_email(post.message.channel.address)) in addresses and mailbox:
        yield from ((user, mailbox) for user in _who_looks_after(post.sender))


def _who_looks_after(address: str) -> list[User]:
    points = ContactPoint.objects.filter(
        kind="email", value=address, party__deleted_at=None, party__owner__is_active=True
    )
    owners = User.objects.filter(pk__in=points.values("party__owner"))[:2]
    return [each for each in owners if may(each, PLAN)] if len(owners) == 1 else []


def _span(event: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
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
            _begin(call)
    elif not call.is_own:
        _show(call, known.activity)
    elif call.order > (known.sequence, known.stamp, known.arrival):
        known.sequence, known.stamp, known.arrival = call.order
        _follow(call, known)


def _planned(call: Call, custom: Mapping[str, Any] | None = None) -> Planned:
    event = call.event
    at, ends = _span(event) or (None, None)
    seen = Party.objects.visible_to(call.user)
    known = ContactPoint.objects.filter(kind="email", value=call.organizer, party__in=seen)
    point = known.order_by("pk").first()
    return Planned(
        kind="meeting", subject=display_norm(event["subject"])[: shaping.SUBJECT] or _("Meeting without a subject"),
        at=at, ends_at=ends, all_day=event["all_day"], place=event["place"], link=_link(event),
        description=event["description"], owner_id=call.user.pk, party_id=point.party_id if point else None,
        custom=custom or {},
    )  # fmt: skip


def _link(event: Mapping[str, Any]) -> str:
    """The address of an online meeting; nothing for what is none."""
    try:
        return shaping.link_of(event["link"])
    except Invalid:
        return ""


def _begin(call: Call) -> None:
    activity = Activity()
    try:
        shaping.lay(None, activity, _planned(call))
    except Invalid:
        return
    activity.save()
    Invitee.objects.create(activity=activity, user=call.user)
    sequence, stamp, arrival = call.order
    Outside.objects.create(
        user=call.user, activity=activity, uid=call.event["uid"], recurrence=call.event["recurrence"],
        organizer=call.organizer, organizer_name=display_norm(call.event["organizer"]["name"])[:200],
        attendee=call.attendee, sequence=sequence, stamp=stamp, arrival=arrival,
    )  # fmt: skip
    note(activity, StepKind.INVITED, None, {"who": call.organizer})
    tell_invited(None, activity, [call.user.pk])
    publish(ActivityPlanned(activity_id=activity.pk, kind=activity.kind, party_id=activity.party_id))


def _follow(call: Call, known: Outside) -> None:
    """Apply a newer word of the organiser: called off, or as it is now; at another time it is to be answered anew."""
    activity = Activity.objects.select_for_update().get(pk=known.activity_id)
    work = Work(None, activity)
    known.is_cancelled = call.post.method == CANCEL
    if known.is_cancelled:
        known.save()
        if activity.is_planned:
            activity.state, activity.done_at, activity.remind_at = State.CANCELLED, work.now, None
            work.done(StepKind.CANCELLED, events=[ActivityCancelled(activity_id=activity.pk)])
            _notify(call, gettext_noop("%(name)s has called off: %(subject)s"), activity)
        return
    if _span(call.event) is None or call.event["repeats"]:
        return
    before = activity.at, activity.ends_at
    shaping.lay(None, activity, _planned(call, activity.custom))
    mine = Invitee.objects.filter(activity=activity, user=call.user)
    if (activity.at, activity.ends_at) != before:
        mine.update(answer=Invitee.Answer.WAITING, answered_at=None)
        known.told = ""
    if activity.state == State.CANCELLED and not mine.filter(answer=Invitee.Answer.DECLINED).exists():
        activity.state, activity.done_at, activity.done_by = State.PLANNED, None, None
        shaping.remind(activity)
    known.save()
    if work.changed():
        work.done(StepKind.CHANGED, events=[ActivityChanged(activity_id=activity.pk)], details={"who": call.organizer})
        _notify(call, gettext_noop("%(name)s has changed: %(subject)s"), activity)


def _show(call: Call, activity: Activity) -> None:
    """Somebody who does not hold it speaks for it: a line in the history, and a word to who is asked."""
    details = {"who": call.post.sender, "held": True, "arrival": call.post.message.pk}
    if activity.steps.filter(kind=StepKind.STRANGER, details__arrival=details["arrival"]).exists():
        return
    note(activity, StepKind.STRANGER, None, details)
    _notify(call, gettext_noop("%(name)s, who does not hold it, wanted to change: %(subject)s"), activity)


def _notify(call: Call, text: str, activity: Activity) -> None:
    data = {"name": call.post.sender, "subject": activity.subject}
    notify(users=[activity.owner_id], kind=NOTICE, text=text, data=data, url=page_of(activity.pk))
