"""Saved mappings, and the plan that an import begins with: of a mapping whose heads fit, else of the proposals."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid, NotFound
from peyvand.core.imports import wording
from peyvand.core.imports.kinds import importer_of
from peyvand.core.imports.selectors import columns_of, heads, import_for, plan_of
from peyvand.core.imports.types import ColumnPlan, Mode, Plan
from peyvand.core.models import Import, ImportMapping
from peyvand.core.text import display_norm

MOST_MAPPINGS = 100  # of one owner and one kind of record
LONGEST_NAME = 80
MOST_ROWS = 80  # percent that have a key which is proposed


def mappings_of(actor: Any, host: str) -> QuerySet[ImportMapping]:
    """The mappings that this person saved for a kind of record, by name."""
    return ImportMapping.objects.filter(owner_id=actor.pk, host=host).order_by("name")


@transaction.atomic
def save_mapping(*, actor: Any, import_id: int, name: str) -> ImportMapping:
    """Keep the plan of an import under a name; one of the same name is replaced. Errors: NotFound, Invalid."""
    item = import_for(actor, import_id)
    name = display_norm(name)[:LONGEST_NAME]
    if not name or not item.plan:
        raise Invalid(fields={"name": _("Give the mapping a name, after saying which column goes where.")})
    if mappings_of(actor, item.host).exclude(name=name).count() >= MOST_MAPPINGS:
        raise Invalid(_("These are too many mappings; delete some first."))
    values = {"headers": heads(item), "plan": item.plan}
    return ImportMapping.objects.update_or_create(owner_id=actor.pk, host=item.host, name=name, defaults=values)[0]


@transaction.atomic
def delete_mapping(*, actor: Any, mapping_id: int) -> None:
    """Forget a mapping. Errors: NotFound."""
    if not ImportMapping.objects.filter(pk=mapping_id, owner_id=actor.pk).delete()[0]:
        raise NotFound


def plan_from(actor: Any, item: Import, mapping: ImportMapping) -> Plan:
    """The plan of a mapping laid on this file: its columns are found by their heads, wherever they stand now.

    Columns that are not in this file, and fields that are not his, are left out.
    """
    plan = Plan.from_json(mapping.plan)
    places = {head: index for index, head in reversed(list(enumerate(heads(item)))) if head}
    fields = {field.key for field in importer_of(item.host).fields(actor)}
    headers = [column.header for column in columns_of(item)]
    found: dict[int, ColumnPlan] = {}
    for column in plan.columns:
        index = places.get(wording.head(column.header), None if column.header else column.index)
        if index is not None and index < len(headers) and column.field in fields:
            found[index] = replace(column, index=index, header=headers[index])
    defaults = {key: text for key, text in plan.defaults.items() if key in fields}
    return replace(plan, columns=list(found.values()), defaults=defaults)


def fitting_mapping(actor: Any, item: Import) -> ImportMapping | None:
    """The saved mapping that knows most heads of this file, when it knows at least four of five that it is about."""
    mine = set(heads(item)) - {""}
    best: tuple[int, ImportMapping | None] = (0, None)
    for mapping in mappings_of(actor, item.host):
        wanted = {wording.head(column["header"]) for column in mapping.plan.get("columns", ())} - {""}
        known = len(wanted & mine)
        if wanted and known * 5 >= len(wanted) * 4 and known > best[0]:
            best = (known, mapping)
    return best[1]


def proposed_plan(actor: Any, item: Import) -> Plan:
    """What the mapping page begins with: the plan that was saved, a fitting mapping, or what the columns show."""
    if item.plan:
        return plan_of(item)
    mapping = fitting_mapping(actor, item)
    if mapping is not None:
        return plan_from(actor, item, mapping)
    columns = [
        ColumnPlan(index=c.index, field=c.field, header=c.header, reading=c.verdict.get("reading", ""))
        for c in columns_of(item)
        if c.field
    ]
    key = _key_of(actor, item)
    return Plan(mode=Mode.BOTH if key else Mode.ADD, key=key, columns=columns, layout=item.layout)


def _key_of(actor: Any, item: Import) -> str:
    """The first key that most rows have, else the one that the most rows have: a row without its key is refused."""
    filled: dict[str, int] = {}
    for column in columns_of(item):
        filled[column.field] = max(filled.get(column.field, 0), column.filled)
    keys = {key.key: min(filled[name] for name in key.fields)
            for key in importer_of(item.host).keys(actor) if filled.keys() >= set(key.fields)}  # fmt: skip
    enough = next((key for key, count in keys.items() if count * 100 >= item.total * MOST_ROWS), "")
    return enough or max(keys, key=lambda key: keys[key], default="")
