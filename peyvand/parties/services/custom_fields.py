"""The custom fields of customers: made, changed, put in order, removed and brought back, purged."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.custom_fields import defining, key_of
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.models import CustomField
from peyvand.parties.errors import FieldRemoved
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, CategoryField
from peyvand.parties.services.categories import SHAPE, ask_again, forget_key, recount
from peyvand.parties.shapes import ChoiceDetails, FieldDetails

KEPT = timedelta(days=30)  # how long the values of a removed field are kept
_PURGE = """
UPDATE parties_party SET custom = custom - %(key)s WHERE id IN (
  SELECT id FROM parties_party WHERE custom ? %(key)s ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
"""


@transaction.atomic
def create_custom_field(*, actor: User | None, kind: str, details: FieldDetails) -> CustomField:
    """Add a field for all customers, or for those of chosen categories. Errors: NotAllowed, Invalid, FieldNamed."""
    _require(actor)
    if kind not in CustomField.Kind:
        raise Invalid(fields={"kind": _("There is no such choice.")})
    custom = CustomField(host=HOST, kind=kind)
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
def order_custom_fields(*, actor: User | None, ids: Sequence[int]) -> None:
    """Bring fields into this order, in forms and everywhere else. Errors: NotAllowed."""
    _require(actor)
    defining.reorder(HOST, ids)


@transaction.atomic
def remove_custom_field(*, actor: User, custom: CustomField, version: int | None = None) -> CustomField:
    """Take a field away: values are kept for 30 days, views and segments that name it say so, no category asks for it.

    Errors: NotAllowed, FieldRemoved, Conflict.
    """
    _require(actor)
    held = hold(custom, version)
    held.removed_at = timezone.now()
    held.version += 1
    held.was_asked_in = forget_key(key_of(held))
    defining.saved(held)
    for category in Category.objects.filter(pk__in=held.was_asked_in):
        recount(actor=actor, category=category)
    return held


@transaction.atomic
def restore_custom_field(*, actor: User, custom: CustomField) -> CustomField:
    """Bring a removed field back with its values, also into the minimum of categories that asked for it.

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
    for category in ask_again(key_of(held), asking):
        recount(actor=actor, category=category)
    return held


def purge_removed(*, most: int = 2000) -> int:
    """Forget the values of fields that were removed 30 days ago; at most `most` of each, a transaction each.

    Returns how many customers had one; call again until it is zero.
    """
    old = CustomField.objects.filter(host=HOST, removed_at__lt=timezone.now() - KEPT).values_list("pk", flat=True)
    changed = 0
    for pk in old:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_PURGE, {"key": str(pk), "most": most})
            changed += cursor.rowcount
    return changed


def hold(custom: CustomField, version: int | None) -> CustomField:
    """Lock a field of customers that is there. Errors: NotFound, Conflict, FieldRemoved."""
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
    wanted = set(Category.objects.filter(pk__in=categories).values_list("pk", flat=True))
    if wanted != set(categories):
        raise Invalid(fields={"categories": _("There is no such category any more.")})
    CategoryField.objects.filter(field=custom).exclude(category_id__in=wanted).delete()
    known = set(CategoryField.objects.filter(field=custom).values_list("category_id", flat=True))
    CategoryField.objects.bulk_create(CategoryField(category_id=pk, field=custom) for pk in wanted - known)


def _require(actor: User | None) -> None:
    if actor is not None:
        require(actor, SHAPE)
