"""Address lists (RFC 5322 §3.4) in one linear pass.

The standard library recurses on parentheses and slows on commas.
"""

import re
from typing import TypedDict

from peyvand.channels.adapters.email import charset, limits
from peyvand.channels.adapters.email.headers import clean, decode_words

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|[(),;:]|[^"<(),;:]+', re.DOTALL)
LOOKS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}|\"[^\"]{1,62}\"@[^\s@<>(),;:\"\\]{1,255}")


class Mailbox(TypedDict):
    """A display name and an address; either may be empty."""

    name: str
    address: str


def parse(value: bytes, hint: str | None = None) -> list[Mailbox]:
    """All mailboxes of a field, at most 500, each address once."""
    text = charset.decode(value[: limits.HEADER_BYTES], hint).text
    found: dict[str, Mailbox] = {}
    for words, angle in _split(text):
        box = _mailbox(words, angle)
        if box and len(found) < limits.ADDRESSES:
            found.setdefault(box["address"] or box["name"], box)
    return list(found.values())


def first(value: bytes) -> Mailbox | None:
    """The first mailbox that has an address."""
    return next((box for box in parse(value) if box["address"]), None)


def _split(text: str) -> list[tuple[list[str], str]]:
    """One (words, angle address) per mailbox; comments are dropped, a group's name too."""
    boxes: list[tuple[list[str], str]] = []
    words: list[str] = []
    angle = ""
    depth = 0
    for piece in TOKEN.findall(text):
        if piece in "()":
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif depth:
            continue
        elif piece in ",;":
            boxes.append((words, angle))
            words, angle = [], ""
        elif piece == ":":
            words = words if "@" in "".join(words) else []
        elif piece.startswith("<"):
            angle = angle or piece
        else:
            words.append(piece)
    boxes.append((words, angle))
    return boxes


def _mailbox(words: list[str], angle: str) -> Mailbox | None:
    address = normalise(angle.strip("<> \t"))
    name = "".join(words)
    if not angle:
        match = LOOKS.search(name)
        address, name = (normalise(match.group()), "") if match else ("", name)
    name = clean(decode_words(_without_quotes(name)))[:200].strip("'\" ")
    if not address:
        match = LOOKS.fullmatch(name)
        address = normalise(name) if match else ""
    if not address and not name:
        return None
    return Mailbox(name="" if name.lower() == address else name, address=address)


def _without_quotes(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name.replace('"', "") if "\\" not in name else name.strip().strip('"'))


def normalise(address: str) -> str:
    """Lower-case domain, no source route, no `mailto:`; "" when it is no address."""
    address = clean(decode_words(address) if "=?" in address else address).removeprefix("mailto:")
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]
    match = LOOKS.fullmatch(address.strip("'\u200b\u200e\u200f\u202a\u202c\u2068\u2069 "))
    if not match or len(match.group()) > 254:
        return ""
    local, _, domain = match.group().rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"
