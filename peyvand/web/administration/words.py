"""Names of scopes as people read them."""

from peyvand.accounts.models import RolePermission
from peyvand.accounts.types import Scope


def scope_name(scope: Scope | str | None) -> str:
    """«شعبه و زیر آن»; empty for None."""
    return "" if scope is None else str(RolePermission.Scope(str(scope)).label)
