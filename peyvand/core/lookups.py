"""Conditions that Django does not write by itself."""

from typing import Any

from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


class AnyOf(Lookup):
    """`pk = ANY(ARRAY(…))`: a short list that is read first, so that an index may answer it in an OR."""

    lookup_name = "any_of"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*left_values, *right_values)
