"""One field or several of one customer, read, compared with what others wrote meanwhile, and written at once."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.custom_fields import id_of
from peyvand.core.deadlocks import again_after_deadlock
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.parties.errors import ChangedMeanwhile
from peyvand.parties.models import Party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.editing import columns, custom, links, profile, rows
from peyvand.parties.services.editing.base import Asked, Editor, Raw
from peyvand.parties.services.holding import hold, require_or_system

_OWN_COLUMNS = frozenset({"city", "province"})
EDITORS: dict[str, Editor] = {**columns.EDITORS, **links.EDITORS, **rows.EDITORS, **profile.EDITORS}
Raws = Mapping[str, Raw]


def set_field(
    *, actor: User | None, party: Party, key: str, raw: Raw, version: int | None = None, insist: bool = False
) -> Party:
    """Write one field of a customer; see `set_fields`."""
    return set_fields(actor=actor, party=party, raws={key: raw}, version=version, insist=insist)


@again_after_deadlock
@transaction.atomic
def set_fields(
    *,
    actor: User | None,
    party: Party,
    raws: Raws,
    version: int | None = None,
    seen: Raws | None = None,
    insist: bool = False,
) -> Party:
    """Write fields of a customer by their keys, all or none, and return it as it is now.

    version: the one the actor saw; what somebody else changed since then is merged unless it is one of these fields.
    seen: their raw values as the actor saw them; without it they come from the history. insist: soft flaws of
    numbers are kept. Errors: NotAllowed, NotFound, Invalid with every bad field, ChangedMeanwhile with both values.
    """
    held = hold(actor, party)
    values = read_all(actor, raws, insist=insist)
    if version is not None and held.version != version:
        check_collisions(held, raws, _seen_at(held, version, raws) if seen is None else seen)
    write_fields(actor=actor, party=held, values=values, insist=insist)
    touch([held.pk])
    return Party.objects.get(pk=held.pk)


def parse(key: str, raw: Raw, actor: User | None, *, insist: bool = False) -> Any:
    """Read a raw value as `set_field` would. Raises Invalid with the field, NotAllowed."""
    asked = Asked(key=key, actor=actor, insist=insist)
    editor = editor_of(key)
    if editor.permission and actor is not None:
        require(actor, editor.permission)
    try:
        return editor.parse(raw, asked)
    except PeyvandError as error:
        if not error.fields:
            error.fields = {key: error.message}
        raise


def current_raw(party: Party, key: str) -> Raw:
    """Return a field's value in the form that `set_field` takes back."""
    return editor_of(key).current(party)


def editor_of(key: str) -> Editor:
    """Return how a field is written. Raises Invalid for one that nobody writes."""
    editor = EDITORS.get(key) or custom.editor_of(key)
    if editor is None:
        raise Invalid(fields={key: _("This field cannot be written.")})
    return editor


def read_all(actor: User | None, raws: Raws, *, insist: bool = False) -> dict[str, Any]:
    """Read raw values; one Invalid says all that is wrong."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    first: PeyvandError | None = None
    for key, raw in raws.items():
        try:
            values[key] = parse(key, raw, actor, insist=insist)
        except PeyvandError as error:
            if error.status == 403:
                raise
            first = first or error
            wrong |= error.fields
    if first is not None:
        first.fields = wrong
        raise first
    return values


def write_fields(*, actor: User | None, party: Party, values: Mapping[str, Any], insist: bool = False) -> None:
    """Write values that were read, on a party that is held; the caller calls `touch`, once for all its parties.

    Errors: NotAllowed (also when the party would leave what the actor may change), Invalid, Conflict.
    """
    changed: dict[str, None] = {}
    for key, value in values.items():
        editor = editor_of(key)
        editor.write(party, value, Asked(key=key, actor=actor, insist=insist))
        changed.update(dict.fromkeys(editor.columns))
    if "profile" in changed:
        changed.pop("profile")
        party.profile.save()
    require_or_system(actor, party)
    if party.is_provisional and actor is not None:
        party.is_provisional = False
        changed["is_provisional"] = None
    if changed:
        party.save(update_fields=[*changed])


def lay(*, actor: User | None, party: Party, values: Mapping[str, Any]) -> dict[str, Any]:
    """Lay values over a party that is not stored yet, and return those that need its rows."""
    later: dict[str, Any] = {}
    for key, value in values.items():
        if key in columns.EDITORS or key in links.PLAIN or key in _OWN_COLUMNS or id_of(key):
            editor = editor_of(key)
            editor.write(party, value, Asked(key=key, actor=actor))
        else:
            later[key] = value
    return later


def check_collisions(party: Party, raws: Raws, seen: Raws) -> None:
    """Refuse fields that somebody else changed to another value since they were seen. Raises ChangedMeanwhile."""
    theirs = collisions_of(party, raws, seen)
    if theirs:
        raise ChangedMeanwhile(theirs=theirs, mine={key: raws[key] for key in theirs}, version=party.version)


def collisions_of(party: Party, raws: Raws, seen: Raws) -> dict[str, Raw]:
    """Return the present raw values of those fields that were changed to something else since they were seen."""
    theirs: dict[str, Raw] = {}
    for key, mine in raws.items():
        now = current_raw(party, key)
        if not same(now, mine) and not (key in seen and same(now, seen[key])):
            theirs[key] = now
    return theirs


def same(one: Raw, other: Raw) -> bool:
    """Tell whether two raw values say the same; the order of a list says nothing."""
    if isinstance(one, list) or isinstance(other, list):
        return set(one or []) == set(other or [])
    return (one or "") == (other or "")


def _seen_at(party: Party, version: int, raws: Raws) -> dict[str, Raw]:
    """Return what the history knows of these fields at a version: those that are columns of the party itself."""
    history = apps.get_model("parties", "PartyEvent")._default_manager
    row: Any = history.filter(pgh_obj_id=party.pk, version=version).order_by("pgh_id").first()
    if row is None:
        return {}
    kept = {key for key in raws if key in columns.EDITORS or key in links.EDITORS or key in _OWN_COLUMNS or id_of(key)}
    return {key: editor_of(key).current(row) for key in kept}
