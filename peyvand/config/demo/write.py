"""Writing many stories in few statements, in the order that foreign keys ask for."""

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from itertools import groupby

from django.db import connection
from django.db.models import Model
from psycopg import sql

from peyvand.cartable.models import Answer, Note, ReadMark, Referral, Request, RequestMessage, Step
from peyvand.cartable.services.numbering import ensure_year, new_codes
from peyvand.cartable.services.opening import search_of
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Attachment, Message, Sighting
from peyvand.config.demo.papers import papers
from peyvand.config.demo.story import Story, World
from peyvand.core import blobs
from peyvand.core.jalali import to_jalali
from peyvand.core.models import File
from peyvand.parties.models import ContactPoint


def store(world: World, stories: list[Story]) -> None:
    """Write all stories, which are in the order of their opening."""
    _name(stories)
    origins = [(story, story.request.perhaps_of) for story in stories if story.request.perhaps_of is not None]
    for story in stories:
        story.request.search = _search(story)
        story.request.perhaps_of = None
    Request.objects.bulk_create([story.request for story in stories])
    for story, origin in origins:
        story.request.perhaps_of = origin
        for step in story.steps:
            if step.kind == StepKind.PERHAPS_OF and origin is not None:
                step.details = {"request": origin.pk}
    Request.objects.bulk_update([story.request for story, _origin in origins], ["perhaps_of"])
    _messages(stories)
    _work(stories)
    _attach(world, stories)
    _marks(world, stories)


def _name(stories: list[Story]) -> None:
    """Give every request its code from the sequence of its Jalali year."""
    number = 0
    for year in sorted({to_jalali(story.request.opened_at).year for story in stories}):
        ensure_year(year)
    for _year, group in groupby(stories, key=lambda story: to_jalali(story.request.opened_at).year):
        same = list(group)
        for story, code in zip(same, new_codes(len(same), same[0].request.opened_at), strict=True):
            number += 1
            story.name(code, number)


def _search(story: Story) -> str:
    request, first = story.request, story.messages[0]
    return search_of(
        request.code, request.party.name if request.party else "", first.sender, request.subject, first.text
    )


def _messages(stories: list[Story]) -> None:
    mails = [message for story in stories for message in story.messages if message.medium == "mail"]
    for message, blob in zip(mails, blobs.put_many(_raw(message) for message in mails), strict=True):
        message.raw = blob
    Message.objects.bulk_create([message for story in stories for message in story.messages], batch_size=500)
    RequestMessage.objects.bulk_create(
        RequestMessage(request=story.request, message=message, matched_by=_matched(position, message))
        for story in stories
        for position, message in enumerate(story.messages)
    )
    Sighting.objects.bulk_create(
        Sighting(
            channel=message.channel,
            place="smtp" if message.medium == "mail" else message.medium,
            uid=message.external_id,
            outcome=Sighting.Outcome.STORED,
            message=message,
        )  # fmt: skip
        for story in stories
        for message in story.messages
        if message.direction == "in"
    )


def _matched(position: int, message: Message) -> str:
    if message.direction == "out":
        return "answer"
    return "message_id" if position else ""


