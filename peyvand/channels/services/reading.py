"""Reading what was received: the jail takes the bytes apart, here the result becomes fields, files and an event.

A message on which the parser ran into a limit is read a second time cheaply; one that cannot be read at all is kept for
a person. Neither is tried for ever, and neither holds up the others: what the time of one slice does not cover is put
back as a new event.
"""

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from peyvand.channels.adapters.email import automatic
from peyvand.channels.adapters.email.parse import attachment
from peyvand.channels.events import MessageParsed, MessageReceived
from peyvand.channels.models import Attachment, Message
from peyvand.channels.services import tokens
from peyvand.channels.services.reports import note_report
from peyvand.core import blobs, jail
from peyvand.core.events import Event, publish_many
from peyvand.core.files import safe_name, sniff
from peyvand.core.models import File
from peyvand.core.text import display_norm, display_text

PARSE = "peyvand.channels.adapters.email.parse.parse"
PARSE_MINIMALLY = "peyvand.channels.adapters.email.parse.parse_minimally"
DMARC_FAIL = re.compile(r"(?:^|[;\s])dmarc\s*=\s*fail\b", re.IGNORECASE)
SLICE_SECONDS = 5.0
FORGOTTEN = timedelta(minutes=10)
SLICE_BYTES = 16 * 1024 * 1024

UPDATE = """
    UPDATE channels_message message
    SET state = item.state, message_id = item.message_id, in_reply_to = item.in_reply_to,
        "references" = item."references", sender = item.sender, sender_name = item.sender_name,
        recipients = message.recipients || item.recipients, subject = item.subject, text = item.text,
        quoted = item.quoted, html = item.html, automatic = item.automatic, details = message.details || item.details,
        error = item.error, done_at = now(),
        occurred_at = CASE WHEN item.occurred_at < now() + interval '1 hour' THEN item.occurred_at
                           ELSE message.occurred_at END
    FROM jsonb_to_recordset(%s) AS item (
        id bigint, state text, message_id text, in_reply_to text, "references" jsonb, sender text, sender_name text,
        recipients jsonb, subject text, text text, quoted text, html text, automatic text, details jsonb, error text,
        occurred_at timestamptz
    )
    WHERE message.id = item.id AND message.state = 'stored'
"""


@dataclass
class _Read:
    """One message after the jail: the values of its row, and what hangs on it."""

    id: int
    row: dict[str, Any]
    files: list[tuple[dict[str, Any], bytes]]
    bounce: dict[str, Any] | None


def parse_received(events: list[MessageReceived]) -> None:
    """The reaction to MessageReceived: read the messages, or as many as the time of a slice allows."""
    parse_pending([event.message_id for event in events])


def parse_pending(message_ids: Sequence[int], *, seconds: float = SLICE_SECONDS) -> int:
    """Read stored messages; publishes MessageParsed (and MessageBounced) for each. Returns how many were read.

    Messages that are not `stored` any more are left alone, so that a second run changes nothing. After `seconds` the
    rest is published again as MessageReceived; at least one message is read.
    """
    end = time.monotonic() + seconds
    done: set[int] = set()
    with transaction.atomic():
        stored = Message.objects.select_for_update(of=("self",)).filter(pk__in=message_ids, state=Message.State.STORED)
        sizes = list(stored.order_by("pk").values_list("pk", "raw__size"))
        for slice_ in _slices(sizes):
            read: list[_Read] = []
            for pk, raw, envelope in _load(slice_):
                if done and time.monotonic() > end:
                    break
                read.append(_read(pk, raw, envelope))
                done.add(pk)
            _store(read)
        publish_many(MessageReceived(message_id=pk) for pk, _ in sizes if pk not in done)
    return len(done)


def read_again(*, message_id: int) -> None:
    """Try a message that could not be read once more (after an update of the parser, by a person's wish)."""
    with transaction.atomic():
        waiting = Message.objects.filter(pk=message_id, state=Message.State.NEEDS_REVIEW)
        if waiting.update(state=Message.State.STORED, error=""):
            publish_many([MessageReceived(message_id=message_id)])


def read_forgotten() -> int:
    """Read messages that have been waiting for ten minutes; normally there are none. Returns how many were read."""
    waiting = Message.objects.filter(state=Message.State.STORED, created_at__lt=timezone.now() - FORGOTTEN)
    return parse_pending(list(waiting.order_by("pk").values_list("pk", flat=True)[:50]))


