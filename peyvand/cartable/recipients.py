"""To whom an answer goes: lists of addresses as people type them, and everybody whom an answer to all reaches. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from peyvand.cartable.outward import is_robot
from peyvand.core.errors import Invalid
from peyvand.core.text import isolated, normalise_email

MOST = 50  # of one message, all kinds together
LONGEST = 320
LONGEST_LINE = 4000  # of addresses on the To line
ANGLES = re.compile(r"<([^<>]{1,320})>")
BETWEEN = re.compile(r"[,;،؛\n\r]+")


def listed(typed: str) -> list[str]:
    """The pieces of a typed list: «negar@arman.example, Ali <ali@arman.example>»; nothing is judged yet."""
    found: list[str] = []
    for piece in BETWEEN.split(typed):
        named = ANGLES.search(piece)
        found += [named[1].strip()] if named else piece.split()
    return [one[:LONGEST] for one in dict.fromkeys(found) if one][: 2 * MOST]


def is_own(address: str, own: Collection[str]) -> bool:
    """Is this one of our mailboxes, with or without the word after its plus sign by which answers find back?"""
    local, _at, domain = address.rpartition("@")
    return address in own or f"{local.partition('+')[0]}@{domain}" in own


def checked(typed: Iterable[str], own: Collection[str], *, name: str) -> list[str]:
    """These addresses in their comparable form, each once. name: of the field, for the error.

    Raises Invalid with the first that is none, or that is one of our own mailboxes: mail to it would come back as a new
    request.
    """
    found: dict[str, None] = {}
    for one in typed:
        address = normalise_email(one)
        if address is None:
            raise Invalid(_no_address(one), fields={name: one})
        if is_own(address, own):
            raise Invalid(_ours(one), fields={name: one})
        found.setdefault(address)
    return list(found)


def for_all(sender: str, named: Sequence[str], own: Collection[str]) -> list[str]:
    """Whom an answer to all reaches besides `sender`: who was named in the message, without us and without machines.

    Machines and own mailboxes are left out, so that two robots never answer each other.
    """
    known = {normalise_email(sender)}
    found: dict[str, None] = {}
    for one in named:
        address = normalise_email(one)
        if address is None or address in known or is_own(address, own) or is_robot(address):
            continue
        found.setdefault(address)
    return list(found)[: MOST - 1]


def _no_address(typed: str) -> str:
    return _("«%(text)s» is no e-mail address.") % {"text": isolated(typed)}


def _ours(typed: str) -> str:
    return _("%(address)s is a mailbox of ours; refer the request instead.") % {"address": isolated(typed)}
