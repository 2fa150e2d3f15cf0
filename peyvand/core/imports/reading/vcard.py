"""Cards of address books: vCard 2.1, 3.0 and 4.0, also as old phones wrote them (RFC 2425/2426, RFC 6350).

Each property becomes a column, a repeated one «phone 2», «phone 3» …; columns grow as cards show new ones. What a card
holds in parts (N, ADR, ORG) becomes a column for each part. Pictures, sounds and keys are passed over.
"""

import base64
import binascii
import quopri
import re
from typing import Any

from peyvand.core.imports.reading.csv_rows import Rows
from peyvand.core.imports.reading.encoding import Decoder

MOST_LINES = 5_000  # of one card
LARGEST_CARD = 2_000_000  # characters, without pictures
LONGEST_VALUE = 32_000
MOST_COLUMNS = 300
NO_END = "vcard"
_BEGIN = re.compile(r"BEGIN:VCARD[ \t]*\r?$", re.IGNORECASE)
_PICTURE = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_END = re.compile(r"END:VCARD[ \t]*\r?$", re.IGNORECASE)
_SPLIT = re.compile(r"\\.|(;)", re.DOTALL)
_COMMA = re.compile(r"\\.|(,)", re.DOTALL)
_ESCAPE = re.compile(r"\\([nN,;:\\])")
_PASSED = frozenset(
    {"PHOTO", "LOGO", "SOUND", "KEY", "VERSION", "PRODID", "REV", "UID", "BEGIN", "END", "CLASS", "AGENT"}
)
_PARTS: dict[str, tuple[str, ...]] = {
    "N": ("last name", "first name", "middle name", "prefix", "suffix"),
    "ADR": ("post box", "extended address", "address", "city", "province", "postal code", "country"),
    "ORG": ("organisation", "department"),
}
_NAMES = {
    "FN": "full name", "EMAIL": "email", "URL": "website", "BDAY": "birth date", "NOTE": "note", "TITLE": "job title",
    "ROLE": "role", "CATEGORIES": "labels", "NICKNAME": "nickname", "GENDER": "gender",
    "ANNIVERSARY": "anniversary",
    "IMPP": "messenger", "GEO": "location", "TZ": "time zone", "LANG": "language", "X-PHONETIC-FIRST-NAME": "",
    "X-PHONETIC-LAST-NAME": "", "X-PEYVAND-ID": "peyvand id", "X-ABLABEL": "", "X-ABADR": "",
}  # fmt: skip
KIND = "kind"
_KIND = {
    "KIND": {"individual": "person", "org": "organisation", "group": "household"},
    "X-PEYVAND-KIND": {kind: kind for kind in ("person", "organisation", "household")},
    "X-ABSHOWAS": {"company": "organisation"},
}
_PHONES = {"CELL": "mobile", "FAX": "fax", "WORK": "work phone", "HOME": "home phone", "PAGER": "pager"}
_DIGIT_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$")


