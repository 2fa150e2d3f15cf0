"""People as vCards, 3.0 (RFC 2426) and 4.0 (RFC 6350): UTF-8, lines folded at 75 bytes, nothing lost in escaping."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

SPECIAL = re.compile(r"[\x00-\x1f\x7f\\,;]")
UNHEARD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FOLD = 75  # bytes of a line, its end not counted
TYPES = {"work": "WORK", "home": "HOME", "mobile": "CELL", "phone": "VOICE", "fax": "FAX"}


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to reach somebody; kind: email, mobile, phone, fax, messenger; use: work, home or another word."""

    kind: str
    value: str
    use: str = ""
    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """One address."""

    use: str = ""
    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    country: str = ""
    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is known of a person or an organisation; kind: person, organisation, household."""

    id: int
    kind: str
    name: str
    first_name: str = ""
    last_name: str = ""
    honorific: str = ""
    organisation: str = ""
    job_title: str = ""
    birth_date: dt.date | None = None
    website: str = ""
    tags: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    places: tuple[Place, ...] = ()
    note: str = ""

    def with_note(self, note: str) -> "Card":
        return replace(self, note=note)


def write(cards: Iterable[Card], *, is_four: bool) -> str:
    """Return the cards as the text of a file of version 3.0, or 4.0."""
    lines = [folded(line) for card in cards for line in (*_opening(card, is_four), *_body(card, is_four), "END:VCARD")]
    return "\r\n".join([*lines, ""])


def escaped(text: str) -> str:
    """A value as it stands in a card; control characters that no card may hold are left out."""
    if not SPECIAL.search(text):
        return text
    kept = UNHEARD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def folded(line: str) -> str:
    """Cut a line so that none is longer than 75 bytes, never inside a character."""
    if len(line) * 4 <= FOLD or len(line.encode()) <= FOLD:
        return line
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return "\r\n".join([*parts, part])


def _opening(card: Card, is_four: bool) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield f"VERSION:{'4.0' if is_four else '3.0'}"
    if is_four:
        yield "KIND:" + {"organisation": "org", "household": "group"}.get(card.kind, "individual")
    elif card.kind == "organisation":
        yield "X-ABSHOWAS:COMPANY"
    yield f"X-PEYVAND-ID:{card.id}"
    yield f"X-PEYVAND-KIND:{card.kind}"


def _body(card: Card, is_four: bool) -> Iterator[str]:
    has_parts = card.kind != "person" or card.last_name or card.first_name
    last = card.last_name if has_parts else card.name
    yield "N:" + ";".join(escaped(part) for part in (last, card.first_name, "", card.honorific, ""))
    yield f"FN:{escaped(card.name)}"
    yield from _line("ORG", escaped(card.name if card.kind == "organisation" else card.organisation))
    yield from _line("TITLE", escaped(card.job_title))
    yield from (_way(way, is_four) for way in card.ways)
    yield from (_place(place, is_four) for place in card.places)
    if card.birth_date:
        yield f"BDAY:{card.birth_date:%Y%m%d}" if is_four else f"BDAY:{card.birth_date:%Y-%m-%d}"
    yield from _line("URL", card.website)
    yield from _line("CATEGORIES", ",".join(map(escaped, card.tags)))
    yield from _line("NOTE", escaped(card.note))


def _line(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"{name}:{value}"


def _way(way: Way, is_four: bool) -> str:
    if way.kind == "messenger":
        return f"IMPP{_types([], way, is_four)}:{way.value if ':' in way.value else f'x-messenger:{way.value}'}"
    name, kinds = ("EMAIL", [] if is_four else ["INTERNET"]) if way.kind == "email" else ("TEL", [TYPES[way.kind]])
    return f"{name}{_types(kinds, way, is_four)}:{escaped(way.value)}"


def _place(place: Place, is_four: bool) -> str:
    parts = ("", "", place.street, place.city, place.province, place.postal_code, place.country)
    return f"ADR{_types([], place, is_four)}:" + ";".join(map(escaped, parts))


def _types(kinds: list[str], of: Way | Place, is_four: bool) -> str:
    kinds = kinds + ([TYPES[of.use]] if of.use in TYPES else [])
    if of.is_first and not is_four:
        kinds.append("PREF")
    text = f";TYPE={','.join(kinds).lower() if is_four else ','.join(kinds)}" if kinds else ""
    return f"{text};PREF=1" if of.is_first and is_four else text