def _slices(sizes: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Neighbours that together fit into memory."""
    batch: list[int] = []
    total = 0
    for pk, size in sizes:
        if batch and total + size > SLICE_BYTES:
            yield batch
            batch, total = [], 0
        batch.append(pk)
        total += size
    if batch:
        yield batch


def _load(batch: list[int]) -> list[tuple[int, bytes, str | None]]:
    found = Message.objects.filter(pk__in=batch).order_by("pk")
    rows = found.values_list("pk", "raw__data", "details__envelope_from")
    return [(pk, bytes(data), envelope) for pk, data, envelope in rows]


def _read(pk: int, raw: bytes, envelope_from: str | None) -> _Read:
    result = jail.run(PARSE, [raw])[0]
    error = result.error
    if not result.ok:
        result = jail.run(PARSE_MINIMALLY, [raw])[0]
    if not result.ok:
        return _Read(pk, _row(pk, _nothing(), error, None), [], None)
    parsed: dict[str, Any] = result.value
    files = []
    for found in parsed["attachments"]:
        if not found["blocked"]:
            files.append((found, attachment(raw, found)))
    return _Read(pk, _row(pk, parsed, error, envelope_from), files, parsed["bounce"])


def _nothing() -> dict[str, Any]:
    texts = ("message_id", "subject", "date", "text", "quote", "signature", "html", "html_quote", "automatic")
    lists = ("in_reply_to", "references", "to", "cc", "reply_to", "delivered_to", "attachments", "charsets", "defects")
    empty: dict[str, Any] = dict.fromkeys(texts, "") | {name: [] for name in lists}
    return empty | {
        "sender": {"name": "", "address": ""},
        "automatic_reason": "",
        "remote_images": [],
        "authentication": [],
        "thread": {},
        "bounce": None,
    }


def _row(pk: int, parsed: dict[str, Any], error: str, envelope_from: str | None) -> dict[str, Any]:
    kind, reason = parsed["automatic"], parsed["automatic_reason"]
    if not kind and envelope_from == "":
        kind, reason = automatic.REPLY, "empty envelope sender"
    if kind != automatic.BOUNCE and tokens.is_ours(parsed["message_id"]):
        kind, reason = automatic.LOOP, "a message of our own came back"
    quoted = "\n\n".join(part for part in (parsed["signature"], parsed["quote"]) if part)
    row = {
        "id": pk,
        "state": Message.State.NEEDS_REVIEW if error else Message.State.PARSED,
        "message_id": parsed["message_id"][:512],
        "in_reply_to": "".join(parsed["in_reply_to"][:1])[:512],
        "references": parsed["references"],
        "sender": parsed["sender"]["address"][:320],
        "sender_name": display_norm(parsed["sender"]["name"])[:200],
        "recipients": {name: [box["address"] for box in parsed[name] if box["address"]] for name in ("to", "cc")},
        "subject": display_norm(parsed["subject"])[:500],
        "text": display_text(parsed["text"]),
        "quoted": quoted,
        "html": parsed["html"],
        "automatic": kind,
        "error": error,
        "occurred_at": parsed["date"] or None,
        "details": {
            "automatic_reason": reason,
            "defects": parsed["defects"],
            "charsets": parsed["charsets"],
            "thread": parsed["thread"],
            "dmarc": _dmarc(parsed["authentication"]),
            "reply_to": [box["address"] for box in parsed["reply_to"] if box["address"]],
            "delivered_to": parsed["delivered_to"][:100],
            "html_quote": parsed["html_quote"],
            "remote_images": parsed["remote_images"][:200],
            "blocked": [
                {"name": found["name"], "size": found["size"], "reason": found["blocked"]}
                for found in parsed["attachments"]
                if found["blocked"]
            ],
        },
    }
    return row


def _dmarc(results: Sequence[str]) -> str:
    """ "fail" when the newest Authentication-Results (RFC 8601) says that the sender's domain disowns the mail.

    A "pass" is not believed: without a mail server of ours in front anybody may have written it.
    """
    return "fail" if results and DMARC_FAIL.search(results[0]) else ""


def _store(batch: list[_Read]) -> None:
    if not batch:
        return
    rows = json.dumps(_without_nul([read.row for read in batch]))
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [rows])
    hung = [(read.id, position, *item) for read in batch for position, item in enumerate(read.files)]
    if hung:
        _hang(hung)
    events: list[Event] = [MessageParsed(message_id=read.id) for read in batch]
    events += [event for read in batch if read.bounce for event in note_report(report_id=read.id, bounce=read.bounce)]
    publish_many(events)


def _without_nul(value: Any) -> Any:
    """PostgreSQL keeps no NUL in text."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    return {key: _without_nul(one) for key, one in value.items()} if isinstance(value, dict) else value


def _hang(hung: list[tuple[int, int, dict[str, Any], bytes]]) -> None:
    """Store the attachments of a slice: blobs, files, rows, three statements."""
    stored = blobs.put_many(data for *_, data in hung)
    files = []
    for (_, _, found, data), blob in zip(hung, stored, strict=True):
        kind = sniff(data, found["name"])
        files.append(File(blob_id=blob.sha256, name=safe_name(found["name"], kind), content_type=kind, size=len(data)))
    File.objects.bulk_create(files)
    Attachment.objects.bulk_create(
        Attachment(
            message_id=pk, file=file, position=position, content_id=found["content_id"], is_inline=found["inline"]
        )
        for (pk, position, found, _), file in zip(hung, files, strict=True)
    )
