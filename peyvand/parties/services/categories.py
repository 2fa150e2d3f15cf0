"""Categories: the business's own kinds of customers, with the minimum that each asks for."""

import time
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import PROTECT, F, ManyToOneRel, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import custom_fields, long_jobs
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.long_jobs import Slice, long_job
from peyvand.core.models import CustomField, LongJob
from peyvand.core.record_fields import fields_of
from peyvand.core.text import display_norm, search_norm
from peyvand.parties.errors import CategoryNamed, CategoryUsed, NameTaken
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, CategoryField, Party
from peyvand.parties.services.derived import derive, touch
from peyvand.parties.shapes import CategoryDetails

SHAPE = "parties.shape"
AT_ONCE = 300  # customers that are changed in the request itself
BATCH = 200
MOST_NAMED = 5  # rules that an error names
RECOUNT, MOVE = "parties.recount_completeness", "parties.move_category"
# What a minimum may ask for, besides custom fields: what a person can know and write down.
ASKABLE = """name first_name last_name honorific job_title organisation city province postal_code phone email
preferred_channel consents roles tags owner branch birth_date gender marital_status children education occupation
income_band language industry employees website interests national_id legal_id economic""".split()


@transaction.atomic
def create_category(*, actor: User | None, details: CategoryDetails) -> Category:
    """Add a category, after the others. Errors: NotAllowed, Invalid, NameTaken."""
    _require(actor)
    last = Category.objects.aggregate(last=Max("order"))["last"] or 0
    category = Category(order=min(last + 10, 32_000))
    _write(category, details)
    category.save()
    _write_fields(category, details.fields)
    return category


@transaction.atomic
def change_category(
    *, actor: User | None, category: Category, details: CategoryDetails, version: int | None
) -> Category:
    """Change a category; a new minimum is counted again for its customers, many of them as long work.

    Errors: NotAllowed, Invalid, NameTaken, Conflict, NotFound.
    """
    _require(actor)
    category = hold(category, version)
    asked_before = list(category.required)
    _write(category, details)
    category.version += 1
    category.save()
    _write_fields(category, details.fields)
    if list(category.required) != asked_before:
        recount(actor=actor, category=category)
    return category


@transaction.atomic
def set_category_active(*, actor: User | None, category: Category, is_active: bool, version: int | None) -> Category:
    """Take a category out of the choices, or offer it again; customers keep it. Errors: NotAllowed, Conflict."""
    _require(actor)
    category = hold(category, version)
    category.is_active, category.version = is_active, category.version + 1
    category.save(update_fields=["is_active", "version"])
    return category


@transaction.atomic
def order_categories(*, actor: User | None, ids: Sequence[int]) -> None:
    """Bring categories into this order; others follow as they were. Errors: NotAllowed."""
    _require(actor)
    known = list(Category.objects.select_for_update().order_by("order", "id").values_list("pk", flat=True))
    wanted = [pk for pk in dict.fromkeys(ids) if pk in known]
    for place, pk in enumerate([*wanted, *(pk for pk in known if pk not in wanted)], 1):
        Category.objects.filter(pk=pk).update(order=place * 10)


@transaction.atomic
def remove_category(
    *, actor: User, category: Category, to: Category | None = None, leave_none: bool = False, version: int | None = None
) -> LongJob | None:
    """Remove a category. Its customers get `to`, or none when `leave_none` says so; many of them as long work.

    Returns the job that moves them, None when there was nobody. Until the job ends the category is out of the choices
    and stays with those whose turn has not come. Errors: NotAllowed, Conflict, CategoryNamed, CategoryUsed, Invalid.
    """
    _require(actor)
    category = hold(category, version)
    if to is not None and (to.pk == category.pk or not to.is_active):
        raise Invalid(fields={"to": _("Choose another category that is in use.")})
    _require_unnamed(category)
    count = Party.objects.filter(category=category).count()
    if not count:
        category.delete()
        return None
    if to is None and not leave_none:
        raise CategoryUsed
    category.is_active, category.version = False, category.version + 1
    category.save(update_fields=["is_active", "version"])
    params = {"category": category.pk, "to": to.pk if to else None, "name": category.name}
    title = _("Remove the category «%(name)s»") % {"name": category.name}
    return _begin(count)(kind=MOVE, owner_id=actor.pk, title=title, params=params, total=count)


def recount(*, actor: User | None, category: Category) -> None:
    """Derive the completeness of the customers of a category again, in the background when they are many."""
    count = Party.objects.filter(category=category).count()
    if not count:
        return
    if count <= AT_ONCE or actor is None:
        derive(Party.objects.filter(category=category).values_list("pk", flat=True))
        return
    title = _("Count the completeness of «%(name)s» again") % {"name": category.name}
    long_jobs.start(kind=RECOUNT, owner_id=actor.pk, title=title, params={"category": category.pk}, total=count)


