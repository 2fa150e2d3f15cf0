"""What happened to messages. `message_id` is always the primary key of `channels.Message`."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Event):
    """The raw bytes of a message are stored; nobody has looked into them yet."""

    name: ClassVar[str] = "channels.message_received"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageParsed(Event):
    """A message was read, or could not be read (state `needs_review`): either way it can become a request."""

    name: ClassVar[str] = "channels.message_parsed"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """A mail server took the message over."""

    name: ClassVar[str] = "channels.message_sent"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Event):
    """A message could not be delivered and will not be tried again; `reason` is for a person."""

    name: ClassVar[str] = "channels.message_failed"
    message_id: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageUncertain(Event):
    """Nobody knows whether the message went out: a person decides. It is never sent again by itself."""

    name: ClassVar[str] = "channels.message_uncertain"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageDelivered(Event):
    """A report says that one of our messages is in the mailbox of `address`."""

    name: ClassVar[str] = "channels.message_delivered"
    message_id: int
    address: str


@dataclass(frozen=True, kw_only=True)
class MessageBounced(Event):
    """A report says that one of our messages did not reach `address`; `permanent` is false for a delay."""

    name: ClassVar[str] = "channels.message_bounced"
    message_id: int
    bounce_id: int
    address: str
    permanent: bool
