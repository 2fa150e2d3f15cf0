"""Ids that only we can make: the Message-ID and the reply address of an outgoing message carry a signature.

A stranger can guess a follow-up code, but not its signature; so an answer that names our signed id belongs to that
correspondence (whether its sender takes part in it is asked elsewhere).
"""

import hmac
import re
import secrets as random

from django.conf import settings

from peyvand.channels.adapters.email.thread import SIGNED_ID
from peyvand.channels.errors import AddressUnusable
from peyvand.channels.models import Channel
from peyvand.core import secrets

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAC_LENGTH = 20  # hex digits, 80 bits: a local part may have only 64 characters
THREAD = re.compile(r"[a-z0-9-]{1,40}")
MESSAGE, REPLY = "channels.message_id", "channels.reply"


def new_message_id(channel: Channel, thread: str) -> str:
    """A new Message-ID without brackets: `pv.<thread>.<random>.<signature>@<domain>`."""
    nonce = "".join(random.choice(LETTERS) for _ in range(12))
    thread = _checked(thread)
    return f"pv.{thread}.{nonce}.{_mac(MESSAGE, f'{thread}.{nonce}')}@{domain_of(channel)}"


def reply_token(thread: str) -> str:
    """`<thread>.<signature>`, the part of a reply address after `+r-`."""
    thread = _checked(thread)
    return f"{thread}.{_mac(REPLY, thread)}"


def check_reply_token(thread: str, mac: str) -> bool:
    """Whether a reply address is ours."""
    return _same(REPLY, thread, mac)


def check_message_id(thread: str, nonce: str, mac: str) -> bool:
    """Whether a Message-ID is ours."""
    return _same(MESSAGE, f"{thread}.{nonce}", mac)


def reply_address(channel: Channel, thread: str) -> str:
    """Where answers should go: `support+r-<thread>.<signature>@…` when the channel takes such addresses, else plain."""
    local, _, domain = channel.address.rpartition("@")
    token = f"{local}+r-{reply_token(thread)}"
    plus = channel.settings.get("plus_addressing", channel.settings.get("incoming", "smtp") == "smtp")
    return f"{token}@{domain}" if plus and local and len(token) <= 64 else channel.address


def threads_named(candidates: dict[str, list[list[str]]]) -> list[str]:
    """The correspondences that a message names with a valid signature of ours, nearest first.

    candidates: what `details["thread"]` of a parsed message holds (`adapters/email/thread.py`).
    """
    found = [thread for thread, nonce, mac in candidates.get("signed", []) if check_message_id(thread, nonce, mac)]
    found += [thread for thread, mac in candidates.get("addresses", []) if check_reply_token(thread, mac)]
    return list(dict.fromkeys(found))


def domain_of(channel: Channel) -> str:
    """The domain of a channel's address, or the installation's."""
    return channel.address.rpartition("@")[2] or settings.MAIL_DOMAIN


def _checked(thread: str) -> str:
    thread = thread.lower()
    if not THREAD.fullmatch(thread):
        raise AddressUnusable(fields={"thread": "letters, digits and dashes"})
    return thread


def _mac(purpose: str, value: str) -> str:
    return secrets.sign(purpose, value)[:MAC_LENGTH]


def _same(purpose: str, value: str, mac: str) -> bool:
    return hmac.compare_digest(_mac(purpose, value).encode(), mac.lower().encode("utf-8", "surrogatepass"))


def is_ours(message_id: str) -> bool:
    """Whether we made this Message-ID (without brackets)."""
    match = SIGNED_ID.match(message_id)
    return match is not None and check_message_id(*match.groups())
