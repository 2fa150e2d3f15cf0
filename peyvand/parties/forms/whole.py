"""The whole form of a customer: its fields, its rows, what it looked like when it was opened, and collisions."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.custom_fields import fields_for, raw_of
from peyvand.core.errors import PeyvandError
from peyvand.core.models import CustomField
from peyvand.core.record_links import Names
from peyvand.core.text import display_norm
from peyvand.parties.errors import ChangedMeanwhile
from peyvand.parties.fields import HOST
from peyvand.parties.forms.consents import ConsentGrid
from peyvand.parties.forms.record import KEYS, PartyForm
from peyvand.parties.forms.rows import AddressForm, ContactForm, IdentifierForm, RoleForm, RowForm
from peyvand.parties.models import Party
from peyvand.parties.services.editing import Raw, current_raw
from peyvand.parties.services.editing.base import SEALED
from peyvand.parties.services.identifiers import REVEAL
from peyvand.parties.services.records import GROUPS, Rows, rows_of

MOST_ROWS = 30


def _rows_of(form: type[RowForm], extra: int) -> Any:
    return formset_factory(
        form, extra=extra, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 5, validate_max=True
    )


def seen_of(party: Party | None, first: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Return what the form shows of a customer now; it travels with the form, to be compared when it comes back.

    Of protected numbers it holds marks alone, and only for who may reveal them.
    """
    if party is None:
        return {"raws": {"life_cycle": "potential", "name": first.get("name", "")}, "kind": first.get("kind", "")}
    hidden = {str(each.pk) for each in fields_for(HOST) if each.kind == CustomField.Kind.NATIONAL_ID}
    marks = {key: _mark(party.custom.get(key)) for key in hidden} if may(user, REVEAL) else {}
    return {
        "raws": {key: current_raw(party, key) for key in KEYS},
        "organisation": Names(user).of(party.organisation_id) if party.organisation_id else "",
        "custom": {key: value for key, value in party.custom.items() if key not in hidden} | marks,
        "place": [party.province, party.city],
        **{group: rows_of(party, group) for group in GROUPS},
    }


def _read(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("raws", {}), dict) else None


@dataclass(frozen=True)
class Collision:
    """One thing that two people changed: what it is called, and both values as they are read."""

    key: str
    label: str
    theirs: str
    mine: str


