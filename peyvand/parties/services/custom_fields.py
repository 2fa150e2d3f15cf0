"""Custom fields of customers and of other records (`core.custom_fields.hosts`): made, changed, put in order, removed.

Who shapes the customers shapes the other records, too; only fields of customers are limited to categories.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.custom_fields import defining, hosts, key_of
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.models import CustomField
from peyvand.parties.errors import FieldRemoved
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, CategoryField
from peyvand.parties.services.categories import SHAPE
from peyvand.parties.shapes import ChoiceDetails, FieldDetails

KEPT = timedelta(days=30)  # how long the values of a removed field are kept
_PURGE = """
UPDATE {table} SET custom = custom - %(key)s WHERE id IN (
  SELECT id FROM {table} WHERE custom ? %(key)s ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
"""


@transaction.atomic
def create_custom_field(*, actor: User | None, kind: str, details: FieldDetails, host: str = HOST) -> CustomField:
    """Add a field to a kind of record, of customers for all or for those of chosen categories.

    host: its key. Errors: NotAllowed, Invalid, FieldNamed.
    """
    _require(actor)
    if host not in {each.key for each in hosts.all_hosts()}:
        raise Invalid(fields={"host": _("There is no such choice.")})
    if kind not in hosts.host_of(host).kinds:
        raise Invalid(fields={"kind": _("There is no such choice.")})
    custom = CustomField(host=host, kind=kind)
    _write(custom, details)
    defining.add(custom)
    _write_categories(custom, details.categories)
    return custom


@transaction.atomic
def change_custom_field(
    *, actor: User | None, custom: CustomField, details: FieldDetails, version: int | None
) -> CustomField:
    """Rename a field, change its choices and whom it is for; values stay as they are.

    Choices that are not written any more are switched off; an id is never used again.
    Errors: NotAllowed, Invalid, FieldNamed, FieldRemoved, Conflict.
    """
    _require(actor)
    held = hold(custom, version)
    _write(held, details)
    held.version += 1
    defining.saved(held)
    _write_categories(held, details.categories)
    return held


@transaction.atomic
def order_custom_fields(*, actor: User | None, ids: Sequence[int], host: str = HOST) -> None:
    """Bring the fields of a kind of record into this order, in forms and everywhere else. Errors: NotAllowed."""
    _require(actor)
    defining.reorder(host, ids)


@transaction.atomic
def remove_custom_field(*, actor: User, custom: CustomField, version: int | None = None) -> CustomField:
    """Take a field away: values are kept for 30 days, views and segments that name it say so, nothing asks for it.

    Errors: NotAllowed, FieldRemoved, Conflict.
    """
    _require(actor)
    held = hold(custom, version)
    held.removed_at = timezone.now()
    held.version += 1
    held.was_asked_in = hosts.host_of(held.host).forget(key_of(held), actor)
    return defining.saved(held)


@transaction.atomic
def restore_custom_field(*, actor: User, custom: CustomField) -> CustomField:
    """Bring a removed field back with its values, also where it was asked for (categories, stages).

    Errors: NotAllowed, Conflict when it was purged or not removed, FieldNamed when its name is taken.
    """
    _require(actor)
    held = defining.hold(custom, None)
    if held.removed_at is None or held.removed_at < timezone.now() - KEPT:
        raise Conflict
    defining.named(held, held.label, held.label_en, held.help)
    held.removed_at, held.version = None, held.version + 1
    asking, held.was_asked_in = held.was_asked_in, []
    defining.saved(held)
    hosts.host_of(held.host).ask_again(key_of(held), asking, actor)
    return held


def purge_removed(*, most: int = 2000) -> int:
    """Forget the values of fields that were removed 30 days ago; at most `most` of each, a transaction each.

    Returns how many records had one; call again until it is zero.
    """
    old = CustomField.objects.filter(removed_at__lt=timezone.now() - KEPT).values_list("host", "pk")
    tables = {host.key: host.table for host in hosts.all_hosts()}
    changed = 0
    for host, pk in old.filter(host__in=tables):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_PURGE.format(table=tables[host]), {"key": str(pk), "most": most})
            changed += cursor.rowcount
    return changed


def hold(custom: CustomField, version: int | None) -> CustomField:
    """Lock a field that is there. Errors: NotFound, Conflict, FieldRemoved."""
    held = defining.hold(custom, version)
    if held.removed_at is not None:
        raise FieldRemoved
    return held


def choices_with(custom: CustomField, written: Sequence[ChoiceDetails]) -> list[defining.Choice]:
    """The choices of a field after they were written anew. Raises Invalid."""
    return defining.with_choices(custom.choices, [(row.id, row.fa, row.en, row.off) for row in written])


def _write(custom: CustomField, details: FieldDetails) -> None:
    defining.named(custom, details.label, details.label_en, details.help)
    if custom.kind in defining.WITH_CHOICES:
        custom.choices = choices_with(custom, details.choices)
        defining.check_choices(custom)


def _write_categories(custom: CustomField, categories: Sequence[int]) -> None:
    if custom.host != HOST and categories:
        raise Invalid(fields={"categories": _("Only fields of customers are limited to categories.")})
    wanted = set(Category.objects.filter(pk__in=categories).values_list("pk", flat=True))
    if wanted != set(categories):
        raise Invalid(fields={"categories": _("There is no such category any more.")})
    CategoryField.objects.filter(field=custom).exclude(category_id__in=wanted).delete()
    known = set(CategoryField.objects.filter(field=custom).values_list("category_id", flat=True))
    CategoryField.objects.bulk_create(CategoryField(category_id=pk, field=custom) for pk in wanted - known)


def _require(actor: User | None) -> None:
    if actor is not None:
        require(actor, SHAPE)
