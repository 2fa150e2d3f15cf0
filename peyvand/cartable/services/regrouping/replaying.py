"""What a regrouping would have made of a request that it found otherwise; nothing is written."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from peyvand.cartable.models import Regrouping, RegroupMove, Request, RequestMessage
from peyvand.cartable.services import holding
from peyvand.cartable.services.regrouping.journal import REQUEST
from peyvand.cartable.services.regrouping.taking_over import receive, take_over
from peyvand.cartable.services.work import Work
from peyvand.channels.models import Message

SECRET = "secret"  # noqa: S105  # the name of a detail: what was moved came out of a confidential request


def replayed(made: Regrouping, found: Mapping[str, Any]) -> dict[str, Any]:
    """These cells as `made` would have left them, had it found them so; moments as the journal writes them.

    found: of the target; the rest of it is as it is now. What was put into it is as it was then.
    """
    target = _as_remembered(Request.objects.get(pk=made.target_id), found)
    work = Work(None, target, made.at)
    if made.kind == Regrouping.Kind.MERGE:
        take_over(work, sources_of(made))
    elif made.kind == Regrouping.Kind.MOVE:
        _move(work, made)
    if made.kind == Regrouping.Kind.MERGE and target.is_active:
        holding.back_to_review(target)
    return {name: _written(getattr(target, name)) for name in found}


def brought_secrets(made: Regrouping) -> bool:
    """Was anything that it put into its target confidential?"""
    return bool(made.details.get(SECRET)) or any(one.confidential for one in sources_of(made))


def sources_of(made: Regrouping) -> list[Request]:
    """The requests of which it was made, as they were before."""
    rows = dict(made.rows.filter(model=REQUEST).values_list("row", "before"))
    return [_as_remembered(one, rows.get(one.pk, {})) for one in made.sources.order_by("pk")]


def _move(work: Work, made: Regrouping) -> None:
    target = work.request
    moved = [pk for one in made.moves.filter(what=RegroupMove.What.MESSAGE) for pk in one.ids]
    rows = list(RequestMessage.objects.filter(pk__in=moved).select_related("message"))
    target.confidential = target.confidential or brought_secrets(made)
    receive(work, rows)
    said = [one.at for one in rows if one.message.direction == Message.Direction.IN]
    target.last_inbound_at = max((one for one in (target.last_inbound_at, *said) if one), default=None)


def _as_remembered(request: Request, cells: Mapping[str, Any]) -> Request:
    columns = {one.attname: one for one in Request._meta.concrete_fields}
    for name, value in cells.items():
        setattr(request, name, columns[name].to_python(value))
    return request


def _written(value: Any) -> Any:
    """As `to_jsonb` writes it: a moment without the zeros behind its fraction."""
    if not isinstance(value, datetime):
        return value
    moment = value.astimezone(UTC)
    fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}+00:00"
