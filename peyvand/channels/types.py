"""Plain values that doors, services and adapters hand each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """A message as a door took it, before anybody looked into it.

    envelope_from: what SMTP said, "" for a bounce, None where the door cannot know (a mailbox, a file).
    place, uid: where it was seen ("smtp", "imap:INBOX:<uidvalidity>", "file"), for the ledger.
    """

    channel_id: int
    raw: bytes
    place: str
    uid: str
    medium: str = "mail"
    envelope_from: str | None = None
    envelope_to: Sequence[str] = ()
    external_id: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of an Inbound: the row, and whether it was there already."""

    message_id: int
    repeated: bool


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A message whose parts are known without parsing: a web form, a phone call, a letter.

    external_id makes a repeated post harmless; file_ids are stored files; occurred_at is when it was written or took
    place.
    """

    medium: str
    external_id: str
    subject: str
    text: str
    occurred_at: datetime
    sender: str = ""
    sender_name: str = ""
    file_ids: Sequence[str] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    raw: bytes = b""
    created_by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to be sent. `thread` names the correspondence (letters, digits, dashes) and is signed into the ids.

    in_reply_to and references are Message-IDs without brackets; acknowledgement marks what no person wrote. bcc get it
    without being named in it. due_at: not before then may a worker send it; until then it can be taken back.
    calendar: an iCalendar text that the mail asks about, with its `calendar_method` (REQUEST, CANCEL, REPLY).
    hidden: parts of `text` that only the receiver may read, as a link that lets in; the stored copy does not have them.
    hidden_until: after that such a letter is not sent any more; an hour from now when nothing is said.
    """

    to: Sequence[str]
    subject: str
    text: str
    thread: str
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    in_reply_to: str = ""
    references: Sequence[str] = ()
    file_ids: Sequence[str] = ()
    acknowledgement: bool = False
    language: str = "fa"
    due_at: datetime | None = None
    calendar: str = ""
    calendar_method: str = ""
    hidden: Sequence[str] = ()
    hidden_until: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer that a person delivered himself: by phone, letter, fax or face to face. `note`: how it went."""

    medium: str
    text: str
    subject: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One mailbox: everything seen is stored, was there already, or was skipped for a reason; nothing is in between."""

    seen: int
    stored: int
    repeated: int
    skipped: Mapping[str, int]
    waiting: int
    missing: int
    error: str = ""

    @property
    def balanced(self) -> bool:
        """Whether the books are right; otherwise the mailbox is shown in red."""
        return self.seen == self.stored + self.repeated + sum(self.skipped.values()) and not self.missing
