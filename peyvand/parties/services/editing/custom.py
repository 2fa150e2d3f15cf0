"""The editor of a custom field: its value lies in one JSON column by the field's id."""

from typing import Any

from peyvand.core.custom_fields import field_of, is_empty, parse, raw_of
from peyvand.core.models import CustomField
from peyvand.core.secrets import decrypt
from peyvand.parties.fields.host import HOST
from peyvand.parties.models import Party
from peyvand.parties.services.editing.base import SEALED, Asked, Editor, Raw
from peyvand.parties.services.identifiers import REVEAL


def editor_of(key: str) -> Editor | None:
    """Return the editor of «custom:12»; None when there is no such field any more."""
    field = field_of(HOST, key)
    return None if field is None else _editor(field)


def _editor(field: CustomField) -> Editor:
    place = str(field.pk)
    is_number = field.kind == CustomField.Kind.NATIONAL_ID

    def read(raw: Raw, asked: Asked) -> Any:
        if is_number and isinstance(raw, str) and raw.startswith(SEALED):
            return parse(field, decrypt(raw.removeprefix(SEALED)), asked.actor, insist=True)
        return parse(field, raw, asked.actor, insist=asked.insist)

    def write(party: Party, value: Any, asked: Asked) -> None:
        kept = {key: each for key, each in party.custom.items() if key != place}
        party.custom = kept if is_empty(value) else {**kept, place: value}

    def current(party: Party) -> Raw:
        value = party.custom.get(place)
        return f"{SEALED}{value['cipher']}" if is_number and value else raw_of(field, value)

    permission = REVEAL if is_number else ""
    return Editor(parse=read, write=write, current=current, columns=("custom",), permission=permission)
