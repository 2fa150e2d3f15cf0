"""How much of what a category asks for is known of a party. No model here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from peyvand.core.custom_fields import id_of
from peyvand.core.record_fields import RecordField, Text

GOOD, FAIR = 80, 60  # percent from which on a record is good, or fair


@dataclass(frozen=True)
class Gap:
    """One thing that is not known. anchor: the id of its input in the form."""

    key: str
    label: Text
    anchor: str


def compute(required: Sequence[str], filled: Collection[str]) -> tuple[int, list[str]]:
    """Return the percent of the required keys that are filled, and those that are not, in their order."""
    missing = [key for key in dict.fromkeys(required) if key not in filled]
    asked = len(set(required))
    return (100 * (asked - len(missing)) // asked if asked else 100), missing


def tone_of(percent: int) -> str:
    """The colour of a share: ok, warn or bad."""
    if percent >= GOOD:
        return "ok"
    return "warn" if percent >= FAIR else "bad"


def gaps_of(missing: Sequence[str], fields: Mapping[str, RecordField]) -> list[Gap]:
    """What is missing by name; keys of fields that were removed are left out."""
    return [Gap(key, fields[key].label, anchor_of(key)) for key in missing if key in fields]


def anchor_of(key: str) -> str:
    """The id of the input of a field in the form of a party: «id_birth_date», «id_custom_12»."""
    number = id_of(key)
    return f"id_custom_{number}" if number is not None else f"id_{key}"
