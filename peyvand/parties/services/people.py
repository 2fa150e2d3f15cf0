"""Customers: adding, changing, belonging."""

from collections.abc import Iterable

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import NotFound
from peyvand.core.events import publish
from peyvand.core.text import display_norm, sort_key
from peyvand.parties.errors import NameMissing, NotAnOrganisation
from peyvand.parties.events import PartyCreated
from peyvand.parties.models import Party
from peyvand.parties.policies import CHANGE
from peyvand.parties.services.contacts import sync_contact_points
from peyvand.parties.services.derived import derive, touch
from peyvand.parties.services.holding import hold, require_or_system
from peyvand.parties.types import ContactDetails, PartyDetails

__all__ = ["change_party", "confirm_party", "create_party", "hold", "link_to_organisation", "require_or_system"]


@transaction.atomic
def create_party(*, actor: User | None, details: PartyDetails, contacts: Iterable[ContactDetails] = ()) -> Party:
    """Add a person or an organisation with its addresses; without a branch it belongs to the actor's.

    Errors: NotAllowed, NameMissing, NotAnOrganisation, BadAddress, AddressTaken, NotFound.
    """
    party = Party(kind=details.kind)
    _write(actor, party, details)
    if actor is not None:
        if details.branch_id is None:
            party.branch_id = actor.branch_id
        if details.owner_id is None:
            party.owner = actor
        require(actor, CHANGE, party)
    party.save()
    sync_contact_points(party=party, contacts=contacts)
    derive([party.pk])
    publish(PartyCreated(party_id=party.pk))
    return party


@transaction.atomic
def change_party(
    *, actor: User | None, party: Party, details: PartyDetails, contacts: Iterable[ContactDetails] | None, version: int
) -> Party:
    """Change what we know; `contacts` replaces all addresses when given. The kind of a party never changes.

    version: the one the actor saw. Errors: as `create_party`, Conflict when somebody changed it meanwhile.
    """
    party = hold(actor, party, version)
    _write(actor, party, details)
    require_or_system(actor, party)
    party.is_provisional = False
    party.save()
    if contacts is not None:
        sync_contact_points(party=party, contacts=contacts)
    touch([party.pk])
    party.refresh_from_db()
    return party


@transaction.atomic
def confirm_party(*, actor: User, party: Party) -> None:
    """A person has looked at a customer that a channel made, and says he is one. Errors: NotAllowed."""
    require(actor, CHANGE, party)
    if Party.objects.filter(pk=party.pk, is_provisional=True).update(is_provisional=False):
        touch([party.pk])


@transaction.atomic
def link_to_organisation(*, actor: User, party: Party, organisation: Party | None) -> None:
    """Say which organisation a person belongs to (None: to none). Errors: NotAllowed, NotAnOrganisation."""
    require(actor, CHANGE, party)
    if organisation is not None:
        require(actor, "parties.view", organisation)
        _check_belonging(party, organisation)
    Party.objects.filter(pk=party.pk).update(organisation=organisation)
    touch([party.pk])
    party.refresh_from_db()


def _write(actor: User | None, party: Party, details: PartyDetails) -> None:
    party.name = display_norm(details.name)[:200]
    if not party.name:
        raise NameMissing(fields={"name": str(NameMissing())})
    party.sort_key = sort_key(party.name)
    party.honorific = display_norm(details.honorific)[:40]
    party.job_title = display_norm(details.job_title)[:120]
    party.city = display_norm(details.city)[:80]
    if details.branch_id is not None:
        party.branch_id = details.branch_id
    if details.owner_id is not None:
        party.owner_id = details.owner_id
    party.organisation = _organisation(actor, party, details.organisation_id)


def _organisation(actor: User | None, party: Party, organisation_id: int | None) -> Party | None:
    if organisation_id is None:
        return None
    seen = Party.objects.all() if actor is None else Party.objects.visible_to(actor)
    organisation = seen.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    _check_belonging(party, organisation)
    return organisation


def _check_belonging(party: Party, organisation: Party) -> None:
    if party.kind != Party.Kind.PERSON or organisation.kind != Party.Kind.ORGANISATION:
        raise NotAnOrganisation
