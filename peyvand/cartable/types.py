"""Plain data of the cartable: what a step is, whom a referral goes to, what routing and threading work with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from peyvand.core.errors import Invalid


class StepKind(StrEnum):
    """The kinds of lines in a request's history."""

    OPENED = "opened"
    MESSAGE_IN = "message_in"
    PERHAPS_OF = "perhaps_of"  # may continue another request
    CONTINUED = "continued"  # a person confirmed it: its messages went to the other request
    NOT_CONTINUED = "not_continued"
    TAKEN = "taken"
    REFERRED = "referred"
    READ = "read"
    ASSIGNED = "assigned"  # given to a colleague for good
    RETURNED = "returned"
    RECALLED = "recalled"
    FINISHED = "finished"
    SUBMITTED = "submitted"
    ANSWER_RETURNED = "answer_returned"
    APPROVED = "approved"
    SENT = "sent"
    TAKEN_BACK = "taken_back"  # before it went out
    FORWARDED = "forwarded"  # to somebody else than the customer
    RESENT = "resent"  # to another address
    ENDORSED = "endorsed"  # one of several approvals
    APPROVER_REPLACED = "approver_replaced"  # who was to approve is not there any more
    APPROVALS_RESET = "approvals_reset"  # the text was edited: what was approved before was another text
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_UNCERTAIN = "delivery_uncertain"
    BOUNCED = "bounced"
    NOTE = "note"
    CLOSED = "closed"
    REOPENED = "reopened"
    TIMED_OUT = "timed_out"  # nobody touched a referral in time: it went back or up
    RESCUED = "rescued"  # who held it has left: it went to somebody who is there
    GIVEN_BACK = "given_back"  # a leave is over: what the substitute had taken went back
    CONFIDED = "confided"  # made confidential, opened again, or other people named
    CHANGED = "changed"  # kind, priority, department, subject, party
    UNDONE = "undone"
    SNOOZED = "snoozed"  # put aside by its holder
    UNSNOOZED = "unsnoozed"  # it came back: by the clock, the customer, himself
    RECEIPT = "receipt"  # its sender was told the code
    SURVEY_SENT = "survey_sent"
    SURVEY_ANSWERED = "survey_answered"
    MERGED = "merged"  # into another request
    ABSORBED = "absorbed"  # another request was merged into it
    SPLIT_OFF = "split_off"  # messages became a request of their own
    SPLIT_FROM = "split_from"  # it was made of messages of another
    MOVED_OUT = "moved_out"
    MOVED_IN = "moved_in"
    REGROUPED_BACK = "regrouped_back"  # a merge, a split or a move was taken back
    TIED = "tied"
    UNTIED = "untied"
    PART_OPENED = "part_opened"  # a child request was made
    PART_DONE = "part_done"


class TargetKind(StrEnum):
    """What work can be referred to."""

    USER = "user"
    POST = "post"
    DEPARTMENT = "department"
    BRANCH = "branch"


@dataclass(frozen=True)
class Target:
    """Whom a referral goes to, as pages and the API write it: «user:5»."""

    kind: TargetKind
    id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read «department:3». Raises Invalid."""
        kind, _colon, number = text.partition(":")
        if kind not in set(TargetKind) or not (number.isascii() and number.isdigit()) or len(number) > 18:
            raise Invalid(fields={"to": text})
        return cls(TargetKind(kind), int(number))

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked with a referral (پاراف), until when, and whether the referrer keeps an eye on it.

    action_id: a `ReferralAction`; keep: the request stays in the referrer's own work as well; tell_when_done: he is
    told when the receiver has finished or returned it; timer: None takes the business's rule for the department and
    the kind, one of no minutes none at all.
    """

    instruction: str = ""
    due_at: datetime | None = None
    action_id: int | None = None
    keep: bool = False
    tell_when_done: bool = False
    timer: "Timer | None" = None


@dataclass(frozen=True, kw_only=True)
class Timer:
    """When a referral comes back by itself: after so many working minutes, `when` unread or untouched, `to` whom.

    The words are those of `ReturnRule`; no minutes means never.
    """

    minutes: int
    when: str = "unread"
    to: str = "referrer"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Who gets a copy of a referral (رونوشت); an empty instruction is that of the original."""

    to: Target
    blind: bool = False
    action_id: int | None = None
    instruction: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who turned to us, as the officer wrote it down: any of the three may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ManualEntry:
    """A call, a letter, a fax or a visit that somebody writes down. `medium` is a `Message.Medium`."""

    medium: str
    subject: str
    text: str
    contact: Contact = field(default_factory=Contact)
    party_id: int | None = None
    kind_id: int | None = None
    department_id: int | None = None
    priority: str = "normal"
    occurred_at: datetime | None = None
    file_ids: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What of a request is to change; None leaves it. `kind_id` 0 takes the kind away."""

    subject: str | None = None
    kind_id: int | None = None
    priority: str | None = None
    department_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An answer as it is being written."""

    body: str
    medium: str = "mail"
    recipient: str = ""
    file_ids: Sequence[str] | None = None  # None leaves the files as they are
    cc: Sequence[str] | None = None  # as typed; None leaves them, as with bcc and subject
    bcc: Sequence[str] | None = None
    subject: str | None = None  # of a forwarded or new message; empty: that of the request


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """What a service did: the request's new version, and the token that takes it back for a short while."""

    request_id: int
    version: int
    undo: str


@dataclass(frozen=True, kw_only=True)
class PartOrder:
    """A child request as it is asked for: its title, what is to be done, who gets it (None: the actor), until when."""

    title: str
    text: str = ""
    to: Target | None = None
    due_at: datetime | None = None
