"""One row of a customer by its id."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from peyvand.core.errors import NotFound

M = TypeVar("M", bound=Model)


def row_of(rows: QuerySet[M], pk: int) -> M:
    """Return the row of a list that is already cut to one customer. Raises NotFound."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
