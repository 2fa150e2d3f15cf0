"""Who may do what with customers."""

from peyvand.accounts.policies import may, require
from peyvand.accounts.scoping import Who, reach_of
from peyvand.core.errors import NotAllowed
from peyvand.parties.models import Party

VIEW = "parties.view"
CHANGE = "parties.change"
DELETE = "parties.delete"
MERGE = "parties.merge"
ERASE = "parties.erase"
AUDIT = "parties.audit"


def may_view(who: Who, party: Party) -> bool:
    """May `who` see this customer?"""
    return may(who, VIEW, party)


def employer_of(who: Who, party: Party) -> Party | None:
    """Where a person works, as far as `who` may see that one too; nobody else's and nobody of the trash."""
    found = party.organisation
    return found if found is not None and found.deleted_at is None and may_view(who, found) else None


def may_change(who: Who, party: Party) -> bool:
    """May `who` change this customer?"""
    return may(who, CHANGE, party)


def may_create(who: Who) -> bool:
    """May `who` add customers at all?"""
    return may(who, CHANGE)


def require_change(who: Who, party: Party) -> None:
    """Raise NotAllowed unless `who` may change this customer."""
    require(who, CHANGE, party)


def may_restore(who: Who, party: Party) -> bool:
    """May `who` take this customer out of the trash? Who put him there may, and who may delete him."""
    return party.deleted_by_id == reach_of(who).user_id or may(who, DELETE, party)


def may_contribute(who: Who, party: Party) -> bool:
    """May `who` add a note or a file here? Whoever sees the customer and may change customers anywhere."""
    return may(who, CHANGE) and may(who, VIEW, party)


def require_contribute(who: Who, party: Party) -> None:
    """Raise NotAllowed unless `who` may add notes and files to this customer."""
    if not may_contribute(who, party):
        raise NotAllowed


def may_remove(who: Who, party: Party, author_id: int | None) -> bool:
    """May `who` change or take away what this author added? The author may, and who may delete the customer."""
    return may_contribute(who, party) and (author_id == reach_of(who).user_id or may(who, DELETE, party))
