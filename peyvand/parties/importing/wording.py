"""What the cells of the importer's tables are called in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core.record_fields import fields_of
from peyvand.parties.fields import HOST
from peyvand.parties.importing.specs import spec_of
from peyvand.parties.models import Identifier

_COLUMNS = {
    "category_id": "category", "tag_ids": "tags", "owner_id": "owner", "branch_id": "branch",
    "organisation_id": "organisation", "life_cycle_since": "life_cycle",
}  # fmt: skip


def label_of_cell(table: str, row: Mapping[str, Any]) -> str:
    """Name a row or a cell of a table: «City», «Phone 0912…», «Custom fields»."""
    if table == "parties_contactpoint":
        return str(row.get("typed") or row.get("value") or _("A way of contact"))
    if table == "parties_identifier":
        return str(Identifier.Kind(row["kind"]).label) if row.get("kind") else _("A number")
    named = _TABLES.get(table)
    if named is not None:
        return named()
    name = next(iter(row), "")
    found = fields_of(HOST).get(_COLUMNS.get(name, name))
    return str(found.label) if found is not None else _("A field")


def of_field(key: str, sentence: str) -> str:
    """Say of which field a sentence about a cell speaks: a row may have several numbers, phones and days."""
    spec = spec_of(key)
    return sentence if spec is None else _("%(field)s: %(value)s") % {"field": spec.label, "value": sentence}


_TABLES = {
    "parties_address": lambda: _("The address"),
    "parties_partyrole": lambda: _("The roles"),
    "parties_consent": lambda: _("A consent"),
    "parties_partynote": lambda: _("A note"),
    "parties_relation": lambda: _("The organisation"),
}
