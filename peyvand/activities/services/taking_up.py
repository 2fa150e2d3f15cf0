"""Invitations that stayed mail: why, and one of us who takes one into his calendar by himself.

By itself only the organiser's own invitation of one of us is taken. What somebody has forwarded, what names none of us
and what only tells of a meeting (METHOD PUBLISH) a person may take: from then on the organiser's mail changes it, and
he gets the answer. What calls off something unknown, names no organiser, comes from a forged sender or has times that
no calendar of ours holds is not taken at all, nor is what came with a confidential request: more people see a calendar.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.activities.itip import CANCEL, REPLY
from peyvand.activities.models import Activity, Link, Outside, OutsideSeries
from peyvand.activities.policies import PLAN
from peyvand.activities.registry import link_kind
from peyvand.activities.services import outside_series
from peyvand.activities.services.incoming import Post, posts_of
from peyvand.activities.services.invitations import (
    Call,
    asked,
    begin,
    is_foreign,
    mailbox_of,
    named_in,
    organizer_of,
    span_of,
)
from peyvand.activities.services.writing import allow
from peyvand.activities.types import About
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm, normalise_email


class Why(StrEnum):
    """Why an invitation stayed mail; the first that holds."""

    CALLED_OFF = "called_off"
    ANSWER = "answer"
    NO_ORGANIZER = "no_organizer"
    FORGED = "forged"
    NO_TIME = "no_time"
    OVER = "over"
    FORWARDED = "forwarded"
    TOLD = "told"
    NOBODY = "nobody"
    CONFIDENTIAL = "confidential"


TAKEN_BY_HAND = {Why.FORWARDED, Why.TOLD, Why.NOBODY}
MOST_SHOWN = 5  # of one record: each may cost the jail its whole time


@dataclass(frozen=True)
class Left:
    """One meeting of one mail: what it is, why it stayed mail, and where it stands in the reader's calendar, if so."""

    message_id: int
    uid: str
    subject: str
    at: datetime | None
    organizer: str
    sender: str
    why: Why | None
    activity_id: int | None

    @property
    def may_take(self) -> bool:
        """May somebody put it into his calendar by himself?"""
        return self.activity_id is None and (self.why is None or self.why in TAKEN_BY_HAND)


def left_in(user: User, message_ids: Collection[int], *, is_confidential: bool = False) -> list[Left]:
    """What among these messages are meetings of others, as this reader is to see them; the newest few.

    is_confidential: nobody takes what came with this record into his calendar.
    """
    found = [(post, uid, events) for post in posts_of(message_ids) for uid, events in _meetings(post)][-MOST_SHOWN:]
    rows = Outside.objects.filter(user=user, uid__in=[uid for _post, uid, _events in found]).order_by("-recurrence")
    mine = dict(rows.values_list("uid", "activity_id")) if found else {}
    left = [_left(post, uid, events, mine.get(uid)) for post, uid, events in found]
    return [replace(one, why=Why.CONFIDENTIAL) if is_confidential and one.may_take else one for one in left]


def _meetings(post: Post) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for uid in dict.fromkeys(event["uid"] for event in post.events if is_foreign(event)):
        yield uid, [one for one in post.events if one["uid"] == uid]


def _left(post: Post, uid: str, events: Sequence[Mapping[str, Any]], activity_id: int | None) -> Left:
    first = _main(events)
    span = span_of(first)
    return Left(
        message_id=post.message.pk, uid=uid, subject=display_norm(first["subject"]), at=span[0] if span else None,
        organizer=organizer_of(first), sender=post.sender, why=_why(post, events), activity_id=activity_id,
    )  # fmt: skip


def _main(events: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The event of the whole, or the first single time."""
    return next((one for one in events if not one["recurrence"]), events[0])


def _why(post: Post, events: Sequence[Mapping[str, Any]]) -> Why | None:
    first = _main(events)
    if post.method in (CANCEL, REPLY):
        return Why.CALLED_OFF if post.method == CANCEL else Why.ANSWER
    if not organizer_of(first) or post.is_forged:
        return Why.FORGED if post.is_forged else Why.NO_ORGANIZER
    return _why_not_in_time(post, events) or _why_not_ours(post, first)


def _why_not_in_time(post: Post, events: Sequence[Mapping[str, Any]]) -> Why | None:
    first = _main(events)
    if span_of(first) is None:
        return Why.NO_TIME
    if not first["repeats"] or first["recurrence"]:
        return Why.OVER if (span_of(first) or (timezone.now(),))[-1] <= timezone.now() else None
    times = outside_series.times_of(outside_series.words_of(post, events))
    if times:
        return None
    return Why.NO_TIME if times is None else Why.OVER


def _why_not_ours(post: Post, first: Mapping[str, Any]) -> Why | None:
    if post.sender != organizer_of(first):
        return Why.FORWARDED
    if post.method != "REQUEST":
        return Why.TOLD
    return None if list(asked(post, first)) else Why.NOBODY


@transaction.atomic
def take_up(*, actor: Actor, about: About, message_id: int, uid: str) -> int:
    """Put a meeting of others, that came with a message of a record, into one's own calendar; once is enough.

    Returns the number of the activity. Raises NotAllowed, NotFound, and Invalid for what nobody takes.
    """
    allow(actor, PLAN)
    post, events = _found(actor, about, message_id, uid)
    User.objects.select_for_update().only("pk").get(pk=actor.user.pk)
    known = Outside.objects.filter(user=actor.user, uid=uid).order_by("recurrence").first()
    if known is not None:
        return known.activity_id
    why = _why(post, events)
    if OutsideSeries.objects.filter(user=actor.user, uid=uid).exists():
        why = Why.OVER  # he has it, and none of its times is left
    if why is not None and why not in TAKEN_BY_HAND:
        raise Invalid(fields={"why": why.value})
    activity = _begun(post, events, actor.user)
    if activity is None:
        raise Invalid(fields={"why": Why.NO_TIME.value})
    Link.objects.get_or_create(activity=activity, kind=about.kind, record=about.id)
    return activity.pk


def _found(actor: Actor, about: About, message_id: int, uid: str) -> tuple[Post, list[Mapping[str, Any]]]:
    kind = link_kind(about.kind)
    seen = kind.seen(actor) if kind is not None and may(actor, kind.permission) else None
    record = seen.filter(pk=about.id).first() if seen is not None else None
    if kind is None or record is None:
        raise NotFound
    if kind.is_confidential(record):
        raise Invalid(fields={"why": Why.CONFIDENTIAL.value})
    if message_id in set(kind.messages(record)):
        for post in posts_of([message_id]):
            for each, events in _meetings(post):
                if each == uid:
                    return post, events
    raise NotFound


def _begun(post: Post, events: Sequence[Mapping[str, Any]], user: User) -> Activity | None:
    first, attendee = _main(events), _attendee(post, events, user)
    if first["repeats"] and not first["recurrence"]:
        return outside_series.begin_series(user, attendee, events, outside_series.words_of(post, events))
    return begin(Call(post, first, user, attendee, None))


def _attendee(post: Post, events: Sequence[Mapping[str, Any]], user: User) -> str:
    """As whom he answers: at his own address, above all when it is asked, else as the mailbox."""
    named = {one for event in events for one in named_in(post, event)}
    own = normalise_email(user.email) or ""
    if own and own in named:
        return own
    return mailbox_of(post, named) or own or post.message.channel.address
