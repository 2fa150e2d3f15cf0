"""What guests from outside answer (iTIP REPLY): applied once, when it is the guest himself and to what he knows last.

An answer from somebody who is not invited, whose domain disowns the mail, or who answers for another, is shown in the
history and to who holds the meeting, and changes nothing. One to an earlier invitation is passed over.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop

from peyvand.accounts.services.notifications import notify
from peyvand.activities.itip import REPLY
from peyvand.activities.models import Activity, Invitee, Series, State, Told
from peyvand.activities.services.inviting import NOTICE, record_answer
from peyvand.activities.services.outside_shape import uuid_of
from peyvand.activities.services.shaping import zone_of
from peyvand.activities.services.writing import note
from peyvand.activities.types import StepKind, page_of
from peyvand.channels.events import MessageParsed
from peyvand.channels.models import Attachment, Message
from peyvand.core import blobs, jail
from peyvand.core.text import display_text, normalise_email

READ = "peyvand.activities.itip_read.read"
MOST_BYTES = 256 * 1024
COMMENT = 300
ANSWERS = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}


@dataclass(frozen=True)
class Reply:
    """One answer: who sent it in which message, to which meeting, and what he says."""

    sender: str
    is_forged: bool
    uid: UUID
    event: Mapping[str, Any]

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
        return parse_datetime(self.event["stamp"] or "") or datetime(1970, 1, 1, tzinfo=UTC)

    @property
    def comment(self) -> str:
        return display_text(str(self.event["comment"])).strip()[:COMMENT]


def take_answers(events: Sequence[MessageParsed]) -> None:
    """The reaction to messages that were read: answers to our invitations are applied. Idempotent."""
    for reply in _replies([event.message_id for event in events]):
        _take(reply)


def claim_answers(message_ids: Collection[int]) -> set[int]:
    """Those of these messages that answer an invitation of ours: no request comes of them."""
    found = {pk: uids for pk, uids in _named(message_ids).items() if uids}
    uids = {uid for one in found.values() for uid in one}
    known = _known(uids) if uids else set()
    return {pk for pk, one in found.items() if known & set(one)}


def _known(uids: Collection[UUID]) -> set[UUID]:
    return set(Told.objects.filter(uid__in=uids).values_list("uid", flat=True))


def _named(message_ids: Collection[int]) -> dict[int, list[UUID]]:
    """Which of our meetings the calendar objects of messages answer."""
    return {pk: [reply.uid for reply in replies] for pk, replies in _read(message_ids).items()}


def _replies(message_ids: Collection[int]) -> Iterator[Reply]:
    for replies in _read(message_ids).values():
        yield from replies


def _read(message_ids: Collection[int]) -> dict[int, list[Reply]]:
    """The answers in the first calendar object of each message; the jail reads them."""
    rows = Attachment.objects.filter(message__in=message_ids, file__content_type="text/calendar")
    rows = rows.filter(file__size__lte=MOST_BYTES, message__direction=Message.Direction.IN)
    first: dict[int, Attachment] = {}
    for one in rows.select_related("message", "file").order_by("message_id", "position"):
        first.setdefault(one.message_id, one)
    texts = [blobs.get(one.file.blob_id) for one in first.values()]
    results = jail.run(READ, texts) if texts else []
    pairs = zip(first.values(), results, strict=True)
    return {one.message_id: list(_answers(one.message, result.value)) for one, result in pairs if result.ok}


def _answers(message: Message, found: Mapping[str, Any]) -> Iterator[Reply]:
    sender = normalise_email(message.sender)
    if found["method"] != REPLY or sender is None:
        return
    for event in found["events"]:
        uid = uuid_of(event["uid"])
        if uid is not None:
            yield Reply(sender, message.details.get("dmarc") == "fail", uid, event)


@transaction.atomic
def _take(reply: Reply) -> None:
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
    if int(reply.event["sequence"]) < told.sequence or (told.answered_stamp and told.answered_stamp >= reply.stamp):
        return
    Told.objects.filter(pk=told.pk).update(answered_stamp=reply.stamp)
    _apply(reply, [one for one in activities if one.pk in invitees], invitees)


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
        at = parse_datetime(recurrence)
        day = at.astimezone(zone_of(series.zone)).date() if at else recurrence
        return list(rows.filter(occurrence=day))
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
