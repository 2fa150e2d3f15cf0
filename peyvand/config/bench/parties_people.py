"""The invented customers themselves: everything about number `n` follows from `n`, so that any process can tell it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from peyvand.config.bench import parties_names as names
from peyvand.core.text import display_norm, sort_key
from peyvand.parties.search import cut

BRANCHES, USERS = 6, 60
YEARS = 5
_MASK = (1 << 64) - 1
_PLAIN = re.compile("[a-z0-9]+")
_SAID_BY_ALL = {"mail", "co", "info"}


class Part(NamedTuple):
    """A piece of a name: as it is shown, its folded words, its sort key and its latin form."""

    shown: str
    words: str
    key: str
    latin: str


def part(shown: str, latin: str = "") -> Part:
    """Return a piece of a name with its folded forms, made by the product's own functions."""
    shown = display_norm(shown)
    return Part(shown, " ".join(cut(shown)), sort_key(shown), latin or shown.lower())


def _parts(pairs: Sequence[tuple[str, str]]) -> list[Part]:
    return [part(shown, latin) for shown, latin in pairs]


def _glued(first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]]) -> list[Part]:
    return [part(_joined(a, b), la + lb) for a, la in first for b, lb in second if a != b]


def _joined(one: str, other: str) -> str:
    """«رضا» and «ی» make «رضایی»."""
    return f"{one}ی{other}" if one[-1] in "او" and other[0] == "ی" else one + other


FIRST = _parts(names.WOMEN + names.MEN) + _glued(names.DOUBLE, names.SECOND)
LAST = _glued(names.ROOTS + names.MEN, names.ENDINGS)
SECOND_LAST = _parts(names.PLACES) + _glued(names.ROOTS + names.MEN, names.ENDINGS[:1])
WESTERN_FIRST = _parts(names.WESTERN_FIRST)
WESTERN_LAST = _parts(names.WESTERN_LAST)
TRADES = _parts(names.TRADES)
BRANDS = _glued(names.SYLLABLES, names.LAST_SYLLABLES)
LONG_BRANDS = [
    part(a + b + c, la + lb + lc)
    for a, la in names.SYLLABLES
    for b, lb in names.SYLLABLES
    for c, lc in names.LAST_SYLLABLES
    if a != b
]
QUALITIES = _parts(names.QUALITIES)
WESTERN_TRADES = _parts(names.WESTERN_TRADES)
CITIES = [(part(city) if city else Part("", "", "", ""), province, area) for city, province, area in names.CITIES]
JOBS = [part(job) if job else Part("", "", "", "") for job in names.JOBS]
HOUSEHOLD, SEYED = part("خانواده", "family"), part("سید", "seyed")
CYCLE = ("potential",) * 8 + ("current",) * 9 + ("dissatisfied", "lost", "lost")
ROLES = {
    "potential": ("", "lead", "prospect"),
    "current": ("customer", "customer", "customer,supplier", "customer,partner"),
    "dissatisfied": ("customer",),
    "lost": ("", "customer"),
}
CONSENTS = ("", "", "", "email:marketing,sms:marketing", "email:service", "sms:marketing", "sms:service,sms:survey")
PATTERNS = {
    "person": (("mobile",), ("mobile", "email"), ("mobile", "email", "phone"), ("mobile", "email", "phone", "fax")),
    "organisation": (("phone",), ("phone", "email"), ("phone", "email", "mobile"), ("phone", "email", "fax", "mobile")),
}
PATTERNS["household"] = PATTERNS["person"]
FIRST_POINT = (0, 1, 3, 6)  # four parties have ten points


def dice(n: int, salt: int) -> int:
    """64 bits that follow from a number and look like chance. Source: the mixer SplitMix64."""
    x = (n * 0x9E3779B97F4A7C15 + salt * 0xD1B54A32D192ED03) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)


def kind_of(n: int) -> str:
    """70 of a hundred are people, 28 organisations, 2 households."""
    place = n % 100
    return "person" if place < 70 else "organisation" if place < 98 else "household"


def name_of(n: int) -> tuple[Part, ...]:
    """The pieces of the name of party `n`, the last name from the second on for people."""
    return _NAMED[kind_of(n)](dice(n, 1))


def _person(x: int) -> tuple[Part, ...]:
    x, how = divmod(x, 100)
    if how < 10:
        return _westerner(x, how)
    x, one = divmod(x, len(FIRST))
    x, two = divmod(x, len(FIRST))
    first = FIRST[min(one, two)]  # some first names are much more common than others
    x, at = divmod(x, len(LAST))
    if how < 55:
        return (first, LAST[at])
    if how < 60:
        return (SEYED, first, LAST[at])
    return (first, LAST[at], SECOND_LAST[x % len(SECOND_LAST)])


def _westerner(x: int, how: int) -> tuple[Part, ...]:
    x, first = divmod(x, len(WESTERN_FIRST))
    x, middle = divmod(x, len(WESTERN_FIRST))
    last = WESTERN_LAST[x % len(WESTERN_LAST)]
    return (WESTERN_FIRST[first], last) if how < 2 else (WESTERN_FIRST[first], WESTERN_FIRST[middle], last)


