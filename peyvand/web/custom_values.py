"""Values of custom fields as a page shows them to one reader, and as its history names them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peyvand.accounts.history import plain
from peyvand.core.custom_fields.definitions import label_of
from peyvand.core.custom_fields.records import Values, shown
from peyvand.core.custom_fields.values import Showing, show
from peyvand.core.models import CustomField
from peyvand.web import prefs
from peyvand.web.custom_inputs import LTR_KINDS


@dataclass(frozen=True)
class Shown:
    """One value: the name of its field, how it is read; is_ltr: its letters run left to right."""

    label: str
    text: str
    kind: str
    is_ltr: bool


def _how(who: Any) -> Showing:
    now = prefs.current()
    return Showing(lang=now.language, calendar=now.calendar, digits=now.digits, who=who)


def custom_shown(host: str, values: Values, who: Any) -> list[Shown]:
    """The fields of a record that have a value, in their order."""
    return [
        Shown(label, text, custom.kind, custom.kind in LTR_KINDS)
        for custom, label, text in shown(host, values, _how(who))
    ]


def written_for(who: Any) -> Callable[[str, Any], str]:
    """How a history writes values: custom ones with the names of their fields, also of those that were removed."""
    known: dict[str, CustomField | None] = {}

    def one(key: str, value: Any) -> str:
        if key not in known:
            known[key] = CustomField.objects.filter(pk=key).first()
        field = known[key]
        return f"#{key}: {value}" if field is None else f"{label_of(field)}: {show(field, value, how=_how(who))}"

    def written(name: str, value: Any) -> str:
        if name != "custom" or not isinstance(value, dict):
            return plain(name, value)
        return "، ".join(one(key, each) for key, each in value.items())

    return written
