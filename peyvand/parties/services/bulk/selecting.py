"""Which customers are meant: chosen rows, or everything that a list finds but for some."""

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core import list_state
from peyvand.core.list_selection import MOST_IDS, Selection
from peyvand.core.totals import size_of
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, PartyQuerySet

__all__ = ["MOST_IDS", "Selection", "rows_of", "size_of"]


def rows_of(*, actor: User, selection: Selection, permission: str = "parties.view") -> PartyQuerySet:
    """The chosen customers that the actor reaches with a permission, unordered. Raises BadListState."""
    mine = Party.objects.visible_to(actor, permission)
    if selection.state is None:
        return mine.filter(pk__in=selection.ids)
    found = list_state.apply(selection.state, mine, HOST, asked_by(actor))
    return found.exclude(pk__in=selection.but) if selection.but else found
