"""Editors of demographics and psychographics, the columns of the profile."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from peyvand.parties.models import Party, Profile
from peyvand.parties.services import words
from peyvand.parties.services.editing.base import Asked, Editor, Raw, many, one, written

MOST_INTERESTS = 30


def _profile(party: Party) -> Profile:
    """The profile of a party that is held, made when it has none; the caller saves it."""
    try:
        return party.profile
    except ObjectDoesNotExist:
        party.profile = Profile(party=party)
        return party.profile


def _editor(column: str, parse: Callable[[Raw, Asked], Any]) -> Editor:
    def write(party: Party, value: Any, asked: Asked) -> None:
        setattr(_profile(party), column, value)

    def current(party: Party) -> Raw:
        value = getattr(_profile(party), column)
        return list(value) if isinstance(value, list) else written(value)

    return Editor(parse=parse, write=write, current=current, columns=("profile",))


def _text(column: str, most: int) -> Editor:
    return _editor(column, lambda raw, asked: words.line(one(raw), most, key=asked.key))


def _lines(column: str) -> Editor:
    return _editor(column, lambda raw, asked: words.lines(one(raw), 2000, key=asked.key))


def _choice(column: str, known: Iterable[str]) -> Editor:
    return _editor(column, lambda raw, asked: words.one_of(one(raw), known, key=asked.key))


def _number(column: str, most: int) -> Editor:
    return _editor(column, lambda raw, asked: words.number(one(raw), most, key=asked.key))


def _day(column: str) -> Editor:
    return _editor(column, lambda raw, asked: words.day(one(raw), key=asked.key))


def _interests(raw: Raw, asked: Asked) -> list[str]:
    """Words apart by commas, each once."""
    typed = [part for text in many(raw) for part in text.replace("،", ",").split(",")]
    found = list(dict.fromkeys(filter(None, (words.line(part, 60, key=asked.key) for part in typed))))
    return words.at_most(found, MOST_INTERESTS, key=asked.key)


EDITORS = {
    "birth_date": _day("birth_date"),
    "gender": _choice("gender", Profile.Gender.values),
    "marital_status": _choice("marital_status", Profile.Marital.values),
    "children": _number("children", 30),
    "education": _choice("education", Profile.Education.values),
    "occupation": _text("occupation", 120),
    "income_band": _choice("income_band", Profile.Band.values),
    "language": _text("language", 8),
    "industry": _text("industry", 120),
    "employees": _number("employees", 10_000_000),
    "founded_on": _day("founded_on"),
    "website": _editor("website", lambda raw, asked: words.web_address(one(raw), key=asked.key)),
    "interests": _editor("interests", _interests),
    "lifestyle": _text("lifestyle", 200),
    "values": _text("values", 200),
    "personality": _text("personality", 200),
    "motivations": _lines("motivations"),
    "pains": _lines("pains"),
}
