"""What happens to requests, told to other parts by ids."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RequestOpened(Event):
    """A new request stands in the cartable."""

    name: ClassVar[str] = "cartable.request_opened"
    request_id: int


@dataclass(frozen=True, kw_only=True)
class MessageJoined(Event):
    """A customer's message was added to an existing request."""

    name: ClassVar[str] = "cartable.message_joined"
    request_id: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class RequestReferred(Event):
    """A request was handed to somebody."""

    name: ClassVar[str] = "cartable.request_referred"
    request_id: int
    referral_id: int


@dataclass(frozen=True, kw_only=True)
class ReferralEnded(Event):
    """A referral was returned, recalled or finished (`state`)."""

    name: ClassVar[str] = "cartable.referral_ended"
    request_id: int
    referral_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AnswerSubmitted(Event):
    """A draft answer waits for its reviewer."""

    name: ClassVar[str] = "cartable.answer_submitted"
    request_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerReturned(Event):
    """The reviewer gave a draft back with a remark."""

    name: ClassVar[str] = "cartable.answer_returned"
    request_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerApproved(Event):
    """An answer was approved and handed to its channel, or recorded as delivered by the officer."""

    name: ClassVar[str] = "cartable.answer_approved"
    request_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerTakenBack(Event):
    """An answer was taken back before it went out; it is a draft again."""

    name: ClassVar[str] = "cartable.answer_taken_back"
    request_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class DeliveryTroubled(Event):
    """An answer did not arrive, or nobody knows whether it did (`trouble`)."""

    name: ClassVar[str] = "cartable.delivery_troubled"
    request_id: int
    message_id: int
    trouble: str


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Event):
    """A colleague wrote a note; those named in it are to be told."""

    name: ClassVar[str] = "cartable.note_added"
    request_id: int
    note_id: int


@dataclass(frozen=True, kw_only=True)
class RequestClosed(Event):
    """A request was closed."""

    name: ClassVar[str] = "cartable.request_closed"
    request_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """A customer said how content he is with the answer, from 1 to 5."""

    name: ClassVar[str] = "cartable.survey_answered"
    request_id: int
    score: int


@dataclass(frozen=True, kw_only=True)
class RequestReopened(Event):
    """A closed or answered request is work again."""

    name: ClassVar[str] = "cartable.request_reopened"
    request_id: int


@dataclass(frozen=True, kw_only=True)
class RequestChanged(Event):
    """Kind, priority, department, subject, party or holder changed."""

    name: ClassVar[str] = "cartable.request_changed"
    request_id: int


@dataclass(frozen=True, kw_only=True)
class RequestSnoozed(Event):
    """Somebody put a request of his own work aside until a moment (ISO, UTC)."""

    name: ClassVar[str] = "cartable.request_snoozed"
    request_id: int
    user_id: int
    until: str


@dataclass(frozen=True, kw_only=True)
class SnoozeEnded(Event):
    """What somebody had put aside is back; why: time, customer, person."""

    name: ClassVar[str] = "cartable.snooze_ended"
    request_id: int
    user_id: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RequestsMerged(Event):
    """Requests were merged into another (`request_id`); their codes answer there."""

    name: ClassVar[str] = "cartable.requests_merged"
    request_id: int
    merged_ids: tuple[int, ...]
    regrouping_id: int


@dataclass(frozen=True, kw_only=True)
class MessagesMoved(Event):
    """Messages of a request (`source_id`) were moved to another or became one of their own (`request_id`)."""

    name: ClassVar[str] = "cartable.messages_moved"
    request_id: int
    source_id: int
    message_ids: tuple[int, ...]
    regrouping_id: int


@dataclass(frozen=True, kw_only=True)
class RegroupingUndone(Event):
    """A merge, a split or a move of messages was taken back."""

    name: ClassVar[str] = "cartable.regrouping_undone"
    request_id: int
    regrouping_id: int
