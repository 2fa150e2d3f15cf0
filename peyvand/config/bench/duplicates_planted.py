"""Customers that are in twice, planted with the errors that people make, and families and colleagues who are not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max

from peyvand.config.bench import misspelling
from peyvand.config.bench.parties_copy import escaped, load, restart_sequences
from peyvand.config.bench.parties_data import fill_beside
from peyvand.config.bench.parties_people import BRANCHES, Customer, customer, name_of, points_of
from peyvand.core.text import display_norm, normalise_email, normalise_phone, sort_key, to_persian_digits
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.search import search_text

SEED = 1405
TODAY = "2026-11-30 08:30:00+00"
PLANTED, ALIKE = 0.05, 0.01  # shares of all: duplicates, and others who share a phone with somebody
MODEL = {
    "letters": 0.30,  # ي and ك for ی and ک
    "digits": 0.25,  # Persian digits, spaces and other forms of the number
    "half-space": 0.20,
    "typing": 0.25,  # a letter left out, doubled, swapped or the key beside it, in the name
    "transliteration": 0.12,  # the whole name in the other script (people with a Persian name)
    "swapped fields": 0.10,  # first and last name
    "missing fields": 0.35,  # first name, city, birthday and employer, an e-mail or a phone while another stays
    "wrong number": 0.06,  # a digit of a phone, or a letter of an e-mail
}
_PROFILES = """
INSERT INTO parties_profile SELECT (jsonb_populate_record(f, jsonb_build_object('party_id', t.copy))).*
FROM unnest(%s::bigint[], %s::bigint[]) AS t(copy, original) JOIN parties_profile f ON f.party_id = t.original
"""
_TYPING = (misspelling.dropped, misspelling.doubled, misspelling.swapped, misspelling.neighbour)
_TITLES = ("آقای", "خانم", "مهندس", "دکتر", "سید", "حاج")


@dataclass
class Copy:
    """A record as somebody wrote it the second time."""

    of: Customer
    names: list[str]
    points: list[tuple[str, str]]
    city: str
    keeps_more: bool = True
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return " ".join(self.names)


@dataclass
class Planted:
    """What is true: each planted copy with its original and its errors; and how many only share a phone."""

    originals: dict[int, int]
    errors: dict[int, list[str]]
    alike: int


def plant(count: int) -> Planted:
    """Add copies of some of `count` customers with errors, and others who share a phone with one."""
    dice = random.Random(SEED)  # noqa: S311 -- the same ones each time
    base = Party.objects.aggregate(last=Max("pk"))["last"]
    copies = [_copy(customer(dice.randint(1, count), count), dice) for _n in range(int(count * PLANTED))]
    alike = [_neighbour(customer(dice.randint(1, count), count), count, dice) for _n in range(int(count * ALIKE))]
    rows = list(enumerate((*copies, *alike), base + 1))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        columns = (
            "id kind name first_name last_name search sort_key organisation_id city branch_id change_xid created_at"
            " changed_at"
        )
        branches = list(Party.objects.order_by("pk").values_list("branch_id", flat=True)[:BRANCHES])
        load(cursor, Party, columns, (_party(pk, copy, branches) for pk, copy in rows))
        number = ContactPoint.objects.aggregate(last=Max("pk"))["last"]
        load(cursor, ContactPoint, "party_id kind typed value identifies id created_at", _points(rows, number))
        cursor.execute(_PROFILES, [list(side) for side in zip(*_kept(rows[: len(copies)]), strict=True)])
        fill_beside(cursor)
    restart_sequences([Party, ContactPoint])
    truth = dict(zip(range(base + 1, base + 1 + len(copies)), copies, strict=True))
    return Planted(
        {pk: copy.of.n for pk, copy in truth.items()}, {pk: copy.errors for pk, copy in truth.items()}, len(alike)
    )


def _kept(rows: list[tuple[int, Copy]]) -> list[tuple[int, int]]:
    return [(pk, copy.of.n) for pk, copy in rows if copy.keeps_more]


def _copy(someone: Customer, dice: random.Random) -> Copy:
    copy = Copy(someone, [piece.shown for piece in someone.name], points_of(someone), someone.city[0].shown)
    for name, error in _ERRORS.items():
        if dice.random() < MODEL[name] and error(copy, dice):
            copy.errors.append(name)
    if someone.kind == "person" and dice.random() < 0.1 and not copy.name.isascii():
        copy.names.insert(0, dice.choice(_TITLES))
    return copy


def _neighbour(someone: Customer, count: int, dice: random.Random) -> Copy:
    """Another name at the same phone: a relative with the same family name, or a colleague."""
    other = name_of(dice.randint(1, count // 100) * 100)
    names = [piece.shown for piece in other]
    if someone.kind == "person" and dice.random() < 0.5:
        names = [other[0].shown, *(piece.shown for piece in someone.name[1:])]
    return Copy(someone, names, points_of(someone)[:1], someone.city[0].shown, keeps_more=False)


# -------------------------------------------------------------------------------------------------------------- errors


def _letters(copy: Copy, dice: random.Random) -> bool:
    copy.names = [misspelling.letter_forms(word, dice) for word in copy.names]
    return True


def _digits(copy: Copy, dice: random.Random) -> bool:
    forms: tuple[Callable[[str], str], ...] = (
        lambda value: to_persian_digits("0" + value[3:]),
        lambda value: f"0098 {value[3:6]} {value[6:]}",
        lambda value: f"0{value[3:6]}-{value[6:9]}-{value[9:]}",
        lambda value: to_persian_digits(value[1:]),
    )
    copy.points = [
        (kind, value if kind == "email" or not value.startswith("+98") else dice.choice(forms)(value))
        for kind, value in copy.points
    ]
    return True


def _half_space(copy: Copy, dice: random.Random) -> bool:
    copy.names = misspelling.half_space(copy.name, dice).split(" ")
    return True


def _typing(copy: Copy, dice: random.Random) -> bool:
    if not any(len(word) > 2 for word in copy.name.replace("\u200c", " ").split()):
        return False
    copy.names = dice.choice(_TYPING)(copy.name, dice).split(" ")
    return True


def _other_script(copy: Copy, dice: random.Random) -> bool:
    if copy.of.kind != "person" or copy.name.isascii() or "typing" in copy.errors:
        return False
    copy.names = [piece.latin.title() for piece in copy.of.name]
    return True


def _swapped(copy: Copy, dice: random.Random) -> bool:
    if copy.of.kind != "person" or len(copy.names) < 2:
        return False
    copy.names = [*copy.names[1:], copy.names[0]]
    return True


def _missing(copy: Copy, dice: random.Random) -> bool:
    match dice.randrange(4):
        case 0 if copy.of.kind == "person" and len(copy.names) > 1:
            copy.names = copy.names[1:]
        case 1 if len(copy.points) > 1:
            copy.points = copy.points[:-1]
        case 2:
            copy.city = ""
        case _:
            copy.keeps_more = False
    return True


def _wrong_number(copy: Copy, dice: random.Random) -> bool:
    at = dice.randrange(len(copy.points))
    kind, value = copy.points[at]
    places = [i for i, letter in enumerate(value.partition("@")[0]) if letter.isalnum() and i > len(value) // 2 - 4]
    if not places:
        return False
    place = dice.choice(places)
    other = dice.choice("0123456789") if value[place].isdigit() else dice.choice("abcdefghijklmnopqrstuvwxyz")
    copy.points[at] = (kind, value[:place] + other + value[place + 1 :])
    return True


# In this order: what is written first is what is then mistyped.
_ERRORS: dict[str, Callable[[Copy, random.Random], bool]] = {
    "typing": _typing,
    "transliteration": _other_script,
    "wrong number": _wrong_number,
    "letters": _letters,
    "swapped fields": _swapped,
    "missing fields": _missing,
    "half-space": _half_space,
    "digits": _digits,
}


# ---------------------------------------------------------------------------------------------------------------- rows


def _party(pk: int, copy: Copy, branches: list[int]) -> str:
    name = display_norm(copy.name) or "—"
    first, last = (copy.names[0], " ".join(copy.names[1:])) if copy.of.kind == "person" else ("", "")
    employer = copy.of.employer if copy.keeps_more else 0
    values = [value for _kind, value in _normalised(copy)]
    columns = (str(pk), copy.of.kind, name, display_norm(first), display_norm(last),
               escaped(search_text(name, values, "", "", copy.city)), escaped(sort_key(name)),
               str(employer or "\\N"), copy.city, str(branches[pk % len(branches)]), "1", TODAY, TODAY)  # fmt: skip
    return "\t".join(columns)


def _normalised(copy: Copy) -> list[tuple[str, str]]:
    found = {}
    for kind, typed in copy.points:
        value = normalise_email(typed) if kind == "email" else normalise_phone(typed)
        if value:
            found[kind, value] = typed
    return list(found)


def _points(rows: list[tuple[int, Copy]], number: int) -> Iterator[str]:
    for pk, copy in rows:
        for kind, value in _normalised(copy):
            number += 1
            yield f"{pk}\t{kind}\t{value}\t{value}\tf\t{number}\t{TODAY}"
