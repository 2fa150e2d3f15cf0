"""What may be imported of a customer: each field with the names that headers give it and how its cells are read."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.core.custom_fields import field_of, fields_for, key_of, label_of
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Kind, Text
from peyvand.core.text import search_norm
from peyvand.parties.fields import HOST
from peyvand.parties.fields.profile import LANGUAGES
from peyvand.parties.importing import cells, days
from peyvand.parties.importing.aliases import ALIASES, KINDS, SEXES, STUDIES
from peyvand.parties.importing.lookups import Lookups
from peyvand.parties.importing.own import order_of, reader_of
from peyvand.parties.models import Consent, Identifier, Party, Profile, Role
from peyvand.parties.services.identifiers import REVEAL

Reader = Callable[[Lookups, str], cells.Read]

IDENTITY, REACH, PLACE, NUMBERS = _("Identity"), _("Contact"), _("Address"), _("Numbers")
STANDING, ABOUT, CONSENTS, OWN = _("Standing"), _("About them"), _("Consents"), _("Own fields")


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One field. part, name: where its value lies (see `laying`); reader(lookups, reading): how a cell is read.

    multiple: several columns may feed it, all values are kept. permission: what it needs besides importing.
    """

    key: str
    label: Text
    part: str
    reader: Reader
    name: str = ""
    kind: Kind = Kind.TEXT
    group: Text = IDENTITY
    multiple: bool = False
    permission: str = ""
    heads: tuple[str, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """The heads under which tables call it."""
        return ALIASES.get(self.key, self.heads)


def _plain(read: cells.Read) -> Reader:
    return lambda lookups, reading: read


def _choice(choices: object, **more: str) -> Reader:
    return lambda lookups, reading: cells.choice(*lookups.labels(choices, more))


_IDENTITY = (
    Spec(key="id", label=_("Our number"), part="id", reader=_plain(cells.whole(10**15)), kind=Kind.NUMBER),
    Spec(key="kind", label=_("Kind"), part="kind", reader=_choice(Party.Kind, **KINDS), kind=Kind.CHOICE),
    Spec(key="name", label=_("Name"), part="name", name="name", reader=_plain(cells.named(200))),
    Spec(
        key="first_name",
        label=pgettext_lazy("field", "First name"),
        part="name",
        name="first_name",
        reader=_plain(cells.line(100)),
    ),
    Spec(key="last_name", label=_("Last name"), part="name", name="last_name", reader=_plain(cells.line(120))),
    Spec(key="honorific", label=_("Honorific"), part="column", name="honorific", reader=_plain(cells.line(40))),
    Spec(key="job_title", label=_("Job title"), part="column", name="job_title", reader=_plain(cells.line(120))),
    Spec(key="organisation", label=_("Organisation"), part="employer", name="name", reader=_plain(cells.named(200))),
    Spec(
        key="organisation_legal_id",
        label=_("National ID of the organisation"),
        part="employer",
        name="legal_id",
        reader=_plain(cells.identifier("legal_id")),
    ),
)

_REACH = (
    Spec(
        key="mobile",
        label=_("Mobile"),
        part="point",
        name="mobile",
        reader=_plain(cells.points("mobile")),
        kind=Kind.PHONE,
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="phone",
        label=_("Phone"),
        part="point",
        name="phone",
        reader=_plain(cells.points("phone")),
        kind=Kind.PHONE,
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="phone_work",
        label=_("Phone at work"),
        part="point",
        name="phone:work",
        reader=_plain(cells.points("phone")),
        kind=Kind.PHONE,
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="phone_home",
        label=_("Phone at home"),
        part="point",
        name="phone:home",
        reader=_plain(cells.points("phone")),
        kind=Kind.PHONE,
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="email",
        label=_("E-mail"),
        part="point",
        name="email",
        reader=_plain(cells.points("email")),
        kind=Kind.EMAIL,
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="fax",
        label=_("Fax"),
        part="point",
        name="fax",
        reader=_plain(cells.points("fax")),
        kind=Kind.PHONE,
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="messenger",
        label=_("Messenger"),
        part="point",
        name="messenger",
        reader=_plain(cells.points("messenger")),
        group=REACH,
        multiple=True,
    ),
    Spec(
        key="preferred_channel",
        label=_("Preferred channel"),
        part="column",
        name="preferred_channel",
        reader=_choice(Consent.Channel),
        kind=Kind.CHOICE,
        group=REACH,
    ),
    Spec(
        key="preferred_from",
        label=_("Reachable from"),
        part="column",
        name="preferred_from",
        reader=_plain(days.clock),
        group=REACH,
    ),
    Spec(
        key="preferred_until",
        label=_("Reachable until"),
        part="column",
        name="preferred_until",
        reader=_plain(days.clock),
        group=REACH,
    ),
)

_PLACE = (
    Spec(
        key="province", label=_("Province"), part="place", name="province", reader=_plain(cells.line(80)), group=PLACE
    ),
    Spec(key="city", label=_("City"), part="place", name="city", reader=_plain(cells.line(80)), group=PLACE),
    Spec(
        key="street",
        label=_("Street and number"),
        part="address",
        name="street",
        reader=_plain(cells.lines(500)),
        kind=Kind.LONG_TEXT,
        group=PLACE,
    ),
    Spec(
        key="postal_code",
        label=_("Postal code"),
        part="address",
        name="postal_code",
        reader=_plain(cells.postal_code),
        group=PLACE,
    ),
)


def _number(key: str, label: Text) -> Spec:
    kind = Kind.NATIONAL_ID if key == "national_id" else Kind.TEXT
    return Spec(
        key=key,
        label=label,
        part="number",
        name=key,
        reader=_plain(cells.identifier(key)),
        kind=kind,
        group=NUMBERS,
        permission=REVEAL if key in Identifier.SENSITIVE else "",
    )


_NUMBERS = (
    _number("national_id", _("National ID")),
    _number("legal_id", _("National ID of legal person")),
    _number("economic", _("Economic code")),
    _number("registration", _("Registration number")),
    _number("passport", _("Passport")),
    _number("sheba", _("Sheba")),
    _number("card", _("Bank card")),
    _number("other", _("Other number")),
)

_STANDING = (
    Spec(
        key="life_cycle",
        label=_("Life cycle"),
        part="life_cycle",
        name="life_cycle",
        reader=_choice(Party.LifeCycle),
        kind=Kind.CHOICE,
        group=STANDING,
    ),
    Spec(
        key="roles",
        label=_("Roles"),
        part="roles",
        reader=lambda lookups, reading: cells.choices(*lookups.labels(Role, {})),
        kind=Kind.CHOICES,
        group=STANDING,
        multiple=True,
    ),
    Spec(
        key="category",
        label=_("Category"),
        part="category",
        reader=lambda lookups, reading: cells.choice(*lookups.categories),
        kind=Kind.CHOICE,
        group=STANDING,
    ),
    Spec(
        key="tags",
        label=_("Tags"),
        part="tags",
        reader=lambda lookups, reading: lookups.read_tags,
        kind=Kind.CHOICES,
        group=STANDING,
        multiple=True,
    ),
    Spec(
        key="owner",
        label=_("Owner"),
        part="link",
        name="owner_id",
        reader=lambda lookups, reading: cells.choice(*lookups.users),
        kind=Kind.USER,
        group=STANDING,
    ),
    Spec(
        key="branch",
        label=_("Branch"),
        part="link",
        name="branch_id",
        reader=lambda lookups, reading: cells.choice(*lookups.branches),
        kind=Kind.CHOICE,
        group=STANDING,
    ),
    Spec(
        key="note",
        label=_("Note"),
        part="note",
        reader=_plain(cells.lines(10_000)),
        kind=Kind.LONG_TEXT,
        group=STANDING,
        multiple=True,
    ),
)


def _about(key: str, label: Text, reader: Reader, kind: Kind = Kind.TEXT) -> Spec:
    return Spec(key=key, label=label, part="profile", name=key, reader=reader, kind=kind, group=ABOUT)


def _day(lookups: Lookups, reading: str) -> cells.Read:
    return days.day(order=order_of(reading))


def _language(lookups: Lookups, reading: str) -> cells.Read:
    """A language by its name or its code."""
    names, read_code = lookups.named(LANGUAGES), cells.line(8)
    return lambda text: names.get(search_norm(text)) or read_code(text)


_ABOUT = (
    _about("birth_date", _("Date of birth"), _day, Kind.DATE),
    _about("gender", _("Gender"), _choice(Profile.Gender, **SEXES), Kind.CHOICE),
    _about(
        "marital_status",
        _("Marital status"),
        _choice(Profile.Marital),
        Kind.CHOICE,
    ),
    _about("children", _("Children"), _plain(cells.whole(30)), Kind.NUMBER),
    _about(
        "education",
        _("Education"),
        _choice(Profile.Education, **STUDIES),
        Kind.CHOICE,
    ),
    _about("occupation", _("Occupation"), _plain(cells.line(120))),
    _about("income_band", _("Income band"), _choice(Profile.Band), Kind.CHOICE),
    _about("language", _("Language"), _language),
    _about("industry", _("Industry"), _plain(cells.line(120))),
    _about("employees", _("Employees"), _plain(cells.whole(10_000_000)), Kind.NUMBER),
    _about("founded_on", _("Founded on"), _day, Kind.DATE),
    _about("website", _("Website"), _plain(cells.web_address), Kind.URL),
    _about("interests", _("Interests"), _plain(cells.words(30, 60))),
    _about("lifestyle", _("Lifestyle"), _plain(cells.line(200))),
    _about("values", _("Values"), _plain(cells.line(200))),
    _about("personality", _("Personality"), _plain(cells.line(200))),
    _about("motivations", _("Motivations"), _plain(cells.lines(2000)), Kind.LONG_TEXT),
    _about("pains", _("Pains"), _plain(cells.lines(2000)), Kind.LONG_TEXT),
)


def _consent(channel: Consent.Channel, purpose: Consent.Purpose) -> Spec:
    return Spec(
        key=f"consent:{channel}:{purpose}",
        label=format_lazy("{}: {} · {}", _("Consent"), channel.label, purpose.label),
        part="consent",
        name=f"{channel}:{purpose}",
        heads=(f"{channel} {purpose}", f"consent {channel} {purpose}"),
        reader=_plain(cells.yes_no),
        kind=Kind.YES_NO,
        group=CONSENTS,
    )


_GIVEN = Spec(
    key="consents",
    label=_("Consents"),
    part="consents",
    reader=lambda lookups, reading: cells.choices(*lookups.consents),
    kind=Kind.CHOICES,
    group=CONSENTS,
    multiple=True,
    heads=("consents",),
)
_CONSENTS = (*(_consent(channel, purpose) for channel in Consent.Channel for purpose in Consent.Purpose), _GIVEN)
SPECS: dict[str, Spec] = {
    each.key: each for each in (*_IDENTITY, *_REACH, *_PLACE, *_NUMBERS, *_STANDING, *_ABOUT, *_CONSENTS)
}


def custom_spec(custom: CustomField) -> Spec:
    """The field of a custom field."""
    return Spec(
        key=key_of(custom),
        label=label_of(custom),
        part="custom",
        name=str(custom.pk),
        reader=lambda lookups, reading: reader_of(custom, lookups.actor, reading),
        kind=Kind(custom.kind),
        group=OWN,
        multiple=custom.kind == CustomField.Kind.CHOICES,
        heads=tuple(filter(None, (custom.label, custom.label_en))),
        permission=REVEAL if custom.kind == CustomField.Kind.NATIONAL_ID else "",
    )


def specs() -> dict[str, Spec]:
    """Every field that may be imported, by key."""
    return SPECS | {each.key: each for each in map(custom_spec, fields_for(HOST))}


def spec_of(key: str) -> Spec | None:
    """The field of this key; None when there is none (any more)."""
    custom = None if key in SPECS else field_of(HOST, key)
    return SPECS.get(key) if custom is None else custom_spec(custom)
