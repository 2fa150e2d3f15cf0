"""An outgoing mail as bytes: right to left where it should be, threaded, and safe from what people put in names.

The Message-ID is given by the caller, who stored it before; composing the same message twice gives the same id, so
that a mail whose fate is unknown can be recognised. Ids are written by hand, because the standard library encodes
long ones.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import chain

from peyvand.channels.adapters.email import addresses, headers

ID = re.compile(r"[!-;=?-~]{1,480}@[!-;=?-~]{1,255}")
MAX_REFERENCES = 20
RIGHT_TO_LEFT = {"fa", "ar", "ckb", "he", "ur"}
FONT = "Vazirmatn, Vazir, Tahoma, 'Segoe UI', sans-serif"


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with the mail."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True)
class Calendar:
    """A calendar object that the mail asks about (RFC 6047): method REQUEST, CANCEL or REPLY, and its text."""

    method: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """Everything that makes a mail. Ids without angle brackets. `acknowledgement` marks mail nobody wrote by hand."""

    message_id: str
    sender: str
    to: Sequence[str]
    subject: str
    text: str
    date: datetime
    sender_name: str = ""
    reply_to: str = ""
    cc: Sequence[str] = ()
    in_reply_to: str = ""
    references: Sequence[str] = ()
    acknowledgement: bool = False
    language: str = "fa"
    enclosures: Sequence[Enclosure] = field(default=())
    calendar: Calendar | None = None


def compose(outgoing: Outgoing) -> bytes:
    """The mail with CRLF line ends. Raises ValueError for an address or an id that cannot stand in a mail."""
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(outgoing.date)
    mail["From"] = _address(outgoing.sender, outgoing.sender_name)
    mail["To"] = [_address(one) for one in outgoing.to]
    if outgoing.cc:
        mail["Cc"] = [_address(one) for one in outgoing.cc]
    if outgoing.reply_to:
        mail["Reply-To"] = _address(outgoing.reply_to, outgoing.sender_name)
    mail["Subject"] = headers.clean(outgoing.subject)[:400]
    mail["Content-Language"] = headers.clean(outgoing.language)[:20]
    if outgoing.acknowledgement:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    text = outgoing.text.replace("\0", "").replace("\r\n", "\n")
    mail.set_content(text, cte="base64" if not text.isascii() else "quoted-printable")
    mail.add_alternative(_html(text, outgoing.language), subtype="html", cte="base64")
    if outgoing.calendar is not None:
        _ask(mail, outgoing.calendar)
    for enclosure in outgoing.enclosures:
        _enclose(mail, enclosure)
    return _ids(outgoing) + mail.as_bytes()


def with_words(raw: bytes, mark: str, words: Sequence[str]) -> bytes:
    """A composed mail with one of `words` in place of each `mark` of its text. Raises ValueError: they do not fit."""
    mail = message_from_bytes(raw, policy=SMTP)
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not part.is_attachment():
            written: Callable[[str], str] = html.escape if kind == "text/html" else str
            pieces = part.get_content().split(written(mark))
            if len(pieces) != len(words) + 1:
                raise ValueError("the words that were hidden do not fit this mail")
            filled = "".join(chain.from_iterable(zip(pieces, [*map(written, words), ""], strict=True)))
            part.set_content(filled, subtype=part.get_content_subtype(), cte="base64")
    return mail.as_bytes()


def _address(address: str, name: str = "") -> Address:
    clean = addresses.normalise(address)
    local, _, domain = clean.rpartition("@")
    if not clean or not local.isascii():
        raise ValueError(f"address: {address!r} cannot be written to")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        return Address(display_name=headers.clean(name)[:120], username=local.strip('"'), domain=domain)
    except (UnicodeError, ValueError) as error:
        raise ValueError(f"address: {address!r} cannot be written to") from error


def _ids(outgoing: Outgoing) -> bytes:
    if not ID.fullmatch(outgoing.message_id):
        raise ValueError("the Message-ID is not one")
    lines = [f"Message-ID: <{outgoing.message_id}>"]
    if ID.fullmatch(outgoing.in_reply_to):
        lines.append(f"In-Reply-To: <{outgoing.in_reply_to}>")
    known = [one for one in dict.fromkeys([*outgoing.references, outgoing.in_reply_to]) if ID.fullmatch(one)]
    known = known if len(known) <= MAX_REFERENCES else [known[0], *known[1 - MAX_REFERENCES :]]
    if known:
        lines.append("References: " + "\r\n ".join(f"<{one}>" for one in known))
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _html(text: str, language: str) -> str:
    language = headers.clean(language)[:20]
    direction = "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
    blocks = [
        html.escape(block).replace("\n", "<br>\n") for block in re.split(r"\n{2,}", text.strip()) if block.strip()
    ]
    paragraphs = "\n".join(f'<p dir="auto" style="margin:0 0 1em">{block}</p>' for block in blocks)
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}" dir="{direction}">\n'
        '<head><meta charset="utf-8"></head>\n'
        f'<body dir="{direction}" style="font-family:{FONT};font-size:15px;line-height:1.8;color:#1f2430">\n'
        f"{paragraphs}\n</body>\n</html>\n"
    )


def _ask(mail: EmailMessage, calendar: Calendar) -> None:
    """The calendar object as an alternative, which calendars act upon, and as a file, for those that only take files.

    Some programs look at the part alone, others at the file; both say the same.
    """
    if not re.fullmatch(r"[A-Z]{3,20}", calendar.method):
        raise ValueError("the calendar method is not one")
    mail.add_alternative(
        calendar.text, subtype="calendar", charset="utf-8", cte="base64", params={"method": calendar.method}
    )
    mail.add_attachment(calendar.text.encode(), maintype="application", subtype="ics", filename="invite.ics")


def _enclose(mail: EmailMessage, enclosure: Enclosure) -> None:
    kind = enclosure.type.partition(";")[0].strip().lower()
    if not re.fullmatch(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}", kind) or kind.startswith(
        ("multipart/", "message/")
    ):
        kind = "application/octet-stream"
    main, _, sub = kind.partition("/")
    name = headers.safe_file_name(enclosure.name) or "file"
    mail.add_attachment(enclosure.data, maintype=main, subtype=sub, filename=name)
