"""Where categories, custom fields and tags are used, and what the pages of the shape list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from peyvand.core.custom_fields import hosts, key_of
from peyvand.core.models import CustomField, SavedView
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, CategoryField, Party, Segment, Tag
from peyvand.parties.shapes import Usage

_TAGS = """
SELECT tag, count(*) FROM parties_party, unnest(tag_ids) AS tag WHERE deleted_at IS NULL GROUP BY 1
"""
_CATEGORIES = "SELECT category_id, count(*) FROM parties_party WHERE deleted_at IS NULL GROUP BY 1"

Names = Callable[[Mapping[str, Any]], bool]


def categories() -> QuerySet[Category]:
    """All categories in their order, those out of use at the end."""
    return Category.objects.order_by("-is_active", "order", "id")


def customers_by_category() -> dict[int | None, int]:
    """How many customers each category has; under None those without one."""
    return _counts(_CATEGORIES)


def customers_by_tag() -> dict[int, int]:
    """How many customers each tag has."""
    return {tag: count for tag, count in _counts(_TAGS).items() if tag is not None}


def custom_fields(host: str = HOST) -> QuerySet[CustomField]:
    """The fields of a kind of record in their order."""
    return CustomField.objects.filter(host=host, removed_at=None).order_by("order", "id")


def removed_fields(host: str = HOST) -> QuerySet[CustomField]:
    """Removed fields, the newest first."""
    return CustomField.objects.filter(host=host, removed_at__isnull=False).order_by("-removed_at", "-id")


def categories_of_fields() -> dict[int, list[int]]:
    """The ids of the categories that each custom field is limited to; a field for all is not there."""
    found: dict[int, list[int]] = {}
    for field, category in CategoryField.objects.order_by("category__order").values_list("field_id", "category_id"):
        found.setdefault(field, []).append(category)
    return found


def fields_of_category(category_id: int | None, fields: Iterable[CustomField]) -> list[CustomField]:
    """The custom fields that a customer of this category has, of those given: the ones for all, and its own."""
    limited = categories_of_fields()
    return [each for each in fields if each.pk not in limited or category_id in limited[each.pk]]


def tags() -> QuerySet[Tag]:
    """All tags by name."""
    return Tag.objects.order_by("norm", "id")


def field_usage(custom: CustomField) -> Usage:
    """Where a custom field is used: values, views, segments, minimums of categories, stages."""
    key, host = key_of(custom), hosts.host_of(custom.host)

    def names(condition: Mapping[str, Any]) -> bool:
        return key in (condition.get("key"), condition.get("field"))

    return Usage(
        customers=host.rows.filter(custom__has_key=str(custom.pk)).count(),
        views=sum(_names_field(state, key, names) for state in _states(host.lists)),
        segments=_segments(names),
        categories=tuple(host.names(key)),
    )


def category_usage(category: Category) -> Usage:
    """Where a category is used: customers (also those in the trash), views, segments."""
    names = _value_of("category", str(category.pk))
    return Usage(
        customers=Party.objects.filter(category=category).count(),
        views=sum(_any(state, names) for state in _states()),
        segments=_segments(names),
    )


def tag_usage(tag: Tag) -> Usage:
    """Where a tag is used: customers, views, segments."""
    names = _value_of("tags", str(tag.pk))
    return Usage(
        customers=Party.objects.filter(tag_ids__contains=[tag.pk]).count(),
        views=sum(_any(state, names) for state in _states()),
        segments=_segments(names),
    )


def _counts(statement: str) -> dict[int | None, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return dict(cursor.fetchall())


def _states(lists: Sequence[str] = ("customers",)) -> list[Any]:
    return list(SavedView.objects.filter(list__in=lists, deleted_at=None).values_list("state", flat=True))


def _segments(names: Names) -> tuple[str, ...]:
    rows = Segment.objects.filter(deleted_at=None).order_by("name").values_list("name", "rule")
    return tuple(name for name, rule in rows if _any(rule, names))


def _value_of(field: str, value: str) -> Names:
    def names(condition: Mapping[str, Any]) -> bool:
        return field in (condition.get("key"), condition.get("field")) and value in (condition.get("values") or ())

    return names


def _names_field(state: Any, key: str, names: Names) -> bool:
    """Is a field among the filters, the columns or the order of a saved list?"""
    columns = state.get("columns") if isinstance(state, Mapping) else None
    sort = str(state.get("sort", "")) if isinstance(state, Mapping) else ""
    return sort.removeprefix("-") == key or key in (columns or ()) or _any(state, names)


def _any(data: Any, names: Names) -> bool:
    """Does any condition, at any depth, fulfil `names`?"""
    if isinstance(data, Mapping):
        return names(data) or any(_any(value, names) for value in data.values())
    return isinstance(data, list) and any(_any(value, names) for value in data)
