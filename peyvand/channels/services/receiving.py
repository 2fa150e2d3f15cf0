"""Taking messages in: the raw bytes, the row, the ledger's line and the event are one transaction, for many at a time.

Only after it the other side is told that we have the message. The same message seen again changes nothing but the
ledger: it is recognised by channel, Message-ID and a digest of its body, since the header grows on every way.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from peyvand.channels.adapters.email import limits
from peyvand.channels.events import MessageParsed, MessageReceived
from peyvand.channels.models import Attachment, Channel, Message, Sighting
from peyvand.channels.types import Inbound, Received, Submission
from peyvand.core import blobs
from peyvand.core.events import publish, publish_many

HEADER_LOOK = 64 * 1024
RECIPIENTS = re.compile(rb"^(?:to|cc|bcc):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
COUNT_LOCK = 7_140_502  # advisory lock under which lines without a channel are counted up
MESSAGE_ID = re.compile(rb"(?:^|\n)message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^<>\s]{1,400})", re.IGNORECASE)

INSERT_MESSAGES = """
    INSERT INTO channels_message (
        channel_id, direction, medium, state, external_id, message_id, sender, recipients, details, raw_id, occurred_at,
        created_at, in_reply_to, "references", sender_name, subject, text, quoted, html, automatic, error, attempt,
        claimed_by
    )
    SELECT item.channel_id, 'in', item.medium, 'stored', item.external_id, item.message_id, item.sender,
           item.recipients, item.details, item.raw_id, now(), now(), '', '[]', '', '', '', '', '', '', '', 0, ''
    FROM jsonb_to_recordset(%s) AS item (
        position int, channel_id bigint, medium text, external_id text, message_id text, sender text, recipients jsonb,
        details jsonb, raw_id text
    )
    ORDER BY item.channel_id, item.external_id
    ON CONFLICT (channel_id, external_id) DO NOTHING
    RETURNING id, channel_id, external_id
"""
INSERT_SIGHTINGS = """
    INSERT INTO channels_sighting (channel_id, place, uid, outcome, reason, details, message_id, seen_at)
    SELECT item.channel_id, item.place, item.uid, item.outcome, '', '{}', item.message_id, now()
    FROM jsonb_to_recordset(%s) AS item (channel_id bigint, place text, uid text, outcome text, message_id bigint)
    ORDER BY item.channel_id, item.place, item.uid
    ON CONFLICT (channel_id, place, uid) DO UPDATE
    SET outcome = excluded.outcome, message_id = excluded.message_id
    WHERE channels_sighting.outcome IN ('seen', 'skipped')
"""

Key = tuple[int, str]


def receive(inbound: Inbound) -> Received:
    """Store one message. See `receive_batch`."""
    return receive_batch([inbound])[0]


def receive_batch(inbounds: Sequence[Inbound]) -> list[Received]:
    """Store messages, each once, in the order given; publishes MessageReceived for the new ones.

    Needs six statements however many there are. A repeated message gets the row it had.
    """
    keys = [(one.channel_id, one.external_id or external_id(one.raw)) for one in inbounds]
    with transaction.atomic():
        digests = blobs.put_many(one.raw for one in inbounds)
        rows: dict[Key, dict[str, Any]] = {}
        for key, one, blob in zip(keys, inbounds, digests, strict=True):
            rows.setdefault(key, _row(key, one, blob.sha256))
        new = _insert(list(rows.values()))
        ids = new | _existing([key for key in rows if key not in new])
        seen: set[Key] = set()
        results = []
        for key in keys:
            results.append(Received(message_id=ids[key], repeated=key not in new or key in seen))
            seen.add(key)
        _sight(inbounds, results)
        publish_many(MessageReceived(message_id=new[key]) for key in rows if key in new)
    return results


def receive_submission(*, channel: Channel, submission: Submission) -> Message:
    """Store a message that needs no parsing (form, phone, letter).

    Publishes MessageParsed. A repeat gives the old row.
    """
    with transaction.atomic():
        raw = submission.raw or json.dumps(_plain(submission), ensure_ascii=False, sort_keys=True).encode()
        message, created = Message.objects.get_or_create(
            channel=channel,
            external_id=submission.external_id[:200],
            defaults={
                "direction": Message.Direction.IN,
                "medium": submission.medium,
                "state": Message.State.PARSED,
                "sender": submission.sender[:320],
                "sender_name": submission.sender_name[:200],
                "subject": submission.subject[:500],
                "text": submission.text,
                "details": dict(submission.details),
                "occurred_at": submission.occurred_at,
                "done_at": timezone.now(),
                "created_by_id": submission.created_by_id,
                "raw": blobs.put(raw),
            },
        )
        if not created:
            return message
        Attachment.objects.bulk_create(
            Attachment(message=message, file_id=file_id, position=position)
            for position, file_id in enumerate(submission.file_ids)
        )
        Sighting.objects.create(
            channel=channel,
            place=submission.medium,
            uid=submission.external_id[:200],
            outcome=Sighting.Outcome.STORED,
            message=message,
        )
        publish(MessageParsed(message_id=message.pk))
    return message


def record_skip(
    *, channel_id: int | None, place: str, uid: str, reason: str, details: Mapping[str, Any] | None = None
) -> None:
    """Note in the ledger that something was refused or left, and why. reason: a stable word, e.g. `too_large`."""
    record_skips([(channel_id, place, uid, reason, dict(details or {}))])


def record_skips(skips: Iterable[tuple[int | None, str, str, str, dict[str, Any]]]) -> None:
    """Note many at once: (channel_id, place, uid, reason, details). What is stored already stays stored."""
    lines = [
        Sighting(
            channel_id=channel_id,
            place=_storable(place)[:200],
            uid=_storable(uid)[:200],
            outcome=Sighting.Outcome.SKIPPED,
            reason=reason[:255],
            details=details,
        )
        for channel_id, place, uid, reason, details in skips
    ]
    with transaction.atomic():
        Sighting.objects.bulk_create(lines, ignore_conflicts=True)
        for line in lines:
            if line.channel_id is not None:
                seen = Sighting.objects.filter(channel_id=line.channel_id, place=line.place, uid=line.uid)
                seen.filter(outcome=Sighting.Outcome.SEEN).update(
                    outcome=line.outcome, reason=line.reason, details=line.details
                )


def record_counts(*, place: str, reason: str, counts: Mapping[str, tuple[int, str]]) -> None:
    """Add to the lines of what was refused before it had a channel, one line for each uid.

    counts: {uid: (how often since last time, what it was last)}.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNT_LOCK])
        for uid, (count, last) in counts.items():
            line, _ = Sighting.objects.get_or_create(
                channel=None, place=place, uid=uid[:200], outcome=Sighting.Outcome.SKIPPED, defaults={"reason": reason}
            )
            line.details = {"count": line.details.get("count", 0) + count, "last": _storable(last)}
            line.save(update_fields=["details"])


