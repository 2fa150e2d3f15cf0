"""What an editor of one field is, and how raw values are taken apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.parties.models import Party

Raw = str | list[str] | None
SEALED = "enc:"  # a raw value that is cipher text: protected numbers are given back so, and never plain


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom a value is read: what he may see decides what he may name. insist: soft flaws are kept."""

    key: str
    actor: User | None
    insist: bool = False


@dataclass(frozen=True, kw_only=True)
class Editor:
    """One field. parse(raw, asked) -> value or Invalid; write(party, value, asked); current(party) -> raw.

    columns: what `write` lays on the party itself and the caller saves; other rows it writes on its own.
    """

    parse: Callable[[Raw, Asked], Any]
    write: Callable[[Party, Any, Asked], None]
    current: Callable[[Party], Raw]
    columns: tuple[str, ...] = ()
    permission: str = ""


def one(raw: Raw) -> str:
    """Return the only text of a raw value; a list of several is none. Raises Invalid."""
    if isinstance(raw, list):
        if len(raw) > 1:
            raise Invalid(_("This field holds one value."))
        return raw[0] if raw else ""
    return raw or ""


def many(raw: Raw) -> list[str]:
    """Return the texts of a raw value, each once, without empty ones."""
    texts = [raw] if isinstance(raw, str) else raw or []
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def written(value: Any) -> str:
    """Return a stored value as `parse` reads it."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def unknown(asked: Asked) -> Invalid:
    """Say that what a field names is not there for who asks."""
    return Invalid(fields={asked.key: _("There is no such record, or you may not see it.")})
