"""The ways to read a question, as conditions for the index of words and as a measure for what was found. No model here.

A reading is a row of slots, one for each word that must be there. Each slot holds the words of the vocabulary that
may be meant, with what each costs; the cost of a party is what its best words cost, and less is better.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from peyvand.parties.search import spelling

MOST_MEANT = 40  # words that a typed word may stand for
BROAD = 40  # so many words begin so that asking for all of them costs too much
RAW = 4  # shorter beginnings are never asked of the index itself
SMALLEST_PART = 2
MOST_USES = 20_000  # parties with words that begin so; asking for more costs more than it tells
MOST_SPENT, MOST_QUERIES = 30_000, 8  # rows that the index reads for one step of a search, and scans of it

ENDING, INNER_ENDING, LETTER = (
    0.12,
    0.3,
    0.04,
)  # a word that is not typed to its end: the last one, another, each letter
JOINED, SPLIT, OTHER_LAYOUT = 0.2, 0.25, 0.3
ELSEWHERE, ADDRESS, LEFT_OVER, TURNED, LATER = 0.4, 0.5, 0.07, 0.06, 0.03
EXACT_NAME = -0.5

Known = Mapping[str, int]  # words of the vocabulary with their uses


@dataclass
class Slot:
    """One word of a reading: `exact` are spellings and endings of it, `meant` also what typing errors made of.

    exact_uses, meant_uses: how many parties these words find at most. is_raw: ask the index for every word that begins
    so, because addresses are not in the vocabulary.
    """

    typed: str
    exact: dict[str, float] = field(default_factory=dict)
    meant: dict[str, float] = field(default_factory=dict)
    exact_uses: int = 0
    meant_uses: int = 0
    is_raw: bool = False


@dataclass
class Reading:
    """Slots and what this way of reading costs by itself."""

    slots: list[Slot]
    cost: float = 0.0


def lexeme(word: str, *, start: bool = False) -> str:
    """Quote a word for a text query."""
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if start else f"'{quoted}'"


def make_slot(typed: str, starts: Known, near: Known, *, is_last: bool) -> Slot:
    """Weigh what a typed word may mean: starts are words that begin so (itself too), near those that share a key.

    Beginnings are asked of the last word and of words that nobody is called by, and only while they narrow something.
    """
    slot = Slot(typed, exact={typed: 0.0}, exact_uses=starts.get(typed, 0))
    slot.is_raw = typed not in starts and typed.isascii() and len(typed) >= RAW
    if is_last or typed not in starts:
        _add_endings(slot, starts, ENDING if is_last else INNER_ENDING)
    limit = spelling.most(typed)
    found = {word: spelling.cost(typed, word, limit) for word in near if word not in slot.exact}
    best = sorted((price, -near[word], word) for word, price in found.items() if price <= limit)[:MOST_MEANT]
    slot.meant = slot.exact | {word: price for price, _uses, word in best}
    slot.meant_uses = slot.exact_uses - sum(uses for _price, uses, _word in best)
    return slot


def _add_endings(slot: Slot, starts: Known, price: float) -> None:
    for word in sorted(starts, key=lambda word: -starts[word]):
        if word == slot.typed:
            continue
        if slot.exact_uses + starts[word] > MOST_USES and len(slot.exact) > 1:
            break
        slot.exact[word] = price + LETTER * (len(word) - len(slot.typed))
        slot.exact_uses += starts[word]


def as_typed(words: Iterable[str]) -> Reading:
    """The reading without any question to the vocabulary."""
    return Reading([Slot(word, exact={word: 0.0}, meant={word: 0.0}) for word in words])


def splits(word: str) -> list[tuple[str, str]]:
    """The pairs of words that one word may be without its space."""
    return [(word[:at], word[at:]) for at in range(SMALLEST_PART, len(word) - SMALLEST_PART + 1)]


def exact_queries(readings: Iterable[Reading]) -> list[str]:
    """All words as they are typed, or begun. Each query is a plain «and», which the index answers rarest word first."""
    return _cheapest([[(slot, False) for slot in each.slots] for each in readings])


def one_error_queries(readings: Iterable[Reading]) -> list[str]:
    """One of the words may be mistyped."""
    return _cheapest(
        [(slot, at == wrong) for at, slot in enumerate(each.slots)]
        for each in readings
        for wrong, meant in enumerate(each.slots)
        if len(meant.meant) > len(meant.exact)
    )


def any_error_queries(readings: Iterable[Reading]) -> list[str]:
    """Every word may be mistyped."""
    return _cheapest([[(slot, True) for slot in each.slots] for each in readings])


def without_one_queries(readings: Iterable[Reading]) -> list[str]:
    """One of three or more words may be wrong altogether."""
    return _cheapest(
        [(slot, True) for at, slot in enumerate(each.slots) if at != missing]
        for each in readings
        if len(each.slots) > 2
        for missing in range(len(each.slots))
    )


Ask = Sequence[tuple[Slot, bool]]  # slots, each with whether errors are allowed in it


def _cheapest(every: Iterable[Ask]) -> list[str]:
    """Write the queries, those that find least first, as long as they stay within what a search may cost."""
    said: list[str] = []
    spent = 0
    for ask in sorted(every, key=_expense):
        spent += _expense(ask)
        if said and (spent > MOST_SPENT or len(said) == MOST_QUERIES):
            break
        said.append(" & ".join(_any_of(slot, slot.meant if errs else slot.exact) for slot, errs in ask))
    return said


def _expense(ask: Ask) -> int:
    """The index reads about as many rows as the rarest word has."""
    return min(slot.meant_uses if errs else slot.exact_uses for slot, errs in ask)


def _any_of(slot: Slot, words: Collection[str]) -> str:
    said = [lexeme(word) for word in words]
    if slot.is_raw:
        said.append(lexeme(slot.typed, start=True))
    return "(" + " | ".join(said) + ")"


MISSING = 1.6  # what a word costs that is nowhere


@dataclass(frozen=True)
class Text:
    """A party's search text cut for measuring: words of its name, other words, parts of its addresses."""

    name: Sequence[str]
    others: Sequence[str]
    parts: Sequence[str]

    @classmethod
    def of(cls, search: str, name_length: int) -> Text:
        words, _line, rest = search.partition("\n")
        known = words.split(" ")
        return cls(known[:name_length], known[name_length:], rest.partition("\n")[0].split(" "))


