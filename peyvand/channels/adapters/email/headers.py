"""Header fields: one linear pass over the block, encoded words and parameters, each field cut before it is taken apart.

Sources: RFC 5322 (fields, folding), RFC 2047 (encoded words), RFC 2231 (parameters). What Persian mailers break is
mended: words that split a letter in two, raw 8-bit text, encoded words inside quoted parameters, lost padding and
lost ends.
"""

import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from peyvand.channels.adapters.email import charset, limits

LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)?")
NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
BLANK = re.compile(rb"\r\n\r\n|\n\n|\r\r")
WORD = re.compile(r"=\?([^?\s]{0,60})\?([bBqQ])\?(.*?)(?:\?=|\Z)", re.DOTALL)
PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
SEGMENT = re.compile(r"^(.*?)\*(?:(\d{1,3})\*?)?$")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
UNSAFE_IN_NAMES = re.compile('[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\\\:*?"<>|]+')
SURROGATE = re.compile("[\ud800-\udfff]")
MESSAGE_ID = re.compile(r"<([^<>\s]{1,500})>")


@dataclass
class Fields:
    """The fields of one block: lower-case name and unfolded raw value, in order; and where the body begins."""

    items: list[tuple[str, bytes]] = field(default_factory=list)
    body: int = 0
    defects: list[str] = field(default_factory=list)

    def raw(self, name: str) -> bytes:
        """The first value of a field, or nothing."""
        return next((value for key, value in self.items if key == name), b"")

    def all(self, name: str) -> list[bytes]:
        """Every value of a field."""
        return [value for key, value in self.items if key == name]

    def text(self, name: str) -> str:
        """The first value as a person reads it."""
        return decode_text(self.raw(name))

    def has(self, name: str) -> bool:
        """Whether the field stands there at all."""
        return any(key == name for key, _ in self.items)


def scan(raw: bytes, start: int = 0, end: int | None = None) -> Fields:
    """Read the header block at `start`. Linear; a block or a field beyond its limit is cut and noted."""
    stop = len(raw) if end is None else end
    fields = Fields()
    position = start
    parts: list[bytes] = []
    while position < stop:
        if position - start > limits.HEADER_BLOCK_BYTES:
            fields.defects.append("header block cut")
            position = _after_blank(raw, position, stop)
            break
        line, following = _line(raw, position, stop)
        if not line:
            position = following
            break
        if line[:1] in b" \t" and parts:
            parts.append(line)
        elif match := NAME.match(line):
            _close(fields, parts)
            parts = [match.group(1).lower(), line[match.end() :]]
        elif not (position == start and line.startswith((b"From ", b">From "))):
            fields.defects.append("no blank line after the header")
            break
        position = following
    _close(fields, parts)
    fields.body = min(position, stop)
    return fields


def _line(raw: bytes, position: int, stop: int) -> tuple[bytes, int]:
    match = LINE.match(raw, position, stop)
    following = match.end() if match else stop
    return raw[position:following].rstrip(b"\r\n"), following


def _after_blank(raw: bytes, position: int, stop: int) -> int:
    match = BLANK.search(raw, max(position - 4, 0), stop)
    return match.end() if match else stop


def _close(fields: Fields, parts: list[bytes]) -> None:
    if not parts:
        return
    name = parts[0].decode("ascii", "replace")
    value = b"".join(parts[1:]).strip()
    if len(value) > limits.HEADER_BYTES:
        fields.defects.append(f"field cut: {name}"[:120])
        value = value[: limits.HEADER_BYTES]
    fields.items.append((name, value))


# ---- text ------------------------------------------------------------------------------------------------------------


def decode_text(value: bytes, hint: str | None = None) -> str:
    """A field's value as text: 8-bit bytes repaired, encoded words decoded, controls gone."""
    text = charset.decode(value, hint).text
    return clean(decode_words(text)) if "=?" in text else clean(text)


def clean(text: str) -> str:
    """No control characters and no lone surrogates; one line."""
    return CONTROL.sub(" ", SURROGATE.sub("\ufffd", text)).strip()


