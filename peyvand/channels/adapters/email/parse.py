"""Bytes of a mail → plain values. This is the function that runs in the jail.

`parse` gives a result for any bytes: what is broken is noted in `defects`, and when even the structure cannot be read
the header and the bare text remain. What it returns is JSON; attachments stay in the raw bytes and are cut by
`attachment`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from peyvand.channels.adapters.email import (
    addresses,
    archive,
    automatic,
    bounce,
    charset,
    headers,
    limits,
    mime,
    quote,
    sanitise,
    thread,
)
from peyvand.channels.adapters.email.mime import Part, Tree

IGNORED_ALTERNATIVES = {"text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext", "text/x-watch-html"}
ATTACHED_MESSAGES = ("message/rfc822", "message/global")
EXTENSIONS = {
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/plain": ".txt",
    "text/html": ".html",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
}


class Attached(TypedDict):
    """An attachment: where it lies in the raw bytes, and why it must not be kept (`blocked`) if so."""

    name: str
    type: str
    size: int
    offset: int
    length: int
    encoding: str
    content_id: str
    inline: bool
    blocked: str


@dataclass
class _Block:
    """One piece of the body: plain, HTML, or both as alternatives."""

    plain: str | None = None
    html: str | None = None


@dataclass
class _Body:
    blocks: dict[int | str, _Block] = field(default_factory=dict)
    attachments: list[Attached] = field(default_factory=list)
    charsets: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def parse(raw: bytes) -> dict[str, Any]:
    """Take a message apart. Raises ValueError("unparseable: …") only for what is no message at all."""
    if not raw.strip(b"\0\r\n\t "):
        raise ValueError("unparseable: the message is empty")
    if len(raw) > limits.MESSAGE_BYTES:
        raise ValueError("unparseable: the message is larger than 25 MB")
    tree = mime.walk(raw)
    body = _body(raw, tree)
    result = _header_values(tree)
    result |= _content_values(body)
    result |= {
        "attachments": body.attachments,
        "charsets": list(dict.fromkeys(body.charsets))[:20],
        "defects": list(dict.fromkeys(tree.defects + body.defects))[:50],
    }
    verdict = automatic.judge(_facts(tree, result, None))
    result |= {"automatic": verdict.kind, "automatic_reason": verdict.reason, "bounce": None}
    if verdict.kind in (automatic.BOUNCE, automatic.COMPLAINT):
        result["bounce"] = bounce.read(raw, tree, result["full_text"])
    return result


def parse_minimally(raw: bytes) -> dict[str, Any]:
    """Header and bare text only, for a message on which `parse` ran into a limit. Cheap by construction."""
    fields = headers.scan(raw)
    tree = Tree(fields=fields, type="text/plain", parameters={}, defects=fields.defects)
    result = _header_values(tree)
    text = charset.decode(raw[fields.body : fields.body + 100_000].replace(b"\0", b"")).text
    text = headers.SURROGATE.sub("\ufffd", re.sub(r"<[^<>]{0,2000}>", " ", text)).strip()
    verdict = automatic.judge(_facts(tree, result, None))
    return result | {
        "full_text": text,
        "text": text,
        "quote": "",
        "signature": "",
        "html": "",
        "html_quote": "",
        "remote_images": [],
        "attachments": [],
        "charsets": [],
        "defects": [*tree.defects, "read only in part"],
        "automatic": verdict.kind,
        "automatic_reason": verdict.reason,
        "bounce": None,
    }


def attachment(raw: bytes, found: Mapping[str, Any]) -> bytes:
    """The decoded bytes of an attachment that `parse` described. Linear, safe outside the jail."""
    start = int(found["offset"])
    return mime.content(raw, start, start + int(found["length"]), str(found["encoding"]))


def _header_values(tree: Tree) -> dict[str, Any]:
    fields = tree.fields
    people = {
        name: addresses.parse(fields.raw(name)) for name in ("from", "reply-to", "sender", "to", "cc", "return-path")
    }
    sender = next((box for name in ("from", "sender", "return-path") for box in people[name] if box["address"]), None)
    subject = fields.text("subject")[: limits.SUBJECT_CHARACTERS]
    in_reply_to = headers.message_ids(fields.raw("in-reply-to"))
    references = headers.message_ids(fields.raw("references"))
    recipients = [box["address"] for name in ("to", "cc") for box in people[name]]
    recipients += [
        box["address"] for name in ("delivered-to", "x-original-to") for box in addresses.parse(fields.raw(name))
    ]
    own = headers.message_ids(fields.raw("message-id"))
    return {
        "message_id": own[0] if own else "",
        "in_reply_to": in_reply_to,
        "references": references,
        "from": people["from"],
        "sender": sender or {"name": people["from"][0]["name"] if people["from"] else "", "address": ""},
        "reply_to": people["reply-to"],
        "to": people["to"],
        "cc": people["cc"],
        "delivered_to": recipients,
        "subject": subject,
        "date": headers.date(fields.raw("date")),
        "thread": thread.candidates(in_reply_to, references, recipients, subject),
        "authentication": [decoded for decoded in map(headers.decode_text, fields.all("authentication-results"))][:3],
    }


def _facts(tree: Tree, result: dict[str, Any], envelope_from: str | None) -> automatic.Facts:
    return automatic.Facts(
        fields=tree.fields,
        type=tree.type,
        report=tree.parameters.get("report-type", "").lower(),
        sender=result["sender"]["address"],
        subject=result["subject"],
        envelope_from=envelope_from,
    )


# ---- body ------------------------------------------------------------------------------------------------------------


def _body(raw: bytes, tree: Tree) -> _Body:
    body = _Body()
    for number, part in enumerate(tree.leaves):
        if _is_body_text(part, number):
            _add_text(raw, part, number, body)
        elif not (part.parent == "multipart/alternative" and part.type in IGNORED_ALTERNATIVES):
            _add_attachment(raw, part, body)
    return body


def _is_body_text(part: Part, number: int) -> bool:
    if part.type not in ("text/plain", "text/html") or part.disposition == "attachment":
        return False
    return not part.name or (number == 0 and part.disposition != "attachment" and part.depth == 0)


def _add_text(raw: bytes, part: Part, number: int, body: _Body) -> None:
    data = mime.content(raw, part.start, part.end, part.encoding)
    decoded = charset.decode(data.replace(b"\0", b""), part.parameters.get("charset"))
    if decoded.reason:
        body.charsets.append(f"{decoded.charset}: {decoded.reason}")
    text = headers.SURROGATE.sub("\ufffd", decoded.text)
    block = body.blocks.setdefault(f"group {part.group}" if part.group else number, _Block())
    if part.type == "text/html":
        block.html = (block.html or "") + text
    else:
        block.plain = text if block.plain is None else f"{block.plain}\n{text}"


def _add_attachment(raw: bytes, part: Part, body: _Body) -> None:
    encoding = part.encoding
    data = mime.content(raw, part.start, part.end, encoding)
    name = part.name or _made_up_name(part, raw, len(body.attachments) + 1)
    blocked = archive.bomb(data)
    if blocked:
        body.defects.append(f"attachment refused: {blocked}")
    body.attachments.append(
        Attached(
            name=name,
            type=part.type[:120],
            size=len(data),
            offset=part.start,
            length=part.end - part.start,
            encoding=encoding,
            content_id=part.content_id,
            inline=bool(part.content_id) and part.disposition != "attachment",
            blocked=blocked,
        )
    )


def _made_up_name(part: Part, raw: bytes, number: int) -> str:
    if part.type in ATTACHED_MESSAGES:
        subject = headers.scan(raw, part.start, part.end).text("subject")
        return (headers.safe_file_name(subject.replace("/", "-")) or f"message-{number}") + ".eml"
    return f"attachment-{number}{EXTENSIONS.get(part.type, '')}"


def _content_values(body: _Body) -> dict[str, Any]:
    blocks = list(body.blocks.values())
    shown, hidden = (
        _html(blocks, body) if any(block.html for block in blocks) else (sanitise.Clean(""), sanitise.Clean(""))
    )
    full = "\n\n".join(_plain(block) for block in blocks).replace("\0", "")
    full = full.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(full) > limits.TEXT_CHARACTERS:
        body.defects.append("text cut")
        full = full[: limits.TEXT_CHARACTERS]
    parts = quote.split(full)
    return {
        "full_text": full,
        "text": parts.visible,
        "quote": parts.quote,
        "signature": parts.signature,
        "html": shown.html.replace("\0", ""),
        "html_quote": hidden.html.replace("\0", ""),
        "remote_images": shown.remote + hidden.remote,
    }


def _plain(block: _Block) -> str:
    if block.plain is not None and (block.plain.strip() or not block.html):
        return block.plain
    return sanitise.to_text(sanitise.sanitise(block.html or "").html)


def _html(blocks: list[_Block], body: _Body) -> tuple[sanitise.Clean, sanitise.Clean]:
    """All blocks as one harmless HTML, the quotation of earlier mail apart."""
    source = "\n".join(block.html or sanitise.from_text(block.plain or "") for block in blocks)
    source = source[: limits.HTML_BYTES]
    cut = quote.html_quote_start(source)
    shown, hidden = sanitise.sanitise(source[:cut]), sanitise.sanitise(source[cut:])
    if not sanitise.to_text(shown.html) and not sanitise.IMAGE.search(shown.html):
        shown, hidden = sanitise.sanitise(source), sanitise.Clean("")
    if len(hidden.remote):
        hidden = _renumbered(hidden, len(shown.remote))
    body.defects += shown.defects + hidden.defects
    return shown, hidden


def _renumbered(clean: sanitise.Clean, by: int) -> sanitise.Clean:
    """Placeholders of the quotation go on counting where the visible part ended."""

    def shift(match: re.Match[str]) -> str:
        name = match.group(2)
        number = name.removeprefix(sanitise.REMOTE)
        if name == number or not number.isdigit():
            return match.group()
        return f"{match.group(1)}cid:{sanitise.REMOTE}{int(number) + by}{match.group(3)}"

    return sanitise.Clean(sanitise.IMAGE.sub(shift, clean.html), clean.remote, clean.defects)