def _organisation(x: int) -> tuple[Part, ...]:
    x, how = divmod(x, 100)
    x, at = divmod(x, 1 << 20)
    brand = LONG_BRANDS[at % len(LONG_BRANDS)] if how % 10 < 4 else BRANDS[at % len(BRANDS)]
    x, at = divmod(x, len(QUALITIES))
    quality = QUALITIES[at]
    x, at = divmod(x, len(CITIES) - 1)
    city = CITIES[at][0]
    if how < 12:
        return (part(brand.latin.title()), part(quality.latin.title()), WESTERN_TRADES[x % len(WESTERN_TRADES)])
    trade = TRADES[x % len(TRADES)]
    return (trade, brand, quality) if how < 70 else (trade, brand, quality, city)


def _household(x: int) -> tuple[Part, ...]:
    x, at = divmod(x, len(LAST))
    return (HOUSEHOLD, LAST[at], SECOND_LAST[x % len(SECOND_LAST)])


_NAMED = {"person": _person, "organisation": _organisation, "household": _household}


@dataclass(frozen=True, slots=True)
class Customer:
    """What the rows of all tables say about one party."""

    n: int
    kind: str
    name: tuple[Part, ...]
    x: int  # its dice for what follows
    employer: int

    @property
    def city(self) -> tuple[Part, str, str]:
        return CITIES[self.x % len(CITIES)]

    @property
    def job(self) -> Part:
        return JOBS[(self.x >> 6) % len(JOBS)] if self.kind == "person" else JOBS[-1]

    @property
    def cycle(self) -> str:
        return CYCLE[(self.x >> 12) % len(CYCLE)]

    @property
    def roles(self) -> str:
        choice = ROLES[self.cycle]
        return choice[(self.x >> 18) % len(choice)]

    @property
    def consents(self) -> str:
        return CONSENTS[(self.x >> 24) % len(CONSENTS)]

    @property
    def has_address(self) -> bool:
        return (self.x >> 30) % 10 < 4 and bool(self.city[1])

    @property
    def has_profile(self) -> bool:
        return (self.x >> 36) % 10 < 3

    @property
    def day(self) -> int:
        """Days since it is known."""
        return (self.x >> 40) % (YEARS * 365)

    @property
    def owner(self) -> int:
        """The number of its owner; 0: nobody."""
        return (self.x >> 52) % (USERS * 5 // 4) if (self.x >> 52) % (USERS * 5 // 4) <= USERS else 0


def customer(n: int, count: int, *, is_named: bool = True) -> Customer:
    """Return customer `n` of `count`; a quarter of the people work for one of the organisations."""
    x = dice(n, 2)
    kind = kind_of(n)
    employer = 0
    if kind == "person" and x % 4 == 1:
        employer = (dice(n, 3) % count) // 100 * 100 + 70 + x % 28
        employer = employer if employer <= count else 0
    return Customer(n, kind, name_of(n) if is_named else (), x, employer)


def points_of(someone: Customer) -> list[tuple[str, str]]:
    """Kind and value of the ways to reach a customer, the main one first; no value is ever given twice."""
    n, made = someone.n, []
    for kind in PATTERNS[someone.kind][(n - 1) % 4]:
        if kind == "email":
            first, last = someone.name[0].latin, someone.name[1].latin
            host = names.MAIL[n % 4] if someone.kind != "organisation" else f"{last.replace(' ', '-')}{n % 977}.example"
            value = f"{first.replace(' ', '')}.{last.replace(' ', '')}{n}@{host}".lower()
        elif kind == "mobile":
            value = f"+989{100_000_000 + n * 179_424_673 % 300_000_000}"
        else:
            value = f"+98{someone.city[2]}{(2 if kind == 'phone' else 6)}{n * 179_424_673 % 10_000_000:07d}"
        made.append((kind, value))
    return made


def search_of(someone: Customer, employer: tuple[Part, ...], points: Sequence[tuple[str, str]]) -> str:
    """The search text, put together from ready pieces; a sample is compared with the product's own function."""
    pieces = [*someone.name, *employer, someone.job, someone.city[0]]
    words = dict.fromkeys(" ".join(piece.words for piece in pieces).split())
    parts = dict.fromkeys(part for kind, value in points if kind == "email" for part in _parts_of(value))
    return "\n".join((" ".join(words), " ".join(parts), " ".join(value.removeprefix("+") for _kind, value in points)))


def _parts_of(address: str) -> list[str]:
    """What the product's `parts_of_email` gives for our own addresses, which need no folding."""
    return [word for word in _PLAIN.findall(address.removesuffix(".example")) if word not in _SAID_BY_ALL]


def written_days(today: dt.date) -> list[str]:
    """The days of the last years as text, today first."""
    return [(today - dt.timedelta(days=ago)).isoformat() for ago in range(YEARS * 365 + 1)]