class WholeForm:
    """The form of one customer. `collisions`: what somebody else changed meanwhile, to be decided."""

    def __init__(self, request: HttpRequest, user: User, party: Party | None, category: str | None = None) -> None:
        self.data = request.POST if request.method == "POST" else None
        self.party, self.user = party, user
        first = {"name": request.GET.get("name", "")[:200], "kind": request.GET.get("kind", "")}
        posted = _read(self.data.get("seen", "")) if self.data else None
        self.is_seen = posted is not None
        self.seen = posted or seen_of(party, first, user)
        self.form = PartyForm(self.data, user=user, party=party, seen=self.seen, category=category)
        self.contacts = _rows_of(ContactForm, 0)(self.data, prefix="contacts", initial=self._contacts())
        self.addresses = _rows_of(AddressForm, 0)(self.data, prefix="addresses", initial=self._addresses())
        self.roles = _rows_of(RoleForm, 0)(self.data, prefix="roles", initial=self._roles())
        self.numbers = _rows_of(IdentifierForm, 0)(self.data, prefix="numbers")
        self.known_numbers = list(party.identifiers.order_by("pk")) if party else []
        self.consents = ConsentGrid(self.data, party)
        self.collisions: list[Collision] = []
        self.filled: dict[str, list[RowForm]] = {}

    # ------------------------------------------------------------------------------------------ what is shown first

    def _contacts(self) -> list[dict[str, Any]]:
        if self.data is not None or self.party is None:
            return [{"kind": "mobile"}, {"kind": "email"}] if self.party is None and self.data is None else []
        return [ContactForm.values_of(each) for each in self.party.contact_points.order_by("-is_primary", "pk")]

    def _addresses(self) -> list[dict[str, Any]]:
        if self.data is not None or self.party is None:
            return []
        kept = [AddressForm.values_of(each) for each in self.party.addresses.order_by("-is_primary", "pk")]
        place = {"province": self.party.province, "city": self.party.city, "country": "IR", "primary": True}
        return kept or ([place] if self.party.city or self.party.province else [])

    def _roles(self) -> list[dict[str, Any]]:
        if self.data is not None or self.party is None:
            return []
        rows = self.party.role_periods.order_by("since", "pk")
        return [{"role": row.role, "since": row.since, "until": row.until} for row in rows]

    @property
    def groups(self) -> "tuple[BaseFormSet[Any], ...]":
        return (self.contacts, self.addresses, self.roles, self.numbers)

    @property
    def seen_text(self) -> str:
        return json.dumps(self.seen, ensure_ascii=False, default=str)

    @property
    def version(self) -> int:
        """The version that was seen; 0 when none was sent, which no customer has."""
        sent = self.data.get("version", "") if self.data else str(self.party.version if self.party else 0)
        return int(sent) if sent.isascii() and sent.isdigit() else 0

    @property
    def is_profile_open(self) -> bool:
        """Is something known or wrong among the demographics?"""
        return self._any("birth_date", "gender", "marital_status", "children", "education", "occupation", "income_band",
                         "industry", "employees", "founded_on", "language", "website")  # fmt: skip

    @property
    def is_mind_open(self) -> bool:
        """Is something known or wrong among the psychographics?"""
        return self._any("interests", "lifestyle", "values", "personality", "motivations", "pains")

    def _any(self, *names: str) -> bool:
        return any(self.form[name].value() or name in self.form.errors for name in names)

    @property
    def has_errors(self) -> bool:
        return bool(self.form.errors or any(group.total_error_count() for group in self.groups) or self.consents.error)

    # ------------------------------------------------------------------------------------------------ what was typed

    def is_valid(self) -> bool:
        """Check everything, so that all that is wrong is said at once; a group that was not sent is not meant."""
        fine = [self.form.is_valid(), *(group.is_valid() for group in self.groups if self._is_sent(group))]
        return all([*fine, self.consents.is_valid(), not self._undecided()])

    def _is_sent(self, group: "BaseFormSet[Any]") -> bool:
        return self.data is not None and f"{group.prefix}-TOTAL_FORMS" in self.data

    def _undecided(self) -> bool:
        asked = self.data.getlist("ask") if self.data else []
        waiting = [key for key in asked if self.data and self.data.get(f"keep-{key}") not in {"mine", "theirs"}]
        if waiting:
            self.form.add_error(None, _("Choose which value stays."))
        return bool(waiting)

    def _is_theirs(self, key: str) -> bool:
        return bool(self.data and self.data.get(f"keep-{key}") == "theirs")

    def raws(self) -> dict[str, Raw]:
        """What was changed in the fields, without those for which the other's value stays."""
        return {key: raw for key, raw in self.form.raws().items() if not self._is_theirs(key)}

    def rows(self) -> Rows:
        """What was changed in the rows."""
        dropped = self.data.getlist("drop_number") if self.data else []
        return Rows(
            contacts=self._changed("contacts", self._filled(self.contacts, "typed"), self._seen_contacts()),
            addresses=self._changed("addresses", self._filled(self.addresses, *_PLACE), self._seen_addresses()),
            role_periods=self._changed("roles", self._filled(self.roles, "role"), self._seen_roles()),
            numbers=self._filled(self.numbers, "typed"),
            dropped_numbers=[int(pk) for pk in dropped if pk.isascii() and pk.isdigit()],
            consents=self.consents.details(),
        )

    def seen_raws(self) -> dict[str, Raw] | None:
        """What `change_record` compares with; None when the form came without it."""
        if not self.is_seen:
            return None
        custom = {f"custom:{key}": value for key, value in (self.seen.get("custom") or {}).items()}
        seen: dict[str, Raw] = {**self.seen["raws"], **{group: self.seen.get(group) for group in GROUPS}}
        return {**seen, **self._custom_raws(custom)}

    def _custom_raws(self, stored: Mapping[str, Any]) -> dict[str, Raw]:
        from_stored = {self.form.key_of(name): self.form.fields[name] for name in self.form.custom}
        return {key: self._raw_of_seen(field, stored.get(key)) for key, field in from_stored.items()}

    def _raw_of_seen(self, field: Any, seen: Any) -> Raw:
        """What was seen as a raw value; a protected number that has still the mark that was seen is the present one."""
        if field.custom.kind != CustomField.Kind.NATIONAL_ID:
            return raw_of(field.custom, seen)
        now = self.party.custom.get(str(field.custom.pk)) if self.party is not None else None
        return f"{SEALED}{now['cipher']}" if now and seen == _mark(now) else None

    def _filled(self, group: Any, *names: str) -> list[Any]:
        """The rows that say something; which of the rows of the form each is, is kept for what may be wrong with it."""
        if not self._is_sent(group):
            return []
        kept = [form for form in group if not form.cleaned_data.get("DELETE")]
        filled = [form for form in kept if any(form.cleaned_data.get(name) for name in names)]
        self.filled[group.prefix] = filled
        return [form.details() for form in filled]

    def _changed(self, group: str, mine: list[Any], seen: Iterable[tuple[Any, ...]]) -> list[Any] | None:
        formset = getattr(self, group)
        if not self._is_sent(formset) or self._is_theirs(group):
            return None
        return None if sorted(map(str, map(_comparable, mine))) == sorted(map(str, seen)) else mine

    def _seen_contacts(self) -> list[tuple[Any, ...]]:
        found = [json.loads(row) for row in self.seen.get("contacts") or []]
        return [(kind, typed, use, not own, main, sure) for kind, _value, typed, use, own, main, sure in found]

    def _seen_addresses(self) -> list[tuple[Any, ...]]:
        found = [tuple(json.loads(row)) for row in self.seen.get("addresses") or []]
        province, city = self.seen.get("place") or ("", "")
        return found or ([("", "IR", province, city, "", "", True)] if province or city else [])

    def _seen_roles(self) -> list[tuple[Any, ...]]:
        return [tuple(json.loads(row)) for row in self.seen.get("roles") or []]

    # ------------------------------------------------------------------------------------------------- what is wrong

    def show(self, error: PeyvandError) -> None:
        """Put a broken rule beside the input that is meant, or above the form."""
        left = dict(error.fields)
        for prefix, rows in self.filled.items():
            for place, row in enumerate(rows):
                mine = [field for field in left if field.startswith(f"{prefix}-{place}-")]
                if mine:
                    row.show(_part_of(error, {field: left.pop(field) for field in mine}))
        names = {self.form.key_of(name): name for name in self.form.fields}
        for key, sentence in left.items():
            self.form.add_error(names.get(key), sentence if key in names else ValidationError(sentence))
        if not error.fields:
            self.form.add_error(None, error.message)

    def collide(self, error: ChangedMeanwhile) -> None:
        """Show both values of what two people changed; what the others wrote is what is seen from now on."""
        for key, theirs in error.theirs.items():
            self.collisions.append(self._collision(key, theirs))
            if key in GROUPS:
                self.seen[key] = theirs
            elif key.startswith("custom:") and self.party is not None:
                place = key.removeprefix("custom:")
                now = Party.objects.get(pk=self.party.pk).custom.get(place)
                is_number = isinstance(theirs, str) and theirs.startswith(SEALED)
                self.seen.setdefault("custom", {})[place] = _mark(now) if is_number else now
            else:
                self.seen["raws"][key] = theirs

    def _collision(self, key: str, theirs: Raw) -> Collision:
        if key in GROUPS:
            labels = {"contacts": _("Ways to reach"), "addresses": _("Addresses"), "roles": _("Roles")}
            return Collision(key, labels[key], _lines(theirs), _("what you wrote below"))
        name = next((name for name in self.form.fields if self.form.key_of(name) == key), key)
        field = self.form.fields.get(name)
        mine = self.form.cleaned_data.get(name)
        raw = self.form.data.get(name, "") if not isinstance(mine, list) else mine
        if isinstance(theirs, str) and theirs.startswith(SEALED):
            return Collision(key, str(getattr(field, "label", key)), _("another number"), str(raw))
        return Collision(
            key,
            str(getattr(field, "label", key)),
            _said(self.user, field, key, theirs),
            _said(self.user, field, "", raw),
        )


