"""What a bounce says (RFC 3464): whom it could not reach, whether for good, and which of our messages it means.

A report proves nothing about its sender, so callers act on it only for a message we really sent (our signed
Message-ID).
"""

import re
from collections.abc import Iterator
from typing import TypedDict

from peyvand.channels.adapters.email import addresses, headers, mime
from peyvand.channels.adapters.email.headers import Fields
from peyvand.channels.adapters.email.mime import Part, Tree

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
SMTP_CODE = re.compile(r"\b([45])\d\d\b")
ADDRESS = re.compile(r"<([^<>\s@]{1,64}@[^<>\s@]{1,255})>")
RETURNED_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t])?[ \t]*<([^<>\s]{1,500})>", re.IGNORECASE | re.MULTILINE)
COPY = re.compile(r"^.{0,10}(?:Below this line is a copy|Original message|پیام اصلی)", re.IGNORECASE | re.MULTILINE)
LOOK_BYTES = 64 * 1024


class Failure(TypedDict):
    """One recipient. `permanent` is false for a delay (4.x.x)."""

    address: str
    action: str
    status: str
    permanent: bool
    diagnostic: str


class Bounce(TypedDict):
    """All recipients, those who have it for certain, and the Message-IDs of the message that the report is about."""

    failures: list[Failure]
    delivered: list[str]
    message_ids: list[str]


def read(raw: bytes, tree: Tree, text: str) -> Bounce:
    """Read a standard report, else guess from the text as old systems (qmail, Exchange) write it."""
    failures: list[Failure] = []
    delivered: list[str] = []
    ids: list[str] = []
    for part in tree.leaves:
        if part.type in ("message/delivery-status", "message/global-delivery-status", "message/feedback-report"):
            data = mime.content(raw, part.start, part.end, part.encoding)[:LOOK_BYTES]
            failures += _groups(data)
            delivered += _delivered(data)
        elif part.type in ("message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers"):
            ids += _returned_ids(raw, part)
    failures = failures or ([] if delivered else _guessed(tree, text))
    ids = ids or [
        found.decode("utf-8", "replace") for found in RETURNED_ID.findall(raw[tree.fields.body :][: 4 * LOOK_BYTES])
    ]
    return Bounce(failures=failures[:100], delivered=delivered[:100], message_ids=list(dict.fromkeys(ids))[:10])


def _returned_ids(raw: bytes, part: Part) -> list[str]:
    data = mime.content(raw, part.start, min(part.end, part.start + 2 * LOOK_BYTES), part.encoding)
    return headers.message_ids(headers.scan(data).raw("message-id"))


def _recipients(data: bytes) -> Iterator[tuple[Fields, str, str]]:
    """The group of each recipient with its address and what was done (`action`), at most a hundred."""
    position = found = 0
    while position < len(data) and found < 100:
        fields = headers.scan(data, position)
        position = max(fields.body, position + 1)
        recipient = fields.text("final-recipient") or fields.text("original-recipient")
        if recipient:
            found += 1
            address = addresses.normalise(recipient.partition(";")[2].strip() or recipient)
            yield fields, address, fields.text("action").lower()


def _delivered(data: bytes) -> list[str]:
    """Whoever has it in his mailbox; what was only relayed may still fail."""
    return [address for _fields, address, action in _recipients(data) if address and action == "delivered"]


def _groups(data: bytes) -> list[Failure]:
    failures: list[Failure] = []
    for fields, found, action in _recipients(data):
        status = fields.text("status")[:20]
        if action in ("delivered", "relayed", "expanded"):
            continue
        permanent = status.startswith("5") or (action == "failed" and not status.startswith("4"))
        diagnostic = fields.text("diagnostic-code").partition(";")[2].strip()[:500]
        failures.append(
            Failure(address=found, action=action[:20], status=status, permanent=permanent, diagnostic=diagnostic)
        )
    return failures


def _guessed(tree: Tree, text: str) -> list[Failure]:
    look = COPY.split(text[:20_000])[0]
    status, code = STATUS.search(look), SMTP_CODE.search(look)
    kind = status.group(1) if status else code.group(1) if code else "5"
    listed = [box["address"] for box in addresses.parse(tree.fields.raw("x-failed-recipients"))]
    found = listed or [addresses.normalise(one) for one in ADDRESS.findall(look)]
    return [
        Failure(
            address=one,
            action="delayed" if kind == "4" else "failed",
            status=status.group() if status else "",
            permanent=kind != "4",
            diagnostic="",
        )
        for one in list(dict.fromkeys(found))[:20]
        if one
    ]
