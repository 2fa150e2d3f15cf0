"""What in a message could name the correspondence it belongs to. Extraction only: nothing here is believed.

Strongest first: our own signed Message-ID in In-Reply-To or References, our signed reply address, other ids, a
follow-up code in the subject. Signatures are checked by `channels.services.check_reply_token`, and the sender must
already take part.
"""

import re
from collections.abc import Iterable
from typing import TypedDict

SIGNED_ID = re.compile(r"^pv\.([a-z0-9-]{1,40})\.([a-z0-9]{1,20})\.([a-z0-9]{8,40})@[^@\s]{1,255}$")
PLUS = re.compile(r"^[^@+\s]{1,64}\+r-([a-z0-9-]{1,40})\.([a-z0-9]{8,40})@", re.IGNORECASE)
CODE = re.compile(r"(?<![\dA-Za-z])(1[34]\d\d-?\d{3,9}-?\d)(?![\dA-Za-z])")
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


class Candidates(TypedDict):
    """`signed` and `addresses` are [thread, …, mac] pieces as found; `codes` have Latin digits."""

    signed: list[list[str]]
    addresses: list[list[str]]
    message_ids: list[str]
    codes: list[str]


def candidates(in_reply_to: list[str], references: list[str], recipients: Iterable[str], subject: str) -> Candidates:
    """Everything that could name a correspondence; the nearest reference first."""
    ids = list(dict.fromkeys([*in_reply_to, *reversed(references)]))
    signed = [list(match.groups()) for one in ids if (match := SIGNED_ID.match(one))]
    plus = [[match.group(1).lower(), match.group(2).lower()] for one in recipients if (match := PLUS.match(one))]
    codes = CODE.findall(subject.translate(DIGITS))
    return Candidates(signed=signed[:10], addresses=plus[:10], message_ids=ids[:100], codes=codes[:5])
