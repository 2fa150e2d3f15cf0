"""Finding customers by the numbers of the state, of banks and of other offices."""

from peyvand.accounts.scoping import Who
from peyvand.parties.models import Party, PartyQuerySet
from peyvand.parties.numbers import digest_of


def find_by_identifier(who: Who, kind: str, typed: str) -> PartyQuerySet:
    """The visible parties that have exactly this number, however it is typed; flawed ones are found too."""
    digest = digest_of(kind, typed)
    return Party.objects.visible_to(who).filter(identifiers__digest=digest, identifiers__kind=kind)
