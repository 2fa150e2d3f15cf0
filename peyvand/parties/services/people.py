"""Customers by their details: adding, changing, confirming, belonging."""

from collections.abc import Iterable

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.parties.models import Party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.editing import Raw, set_field
from peyvand.parties.services.holding import hold, require_or_system
from peyvand.parties.services.records import Rows, add_record, change_record
from peyvand.parties.types import ContactDetails, PartyDetails

__all__ = ["change_party", "confirm_party", "create_party", "hold", "link_to_organisation", "require_or_system"]


def create_party(*, actor: User | None, details: PartyDetails, contacts: Iterable[ContactDetails] = ()) -> Party:
    """Add a person or an organisation with its addresses; without a branch it belongs to the actor's.

    Errors: NotAllowed, NameMissing, NotAnOrganisation, BadAddress, AddressTaken, Invalid.
    """
    return add_record(actor=actor, kind=details.kind, raws=_raws(details), rows=Rows(contacts=list(contacts)))


def change_party(
    *, actor: User | None, party: Party, details: PartyDetails, contacts: Iterable[ContactDetails] | None, version: int
) -> Party:
    """Change what we know; `contacts` replaces all addresses when given. The kind of a party never changes.

    version: the one the actor saw. Errors: as `create_party`, Conflict when somebody changed it meanwhile.
    """
    rows = Rows(contacts=None if contacts is None else list(contacts))
    return change_record(actor=actor, party=party, raws=_raws(details), rows=rows, version=version)


@transaction.atomic
def confirm_party(*, actor: User, party: Party) -> None:
    """A person has looked at a customer that a channel made, and says he is one. Errors: NotAllowed, NotFound."""
    held = hold(actor, party)
    if Party.objects.filter(pk=held.pk, is_provisional=True).update(is_provisional=False):
        touch([held.pk])


def link_to_organisation(*, actor: User, party: Party, organisation: Party | None) -> None:
    """Say which organisation a person belongs to (None: to none). Errors: NotAllowed, NotAnOrganisation, Invalid."""
    set_field(actor=actor, party=party, key="organisation", raw=str(organisation.pk) if organisation else "")
    party.refresh_from_db()


def _raws(details: PartyDetails) -> dict[str, Raw]:
    """The fields by their keys; a branch or an owner that is not named stays as it is."""
    raws: dict[str, Raw] = {
        "name": details.name,
        "honorific": details.honorific,
        "job_title": details.job_title,
        "city": details.city,
        "organisation": str(details.organisation_id or ""),
    }
    named = {"branch": details.branch_id, "owner": details.owner_id}
    return raws | {key: str(pk) for key, pk in named.items() if pk is not None}
