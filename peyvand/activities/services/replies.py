"""What guests from outside answer (iTIP REPLY): applied once, when it is the guest himself and to what he knows last.

An answer from somebody who is not invited, whose domain disowns the mail, or who answers for another, is shown in the
history and to who holds the meeting, and changes nothing. One to an earlier invitation is passed over. Of two answers
of one second the one that arrived later counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.services.notifications import notify
from peyvand.activities.itip import REPLY
from peyvand.activities.models import Activity, Invitee, Series, State, Told
from peyvand.activities.services.incoming import Post, day_in, stamp_of
from peyvand.activities.services.inviting import NOTICE, record_answer
from peyvand.activities.services.outside_shape import occurrences_told_as, uuid_of
from peyvand.activities.services.shaping import zone_of
from peyvand.activities.services.writing import note
from peyvand.activities.types import StepKind, page_of
from peyvand.core.text import display_text, normalise_email

COMMENT = 300
ANSWERS = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}


@dataclass(frozen=True)
class Reply:
    """One answer: who sent it, to which meeting, what he says, and the number of the message in which it arrived."""

    sender: str
    is_forged: bool
    uid: UUID
    event: Mapping[str, Any]
    arrival: int

    @property
    def own(self) -> Mapping[str, str] | None:
        """The line of whoever sent it; nobody answers for another."""
        found = (one for one in self.event["attendees"] if normalise_email(one["email"]) == self.sender)
        return next(found, None)

    @property
    def answer(self) -> str:
        return ANSWERS.get((self.own or {}).get("answer", ""), "")

    @property
    def stamp(self) -> datetime:
        return stamp_of(self.event)

    @property
    def comment(self) -> str:
        return display_text(str(self.event["comment"])).strip()[:COMMENT]


def replies_in(posts: Sequence[Post]) -> list[Reply]:
    """The answers to invitations of ours among what came."""
    return [reply for post in posts if post.method == REPLY for reply in _answers(post)]


def answering(posts: Sequence[Post]) -> set[int]:
    """The messages among what came that answer an invitation of ours."""
    found = replies_in(posts)
    uids = {reply.uid for reply in found}
    known = set(Told.objects.filter(uid__in=uids).values_list("uid", flat=True)) if uids else set()
    return {reply.arrival for reply in found if reply.uid in known}


def _answers(post: Post) -> Iterator[Reply]:
    for event in post.events:
        uid = uuid_of(event["uid"])
        if uid is not None:
            yield Reply(post.sender, post.is_forged, uid, event, post.message.pk)


@transaction.atomic
def take_reply(reply: Reply) -> None:
    """Apply one answer, show it, or pass it over."""
    activities = _activities(reply)
    if not activities:
        return
    occurrence = activities[0].occurrence if reply.event["recurrence"] else None
    told = _told(reply, occurrence)
    invitees = {one.activity_id: one for one in Invitee.objects.filter(
        activity__in=activities, user=None, email__iexact=reply.sender)}  # fmt: skip
    if told is None or not invitees or reply.is_forged or not reply.answer:
        _show(reply, activities[0])
        return
    sequence = int(reply.event["sequence"])
    if sequence < told.sequence or not _is_later(reply, told):
        return
    Told.objects.filter(pk=told.pk).update(
        answered_stamp=reply.stamp, answered_sequence=sequence, answered_message=reply.arrival
    )
    _apply(reply, [one for one in activities if one.pk in invitees], invitees)


def _is_later(reply: Reply, told: Told) -> bool:
    """Does it come after the last answer: by the second in which it was written, what it answers, its arrival?"""
    if told.answered_stamp is None:
        return True
    last = (told.answered_stamp, told.answered_sequence, told.answered_message)
    return (reply.stamp, int(reply.event["sequence"]), reply.arrival) > last


def _told(reply: Reply, occurrence: date | None) -> Told | None:
    """What the sender was told last of what he answers: of the occurrence, else of the whole."""
    rows = Told.objects.select_for_update().filter(uid=reply.uid, email=reply.sender.casefold(), is_cancelled=False)
    return (rows.filter(occurrence=occurrence).first() if occurrence else None) or rows.filter(occurrence=None).first()


def _activities(reply: Reply) -> list[Activity]:
    """What is answered, locked: a meeting, an occurrence, or all of a series that is still planned."""
    rows = Activity.objects.select_for_update(of=("self",)).filter(deleted_at=None).order_by("occurrence", "pk")
    series = Series.objects.filter(uid=reply.uid).first()
    if series is None:
        return list(rows.filter(uid=reply.uid))
    rows = rows.filter(series=series, state=State.PLANNED)
    recurrence = reply.event["recurrence"]
    if recurrence:
        day = day_in(recurrence, zone_of(series.zone))
        return list(rows.filter(occurrence__in=occurrences_told_as(series, day) if day else []))
    return list(rows.filter(ends_at__gt=timezone.now()))


def _apply(reply: Reply, activities: Sequence[Activity], invitees: Mapping[int, Invitee]) -> None:
    """The next one tells who holds it; the others of a series only keep the answer."""
    first, *others = activities
    if invitees[first.pk].answer != reply.answer:
        record_answer(None, first, invitees[first.pk], reply.answer, comment=reply.comment)
    Invitee.objects.filter(pk__in=[invitees[one.pk].pk for one in others]).update(
        answer=reply.answer, answered_at=timezone.now()
    )


def _show(reply: Reply, activity: Activity) -> None:
    """Somebody who may not answers: a line in the history, and a word to who holds the meeting."""
    details = {"who": reply.sender, "answer": reply.answer, "stamp": reply.stamp.isoformat()}
    if activity.steps.filter(kind=StepKind.STRANGER, details__who=reply.sender, details__stamp=details["stamp"]):
        return
    note(activity, StepKind.STRANGER, None, details)
    notify(
        users=[activity.owner_id],
        kind=NOTICE,
        text=gettext_noop("%(name)s, who is not invited, answered: %(subject)s"),
        data={"name": reply.sender, "subject": activity.subject},
        url=page_of(activity.pk),
    )
