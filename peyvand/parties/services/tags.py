"""Tags: words that a business hangs on its customers."""

import time
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import long_jobs
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.long_jobs import Slice, long_job
from peyvand.core.models import LongJob
from peyvand.core.text import display_norm, search_norm
from peyvand.parties.errors import NameTaken
from peyvand.parties.models import Party, Tag
from peyvand.parties.services.derived import touch
from peyvand.parties.tag_carriers import count_elsewhere, exchange_elsewhere

SHAPE = "parties.shape"
AT_ONCE = 300
BATCH = 200
MOST_NAME = 60
REPLACE = "parties.replace_tag"
# Exchanges a tag for another, or takes it off, and keeps every tag once.
_EXCHANGE = """
UPDATE parties_party SET tag_ids = CASE WHEN %(to)s::int IS NULL OR %(to)s::int = ANY (tag_ids)
  THEN array_remove(tag_ids, %(old)s) ELSE array_replace(tag_ids, %(old)s, %(to)s::int) END
WHERE id = ANY (%(ids)s)
"""


@transaction.atomic
def create_tag(*, actor: User | None, name: str, hue: int = 1) -> Tag:
    """Add a tag. Errors: NotAllowed, Invalid, NameTaken."""
    _require(actor)
    tag = Tag(hue=_hue(hue))
    _name(tag, name)
    tag.save()
    return tag


@transaction.atomic
def change_tag(*, actor: User | None, tag: Tag, name: str, hue: int, version: int | None = None) -> Tag:
    """Rename a tag or colour it. Errors: NotAllowed, Invalid, NameTaken, NotFound, Conflict."""
    _require(actor)
    held = _hold(tag)
    if version is not None and held.version != version:
        raise Conflict
    _name(held, name)
    held.hue, held.version = _hue(hue), held.version + 1
    held.save()
    return held


@transaction.atomic
def merge_tags(*, actor: User, tag: Tag, into: Tag) -> LongJob | None:
    """Make two tags one: customers of `tag` get `into`, then `tag` is gone. Errors: NotAllowed, Invalid, NotFound.

    Returns the job that exchanges them, None when nobody had the tag.
    """
    _require(actor)
    if tag.pk == into.pk:
        raise Invalid(fields={"into": _("Choose another tag.")})
    _hold(into)
    return _replace(actor, _hold(tag), into)


@transaction.atomic
def remove_tag(*, actor: User, tag: Tag) -> LongJob | None:
    """Take a tag off every customer and forget it. Errors: NotAllowed, NotFound."""
    _require(actor)
    return _replace(actor, _hold(tag), None)


@long_job(REPLACE, label=gettext_lazy("Change of a tag"))
def replace_slice(job: LongJob) -> Slice:
    """Exchange the tag of some customers; the last slice forgets it."""
    end, done, ids, more = long_jobs.slice_end(), 0, [0], 1
    old, to = job.params["tag"], job.params["to"]
    while ids and time.monotonic() < end:
        rows = Party.objects.select_for_update().filter(tag_ids__contains=[old]).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        with connection.cursor() as cursor:
            cursor.execute(_EXCHANGE, {"old": old, "to": to, "ids": ids})
        touch(ids)
        done += len(ids)
    while not ids and more and time.monotonic() < end:
        more = exchange_elsewhere(old, to, BATCH)
        done += more
    if not more:
        Tag.objects.filter(pk=old).delete()
    return Slice(cursor={}, done=done, finished=not more)


def _replace(actor: User, tag: Tag, to: Tag | None) -> LongJob | None:
    count = Party.objects.filter(tag_ids__contains=[tag.pk]).count() + count_elsewhere(tag.pk)
    if not count:
        tag.delete()
        return None
    texts = {"name": tag.name, "to": to.name if to else ""}
    title = _("Merge the tag «%(name)s» into «%(to)s»") % texts if to else _("Remove the tag «%(name)s»") % texts
    params: dict[str, Any] = {"tag": tag.pk, "to": to.pk if to else None}
    begin = long_jobs.start if count > AT_ONCE else long_jobs.run_now
    return begin(kind=REPLACE, owner_id=actor.pk, title=title, params=params, total=count)


def _hold(tag: Tag) -> Tag:
    held = Tag.objects.select_for_update().filter(pk=tag.pk).first()
    if held is None:
        raise NotFound
    return held


def _name(tag: Tag, name: str) -> None:
    written = display_norm(name)
    if not search_norm(written) or len(written) > MOST_NAME:
        raise Invalid(fields={"name": _("Write a name of at most 60 characters.")})
    norm = search_norm(written)[:MOST_NAME]
    if Tag.objects.filter(norm=norm).exclude(pk=tag.pk).exists():
        raise NameTaken(fields={"name": str(NameTaken())})
    tag.name, tag.norm = written, norm


def _hue(hue: int) -> int:
    return hue if 1 <= hue <= 6 else 1


def _require(actor: User | None) -> None:
    if actor is not None:
        require(actor, SHAPE)
