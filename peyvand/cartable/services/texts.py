"""Canned answers: written, changed, thrown away, brought back, and inserted into answers."""

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Department
from peyvand.accounts.policies import require, require_everywhere
from peyvand.accounts.scoping import within
from peyvand.cartable import variables
from peyvand.cartable.errors import ShortcutTaken, UnknownVariable
from peyvand.cartable.models import CannedAnswer, Request
from peyvand.cartable.models.texts import TEXTS
from peyvand.cartable.selectors.canned import AT_ITSELF, may_change, usable
from peyvand.cartable.selectors.variables import language_of_request, values_for
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from peyvand.core.text import display_norm, display_text, search_norm

DRAFT = "cartable.draft"
LONGEST = 20_000
TITLE, SHORTCUT = 120, 30
USE = """
    INSERT INTO cartable_canneduse AS known (canned_id, user_id, count, last_at) VALUES (%s, %s, 1, %s)
    ON CONFLICT (canned_id, user_id) DO UPDATE SET count = known.count + 1, last_at = excluded.last_at
"""


@dataclass(frozen=True, kw_only=True)
class CannedDetails:
    """A canned answer as it is written. department_id: for whom; everybody: for all; neither: for oneself."""

    title: str
    body: str
    shortcut: str = ""
    department_id: int | None = None
    everybody: bool = False


@transaction.atomic
def save_canned(
    *, actor: Actor, details: CannedDetails, canned_id: int | None = None, expected_version: int | None = None
) -> CannedAnswer:
    """Write a canned answer, or change one: one's own with `cartable.draft`, others' with `cartable.texts` there.

    expected_version: that the page showed. Raises UnknownVariable, ShortcutTaken, Invalid (empty or too long),
    NotAllowed, NotFound, Conflict.
    """
    require(actor, DRAFT)
    found = CannedAnswer() if canned_id is None else _lock(actor, canned_id)
    if expected_version is not None and found.pk and found.version != expected_version:
        raise Conflict
    _place(actor, found, details)
    found.title, found.body = display_norm(details.title), display_text(details.body).strip()
    found.shortcut = display_norm(details.shortcut).lstrip("/").replace(" ", "_")
    _check(found)
    found.search = search_norm(f"{found.shortcut} {found.title} {found.body}")
    found.changed_by = actor.user
    found.version = found.version + 1 if found.pk else 1
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as problem:
        raise ShortcutTaken(fields={"shortcut": ShortcutTaken().message}) from problem
    return found


def _lock(actor: Actor, canned_id: int, *, deleted: bool = False) -> CannedAnswer:
    rows = CannedAnswer.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.filter(pk=canned_id, deleted_at__isnull=not deleted).first()
    if found is None:
        raise NotFound
    if not may_change(actor, found):
        raise NotAllowed
    return found


def _place(actor: Actor, found: CannedAnswer, details: CannedDetails) -> None:
    """Whose it is; nobody writes for others where he may not."""
    found.owner, found.department = None, None
    if details.everybody:
        require_everywhere(actor, TEXTS)
    elif details.department_id is not None:
        found.department = department_to_write_for(actor, details.department_id)
    else:
        found.owner = actor.user


def department_to_write_for(actor: Actor, department_id: int) -> Department:
    """A department for which `actor` may write texts. Raises NotFound, NotAllowed."""
    found = Department.objects.filter(pk=department_id, is_active=True).first()
    if found is None:
        raise NotFound
    if not within(actor, TEXTS, found, AT_ITSELF):
        raise NotAllowed
    return found


def _check(found: CannedAnswer) -> None:
    limits = {"title": TITLE, "shortcut": SHORTCUT, "body": LONGEST}
    wrong = {name: "too_long" for name, limit in limits.items() if len(getattr(found, name)) > limit}
    wrong |= {name: "required" for name in ("title", "body") if not getattr(found, name)}
    if wrong:
        raise Invalid(fields=wrong)
    check_variables(found.body, field="body")


def check_variables(text: str, *, field: str, known: frozenset[str] | None = None) -> None:
    """Raise UnknownVariable when a text asks for a variable that does not exist, or is not in `known`."""
    strange = variables.unknown(text)
    if known is not None:
        used = [(name, variables.variable(name)) for name in variables.FIELD.findall(text)]
        strange += [name.strip() for name, found in used if found is not None and found.name not in known]
    if strange:
        raise UnknownVariable.named(strange[0], field=field)


@transaction.atomic
def delete_canned(*, actor: Actor, canned_id: int) -> None:
    """Put a canned answer into the trash. Raises NotFound, NotAllowed."""
    found = _lock(actor, canned_id)
    CannedAnswer.objects.filter(pk=found.pk).update(deleted_at=timezone.now(), version=F("version") + 1)


@transaction.atomic
def restore_canned(*, actor: Actor, canned_id: int) -> None:
    """Bring a canned answer back out of the trash. Raises ShortcutTaken when another took its shortcut meanwhile."""
    found = _lock(actor, canned_id, deleted=True)
    found.deleted_at, found.version = None, found.version + 1
    try:
        with transaction.atomic():
            found.save(update_fields=["deleted_at", "version", "changed_at"])
    except IntegrityError as problem:
        raise ShortcutTaken from problem


@transaction.atomic
def use_canned(*, actor: Actor, canned_id: int, request_id: int) -> str:
    """Return a canned answer filled for a request, for its writer to go on with, and count the use.

    What has no value stands as a mark «⟦…⟧». Raises NotFound when he may not see the request or use the text.
    """
    require(actor, DRAFT)
    rows = Request.objects.visible_to(actor).select_related("party", "kind", "department", "branch")
    request = rows.filter(pk=request_id).first()
    found = None if request is None else usable(actor, request, canned_id)
    if request is None or found is None:
        raise NotFound
    CannedAnswer.objects.filter(pk=found.pk).update(uses=F("uses") + 1)
    with connection.cursor() as cursor:
        cursor.execute(USE, [found.pk, actor.user.pk, timezone.now()])
    lang = variables.language_of(variables.FIELD.sub("", found.body), language_of_request(request))
    return variables.fill(found.body, values_for(request, actor.user, lang), lang)
