"""Finding customers by words, numbers and addresses."""

from django.db.models import Q

from peyvand.accounts.scoping import Who
from peyvand.core.text import sort_key
from peyvand.parties.models import Party, PartyQuerySet
from peyvand.parties.search import SHORTEST, words_of
from peyvand.parties.types import normalise_address

MOST_WORDS = 6


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
