"""The identity panel: who wrote, by what we know it, and what was between us before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from peyvand.accounts.models import User
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.reading import MANY
from peyvand.cartable.selectors.reading import Identity as Known
from peyvand.cartable.views.wording import CONTACT_ICONS, MATCHES
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.policies import employer_of
from peyvand.parties.types import Role

LISTED = 5  # earlier requests
DIALLED = frozenset({"mobile", "phone"})
NUMBERS = DIALLED | {"fax"}


@dataclass(frozen=True)
class Contact:
    """One line of the panel."""

    icon: str
    label: str
    text: str
    ltr: bool = True
    number: str = ""  # a number that one dials, in its normal form


@dataclass(frozen=True)
class Earlier:
    """The customer's earlier requests: the newest, and how many there are."""

    rows: Sequence[Request] = ()
    count: str = ""

    @classmethod
    def of(cls, found: Sequence[Request]) -> "Earlier":
        return cls(found[:LISTED], f"{MANY - 1}+" if len(found) >= MANY else str(len(found)))


@dataclass(frozen=True)
class Identity:
    """Everything that the panel shows of the customer."""

    name: str
    avatar_id: int = 0
    square: bool = False
    about: str = ""
    roles: str = ""
    unhappy: bool = False
    quality: int | None = None
    matched: str = ""
    contacts: Sequence[Contact] = ()
    dial: str = ""
    url: str = ""
    earlier: "Earlier | None" = None  # None: the page asks for them when it stands


def describe(who: User, request: Request, known: Known) -> Identity:
    """Describe the customer of a request; a request without one has only «unknown sender».

    The customer belongs to the request; where he works is told only to who may see that one, too.
    """
    party = request.party
    if party is None:
        return Identity(name=_("Unknown sender"), earlier=Earlier())
    return Identity(
        name=party.name or _("Unknown sender"),
        avatar_id=party.pk,
        square=party.kind == Party.Kind.ORGANISATION,
        about=_about(who, party),
        roles=pgettext("list", ", ").join(str(Role(role).label) for role in party.roles),
        unhappy=party.life_cycle == Party.LifeCycle.DISSATISFIED,
        quality=party.completeness,
        matched=_matched(request.matched_by),
        contacts=[_contact(each) for each in known.points] + _city(party),
        dial=next((each.value for each in known.points if each.kind in DIALLED), ""),
        url=reverse("parties:detail", args=[party.pk]),
        earlier=None if known.earlier is None else Earlier.of(known.earlier),
    )


def _about(who: User, party: Party) -> str:
    parts = [party.job_title, str(employer_of(who, party) or "")]
    return _("%(one)s, %(other)s") % {"one": parts[0], "other": parts[1]} if all(parts) else "".join(parts)


def _matched(by: Sequence[str]) -> str:
    """«Matched by e-mail and mobile phone»; empty for a new customer."""
    words = [str(MATCHES[each]) for each in by if each in MATCHES]
    if not words:
        return ""
    what = words[0]
    for word in words[1:]:
        what = _("%(one)s and %(other)s") % {"one": what, "other": word}
    return _("Matched by %(what)s") % {"what": what}


def _contact(point: ContactPoint) -> Contact:
    icon = CONTACT_ICONS.get(point.kind, "address-book")
    number = point.value if point.kind in NUMBERS else ""
    return Contact(icon, str(point.get_kind_display()), point.typed or point.value, number=number)


def _city(party: Party) -> list[Contact]:
    return [Contact("map-pin", _("City"), party.city, ltr=False)] if party.city else []
