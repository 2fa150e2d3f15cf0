"""Cutting a name into the words that say who it is."""

import re
from dataclasses import dataclass
from functools import lru_cache

from peyvand.core.text import search_norm
from peyvand.parties.matching.sounds import bones, sound
from peyvand.parties.matching.vocabulary import (
    ENDINGS,
    FAMILY,
    LEGAL_FORMS,
    OF_MEN,
    OF_WOMEN,
    TITLES,
    TRADES,
)
from peyvand.parties.search.spelling import skeleton

PERSON, ORGANISATION = "person", "organisation"
_WORD = re.compile(r"[^\W_]+")
_SEYED = "سید"
_LADY = "خانم"  # «زهرا خانم احمدی»
_TELLING = OF_WOMEN | OF_MEN
_LEAST_SEYED = 6  # «سیدعلی» is a title and a name, «سیدی» a family


@dataclass(frozen=True, slots=True)
class Name:
    """A name without titles and forms. words: folded, in their order; trade: what a firm calls its business.

    joined: the words in one piece; solid: that with one letter for each sound; bones: see `sounds.bones`.
    """

    words: tuple[str, ...]
    joined: str
    trade: frozenset[str]
    sounds: tuple[str, ...]
    solid: str
    bones: str
    is_latin: bool


@lru_cache(maxsize=2_000)
def _words(text: str) -> list[str]:
    return _WORD.findall(search_norm(text))


@lru_cache(maxsize=20_000)
def read_name(text: str, kind: str = PERSON) -> Name:
    """Return what matters of a name of a person, an organisation or a household."""
    words = _words(text)
    trade: frozenset[str] = frozenset()
    if kind == ORGANISATION:
        trade = frozenset(words) & TRADES
        kept = [word for word in words if word not in LEGAL_FORMS and word not in TRADES] or words
    else:
        kept = _without_titles([word for word in words if word not in FAMILY] or words)
    sounds = tuple(sound(word) for word in kept)
    joined = "".join(kept)
    return Name(tuple(kept), joined, trade, sounds, skeleton(joined), bones(sounds), joined.isascii())


def gender_of(honorific: str, name: str) -> str:
    """Whether a title before or after a name says a woman or a man (as `Profile.Gender`); empty when none does."""
    words = [*_words(honorific), *_words(name)] if honorific else _words(name)
    if _TELLING.isdisjoint(words):
        return ""
    before = [word for place, word in enumerate(words[:-1]) if all(each in TITLES for each in words[: place + 1])]
    titles = {*before, *(words[-1:] if len(words) > 1 else ()), *(word for word in words[1:] if word == _LADY)}
    return "woman" if titles & OF_WOMEN else "man" if titles & OF_MEN else ""


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    if words and words[0].startswith(_SEYED) and len(words[0]) >= _LEAST_SEYED:
        words = [words[0][len(_SEYED) :], *words[1:]]
    while len(words) > 1 and words[-1] in ENDINGS:
        words = words[:-1]
    return [word for place, word in enumerate(words) if not place or word != _LADY]
