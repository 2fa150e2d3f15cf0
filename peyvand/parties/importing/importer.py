"""The importer of customers, as the core's imports know it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, require
from peyvand.core.imports.kinds import Importer, ImportField, Key, register_importer
from peyvand.core.imports.types import Outcome, RowOutcome
from peyvand.core.record_fields import Kind
from peyvand.parties.fields import HOST
from peyvand.parties.importing.deciding import IMPORT
from peyvand.parties.importing.laning import LANES
from peyvand.parties.importing.running import apply, check
from peyvand.parties.importing.specs import Spec, specs
from peyvand.parties.importing.undoing import undo

_SUITS = {
    "name": ("name",), "mobile": ("phone",), "email": ("email",), "birth_date": ("date",), "website": ("url",),
    "national_id": ("national_id",), "legal_id": ("legal_id",), "postal_code": ("postal_code",), "sheba": ("sheba",),
}  # fmt: skip
_KEYS = (
    Key(key="mobile", label=_("Mobile"), fields=("mobile",)),
    Key(key="phone", label=_("Phone"), fields=("phone",)),
    Key(key="email", label=_("E-mail"), fields=("email",)),
    Key(key="national_id", label=_("National ID"), fields=("national_id",)),
    Key(key="legal_id", label=_("National ID of legal person"), fields=("legal_id",)),
    Key(key="economic", label=_("Economic code"), fields=("economic",)),
    Key(key="other", label=_("Other number"), fields=("other",)),
    Key(key="id", label=_("Our number"), fields=("id",)),
    Key(key="name_city", label=_("Name and city"), fields=("name", "city")),
)
_BY_CUSTOM = frozenset({Kind.TEXT, Kind.NUMBER, Kind.PHONE, Kind.EMAIL, Kind.NATIONAL_ID})


# What heads mean in a table of persons: their first name, and whom they work for (of a table of firms it is its name).
_BESIDE_LAST_NAME = {
    "first_name": ("نام", "name"),
    "organisation": ("نام هویت حقوقی", "نام هویت حقوقی (نام سازمان)"),
}


def guard(actor: User) -> None:
    """Raise NotAllowed unless the actor may import customers."""
    require(actor, IMPORT)


def fields(actor: User) -> list[ImportField]:
    """What the actor may import."""
    return [_field(spec) for spec in specs().values() if not spec.permission or may(actor, spec.permission)]


def _field(spec: Spec) -> ImportField:
    return ImportField(
        key=spec.key,
        label=spec.label,
        kind=spec.kind,
        aliases=spec.aliases,
        multiple=spec.multiple,
        group=spec.group,
        is_required=spec.key == "name",
        suits=_SUITS.get(spec.key, ()),
        aliases_with={"last_name": _BESIDE_LAST_NAME[spec.key]} if spec.key in _BESIDE_LAST_NAME else {},
        unless=("first_name", "last_name") if spec.key == "name" else (),
    )


def keys(actor: User) -> list[Key]:
    """By what rows find their customers: numbers that the actor may see, addresses, names, own fields."""
    known = specs()
    found = [
        key
        for key in _KEYS
        if all(not known[name].permission or may(actor, known[name].permission) for name in key.fields)
    ]
    own = [spec for spec in known.values() if spec.part == "custom" and spec.kind in _BY_CUSTOM]
    return found + [
        Key(key=spec.key, label=spec.label, fields=(spec.key,))
        for spec in own
        if not spec.permission or may(actor, spec.permission)
    ]


def erase(outcome: Outcome, ref: int) -> Outcome:
    """What became of rows, without a word about a customer; that there was a row stays."""
    rows = [_erased(row) if row.ref == ref else row for row in outcome.rows]
    shared = outcome.shared
    if shared:
        made = [[pk, version, "" if pk == ref else name] for pk, version, name in shared.get("made", ())]
        shared = {**shared, "made": made}
    return Outcome(rows, shared)


def _erased(row: RowOutcome) -> RowOutcome:
    return RowOutcome(row.number, row.action, row.ref, "", None, row.reason, row.refs)


def link(ref: int) -> str:
    """The page of a customer."""
    return reverse("parties:detail", args=[ref])


IMPORTER = Importer(
    host=HOST, label=_("Customers"), guard=guard, fields=fields, keys=keys, check=check, apply=apply, undo=undo,
    erase=erase, link=link, lanes=LANES,
)  # fmt: skip
register_importer(IMPORTER)