_PLACE = ("province", "city", "street", "postal_code")


def _mark(stored: Any) -> str:
    """What tells one stored protected number from another and says nothing about either; empty for none."""
    return salted_hmac("parties.form.seen", stored["cipher"], algorithm="sha256").hexdigest() if stored else ""


def _comparable(details: Any) -> tuple[Any, ...]:
    """A row as it is stored, to be compared with what was seen."""
    if hasattr(details, "typed"):
        typed = display_norm(details.typed)
        return (details.kind, typed, details.use, details.shared, details.primary, bool(details.verified))
    if hasattr(details, "role"):
        return (details.role, str(details.since), str(details.until) if details.until else None)
    place = (details.province, details.city, details.street, details.postal_code)
    return (details.use, details.country, *(display_norm(text) for text in place), details.primary)


def _part_of(error: PeyvandError, fields: dict[str, str]) -> PeyvandError:
    part = type(error)(fields=fields)
    if hasattr(error, "may_insist"):
        part.may_insist = error.may_insist  # type: ignore[attr-defined]  # of FlawedNumber
    return part


def _lines(rows: Raw) -> str:
    found = [[str(one) for one in json.loads(row) if isinstance(one, str) and one] for row in rows or []]
    return " · ".join(" ".join(words[:3]) for words in found) or "—"


def _said(user: User, field: Any, key: str, raw: Raw) -> str:
    """A raw value as a person reads it."""
    if key == "organisation" and raw:
        return Names(user).of(int(str(raw)))
    choices = dict(getattr(field, "choices", None) or ())
    values = raw if isinstance(raw, list) else [raw or ""]
    return "، ".join(str(choices.get(value, value)) for value in values if value) or "—"
