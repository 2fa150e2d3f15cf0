"""How the preview writes what a field was and will be, and what it warns of."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core.custom_fields import Showing, field_of, show
from peyvand.core.record_fields import fields_of
from peyvand.parties.completeness import compute, gaps_of
from peyvand.parties.fields import HOST
from peyvand.parties.fields.contact import consent_choices
from peyvand.parties.importing.lookups import Lookups
from peyvand.parties.importing.parsing import Given
from peyvand.parties.importing.records import Record, holds
from peyvand.parties.importing.specs import Spec
from peyvand.parties.models import Consent, Party, Profile, Role
from peyvand.parties.models.categories import MINIMUM
from peyvand.parties.services.derived import filled_of

Pair = tuple[str, str]
_CHOICES: dict[str, Any] = {
    "life_cycle": Party.LifeCycle, "kind": Party.Kind, "preferred_channel": Consent.Channel, "gender": Profile.Gender,
    "marital_status": Profile.Marital, "education": Profile.Education, "income_band": Profile.Band,
}  # fmt: skip


def texts(lookups: Lookups, record: Record, given: Given) -> dict[str, str]:
    """What the fields that a row speaks of hold now, by key."""
    specs = {each.spec.key: each.spec for each in given.values}
    return {key: text(lookups, record, spec) for key, spec in specs.items()}


def text(lookups: Lookups, record: Record, spec: Spec) -> str:
    """What a field holds, as a person reads it."""
    return _SHOWN[spec.part](lookups, record, spec)


def _joined(parts: Iterable[Any]) -> str:
    return "، ".join(str(part) for part in parts if part)


def _label(name: str, value: Any) -> str:
    choices = _CHOICES.get(name)
    if choices is None or value not in choices.values:
        return "" if value is None else str(value)
    return str(choices(value).label)


def _column(lookups: Lookups, record: Record, spec: Spec) -> str:
    return _label(spec.name, record.columns[spec.name])


def _kind(lookups: Lookups, record: Record, spec: Spec) -> str:
    return _label("kind", record.kind)


def _category(lookups: Lookups, record: Record, spec: Spec) -> str:
    pk = record.columns["category_id"]
    return lookups.category_rows[pk].name if pk in lookups.category_rows else ""


def _tags(lookups: Lookups, record: Record, spec: Spec) -> str:
    names = lookups.tag_names
    return _joined(names.get(tag, tag) if isinstance(tag, int) else tag for tag in record.columns["tag_ids"])


def _custom(lookups: Lookups, record: Record, spec: Spec) -> str:
    field = field_of(HOST, spec.key)
    actor = lookups.actor
    how = Showing(lang=actor.language, calendar="jalali" if actor.language == "fa" else "gregorian", who=actor)
    return "" if field is None else show(field, record.columns["custom"].get(spec.name), how=how)


def _address(lookups: Lookups, record: Record, spec: Spec) -> str:
    return "" if record.address is None else str(record.address.row[spec.name])


def _profile(lookups: Lookups, record: Record, spec: Spec) -> str:
    value = None if record.profile is None else record.profile.row[spec.name]
    return _joined(value) if isinstance(value, list) else _label(spec.name, value)


def _number(lookups: Lookups, record: Record, spec: Spec) -> str:
    return _joined(child.row["shown"] for child in record.numbers if child.row["kind"] == spec.name)


def _roles(lookups: Lookups, record: Record, spec: Spec) -> str:
    return _joined(Role(child.row["role"]).label for child in record.roles if holds(child))


def _employer(lookups: Lookups, record: Record, spec: Spec) -> str:
    if record.employer is not None:
        return record.employer.name
    pk = record.columns["organisation_id"]
    return "" if pk is None else lookups.names.of(pk)


def _consent(lookups: Lookups, record: Record, spec: Spec) -> str:
    said = [c.row["is_given"] for c in record.consents if f"{c.row['channel']}:{c.row['purpose']}" == spec.name]
    return (_("Yes") if said[-1] else _("No")) if said else ""


def _consents(lookups: Lookups, record: Record, spec: Spec) -> str:
    latest = {f"{c.row['channel']}:{c.row['purpose']}": c.row["is_given"] for c in record.consents}
    return _joined(label for value, label in consent_choices() if latest.get(value))


def _point(lookups: Lookups, record: Record, spec: Spec) -> str:
    kind = spec.name.partition(":")[0]
    kinds = {"mobile", "phone"} if kind in {"mobile", "phone"} else {kind}
    return _joined(child.row["typed"] for child in record.points if child.row["kind"] in kinds)


def _note(lookups: Lookups, record: Record, spec: Spec) -> str:
    return "\n".join(str(child.row["body"]) for child in record.notes)[:500]


def _link(lookups: Lookups, record: Record, spec: Spec) -> str:
    names = lookups.user_names if spec.name == "owner_id" else lookups.branch_names
    return names.get(record.columns[spec.name], "")


def _id(lookups: Lookups, record: Record, spec: Spec) -> str:
    return str(record.id or "")


_SHOWN: dict[str, Callable[[Lookups, Record, Spec], str]] = {
    "id": _id, "kind": _kind, "name": _column, "column": _column, "life_cycle": _column, "place": _column,
    "category": _category, "tags": _tags, "custom": _custom, "address": _address, "profile": _profile,
    "number": _number, "roles": _roles, "employer": _employer, "consent": _consent,
    "consents": _consents, "point": _point, "note": _note,
    "link": _link,
}  # fmt: skip


def shared(lookups: Lookups, pairs: Iterable[tuple[Pair, int | None]]) -> list[str]:
    """Warnings of addresses that are somebody else's already, named where the actor may see him."""
    found = []
    for (_kind_of, value), owner in pairs:
        name = lookups.name_of_party(owner) if owner is not None else ""
        if owner is None:
            found.append(_("%(value)s stands in an earlier row too; it is added as a shared one.") % {"value": value})
        elif name:
            sentence = _("%(value)s belongs to %(name)s; it is added as a shared one.")
            found.append(sentence % {"value": value, "name": name})
        else:
            sentence = _("%(value)s belongs to another customer; it is added as a shared one.")
            found.append(sentence % {"value": value})
    return found


def gaps(row: dict[str, Any], required: Iterable[str] | None) -> list[str]:
    """What the category of a new customer asks for and the row does not give."""
    missing = compute(MINIMUM if required is None else list(required), filled_of(row))[1]
    names = [str(gap.label) for gap in gaps_of(missing, fields_of(HOST))]
    return [_("Still missing: %(fields)s.") % {"fields": "، ".join(names)}] if names else []