def hold(category: Category, version: int | None) -> Category:
    """Lock a category in the state that was seen. Errors: NotFound, Conflict."""
    held = Category.objects.select_for_update().filter(pk=category.pk).first()
    if held is None:
        raise NotFound
    if version is not None and held.version != version:
        raise Conflict
    return held


def askable() -> dict[str, str]:
    """The keys that a minimum may name, with their names: those of every customer, then the custom fields."""
    fields = fields_of(HOST)
    keys = [*ASKABLE, *(key for key in fields if custom_fields.id_of(key) is not None)]
    named = {key: str(fields[key].label) for key in keys if key in fields}
    return named | {"name": _("Full name")}


@long_job(RECOUNT, label=gettext_lazy("Counting of completeness"))
def recount_slice(job: LongJob) -> Slice:
    """Derive some customers of a category again, in the order of their numbers."""
    end, after, done, ids = long_jobs.slice_end(), job.cursor.get("after", 0), 0, [0]
    while ids and time.monotonic() < end:
        rows = Party.objects.filter(category_id=job.params["category"], pk__gt=after).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        derive(ids)
        after, done = ids[-1] if ids else after, done + len(ids)
    return Slice(cursor={"after": after}, done=done, finished=not ids)


@long_job(MOVE, label=gettext_lazy("Removal of a category"))
def move_slice(job: LongJob) -> Slice:
    """Move some customers; the last slice removes the category."""
    end, done, ids = long_jobs.slice_end(), 0, [0]
    old, to = job.params["category"], job.params["to"]
    while ids and time.monotonic() < end:
        rows = Party.objects.select_for_update().filter(category_id=old).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        Party.objects.filter(pk__in=ids).update(category_id=to)
        touch(ids)
        done += len(ids)
    if not ids:
        for category in Category.objects.filter(pk=old):
            _require_unnamed(category)
            category.delete()
    return Slice(cursor={}, done=done, finished=not ids)


def _require_unnamed(category: Category) -> None:
    """Nothing besides customers may point to a category that goes: a rule would be lost with it, and nobody told."""
    hidden = Category._meta.get_fields(include_hidden=True)
    pointing = [one for one in hidden if isinstance(one, ManyToOneRel) and one.on_delete is PROTECT]
    names: list[str] = []
    for one in pointing:
        if one.related_model is not Party:
            rows = one.related_model._default_manager.filter(**{one.field.name: category})
            names += map(str, rows[:MOST_NAMED])
    if names:
        raise CategoryNamed(names)


def _begin(count: int) -> Callable[..., LongJob]:
    return long_jobs.start if count > AT_ONCE else long_jobs.run_now


def _require(actor: User | None) -> None:
    if actor is not None:
        require(actor, SHAPE)


def _write(category: Category, details: CategoryDetails) -> None:
    name = display_norm(details.name)
    if not name or len(name) > 80:
        raise Invalid(fields={"name": _("Write a name of at most 80 characters.")})
    if Category.objects.filter(norm=search_norm(name)).exclude(pk=category.pk).exists():
        raise NameTaken(fields={"name": str(NameTaken())})
    if details.applies_to not in Category.For:
        raise Invalid(fields={"applies_to": _("There is no such choice.")})
    category.name, category.norm = name, search_norm(name)[:80]
    category.description = display_norm(details.description)[:300]
    category.applies_to = details.applies_to
    category.hue = details.hue if 1 <= details.hue <= 6 else 1
    category.required = _checked(details.required)


def _checked(keys: Sequence[str]) -> list[str]:
    known = askable()
    for key in keys:
        if key not in known:
            raise Invalid(fields={"required": _("There is no such field; it may have been removed.")})
    return list(dict.fromkeys(keys))


def _write_fields(category: Category, fields: Sequence[int] | None) -> None:
    if fields is None:
        return
    wanted = set(CustomField.objects.filter(pk__in=fields, host=HOST, removed_at=None).values_list("pk", flat=True))
    if wanted != set(fields):
        raise Invalid(fields={"fields": _("There is no such field; it may have been removed.")})
    CategoryField.objects.filter(category=category).exclude(field_id__in=wanted).delete()
    known = set(CategoryField.objects.filter(category=category).values_list("field_id", flat=True))
    CategoryField.objects.bulk_create(CategoryField(category=category, field_id=pk) for pk in wanted - known)


def forget_key(key: str) -> list[int]:
    """Ask for a field no more, wherever it is asked for; return the ids of the categories that did."""
    asking = list(Category.objects.select_for_update().filter(required__contains=[key]))
    for category in asking:
        category.required = [each for each in category.required if each != key]
        category.version += 1
        category.save(update_fields=["required", "version"])
    return [category.pk for category in asking]


def ask_again(key: str, ids: Sequence[int]) -> list[Category]:
    """Ask for a field again in these categories, those that are still there; return them."""
    held = list(Category.objects.select_for_update().filter(pk__in=ids).exclude(required__contains=[key]))
    for category in held:
        category.required = [*category.required, key]
        category.version = F("version") + 1
        category.save(update_fields=["required", "version"])
    return held