def _raw(message: Message) -> bytes:
    """A mail as it might have come; what could not be read is shown as it is."""
    if message.state == Message.State.NEEDS_REVIEW:
        head = f"From: {message.sender}\r\nMessage-ID: <{message.message_id}>\r\n"
        return f"{head}Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n?\r\n".encode()
    recipients = ", ".join(message.recipients.get("to", [])) or message.channel.address
    header = {
        "From": message.sender,
        "To": recipients,
        "Subject": _encoded(message.subject),
        "Date": format_datetime(message.occurred_at),
        "Message-ID": f"<{message.message_id}>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in header.items())
    return (lines + "\r\n" + message.text.replace("\n", "\r\n")).encode()


def _encoded(text: str) -> str:
    """A header's text as RFC 2047 words of at most 45 bytes."""
    words, rest = [], text
    while rest:
        part = rest[:20]
        words.append(f"=?utf-8?B?{base64.b64encode(part.encode()).decode()}?=")
        rest = rest[20:]
    return "\r\n ".join(words)


def _work(stories: list[Story]) -> None:
    for story in stories:
        rows: list[Referral | Answer | Note | Step] = [*story.referrals, *story.answers, *story.notes, *story.steps]
        for row in rows:
            row.request = story.request
    referrals = [referral for story in stories for referral in story.referrals]
    Referral.objects.bulk_create([referral for referral in referrals if referral.parent is None])
    Referral.objects.bulk_create([referral for referral in referrals if referral.parent is not None])
    Answer.objects.bulk_create([answer for story in stories for answer in story.answers])
    Note.objects.bulk_create([note for story in stories for note in story.notes])
    Step.objects.bulk_create([step for story in stories for step in story.steps], batch_size=2000)


def _attach(world: World, stories: list[Story]) -> None:
    """One in nine written requests comes with a paper or a photograph."""
    kept = papers()
    stored = blobs.put_many(paper.data for paper in kept)
    files, attachments = [], []
    for story in stories:
        if story.request.needs_review or story.request.medium not in ("mail", "form") or world.dice.random() > 0.11:
            continue
        at = world.dice.randrange(len(kept))
        file = File(blob=stored[at], name=kept[at].name, content_type=kept[at].content_type, size=len(kept[at].data))
        files.append(file)
        attachments.append(Attachment(message=story.messages[0], file=file, position=0))
    File.objects.bulk_create(files)
    Attachment.objects.bulk_create(attachments)


def _marks(world: World, stories: list[Story]) -> None:
    """Most people have read what they hold; one in five requests has news that its holder has not seen."""
    rows = []
    for story in stories:
        seen = dict(story.seen)
        for user in {story.request.assignee, story.request.officer} - {None}:
            if user is not None and user.pk and user.pk in seen and world.dice.random() < 0.8:
                seen[user.pk] = story.request.last_activity_at
        rows += [ReadMark(request=story.request, user_id=user, at=at) for user, at in seen.items()]
    ReadMark.objects.bulk_create(rows, batch_size=2000)


def first_contacts(stories: list[Story]) -> dict[int, dt.datetime]:
    """Return when each customer first turned to us."""
    found: dict[int, dt.datetime] = {}
    for story in stories:
        if story.request.party is not None:
            found.setdefault(story.request.party.pk, story.request.opened_at)
    return found


def contacts(stories: list[Story]) -> dict[int, list[dt.datetime]]:
    """Return all moments at which each customer turned to us, the oldest first."""
    found: dict[int, list[dt.datetime]] = {}
    for story in stories:
        if story.request.party is not None:
            found.setdefault(story.request.party.pk, []).append(story.request.opened_at)
    return {pk: sorted(moments) for pk, moments in found.items()}


def date_back(stories: list[Story], met: Mapping[int, dt.datetime]) -> None:
    """Set the moments that Django fills with «now» when a row is made."""
    contacts = list(ContactPoint.objects.filter(party_id__in=met).values_list("pk", "party_id"))
    _set_moments(ContactPoint, [pk for pk, _party in contacts], [met[party] for _pk, party in contacts])
    messages = [message for story in stories for message in story.messages]
    _set_moments(Message, [m.pk for m in messages], [m.occurred_at for m in messages])
    _set_moments(Sighting, *_sightings({m.pk: m.occurred_at for m in messages}), column="seen_at")
    for model, rows in (
        (Note, [(note, _made(story, note)) for story in stories for note in story.notes]),
        (Answer, [(answer, _made(story, answer)) for story in stories for answer in story.answers]),
    ):
        _set_moments(model, [row.pk for row, _at in rows], [at for _row, at in rows])


def _sightings(moments: Mapping[int, dt.datetime]) -> tuple[list[int], list[dt.datetime]]:
    rows = list(Sighting.objects.filter(message_id__in=moments).values_list("pk", "message_id"))
    return [pk for pk, _message in rows], [moments[message] for _pk, message in rows if message]


def _made(story: Story, row: Note | Answer) -> dt.datetime:
    """When a note or a draft was written: its step's moment, or shortly before it was given to its reviewer."""
    name = "note" if isinstance(row, Note) else "answer"
    first = next((step.at for step in story.steps if getattr(step, name) is row), story.request.last_activity_at)
    return first


def _set_moments(
    model: type[Model], ids: Sequence[int], moments: Sequence[dt.datetime], column: str = "created_at"
) -> None:
    statement = sql.SQL(
        "UPDATE {table} AS row SET {column} = new.at FROM unnest(%s::bigint[], %s::timestamptz[]) AS new (id, at)"
        " WHERE row.id = new.id"
    ).format(table=sql.Identifier(model._meta.db_table), column=sql.Identifier(column))
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids), list(moments)])
