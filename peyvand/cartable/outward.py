"""What is told to customers by itself: the settings of it, its texts, and the reasons for saying nothing. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

SETTING = "cartable.outward"
LONGEST_TEXT = 2000
FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ROBOTS = frozenset(
    {
        "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce",
        "bounces", "notification", "notifications", "root", "daemon",
    }
)  # fmt: skip
RECEIPT_FIELDS = ("code", "link", "organisation")
SURVEY_FIELDS = ("code", "link", "organisation")
RECEIPT_TEXT = """با سلام

درخواست شما به ما رسید.
کد پیگیری: {{code}}
وضعیت آن را در این نشانی ببینید: {{link}}

پاسخ شما به همین پیام به درخواستتان افزوده می‌شود.

{{organisation}}"""
SURVEY_TEXT = """با سلام

درخواست شما با کد پیگیری {{code}} بسته شد.
از پاسخ ما چقدر راضی هستید؟ یک دقیقه وقت می‌گیرد: {{link}}

{{organisation}}"""


class LeftOut(StrEnum):
    """Why nothing was sent to a customer."""

    OFF = "off"  # the business does not want it
    NO_ADDRESS = "no_address"  # we have no e-mail address of him
    MACHINE = "machine"  # a machine wrote, or the address is one of a machine's or ours
    FORGED = "forged"  # the domain of the sender disowns this mail
    OFTEN = "often"  # this address was told often enough lately
    FLOOD = "flood"  # too many in all: somebody may be using us to send mail to others
    NO_CHANNEL = "no_channel"  # no mailbox of ours can send
    REOPENED = "reopened"  # the request is work again
    MERGED = "merged"  # its messages went to another request
    SPLIT = "split"  # it was split off another request, whose code the customer has
    PART = "part"  # it is a part of another request


@dataclass(frozen=True, kw_only=True)
class Outward:
    """What the business says of receipts and surveys.

    survey_after: hours between closing and the question. low: a score of so much or less brings the request back.
    """

    receipt: bool = True
    receipt_text: str = RECEIPT_TEXT
    survey: bool = False
    survey_text: str = SURVEY_TEXT
    survey_after: int = 4
    low: int = 2

    @classmethod
    def from_json(cls, stored: object) -> Self:
        """Read what is stored, whatever it is; what is missing or of another type is as it comes."""
        first = cls()
        if not isinstance(stored, dict):
            return first
        known = asdict(first)
        fitting = {key: value for key, value in stored.items() if key in known and type(value) is type(known[key])}
        return replace(first, **fitting)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def fields_in(text: str) -> set[str]:
    """The names of the fields that a text asks for."""
    return set(FIELD.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into the fields of a text, once and as they are: what stands in a value is never read again."""
    return FIELD.sub(lambda found: values.get(found[1], ""), text)


def is_robot(address: str) -> bool:
    """Is this an address that nobody reads?"""
    local = address.partition("@")[0].partition("+")[0].lower()
    return local in ROBOTS
