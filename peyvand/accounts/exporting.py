"""Lists that can be taken out, each by a named permission; an app registers its own in one call."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from peyvand.accounts.acting import actor_of, token_of
from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, require
from peyvand.core import exports
from peyvand.core.exports import Export, ExportList


def register_list(
    key: str, permission: str, *, rows: Callable[[User, Export], QuerySet[Any]], **more: Any
) -> ExportList:
    """Have a list taken out by who holds `permission`; rows(actor, export): what he both sees and may take out.

    more: host, name, order, title, note, cards and card_fields as in `ExportList`.
    """
    return exports.register(
        ExportList(
            key=key,
            rows=rows,
            require=partial(_require, permission),
            asked=asked_by,
            actor_of=actor_of,
            token_of=token_of,
            **more,
        )
    )


def _require(permission: str, actor: User) -> None:
    require(actor, permission)
