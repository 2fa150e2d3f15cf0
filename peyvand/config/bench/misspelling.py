"""The errors that people make when they type a name: one of them, by chance, in each question."""

from __future__ import annotations

import random
from collections.abc import Callable

from peyvand.parties.search.question import LATIN_KEYS, PERSIAN_KEYS
from peyvand.parties.search.spelling import NEIGHBOURS

_VARIANTS = {"ی": "ي", "ک": "ك", "ه": "ة", "آ": "ا", "ا": "أ", "و": "ؤ", "ئ": "ی"}
_ON_LATIN_KEYS = str.maketrans(PERSIAN_KEYS, LATIN_KEYS)
_ON_PERSIAN_KEYS = str.maketrans(LATIN_KEYS, PERSIAN_KEYS)

Error = Callable[[str, random.Random], str]


def _letters(name: str) -> list[int]:
    """The places of letters of words with three letters or more: nobody finds anything by a wrong word of two."""
    places: list[int] = []
    start = 0
    for word in name.replace("\u200c", " ").split(" "):
        if len(word) > 2:
            places += range(start, start + len(word))
        start += len(word) + 1
    return [at for at in places if name[at].isalpha()]


def letter_forms(name: str, dice: random.Random) -> str:
    """Arabic letters for Persian ones: ي, ك, ة, أ."""
    return "".join(_VARIANTS.get(letter, letter) if dice.random() < 0.6 else letter for letter in name)


def half_space(name: str, dice: random.Random) -> str:
    """A half-space where a space belongs, or the other way round."""
    if "\u200c" in name:
        return name.replace("\u200c", dice.choice((" ", "")))
    return name.replace(" ", "\u200c", 1)


def dropped(name: str, dice: random.Random) -> str:
    """A letter left out."""
    at = dice.choice(_letters(name))
    return name[:at] + name[at + 1 :]


def doubled(name: str, dice: random.Random) -> str:
    """A letter typed twice."""
    at = dice.choice(_letters(name))
    return name[:at] + name[at] + name[at:]


def swapped(name: str, dice: random.Random) -> str:
    """Two neighbouring letters of a word in the wrong order."""
    letters = _letters(name)
    places = [at for at in letters if at + 1 in letters and name[at] != name[at + 1]]
    at = dice.choice(places or letters[:1])
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def neighbour(name: str, dice: random.Random) -> str:
    """The key beside the one that was meant."""
    at = dice.choice(_letters(name))
    keys = sorted(NEIGHBOURS.get(name[at].lower(), frozenset()))
    return name[:at] + (dice.choice(keys) if keys else name[at]) + name[at + 1 :]


def no_space(name: str, dice: random.Random) -> str:
    """The space between two words forgotten."""
    return name.replace(" ", "", 1)


def turned(name: str, dice: random.Random) -> str:
    """The last name first."""
    first, _space, rest = name.partition(" ")
    return f"{rest} {first}".strip()


def other_layout(name: str, dice: random.Random) -> str:
    """Typed with the keyboard in the other language."""
    if name.isascii():
        return name.lower().translate(_ON_PERSIAN_KEYS)
    return name.replace("\u200c", " ").translate(_ON_LATIN_KEYS)


# How often each happens, in parts of a hundred.
ERRORS: dict[Error, int] = {
    dropped: 18, neighbour: 18, swapped: 12, doubled: 12, letter_forms: 10, half_space: 8, no_space: 8, turned: 8,
    other_layout: 6,
}  # fmt: skip


def misspelt(name: str, dice: random.Random) -> tuple[str, Error]:
    """Return the name with one error of the model, and which."""
    error = dice.choices(list(ERRORS), list(ERRORS.values()))[0]
    return error(name, dice), error
