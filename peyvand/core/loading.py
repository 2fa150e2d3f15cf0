"""Loading no more of a record than is shown of it."""

from functools import cache

from django.db.models import Model


@cache
def all_but(model: type[Model], path: str, *kept: str) -> tuple[str, ...]:
    """The names for `defer` of every column of a joined record but its key and those that are kept.

    model: of the joined record; path: the relation that leads to it. A list of fifty rows that names a customer and an
    owner would read two hundred columns that nobody looks at.
    """
    fields = (field for field in model._meta.concrete_fields if not field.primary_key and field.name not in kept)
    return tuple(f"{path}__{field.name}" for field in fields)