def decode_words(text: str) -> str:
    """Decode RFC 2047 words.

    Neighbours of one charset are joined as bytes first, since mailers split letters between them.
    """
    out: list[str] = []
    pending = b""
    pending_charset = ""
    position = 0
    for match in WORD.finditer(text):
        between = text[position : match.start()]
        name = match.group(1).partition("*")[0].lower()
        data = _word_bytes(match.group(2), match.group(3))
        if pending and not between.strip() and name == pending_charset:
            pending += data
        else:
            out.append(charset.decode(pending, pending_charset).text if pending else "")
            out.append(between if between.strip() or not pending else "")
            pending, pending_charset = data, name
        position = match.end()
    out.append(charset.decode(pending, pending_charset).text if pending else "")
    out.append(text[position:])
    return "".join(out)


def _word_bytes(kind: str, body: str) -> bytes:
    if kind in "qQ":
        data = body.replace("_", " ").encode("utf-8", "replace")
        return re.sub(rb"=([0-9A-Fa-f]{2})", lambda match: bytes([int(match.group(1), 16)]), data)
    return base64_bytes(body.encode("ascii", "ignore"))


def base64_bytes(data: bytes) -> bytes:
    """Base64 as found in the wild: strange characters skipped, missing padding supplied, a lone last letter dropped."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(letters[: len(letters) - (len(letters) % 4 == 1)] + b"===")


# ---- parameters ------------------------------------------------------------------------------------------------------


def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """`text/plain; charset=utf-8` → ("text/plain", {"charset": "utf-8"}), with RFC 2231 pieces joined and decoded."""
    text = charset.decode(value[: limits.HEADER_BYTES]).text
    main, separator, rest = text.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for match in PARAMETER.finditer(separator + rest):
        name, content = match.group(1).lower(), _unquote(match.group(2))
        segment = SEGMENT.match(name)
        if segment:
            encoded = name.endswith("*")
            pieces.setdefault(segment.group(1), []).append((int(segment.group(2) or 0), content, encoded))
        else:
            plain.setdefault(name, clean(decode_words(content)))
    for name, found in pieces.items():
        plain[name] = _join_pieces(sorted(found))
    return clean(main).lower(), plain


def _unquote(value: str) -> str:
    value = value.strip()
    if not value.startswith('"'):
        return value
    body = value[1:-1] if value.endswith('"') and len(value) > 1 else value[1:]
    return re.sub(r"\\(.)", r"\1", body)


def _join_pieces(pieces: list[tuple[int, str, bool]]) -> str:
    """RFC 2231 §3–4: pieces in order, percent-encoded ones as bytes of the charset named by the first."""
    name = ""
    data = b""
    escaped = ""
    for index, (_, content, encoded) in enumerate(pieces):
        if encoded and index == 0 and content.count("'") >= 2:
            name, _, content = content.split("'", 2)
        if encoded:
            escaped += content  # joined before decoding: some mailers cut inside %XX
            continue
        data += unquote_to_bytes(escaped) + content.encode("utf-8", "replace")
        escaped = ""
    return clean(charset.decode(data + unquote_to_bytes(escaped), name).text)


def safe_file_name(name: str) -> str:
    """The last component of a name, without what could deceive an eye or a file system; at most 150 characters."""
    last = clean(name).replace("\\", "/").rsplit("/", 1)[-1]
    last = UNSAFE_IN_NAMES.sub("", last).strip(" .\u200c")
    if len(last) > 150:
        stem, dot, suffix = last.rpartition(".")
        last = f"{stem[:130]}{dot}{suffix[:15]}" if dot else last[:150]
    return last


# ---- ids and dates ---------------------------------------------------------------------------------------------------


def message_ids(value: bytes) -> list[str]:
    """Message-IDs without angle brackets, in order, each once; a bare one is accepted when nothing is in brackets."""
    text = value[: limits.HEADER_BYTES].decode("utf-8", "replace")
    found = MESSAGE_ID.findall(text)
    if not found and "@" in text:
        found = [word for word in text.split() if "@" in word and len(word) <= 500]
    return list(dict.fromkeys(clean(one) for one in found))[: limits.REFERENCES]


def date(value: bytes) -> str:
    """The moment in UTC, ISO 8601; "" when missing or outside 1970–2100."""
    try:
        moment = parsedate_to_datetime(value[:200].decode("ascii", "replace"))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
        return ""
    low, high = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    return moment.isoformat() if low <= moment < high else ""
