"""Whether a plan can be carried out on this file by this person."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.imports.errors import BadPlan, ColumnsChanged
from peyvand.core.imports.kinds import Importer
from peyvand.core.imports.types import Mode, Plan
from peyvand.core.models import Import

LONGEST_CELL = 32_767
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1256", "cp1252")
_SHAPE = {"encoding": str, "delimiter": str, "header_row": int | None, "sheet": str}


def check_plan(importer: Importer, actor: Any, item: Import, plan: Plan) -> None:
    """Errors: BadPlan, ColumnsChanged."""
    headers = {column["index"]: column["header"] for column in item.columns}
    for column in plan.columns:
        if column.index not in headers or column.header not in ("", headers[column.index]):
            raise ColumnsChanged
    fields = {field.key: field for field in importer.fields(actor)}
    mapped = [column.field for column in plan.columns if column.field]
    for key in [*mapped, *plan.defaults]:
        if key not in fields:
            raise BadPlan(_("A field of this mapping is not there any more, or not yours to fill: %s") % key)
    twice = next((key for key in mapped if mapped.count(key) > 1 and not fields[key].multiple), None)
    if twice is not None:
        raise BadPlan(_("Two columns go to “%s”, which holds one value.") % fields[twice].label)
    if not mapped:
        raise BadPlan(_("Say first which column goes where."))
    _check_key(importer, actor, plan, {*mapped})


def _check_key(importer: Importer, actor: Any, plan: Plan, mapped: set[str]) -> None:
    if plan.mode is Mode.ADD and not plan.key:
        return
    key = next((key for key in importer.keys(actor) if key.key == plan.key), None)
    if key is None:
        raise BadPlan(_("Choose by what a row finds its record."))
    if not mapped.issuperset(key.fields):
        raise BadPlan(_("No column goes to what the rows are to be found by: %s") % key.label)


def shape_from(shape: Mapping[str, Any]) -> dict[str, Any]:
    """What a person may decide about the reading of a file. Errors: Invalid."""
    for name, value in shape.items():
        if name not in _SHAPE or not isinstance(value, _SHAPE[name]) or isinstance(value, bool):
            raise Invalid(fields={name: _("This cannot be said of a file.")})
    if shape.get("encoding", "utf-8") not in ENCODINGS:
        raise Invalid(fields={"encoding": _("This encoding is not known.")})
    if len(shape.get("delimiter", ",")) > 1:
        raise Invalid(fields={"delimiter": _("One character parts the cells.")})
    row = shape.get("header_row")
    if row is not None and not 0 <= row < 30:
        raise Invalid(fields={"header_row": _("The heading is among the first 30 rows.")})
    return dict(shape)


def cells_from(cells: Mapping[int, str], width: int) -> dict[str, str]:
    """Corrected cells as they are kept. Errors: Invalid."""
    if any(not 0 <= index < width or len(text) > LONGEST_CELL for index, text in cells.items()):
        raise Invalid(_("There is no such column, or the text is too long."))
    return {str(index): text.replace("\x00", "") for index, text in cells.items()}