def measure(reading: Reading, text: Text) -> tuple[float, list[str]]:
    """What a party costs in a reading, and the words by which it was found."""
    total, taken, found = reading.cost, [], []
    for slot in reading.slots:
        price, word, place = _best(slot, text)
        total += price
        if word:
            found.append(word)
        if place >= 0:
            taken.append(place)
    total += LEFT_OVER * min(len(text.name) - len(set(taken)), 4)
    if taken != sorted(taken):
        total += TURNED
    if taken and min(taken) > 0:
        total += LATER
    return total, found


def _best(slot: Slot, text: Text) -> tuple[float, str, int]:
    """The cheapest word of a text for a slot: its price, the word, and its place in the name (-1: elsewhere)."""
    best, found, place = MISSING, "", -1
    for at, word in enumerate(text.name):
        price = _price(slot, word)
        if price < best:
            best, found, place = price, word, at
    for extra, words in ((ELSEWHERE, text.others), (ADDRESS, text.parts)):
        for word in words:
            price = _price(slot, word) + extra
            if price < best:
                best, found, place = price, word, -1
    return best, found, place


def _price(slot: Slot, word: str) -> float:
    price = slot.meant.get(word)
    if price is not None:
        return price
    return ENDING + LETTER * (len(word) - len(slot.typed)) if slot.is_raw and word.startswith(slot.typed) else MISSING
