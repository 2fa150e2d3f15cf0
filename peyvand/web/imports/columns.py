"""The columns of a file beside the fields they go to, as the page of the mapping shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.core.imports import wording
from peyvand.core.imports.kinds import ImportField
from peyvand.core.imports.types import Column, ColumnPlan, FieldRule, Plan
from peyvand.core.record_fields import Kind
from peyvand.web.imports.plans import may_append
from peyvand.web.templatetags.pv import localised

Text = str | Promise
Pairs = Sequence[tuple[str, Text]]
RULES: Mapping[FieldRule, Text] = {
    FieldRule.OVERWRITE: gettext_lazy("Overwrite"),
    FieldRule.FILL: gettext_lazy("Fill only when empty"),
    FieldRule.APPEND: gettext_lazy("Add to what is there"),
}
DATES = ("jalali:ymd", "jalali:dmy", "gregorian:ymd", "gregorian:dmy", "gregorian:mdy")
MONEY = ("toman", "rial")
READINGS: Mapping[Kind, Sequence[str]] = {Kind.DATE: DATES, Kind.MOMENT: DATES, Kind.MONEY: MONEY}
BAD_NOTES = ("scientific", "unreadable")


@dataclass(frozen=True)
class ShownColumn:
    """A column; tone: ok, warn or no (left out). told: rule and reading in words; says: the verdict in words."""

    index: int
    header: str
    sample: str
    field: str
    tone: str
    says: str
    told: str
    rules: Pairs
    rule: str
    readings: Pairs
    reading: str
    default: str


def shown_columns(columns: Iterable[Column], plan: Plan, fields: Mapping[str, ImportField]) -> list[ShownColumn]:
    """Return the columns with what is planned for each."""
    planned = {each.index: each for each in plan.columns if each.field}
    return [_shown(column, planned.get(column.index), fields) for column in columns]


def _shown(column: Column, plan: ColumnPlan | None, fields: Mapping[str, ImportField]) -> ShownColumn:
    field = fields.get(plan.field) if plan else None
    readings = _readings(field)
    rule = plan.rule if plan else FieldRule.OVERWRITE
    reading = plan.reading if plan else ""
    tone, says = _verdict(column, plan, field)
    words = [str(RULES[rule]), *(str(label) for key, label in readings if key == reading and key)]
    return ShownColumn(
        index=column.index,
        header=column.header,
        sample=" · ".join(column.samples[:3]),
        field=plan.field if plan else "",
        tone=tone,
        says=says,
        told=" · ".join(words),
        rules=[
            (key.value, label)
            for key, label in RULES.items()
            if key != FieldRule.APPEND or (field and may_append(field))
        ],
        rule=rule.value,
        readings=readings,
        reading=reading,
        default=plan.default if plan else "",
    )


def _readings(field: ImportField | None) -> Pairs:
    codes = READINGS.get(field.kind, ()) if field else ()
    return [("", gettext_lazy("By itself")), *((code, wording.READINGS[code]) for code in codes)] if codes else []


def _verdict(column: Column, plan: ColumnPlan | None, field: ImportField | None) -> tuple[str, str]:
    """What the colour and the words beside a column say."""
    if plan is None:
        return "no", _("This column is left out.")
    if field is None:
        return "warn", _("This field is no longer there; choose another.")
    words = [_("Recognised: %(what)s") % {"what": wording.KINDS[column.kind]}, *wording.verdict(column)]
    odd = column.verdict.get("unfit_samples") or []
    if odd:
        words.append(" ".join(f"«{each}»" for each in odd[:2]))
    notes = column.verdict.get("notes") or {}
    is_odd = bool(column.verdict.get("unfit")) or any(notes.get(code) for code in BAD_NOTES)
    return "warn" if is_odd else "ok", localised(" · ".join(words))


def grouped_fields(fields: Iterable[ImportField]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The fields under their headings, for a grouped <select>."""
    groups: dict[str, list[tuple[str, Text]]] = {}
    for field in fields:
        groups.setdefault(str(field.group), []).append((field.key, field.label))
    return list(groups.items())
