"""What a person chose on the pages of the mapping, as a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from peyvand.core.imports.kinds import ImportField, Key
from peyvand.core.imports.types import Column, ColumnPlan, FieldRule, Mode, Plan

LONGEST_DEFAULT = 400


def with_columns(plan: Plan, post: QueryDict, columns: Sequence[Column], fields: Mapping[str, ImportField]) -> Plan:
    """Return the plan with the fields, rules, readings and defaults that the page of columns sent."""
    before = {each.index: each for each in plan.columns}
    chosen = [_column(post, column, before.get(column.index), fields) for column in columns]
    defaults = zip(post.getlist("default_field"), post.getlist("default_value"), strict=False)
    kept = {key: text.strip()[:LONGEST_DEFAULT] for key, text in defaults if key in fields and text.strip()}
    return replace(plan, columns=[each for each in chosen if each is not None], defaults=kept)


def _column(
    post: QueryDict, column: Column, before: ColumnPlan | None, fields: Mapping[str, ImportField]
) -> ColumnPlan | None:
    key = post.get(f"field-{column.index}", "")
    field = fields.get(key)
    if field is None:
        return None
    was = before if before is not None and before.field == key else None
    rule = _rule(post.get(f"rule-{column.index}", was.rule if was else ""), field)
    reading = post.get(f"reading-{column.index}", was.reading if was else str(column.verdict.get("reading") or ""))
    default = post.get(f"default-{column.index}", was.default if was else "").strip()[:LONGEST_DEFAULT]
    if was is None:  # what stood there for another field does not fit this one
        rule, reading, default = _rule("", field), str(column.verdict.get("reading") or ""), ""
    return ColumnPlan(
        index=column.index, field=key, header=column.header, rule=rule, reading=reading[:40], default=default
    )


def _rule(text: str, field: ImportField) -> FieldRule:
    if text == FieldRule.APPEND and not may_append(field):
        return FieldRule.OVERWRITE
    if text in set(FieldRule):
        return FieldRule(text)
    return FieldRule.APPEND if field.multiple else FieldRule.OVERWRITE


def may_append(field: ImportField) -> bool:
    """Can something be added to the values of this field?"""
    return field.multiple or field.kind == "long_text"


def with_choices(plan: Plan, post: QueryDict, keys: Iterable[str]) -> Plan:
    """Return the plan with the mode, the key and the silence that the page of duplicates sent."""
    mode = post.get("mode", "")
    key = post.get("key", "")
    return replace(
        plan,
        mode=Mode(mode) if mode in set(Mode) else plan.mode,
        key=key if key in set(keys) else plan.key,
        quiet=post.get("loud") != "1",
    )


def settled(plan: Plan, keys: Sequence[Key]) -> Plan:
    """Return the plan with a key that its columns can serve: the present one, else the first that fits, else none."""
    mapped = {each.field for each in plan.columns}
    fitting = [each.key for each in keys if mapped.issuperset(each.fields)]
    if plan.key in fitting or (not plan.key and plan.mode is Mode.ADD):
        return plan
    if fitting:
        return replace(plan, key=fitting[0])
    return replace(plan, key="", mode=Mode.ADD)
