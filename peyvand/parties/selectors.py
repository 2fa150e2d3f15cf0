"""Questions about customers."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.core.text import sort_key
from peyvand.parties.models import ContactPoint, Party, PartyQuerySet
from peyvand.parties.search import SHORTEST, words_of
from peyvand.parties.types import normalise_address

MOST_WORDS = 6
COLLEAGUES = 5


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
    party = Party.objects.visible_to(who).select_related("organisation", "branch", "owner").filter(pk=party_id).first()
    if party is None:
        raise NotFound
    return party


def short_file(party: Party) -> ShortFile:
    """Return the short file of a party that its reader may see, in at most three queries."""
    points = list(party.contact_points.order_by("-is_primary", "kind", "id"))
    home = party.pk if party.kind == Party.Kind.ORGANISATION else party.organisation_id
    if home is None:
        return ShortFile(party=party, contact_points=points, organisation=None, people=0)
    colleagues = Party.objects.filter(organisation_id=home).exclude(pk=party.pk)
    others = list(colleagues.order_by("sort_key", "id")[:COLLEAGUES])
    people = len(others) if len(others) < COLLEAGUES else colleagues.count()
    return ShortFile(party=party, contact_points=points, organisation=party.organisation, people=people, others=others)


def search(who: Who, question: str) -> PartyQuerySet:
    """The visible parties that fit a question: all its words somewhere in name, organisation, city or addresses.

    A question of one or two letters is answered by the start of the name (an index cannot help inside words).
    """
    return matching(Party.objects.visible_to(who), question)


def matching(parties: PartyQuerySet, question: str) -> PartyQuerySet:
    """Narrow a list of parties to those that fit a question; an empty question narrows nothing."""
    words = words_of(question)[:MOST_WORDS]
    if not words:
        return parties
    long = [word for word in words if len(word) >= SHORTEST]
    wanted = Q()
    for word in long:
        wanted &= Q(search__contains=word)
    if not long:
        start = sort_key(question)
        wanted = Q(sort_key__gte=start, sort_key__lt=start + "\x7f")
    return parties.filter(wanted)


def with_contacts(parties: PartyQuerySet) -> PartyQuerySet:
    """Load what a list row shows in two queries: the organisation, and the addresses in `points`."""
    points = ContactPoint.objects.order_by("-is_primary", "kind", "id")
    return parties.select_related("organisation", "branch", "owner").prefetch_related(
        Prefetch("contact_points", points, to_attr="points")
    )


def by_address(who: Who, kind: str, typed: str) -> Party | None:
    """The visible party that an address identifies."""
    address = normalise_address(kind, typed)
    if address is None:
        return None
    return (
        Party.objects.visible_to(who)
        .filter(contact_points__kind=address.kind, contact_points__value=address.value, contact_points__identifies=True)
        .first()
    )


def organisation_named(who: Who, name: str) -> Party | None:
    """The visible organisation of this name, in any spelling; the oldest when there are several."""
    organisations = Party.objects.visible_to(who).filter(kind=Party.Kind.ORGANISATION, sort_key=sort_key(name))
    return organisations.order_by("id").first()