def unfit(raw: bytes) -> str:
    """Why no door takes this mail, as the stable word of the ledger; "" for mail that is taken."""
    if len(raw) > limits.MESSAGE_BYTES:
        return "too_large"
    if b"\0" in raw:
        return "nul"
    end = header_end(raw)
    if end > limits.HEADER_REFUSED_BYTES:
        return "header_too_large"
    named = sum(match.group().count(b"@") for match in RECIPIENTS.finditer(raw, 0, end))
    return "too_many_recipients" if named > limits.HEADER_RECIPIENTS else ""


def external_id(raw: bytes) -> str:
    """What makes this mail this mail: Message-ID and body. Without a Message-ID, all of its bytes."""
    own = peek_message_id(raw)
    if not own:
        return "raw:" + hashlib.sha256(raw).hexdigest()
    return f"{own[:130]}:{hashlib.sha256(raw[header_end(raw) :]).hexdigest()[:40]}"


def peek_message_id(raw: bytes) -> str:
    """The Message-ID without brackets from the first 64 KB, by one linear scan."""
    match = MESSAGE_ID.search(raw[: min(header_end(raw), HEADER_LOOK)])
    return match.group(1).decode("ascii", "replace").translate({0: "?", 0xFFFD: "?"}) if match else ""


def header_end(raw: bytes) -> int:
    """Where the header block ends: the first empty line, or the end."""
    ends = [at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0]
    return min(ends, default=len(raw))


# ---- rows ------------------------------------------------------------------------------------------------------------


def _row(key: Key, one: Inbound, sha256: str) -> dict[str, Any]:
    return {
        "channel_id": key[0],
        "medium": one.medium,
        "external_id": key[1],
        "message_id": peek_message_id(one.raw)[:512],
        "sender": _storable(one.envelope_from or "")[:320],
        "recipients": {"envelope": [_storable(address) for address in one.envelope_to][:100]},
        "details": dict(one.details)
        | {"envelope_from": None if one.envelope_from is None else _storable(one.envelope_from)},
        "raw_id": sha256,
    }


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _insert(rows: list[dict[str, Any]]) -> dict[Key, int]:
    with connection.cursor() as cursor:
        cursor.execute(INSERT_MESSAGES, [json.dumps(rows)])
        return {(channel, external): pk for pk, channel, external in cursor.fetchall()}


def _existing(keys: list[Key]) -> dict[Key, int]:
    if not keys:
        return {}
    found = Message.objects.filter(channel_id__in={key[0] for key in keys}, external_id__in=[key[1] for key in keys])
    return {(channel, external): pk for pk, channel, external in found.values_list("pk", "channel_id", "external_id")}


def _sight(inbounds: Sequence[Inbound], results: Sequence[Received]) -> None:
    lines = {
        (one.channel_id, one.place, _storable(one.uid)[:200]): {
            "channel_id": one.channel_id,
            "place": one.place[:200],
            "uid": _storable(one.uid)[:200],
            "outcome": Sighting.Outcome.DUPLICATE if result.repeated else Sighting.Outcome.STORED,
            "message_id": result.message_id,
        }
        for one, result in zip(inbounds, results, strict=True)
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_SIGHTINGS, [json.dumps(list(lines.values()))])


def _plain(submission: Submission) -> dict[str, Any]:
    return {
        "medium": submission.medium,
        "sender": submission.sender,
        "sender_name": submission.sender_name,
        "subject": submission.subject,
        "text": submission.text,
        "occurred_at": submission.occurred_at.isoformat(),
        "details": dict(submission.details),
    }
