"""Finding customers by the numbers of the state, of banks and of other offices."""

from peyvand.accounts.scoping import Who
from peyvand.core import iran
from peyvand.core.secrets import blind_index
from peyvand.parties.models import Party, PartyQuerySet


def digest_of(kind: str, value: str) -> str:
    """Return what a number in its comparable form is found by."""
    return blind_index(value, f"identifier:{kind}")


def find_by_identifier(who: Who, kind: str, typed: str) -> PartyQuerySet:
    """The visible parties that have exactly this number, however it is typed; flawed ones are found too."""
    digest = digest_of(kind, iran.check(kind, typed).value)
    return Party.objects.visible_to(who).filter(identifiers__digest=digest, identifiers__kind=kind)
