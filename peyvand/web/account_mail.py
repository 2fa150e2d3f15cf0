"""Mail about one's own account (a forgotten password) leaves through a channel that a higher app registers."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sender:
    """can_send: is there a channel now? send: called with `to`, `subject` and plain `text`."""

    can_send: Callable[[], bool]
    send: Callable[[str, str, str], None]


_senders: list[Sender] = []


def register(sender: Sender) -> None:
    """Let `sender` carry mail about accounts."""
    _senders.append(sender)


def can_send() -> bool:
    """Is there any way to send mail?"""
    return any(sender.can_send() for sender in _senders)


def send(*, to: str, subject: str, text: str) -> None:
    """Send by the first sender that can; without one, nothing happens."""
    for sender in _senders:
        if sender.can_send():
            sender.send(to, subject, text)
            return
