"""Editors of the plain columns of a party, and of its name in parts."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.parties.errors import NameMissing
from peyvand.parties.models import Consent, Party
from peyvand.parties.services import words
from peyvand.parties.services.editing.base import Asked, Editor, Raw, one, written


def _set(column: str) -> Callable[[Party, Any, Asked], None]:
    return lambda party, value, asked: setattr(party, column, value)


def _get(column: str) -> Callable[[Party], Raw]:
    return lambda party: written(getattr(party, column))


def text(column: str, most: int) -> Editor:
    """A column of one line."""
    return Editor(
        parse=lambda raw, asked: words.line(one(raw), most, key=asked.key),
        write=_set(column),
        current=_get(column),
        columns=(column,),
    )


def choice(column: str, known: Iterable[str], *, blank: bool = True) -> Editor:
    """A column that holds one of the known words."""
    return Editor(
        parse=lambda raw, asked: words.one_of(one(raw), known, key=asked.key, blank=blank),
        write=_set(column),
        current=_get(column),
        columns=(column,),
    )


def name_of(raw: Raw, asked: Asked) -> str:
    """Read the full name: with a letter or a digit of any script, at most 200 characters."""
    name = words.line(one(raw), 200, key=asked.key)
    if not name:
        raise NameMissing(fields={asked.key: str(NameMissing())})
    if not words.has_letters(name):
        raise Invalid(fields={asked.key: _("A name has at least one letter or digit.")})
    return name


def _write_name(party: Party, name: str, asked: Asked) -> None:
    """Parts that no longer make the full name would be wrong: they are emptied."""
    party.name = name
    if _joined(party) != name:
        party.first_name = party.last_name = ""


def _write_part(party: Party, value: str, asked: Asked) -> None:
    setattr(party, asked.key, value)
    name = _joined(party)
    if name:
        party.name = name_of(name, asked)


def _joined(party: Party) -> str:
    return " ".join(part for part in (party.first_name, party.last_name) if part)


_NAME = ("name", "first_name", "last_name")


def _part(column: str, most: int) -> Editor:
    parse = text(column, most).parse
    return Editor(parse=parse, write=_write_part, current=_get(column), columns=_NAME)


def _write_life_cycle(party: Party, value: str, asked: Asked) -> None:
    if party.life_cycle != value:
        party.life_cycle, party.life_cycle_since = value, timezone.now()


def _time(column: str) -> Editor:
    return Editor(
        parse=lambda raw, asked: words.time_of_day(one(raw), key=asked.key),
        write=_set(column),
        current=lambda party: f"{getattr(party, column):%H:%M}" if getattr(party, column) else "",
        columns=(column,),
    )


EDITORS = {
    "name": Editor(parse=name_of, write=_write_name, current=_get("name"), columns=_NAME),
    "first_name": _part("first_name", 100),
    "last_name": _part("last_name", 120),
    "honorific": text("honorific", 40),
    "job_title": text("job_title", 120),
    "life_cycle": Editor(
        parse=choice("life_cycle", Party.LifeCycle.values, blank=False).parse,
        write=_write_life_cycle,
        current=_get("life_cycle"),
        columns=("life_cycle", "life_cycle_since"),
    ),
    "preferred_channel": choice("preferred_channel", Consent.Channel.values),
    "preferred_from": _time("preferred_from"),
    "preferred_until": _time("preferred_until"),
}
