"""How one person likes a list when no view says otherwise: columns, table or cards, density, first view."""

from typing import Any

from peyvand.accounts.models import User

LOOKS = ("table", "cards")
DENSITIES = ("roomy", "tight")


def settings_of(user: User, key: str) -> dict[str, Any]:
    """Return what `user` chose for the list `key`."""
    lists = user.preferences.get("lists")
    found = lists.get(key) if isinstance(lists, dict) else None
    return found if isinstance(found, dict) else {}


def look_of(settings: dict[str, Any]) -> str:
    return "cards" if settings.get("look") == "cards" else "table"


def is_tight(settings: dict[str, Any]) -> bool:
    return settings.get("density") == "tight"


def columns_of(settings: dict[str, Any]) -> tuple[str, ...]:
    """Return the chosen columns; empty when he keeps those of the list."""
    columns = settings.get("columns")
    return tuple(str(key) for key in columns) if isinstance(columns, list) else ()
