"""The verbs of channels: receive, read, send, settle, look after channels."""

from peyvand.channels.services.checking import book_checks, check_channel, credential_checks
from peyvand.channels.services.delivering import deliver, give_up_stalled, resolve_uncertain, ring_overdue
from peyvand.channels.services.hiding import forget_expired
from peyvand.channels.services.managing import (
    ChannelDetails,
    activate_channel,
    change_channel,
    create_channel,
    deactivate_channel,
)
from peyvand.channels.services.reading import parse_pending, parse_received, read_again, read_forgotten
from peyvand.channels.services.receiving import (
    receive,
    receive_batch,
    receive_submission,
    record_counts,
    record_skip,
    record_skips,
    unfit,
)
from peyvand.channels.services.sending import send
from peyvand.channels.services.tokens import (
    check_reply_token,
    new_message_id,
    reply_address,
    reply_token,
    threads_named,
)

__all__ = [
    "ChannelDetails",
    "activate_channel",
    "book_checks",
    "change_channel",
    "check_channel",
    "check_reply_token",
    "create_channel",
    "credential_checks",
    "deactivate_channel",
    "deliver",
    "forget_expired",
    "give_up_stalled",
    "new_message_id",
    "parse_pending",
    "parse_received",
    "read_again",
    "read_forgotten",
    "receive",
    "receive_batch",
    "receive_submission",
    "record_counts",
    "record_skip",
    "record_skips",
    "reply_address",
    "reply_token",
    "resolve_uncertain",
    "ring_overdue",
    "send",
    "threads_named",
    "unfit",
]
