"""What two spellings of a word share, and how far they are apart. No model here.

Each word has keys: its skeleton (letters of one sound made one, doubled letters once) and the skeleton with each
letter left out. A word and its misspelling share at least one key, so that an index of integers finds all
candidates; the cost then tells them apart. Source of the method: symmetric delete spelling correction (SymSpell).
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from zlib import crc32

SURE = 3  # shorter skeletons have no keys but themselves: everything would be near everything
LONG = 7  # from this length on two errors in one word are forgiven

_TWICE = re.compile(r"(.)\1+", re.DOTALL)
_LETTER = itemgetter(1)  # of a match; quicker than a template
_SOUNDS = str.maketrans("ثصطذضظحغعژ" + "yqcw", "سستزززهقاز" + "ikkv")
# One letter of these for another is no chance: they sound alike or look alike.
_ALIKE = (
    "ثسص",
    "تط",
    "ذزضظ",
    "حه",
    "غق",
    "عا",
    "یئ",
    "وؤ",
    "زژ",
    "کگ",
    "بپ",
    "جچ",
    "iy",
    "ckq",
    "vw",
    "sz",
    "ou",
    "aeo",
)
_ROWS = (("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"), ("qwertyuiop", "asdfghjkl", "zxcvbnm"))

ALIKE, NEAR, DOUBLED, SWAPPED, ANY = 0.35, 0.75, 0.55, 0.7, 1.0


def _neighbours() -> dict[str, frozenset[str]]:
    """The keys around each key, on the Persian and on the Latin keyboard."""
    near: dict[str, set[str]] = {}
    for rows in _ROWS:
        places = {letter: (x + y * 0.5, y) for y, row in enumerate(rows) for x, letter in enumerate(row)}
        for one, (x, y) in places.items():
            near[one] = {
                other for other, (i, j) in places.items() if other != one and abs(y - j) <= 1 and abs(x - i) <= 1
            }
    return {letter: frozenset(others) for letter, others in near.items()}


NEIGHBOURS = _neighbours()
_SAME = {letter: frozenset(group) for group in _ALIKE for letter in group}


def skeleton(word: str) -> str:
    """Return a word with one letter for each sound and no letter twice in a row."""
    return _once(word.translate(_SOUNDS))


def _once(text: str) -> str:
    return _TWICE.sub(_LETTER, text)


def _number(text: str) -> int:
    number = crc32(text.encode())
    return number - (1 << 32) if number >= 1 << 31 else number


def _shorter(bones: str) -> set[str]:
    return {_once(bones[:at] + bones[at + 1 :]) for at in range(len(bones))}


def keys(word: str) -> list[int]:
    """Return the keys under which the vocabulary keeps a word; none for words that are not spelt, as «a4»."""
    if not word.isalpha() or len(word) < 2:
        return []
    bones = skeleton(word)
    return sorted({_number(each) for each in ({bones, *_shorter(bones)} if len(bones) >= SURE else {bones})})


def keys_asked(word: str) -> list[int]:
    """Return the keys that a typed word is looked up by: of long words also those with two letters left out."""
    found = set(keys(word))
    bones = skeleton(word)
    if found and len(bones) >= LONG:
        found |= {_number(each) for shorter in _shorter(bones) for each in _shorter(shorter)}
    return sorted(found)


def most(word: str) -> float:
    """How much a candidate may cost to be taken for this word."""
    return 1.0 if len(word) < 5 else 1.5 if len(word) < LONG else 2.0


@lru_cache(maxsize=20_000)
def cost(typed: str, meant: str, limit: float = 2.0) -> float:
    """How far two spellings are apart: 0 the same, about 1 for each error; beyond `limit` some number above it.

    Restricted Damerau-Levenshtein distance with weights: letters alike, neighbouring keys, a doubled letter and two
    letters in the wrong order cost less than any other error.
    """
    if typed == meant:
        return 0.0
    if abs(len(typed) - len(meant)) > limit + 1:
        return limit + 1
    before: list[float] = []
    row = [0.0]
    for at, letter in enumerate(meant):
        row.append(row[-1] + _extra(meant, at, letter))
    for i, one in enumerate(typed):
        older, before, row = before, row, [row[0] + _extra(typed, i, one)]
        for j, other in enumerate(meant):
            best = min(
                before[j] + _other(one, other),
                before[j + 1] + _extra(typed, i, one),
                row[j] + _extra(meant, j, other),
            )
            if i and j and one == meant[j - 1] and typed[i - 1] == other and one != other:
                best = min(best, older[j - 1] + SWAPPED)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _extra(word: str, at: int, letter: str) -> float:
    return DOUBLED if at and word[at - 1] == letter else ANY


def _other(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if other in _SAME.get(one, ""):
        return ALIKE
    return NEAR if other in NEIGHBOURS.get(one, "") else ANY
