"""Reading customers."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.core.prepared import Given, Prepared
from peyvand.parties.models import ContactPoint, Party, PartyQuerySet
from peyvand.parties.policies import employer_of

COLLEAGUES = 5
HEAVY = {"search", "custom"}  # what the head of a file does not read
_FILE = PreparedFor(
    lambda who: Party.objects.visible_to(who)
    .filter(pk=Given("party"))
    .select_related("organisation", "branch", "owner", "category", "profile")
    .only(
        *(field.name for field in Party._meta.concrete_fields if field.name not in HEAVY),
        "organisation__name", "organisation__owner", "organisation__branch", "organisation__deleted_at",
        "branch__name", "owner__full_name", "category__name", "profile__birth_date",
    )
)  # fmt: skip
_POINTS = Prepared(
    lambda: (
        ContactPoint.objects.filter(party=Given("party"))
        .only("party", "kind", "typed", "value", "identifies", "is_verified")
        .order_by("-is_primary", "kind", "id")
    )
)


@dataclass(frozen=True, kw_only=True)
class ShortFile:
    """What the identity panel shows of a customer."""

    party: Party
    contact_points: list[ContactPoint]
    organisation: Party | None
    people: int
    others: list[Party] = field(default_factory=list)


def visible_to(who: Who) -> PartyQuerySet:
    """All parties that `who` may see."""
    return Party.objects.visible_to(who)


def get_visible(who: Who, party_id: int) -> Party:
    """Return one party; NotFound when it does not exist or may not be seen."""
    return _one(Party.objects.visible_to(who).select_related("organisation", "branch", "owner"), party_id)


def get_file(who: Who, party_id: int) -> Party:
    """Return one party with what the head of its file shows, in one query. Raises NotFound."""
    party: Party | None = _FILE.first(who, party=party_id)
    if party is None:
        raise NotFound
    return party


def points_of(party: Party) -> list[ContactPoint]:
    """The addresses of a customer, the main one first."""
    return _POINTS.all(party=party.pk)


def _one(rows: PartyQuerySet, party_id: int) -> Party:
    party = rows.filter(pk=party_id).first()
    if party is None:
        raise NotFound
    return party


def short_file(who: Who, party: Party) -> ShortFile:
    """Return the short file of a party that `who` may see, with those colleagues whom he may see too."""
    points = list(party.contact_points.order_by("-is_primary", "kind", "id"))
    home = party.pk if party.kind == Party.Kind.ORGANISATION else party.organisation_id
    if home is None:
        return ShortFile(party=party, contact_points=points, organisation=None, people=0)
    colleagues = Party.objects.visible_to(who).filter(organisation_id=home).exclude(pk=party.pk)
    others = list(colleagues.order_by("sort_key", "id")[:COLLEAGUES])
    people = len(others) if len(others) < COLLEAGUES else colleagues.count()
    employer = employer_of(who, party)
    return ShortFile(party=party, contact_points=points, organisation=employer, people=people, others=others)


def with_contacts(parties: PartyQuerySet) -> PartyQuerySet:
    """Load what a list row shows in two queries: the organisation, and the addresses in `points`."""
    points = ContactPoint.objects.order_by("-is_primary", "kind", "id")
    return parties.select_related("organisation", "branch", "owner").prefetch_related(
        Prefetch("contact_points", points, to_attr="points")
    )
