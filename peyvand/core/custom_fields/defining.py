"""Making and changing the definitions of custom fields. The callers have checked the permission.

Choices keep their ids for ever: one is renamed or switched off, and a new one gets a number that nobody had.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from peyvand.core.custom_fields.definitions import forget
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.models import CustomField
from peyvand.core.text import display_norm, search_norm

MOST_FIELDS = 200
MOST_CHOICES = 300
LONGEST_LABEL = 80
WITH_CHOICES = frozenset({CustomField.Kind.CHOICE, CustomField.Kind.CHOICES})
Choice = dict[str, Any]


class FieldNamed(Invalid):
    """There is a field of this name already."""

    code = "field_named"


def named(custom: CustomField, label: str, label_en: str, help_text: str) -> None:
    """Lay a name and a help text on a field that is not saved yet. Raises Invalid, FieldNamed."""
    label = display_norm(label)
    if not search_norm(label) or len(label) > LONGEST_LABEL:
        raise Invalid(fields={"label": _("Write a name of at most 80 characters.")})
    norm = search_norm(label)[:LONGEST_LABEL]
    same = CustomField.objects.filter(host=custom.host, norm=norm, removed_at=None).exclude(pk=custom.pk)
    if same.exists():
        raise FieldNamed(fields={"label": str(FieldNamed())})
    custom.label, custom.norm = label, norm
    custom.label_en = display_norm(label_en)[:LONGEST_LABEL]
    custom.help = display_norm(help_text)[:200]


def with_choices(known: Sequence[Choice], written: Iterable[tuple[int | None, str, str, bool]]) -> list[Choice]:
    """Return the choices after a change, in the order as written: (id or None, Persian, English, off).

    Known ones that are not written are switched off and kept at the end. Raises Invalid.
    """
    by_id = {int(row["id"]): row for row in known}
    highest, found, seen = max(by_id, default=0), list[Choice](), set[str]()
    for number, fa, en, off in written:
        fa, en = display_norm(fa)[:LONGEST_LABEL], display_norm(en)[:LONGEST_LABEL]
        if not fa and not en:
            continue
        name = search_norm(fa or en)
        if name in seen:
            raise Invalid(fields={"choices": _("Two choices have the same name: %(name)s") % {"name": fa or en}})
        seen.add(name)
        if number not in by_id:
            highest += 1
            number = highest
        found.append({"id": number, "fa": fa, "en": en, "off": bool(off)})
    kept = {row["id"] for row in found}
    found += [row | {"off": True} for number, row in by_id.items() if number not in kept]
    if len(found) > MOST_CHOICES:
        raise Invalid(fields={"choices": _("These are too many choices.")})
    return found


def check_choices(custom: CustomField) -> None:
    """Raise Invalid when a field of choices offers none."""
    if custom.kind in WITH_CHOICES and not any(not row.get("off") for row in custom.choices):
        raise Invalid(fields={"choices": _("Write at least one choice.")})


def add(custom: CustomField) -> CustomField:
    """Save a new field after the others of its host. Raises Invalid when there are too many."""
    live = CustomField.objects.filter(host=custom.host, removed_at=None)
    if live.count() >= MOST_FIELDS:
        raise Invalid(_("These are too many custom fields; remove some first."))
    last = live.aggregate(last=Max("order"))["last"] or 0
    custom.order = min(last + 10, 32_000)
    return saved(custom)


def saved(custom: CustomField) -> CustomField:
    """Save a definition and let this process know it at once, again when it is committed."""
    custom.save()
    forget_now()
    return custom


def forget_now() -> None:
    """Forget what this process remembers, now and after the commit."""
    forget()
    transaction.on_commit(forget, robust=True)


def hold(custom: CustomField, version: int | None) -> CustomField:
    """Lock a definition in the state that was seen. Errors: NotFound, Conflict."""
    held = CustomField.objects.select_for_update().filter(pk=custom.pk).first()
    if held is None:
        raise NotFound
    if version is not None and held.version != version:
        raise Conflict
    return held


def reorder(host: str, ids: Sequence[int]) -> None:
    """Bring the fields of a host into this order; others follow as they were."""
    rows = CustomField.objects.select_for_update().filter(host=host, removed_at=None).order_by("order", "id")
    known = list(rows.values_list("pk", flat=True))
    wanted = [pk for pk in dict.fromkeys(ids) if pk in known]
    for place, pk in enumerate([*wanted, *(pk for pk in known if pk not in wanted)], 1):
        CustomField.objects.filter(pk=pk).update(order=place * 10)
    forget_now()
