"""How cells of the business's own fields are read."""

from typing import Any

from peyvand.accounts.models import User
from peyvand.core.custom_fields import parse
from peyvand.core.models import CustomField
from peyvand.core.text import search_norm
from peyvand.parties.importing import cells, days


def order_of(reading: str) -> str:
    """The order of the parts of dates («gregorian:mdy») as `cells.day` takes it."""
    return reading.partition(":")[2] or reading


_CHOSEN = frozenset({CustomField.Kind.CHOICE, CustomField.Kind.CHOICES})
# «2.0» is what they say, not what a spreadsheet made of 2.
_WRITTEN = frozenset({CustomField.Kind.TEXT, CustomField.Kind.LONG_TEXT, CustomField.Kind.URL})


def _chosen(custom: CustomField, actor: User) -> cells.Read:
    """Choices by their names before their numbers, because a choice may be called «2»."""
    named = {
        search_norm(str(row.get(language) or "")): str(row["id"])
        for row in custom.choices
        if not row.get("off")
        for language in ("en", "fa")
    }
    several = custom.kind == CustomField.Kind.CHOICES

    def read(text: str) -> Any:
        parts = cells.known_pieces(text, lambda part: search_norm(part) in named) if several else [text]
        return parse(custom, [named.get(search_norm(part), part) for part in parts], actor)

    return cells.guarded(read)


def reader_of(custom: CustomField, actor: User, reading: str) -> cells.Read:
    """What reads the cells of this field; a column of amounts is read in the unit it says."""
    kind = CustomField.Kind(custom.kind)
    if kind is CustomField.Kind.DATE:
        read_day = days.day(future=True, order=order_of(reading))
        return lambda text: read_day(text).isoformat()
    if kind is CustomField.Kind.MONEY:
        return cells.money("rial" if reading == "rial" else "toman")
    if kind is CustomField.Kind.YES_NO:
        return cells.yes_no
    if kind in _CHOSEN:
        return _chosen(custom, actor)
    if kind in _WRITTEN:
        return cells.guarded(lambda text: parse(custom, text, actor))
    return cells.guarded(lambda text: parse(custom, cells.unspread(text), actor))
