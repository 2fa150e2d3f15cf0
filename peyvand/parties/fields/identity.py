"""What a party is called, what it is, and where it belongs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.core import record_conditions as conditions
from peyvand.core.record_fields import Asked, Bulk, Choice, Kind, Op, Reading, RecordField
from peyvand.core.text import sort_key
from peyvand.parties.fields.host import column, key_of
from peyvand.parties.fields.words import worded
from peyvand.parties.models import Category, Party, Tag
from peyvand.parties.types import Role

IDENTITY = _("Identity")
OF_NAME = (Op.CONTAINS, Op.IS, Op.IS_NOT, Op.STARTS)


def _name(op: Op, value: Any, asked: Asked) -> Q:
    """Compare the name in the Persian order's letters, which fold spellings; the index of words finds it first."""
    key = sort_key(value)
    match op:
        case Op.STARTS:
            return conditions.prefix("sort_key", key)
        case Op.IS:
            return Q(sort_key=key)
        case Op.IS_NOT:
            return ~Q(sort_key=key)
    spaceless = Replace(F("sort_key"), Value(" "), Value(""))
    return worded(op, value, is_joined=True) & Q(Contains(spaceless, key.replace(" ", "")))


def categories(asked: Asked) -> Iterable[Choice]:
    """The categories of the business, those that are not used any more at the end."""
    rows = Category.objects.order_by("-is_active", "order", "id").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def tags(asked: Asked) -> Iterable[Choice]:
    """All tags by their name."""
    return [(str(pk), name) for pk, name in Tag.objects.order_by("norm").values_list("pk", "name")]


def _keys(found: Iterable[int] | None) -> list[str]:
    return [str(pk) for pk in found or ()]


FIELDS = (
    RecordField(
        key="name",
        label=_("Name"),
        kind=Kind.TEXT,
        read=column("name"),
        condition=_name,
        operators=OF_NAME,
        order=("sort_key", "id"),
        group=IDENTITY,
        icon="user",
        is_editable=True,
        is_shown_first=True,
    ),
    RecordField(
        key="first_name",
        label=pgettext_lazy("field", "First name"),
        kind=Kind.TEXT,
        read=column("first_name"),
        condition=conditions.text("first_name", narrowed_by=worded),
        group=IDENTITY,
        is_editable=True,
    ),
    RecordField(
        key="last_name",
        label=_("Last name"),
        kind=Kind.TEXT,
        read=column("last_name"),
        condition=conditions.text("last_name", narrowed_by=worded),
        group=IDENTITY,
        is_editable=True,
    ),
    RecordField(
        key="kind",
        label=_("Kind"),
        kind=Kind.CHOICE,
        read=column("kind"),
        condition=conditions.choice("kind"),
        operators=(Op.IS, Op.IS_NOT, Op.ANY_OF),
        choices=lambda asked: Party.Kind.choices,
        group=IDENTITY,
    ),
    RecordField(
        key="honorific",
        label=_("Honorific"),
        kind=Kind.TEXT,
        read=column("honorific"),
        condition=conditions.text("honorific"),
        group=IDENTITY,
        is_editable=True,
    ),
    RecordField(
        key="job_title",
        label=_("Job title"),
        kind=Kind.TEXT,
        read=column("job_title"),
        condition=conditions.text("job_title", narrowed_by=worded),
        group=IDENTITY,
        icon="briefcase",
        is_editable=True,
    ),
    RecordField(
        key="organisation",
        label=_("Organisation"),
        kind=Kind.PARTY,
        read=column("organisation_id"),
        condition=conditions.record("organisation_id"),
        group=IDENTITY,
        icon="building",
        is_editable=True,
        is_shown_first=True,
    ),
    RecordField(
        key="category",
        label=_("Category"),
        kind=Kind.CHOICE,
        read=key_of("category"),
        condition=conditions.choice("category_id", int, empty=None),
        choices=categories,
        group=IDENTITY,
        icon="category",
        is_editable=True,
        is_shown_first=True,
    ),
    RecordField(
        key="life_cycle",
        label=_("Life cycle"),
        kind=Kind.CHOICE,
        read=column("life_cycle"),
        condition=conditions.choice("life_cycle"),
        operators=(Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF),
        choices=lambda asked: Party.LifeCycle.choices,
        group=IDENTITY,
        is_editable=True,
    ),
    RecordField(
        key="roles",
        label=_("Roles"),
        kind=Kind.CHOICES,
        read=column("roles"),
        condition=conditions.array("roles"),
        choices=lambda asked: Role.choices,
        group=IDENTITY,
    ),
    RecordField(
        key="tags",
        label=_("Tags"),
        kind=Kind.CHOICES,
        read=Reading(lambda party: _keys(party.tag_ids), Bulk(path="tag_ids", made=_keys)),
        condition=conditions.array("tag_ids", int),
        choices=tags,
        group=IDENTITY,
        icon="tag",
        is_editable=True,
    ),
)
