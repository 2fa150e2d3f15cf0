"""The fields that the business adds to its records: what there is, remembered for a moment, and as registered fields.

Definitions are read far more often than they change: each process keeps them for a second and forgets them when it
changes them itself.
"""

from collections.abc import Iterable

from django.utils.translation import get_language

from peyvand.core.known import Known
from peyvand.core.models import CustomField

TTL = 1.0  # seconds
PREFIX = "custom:"


def _read(host: str) -> list[CustomField]:
    return list(CustomField.objects.filter(host=host, removed_at=None).order_by("order", "id"))


_fields = Known(_read, seconds=TTL)


def fields_for(host: str) -> list[CustomField]:
    """The fields of a kind of record in their order, without removed ones. Read only: they are shared."""
    return _fields(host)


def forget() -> None:
    """Read the definitions anew at the next question; whoever changes one calls it, after its commit too."""
    _fields.forget()


def key_of(custom: CustomField | int) -> str:
    """Return the key of a field in the registry: «custom:12»."""
    return f"{PREFIX}{custom if isinstance(custom, int) else custom.pk}"


def id_of(key: str) -> int | None:
    """Return the id in a key «custom:12»; None for other keys."""
    number = key.removeprefix(PREFIX)
    return (
        int(number) if key.startswith(PREFIX) and number.isascii() and number.isdigit() and len(number) < 19 else None
    )


def field_of(host: str, key: str) -> CustomField | None:
    """The live field of a key; None when it was removed or never was."""
    number = id_of(key)
    return next((each for each in fields_for(host) if each.pk == number), None)


def label_of(custom: CustomField) -> str:
    """The name of a field in the language of the page."""
    return custom.label_en if custom.label_en and get_language() == "en" else custom.label


def labels_of_removed(host: str, keys: Iterable[str]) -> dict[str, str]:
    """The names that removed fields had, by key, for sentences that still name them; one query when any is asked."""
    ids = {number for number in map(id_of, keys) if number is not None}
    if not ids:
        return {}
    rows = CustomField.objects.filter(host=host, pk__in=ids).exclude(removed_at=None)
    return {key_of(row): label_of(row) for row in rows}


def choice_label(choice: dict[str, object]) -> str:
    """The name of one choice in the language of the page."""
    english = str(choice.get("en") or "")
    return english if english and get_language() == "en" else str(choice.get("fa") or english)


def choices_of(custom: CustomField, *, with_off: bool = False) -> list[tuple[str, str]]:
    """The choices as (id, name); those that are switched off come last, and only when they are wanted."""
    on = [row for row in custom.choices if not row.get("off")]
    off = [row for row in custom.choices if row.get("off")] if with_off else []
    return [(str(row["id"]), choice_label(row)) for row in (*on, *off)]
