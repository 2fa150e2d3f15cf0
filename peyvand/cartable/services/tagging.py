"""Tags on requests: the words that the business hangs on its customers, too (`parties.Tag`)."""

from collections.abc import Collection

from django.db import connection, transaction

from peyvand.accounts.context import Actor
from peyvand.cartable.errors import TooManyTags
from peyvand.cartable.events import RequestChanged
from peyvand.cartable.models import IS_TAGGED, Request
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.types import StepKind, Undoable
from peyvand.core.errors import NotFound
from peyvand.parties.models import Tag
from peyvand.parties.tag_carriers import Carrier, carries_tags

MOST_TAGS = 20
# Exchanges a tag for another, or takes it off, and keeps every tag once.
_EXCHANGE = """
UPDATE cartable_request SET tag_ids = CASE WHEN %(to)s::int IS NULL OR %(to)s::int = ANY (tag_ids)
  THEN array_remove(tag_ids, %(old)s) ELSE array_replace(tag_ids, %(old)s, %(to)s::int) END
WHERE id = ANY (%(ids)s)
"""


@transaction.atomic
def tag(
    *,
    actor: Actor,
    request_id: int,
    add: Collection[int] = (),
    remove: Collection[int] = (),
    expected_version: int | None = None,
) -> Undoable:
    """Hang tags on a request and take others off; what is so already is no step and has no undo.

    add, remove: ids of `parties.Tag`. Raises NotFound for a tag that there is not, TooManyTags beyond 20.
    """
    request = lock(actor, request_id, "cartable.handle", expected_version=expected_version)
    wanted = [pk for pk in request.tag_ids if pk not in remove] + [pk for pk in add if pk not in request.tag_ids]
    wanted = list(dict.fromkeys(wanted))
    if set(wanted) == set(request.tag_ids):
        return Undoable(request_id=request.pk, version=request.version, undo="")
    if len(wanted) > max(MOST_TAGS, len(request.tag_ids)):  # merged requests may carry more together
        raise TooManyTags(fields={"tags": str(len(wanted))})
    if Tag.objects.filter(pk__in=add).count() != len(set(add)):
        raise NotFound
    work = Work(actor, request)
    request.tag_ids = wanted
    return work.done(
        StepKind.CHANGED, events=[RequestChanged(request_id=request.pk)], details={"after": {"tag_ids": wanted}}
    )


def count_with(tag_id: int) -> int:
    """How many requests carry a tag."""
    return Request.objects.filter(IS_TAGGED, tag_ids__contains=[tag_id]).count()


def exchange_tag(tag_id: int, to: int | None, limit: int) -> int:
    """Exchange a tag that is merged into another, or removed (`to` None), on some requests; return on how many."""
    rows = Request.objects.select_for_update().filter(IS_TAGGED, tag_ids__contains=[tag_id]).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:limit])
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_EXCHANGE, {"old": tag_id, "to": to, "ids": ids})
    return len(ids)


carries_tags(Carrier(name="requests", count=count_with, exchange=exchange_tag))
