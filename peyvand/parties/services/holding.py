"""Taking a customer in hand before it is written."""

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import Conflict, NotFound, PeyvandError
from peyvand.parties.errors import MergedAlready
from peyvand.parties.models import Party
from peyvand.parties.policies import CHANGE


def hold(actor: User | None, party: Party, version: int | None = None) -> Party:
    """Lock a party that the actor may change, in the state he saw. Errors: NotAllowed, NotFound, Conflict."""
    held = Party.objects.select_for_update().filter(pk=party.pk, deleted_at=None).first()
    if held is None:
        raise gone_because(party.pk)
    require_or_system(actor, held)
    if version is not None and held.version != version:
        raise Conflict
    return held


def gone_because(party_id: int) -> PeyvandError:
    """Why a party cannot be taken in hand: it was merged meanwhile, or it is not there."""
    merged = Party.objects.filter(pk=party_id, merged_into__isnull=False).exists()
    return MergedAlready() if merged else NotFound()


def require_or_system(actor: User | None, party: Party) -> None:
    """Check the actor's permission; None is the system itself."""
    if actor is not None:
        require(actor, CHANGE, party)
