"""The values that one record has in its column `custom`: laid over those that were there, shown, given to the API."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core.custom_fields.definitions import field_of, fields_for, key_of, label_of
from peyvand.core.custom_fields.values import Raw, Showing, Stored, fits, is_empty, parse, raw_of, show
from peyvand.core.errors import Invalid
from peyvand.core.models import CustomField

Values = Mapping[str, Stored]  # by the number of the field as text; None for no value


def laid(host: str, before: Values, given: Values | None) -> dict[str, Stored]:
    """Return the values of a record after `given` was laid over them; what is not named stays, None takes it away.

    Errors: Invalid, for a field that is not there and a value that has not its shape.
    """
    found = dict(before)
    for key, value in (given or {}).items():
        if value == before.get(key):
            continue
        custom = field_of(host, f"custom:{key}")
        if custom is None or not (is_empty(value) or fits(custom.kind, value)):
            raise Invalid(fields={f"custom:{key}": _("There is no such field; it may have been removed.")})
        found.pop(key, None)
        if not is_empty(value):
            found[key] = value
    return found


def read(host: str, given: Mapping[str, Any], who: Any) -> dict[str, Stored]:
    """Read values from outside: stored ones as the API gives them, and texts as people type them.

    given: by «12» or «custom:12». Errors: Invalid that names every bad one.
    """
    found, wrong = dict[str, Stored](), dict[str, str]()
    for name, value in given.items():
        key = name.removeprefix("custom:")
        custom = field_of(host, f"custom:{key}")
        if custom is None:
            wrong[name] = _("There is no such field; it may have been removed.")
            continue
        try:
            found[key] = parse(custom, _raw(custom, value), who)
        except Invalid as error:
            wrong[name] = error.message
    if wrong:
        raise Invalid(fields=wrong)
    return found


def _raw(custom: CustomField, value: Any) -> Raw:
    if is_empty(value):
        return None
    if fits(custom.kind, value):
        return raw_of(custom, value)
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def given_back(before: Values, after: Values) -> dict[str, Stored]:
    """What has to be laid over `after` so that it is as `before` again."""
    return {key: before.get(key) for key in {*before, *after} if before.get(key) != after.get(key)}


def shown(host: str, values: Values, how: Showing) -> Iterator[tuple[CustomField, str, str]]:
    """Yield the fields that have a value, in their order: the field, its name, its value as a person reads it."""
    for custom in fields_for(host):
        value = values.get(str(custom.pk))
        if not is_empty(value):
            yield custom, label_of(custom), show(custom, value, how=how)


def plain(values: Values) -> dict[str, Any]:
    """Values as the API gives them: protected numbers without their cipher."""
    return {key: value.get("shown", "") if isinstance(value, dict) else value for key, value in values.items()}


def chosen(host: str, keys: Container[str], most: int) -> list[CustomField]:
    """The fields that a small form asks for: those of `keys` («custom:12»), then others in their order."""
    live = fields_for(host)
    first = [each for each in live if key_of(each) in keys]
    return [*first, *(each for each in live if each not in first)][: max(most, len(first))]
