"""Keeping robots out of public forms with our own means: an honest age, a trap, and limits. Nothing leaves the house.

A form carries a stamp: channel, time, random nonce and our signature. A robot that posts without having opened the
form has none; one that fills it in a blink, or keeps it for days, is refused; the rest is counted per sender, per
place and per channel in windows of five minutes.
"""

import ipaddress
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peyvand.core.counting import count_up
from peyvand.core.errors import Invalid, TooMany
from peyvand.core.secrets import check, sign

PURPOSE = "web_form"
YOUNGEST, OLDEST = 2, 24 * 3600  # seconds between opening a form and sending it
WINDOW = 300  # seconds; the cache keeps a counter this long after its last change
PER_ADDRESS, PER_PLACE, PER_CHANNEL = 5, 10, 300


class StampInvalid(Invalid):
    """This form is too old or was changed; open it again and send it once more."""

    code = "stamp_invalid"


class TooFast(Invalid):
    """The form was sent too quickly; wait a moment and send it again."""

    code = "too_fast"


class LooksAutomatic(Invalid):
    """This message looks automatic and was not accepted."""

    code = "looks_automatic"


@dataclass(frozen=True)
class Stamp:
    """A form that was opened: which one, when, and its nonce."""

    channel_id: int
    issued_at: int
    nonce: str


def new_stamp(channel_id: int) -> str:
    """Return the stamp of a form that is opened now."""
    value = f"{channel_id}.{int(time.time())}.{secrets.token_hex(8)}"
    return f"{value}.{sign(PURPOSE, value)}"


def read_stamp(text: str, channel_id: int, *, youngest: int = YOUNGEST) -> Stamp:
    """Return what a stamp says. Raises StampInvalid for a foreign, changed or old one, TooFast for a too young one."""
    value, _dot, mac = text.rpartition(".")
    if not check(PURPOSE, value, mac):
        raise StampInvalid
    channel, issued, nonce = value.split(".")
    age = time.time() - int(issued)
    if int(channel) != channel_id or age > OLDEST:
        raise StampInvalid
    if age < youngest:
        raise TooFast
    return Stamp(channel_id, int(issued), nonce)


def stamp_for(sent: Mapping[str, str], channel_id: int) -> str:
    """Return the stamp of a form that is shown: the one that was sent with it, else a new one.

    Who was refused sends the same opened form once more: it is not too young for ever, and it is taken once.
    """
    text = sent.get("stamp", "")
    try:
        read_stamp(text, channel_id, youngest=0)
    except StampInvalid:
        return new_stamp(channel_id)
    return text


def check_trap(value: str) -> None:
    """Refuse who filled the field that no person sees. Raises LooksAutomatic."""
    if value.strip():
        raise LooksAutomatic


def place_of(request: HttpRequest) -> str:
    """Return where a request comes from: the address, of IPv6 the /64 that one line has."""
    text = str(get_adapter(request).get_client_ip(request) or "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def count(channel_id: int, *, place: str, addresses: list[str]) -> None:
    """Count one message. Raises TooMany beyond the limits of its sender, its place or its channel."""
    limits = {f"form:{channel_id}": PER_CHANNEL, f"form-place:{sign('form_place', place)}": PER_PLACE}
    limit(limits | {f"form-sender:{sign('form_sender', address)}": PER_ADDRESS for address in addresses})


def limit(most: Mapping[str, int]) -> None:
    """Count one more under each of these keys. most: how often each may be counted in five minutes. Raises TooMany."""
    window = int(time.time() // WINDOW)
    for name, largest in most.items():
        key = f"{name}:{window}"
        if count_up(key, seconds=WINDOW) > largest:
            raise TooMany(_("Too many messages were sent; try again in a few minutes."))