class VcardSource:
    """A file of cards: a row each."""

    needs_whole = False

    def __init__(self, shape: dict[str, Any], state: dict[str, Any]) -> None:
        self.decoder = Decoder(shape["encoding"], state.get("decoder"))
        self.charset: str = shape["encoding"]["name"]
        self.headers: list[str] = state.get("headers", [])
        self.shape: dict[str, Any] = {}
        self.left: str = state.get("left", "")

    @property
    def state(self) -> dict[str, Any]:
        return {"decoder": self.decoder.state, "headers": list(self.headers), "left": self.left}

    def feed(self, data: bytes) -> tuple[Rows, dict[int, str]]:
        return self._read(self.decoder.feed(data), is_last=False)

    def end(self) -> tuple[Rows, dict[int, str], bool]:
        return *self._read(self.decoder.feed(b"", is_last=True), is_last=True), False

    def _read(self, text: str, *, is_last: bool) -> tuple[Rows, dict[int, str]]:
        """Cut the text into cards. A card that begins before the last one ended, or is endless, is broken."""
        rows: Rows = []
        flaws: dict[int, str] = {}
        card: _Card | None = None
        lines = (self.left + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        tail = "" if is_last else lines.pop()
        for line in lines:
            if _BEGIN.match(line):
                if card is not None:
                    self._broken(card, rows, flaws)
                card = _Card()
            elif card is None:
                continue
            elif _END.match(line):
                rows.append(self._row(card.lines))
                card = None
            else:
                card.add(line)
        if card is not None and (is_last or card.is_endless):
            self._broken(card, rows, flaws)
            card = None
        held = [] if card is None else ["BEGIN:VCARD", *card.lines]
        self.left = "\n".join([*held, tail[:LARGEST_CARD]])
        return rows, flaws

    def _broken(self, card: "_Card", rows: Rows, flaws: dict[int, str]) -> None:
        flaws[len(rows)] = NO_END
        rows.append(self._row(card.lines))

    def _row(self, card: list[str]) -> list[str]:
        row: list[str] = []
        used: dict[str, int] = {}
        for column, text in _without_echo(self._cells(card)):
            if column == KIND and KIND in used:
                continue
            used[column] = used.get(column, 0) + 1
            index = self._index(column if used[column] == 1 else f"{column} {used[column]}")
            if index is not None:
                row.extend([""] * (index + 1 - len(row)))
                row[index] = text[:LONGEST_VALUE]
        return row

    def _cells(self, card: list[str]) -> list[tuple[str, str]]:
        return [
            cell
            for name, parameters, value in properties(card)
            for cell in cells_of(name, parameters, value, self.charset)
            if cell[1]
        ]

    def _index(self, header: str) -> int | None:
        if header in self.headers:
            return self.headers.index(header)
        if len(self.headers) >= MOST_COLUMNS:
            return None
        self.headers.append(header)
        return len(self.headers) - 1


def _without_echo(cells: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A card must have a last name: of who has a full name only it is that name again, and says nothing."""
    said = dict(reversed(cells))
    if "first name" in said or said.get("last name") != said.get("full name"):
        return cells
    return [cell for cell in cells if cell[0] != "last name"]


class _Card:
    """The lines of a card without its pictures, of which the first line stays as a mark."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = 0
        self.in_picture = False

    @property
    def is_endless(self) -> bool:
        return len(self.lines) >= MOST_LINES or self.size >= LARGEST_CARD

    def add(self, line: str) -> None:
        if self.in_picture and (line[:1] in (" ", "\t") or ":" not in line):
            return
        self.in_picture = bool(_PICTURE.match(line))
        if self.in_picture:
            line = "PHOTO:"
        if not self.is_endless:
            self.lines.append(line)
            self.size += len(line)


Parameters = dict[str, list[str]]


def properties(lines: list[str]) -> list[tuple[str, Parameters, str]]:
    """The properties of a card: name without its group, parameters, value as written."""
    found = []
    for line in _unfolded(lines):
        head, colon, value = _head(line)
        if not colon:
            continue
        name, *rest = head.split(";")
        parameters: Parameters = {}
        for each in rest:
            key, equals, text = each.partition("=")
            # vCard 2.1 writes TEL;CELL: and NOTE;QUOTED-PRINTABLE: without a name
            key, text = (key, text) if equals else ("ENCODING" if key.upper() in _CODINGS else "TYPE", key)
            parameters.setdefault(key.upper(), []).extend(text.strip('"').upper().split(","))
        found.append((name.rpartition(".")[2].strip().upper(), parameters, value))
    return found


_CODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"})


def _head(line: str) -> tuple[str, str, str]:
    """Cut at the colon that is not in a quoted parameter."""
    if '"' not in line.partition(":")[0]:
        return line.partition(":")
    match = re.match(r'((?:[^:"]|"[^"]*")*)(:)(.*)', line, re.DOTALL)
    return (match[1], match[2], match[3]) if match else line.partition(":")


def _unfolded(lines: list[str]) -> list[str]:
    """Whole lines: folded ones begin with a space; quoted-printable ones of old phones end with «=»."""
    found: list[str] = []
    is_soft = False
    for line in lines:
        if is_soft:
            found[-1] = found[-1][:-1] + line.lstrip(" \t")
        elif line[:1] in (" ", "\t") and found:
            found[-1] += line[1:]
        else:
            found.append(line)
        is_soft = found[-1].endswith("=") and "QUOTED-PRINTABLE" in found[-1].partition(":")[0].upper()
    return found


def cells_of(name: str, parameters: Parameters, value: str, charset: str) -> list[tuple[str, str]]:
    """(column, text) of a property; none for those that are passed over."""
    if name in _PASSED or _NAMES.get(name) == "" or "B" in parameters.get("ENCODING", ()):
        return []
    text = decoded(value, parameters, charset)
    if text is None:
        return []
    if name in _PARTS:
        parts = [plain(part) for part in split(text, _SPLIT)]
        return list(zip(_PARTS[name], parts, strict=False))
    if name == "TEL":
        return [(_phone(parameters), plain(text).removeprefix("tel:"))]
    if name in _KIND:
        return [(KIND, _KIND[name].get(text.strip().lower(), ""))]
    return [(_NAMES.get(name, name.lower()), _READ.get(name, plain)(text))]


def _labels(text: str) -> str:
    return "، ".join(plain(part) for part in split(text, _COMMA))


def _date(text: str) -> str:
    day = _DIGIT_DATE.match(text.strip())
    return "-".join(day.groups()) if day else plain(text)


def _messenger(text: str) -> str:
    return plain(text).removeprefix("x-messenger:")


def _phone(parameters: Parameters) -> str:
    kinds = parameters.get("TYPE", ())
    return next((column for kind, column in _PHONES.items() if kind in kinds), "phone")


def decoded(value: str, parameters: Parameters, charset: str) -> str | None:
    """The text of a value in its transfer encoding; None when it is no text."""
    codings = parameters.get("ENCODING", ())
    if "BASE64" in codings:
        return _from_base64(value)
    if "QUOTED-PRINTABLE" not in codings:
        return value
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    named = next(iter(parameters.get("CHARSET", ())), "")
    for each in (named or "utf-8", "utf-8", charset, "cp1256"):
        try:
            return raw.decode(each)
        except UnicodeDecodeError as error:
            if error.start and error.reason == "unexpected end of data":  # cut in the middle of its last letter
                return raw[: error.start].decode(each)
        except LookupError:
            continue
    return raw.decode("utf-8", "replace")


def _from_base64(value: str) -> str | None:
    try:
        return base64.b64decode(value, validate=False).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def split(text: str, mark: re.Pattern[str]) -> list[str]:
    """Cut at marks that are not escaped; a backslash that is escaped itself escapes nothing."""
    parts, at = [], 0
    for found in mark.finditer(text):
        if found[1]:
            parts.append(text[at : found.start()])
            at = found.end()
    return [*parts, text[at:]]


def plain(text: str) -> str:
    """Text without the escapes of vCard."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


_READ = {"CATEGORIES": _labels, "BDAY": _date, "ANNIVERSARY": _date, "IMPP": _messenger}
