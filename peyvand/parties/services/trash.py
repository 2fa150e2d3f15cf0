"""Deleting customers into the trash, and restoring them with everything that hung on them."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import Conflict, NotFound
from peyvand.core.events import publish_many
from peyvand.parties.events import PartyDeleted, PartyRestored
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.policies import DELETE


@transaction.atomic
def delete_party(*, actor: User, party: Party, version: int | None = None) -> Party:
    """Put a customer into the trash; its addresses are free for another customer meanwhile.

    version: the one the actor saw, None when he saw none. Errors: NotAllowed, NotFound, Conflict.
    """
    held = Party.objects.select_for_update().filter(pk=party.pk, deleted_at=None).first()
    if held is None:
        raise NotFound
    require(actor, DELETE, held)
    if version is not None and held.version != version:
        raise Conflict
    _throw_away(actor, [held.pk])
    held.refresh_from_db()
    return held


@transaction.atomic
def delete_parties(*, actor: User, party_ids: Sequence[int]) -> list[int]:
    """Put many customers into the trash and return those that were; what the actor may not delete stays."""
    mine = Party.objects.visible_to(actor, DELETE).filter(pk__in=party_ids).order_by("pk")
    held = list(mine.select_for_update().values_list("pk", flat=True))
    _throw_away(actor, held)
    return held


@transaction.atomic
def restore_parties(*, actor: User, party_ids: Sequence[int]) -> list[int]:
    """Take customers out of the trash and return those that were; for who deleted them and who may delete them.

    An address that identifies somebody else by now stays with its new owner: here it becomes a shared one.
    """
    gone = Party.objects.filter(pk__in=party_ids, deleted_at__isnull=False, erased_at=None, merged_into=None)
    found = gone.order_by("pk")
    own = {party.pk for party in found.select_for_update() if party.deleted_by_id == actor.pk}
    held = sorted(own | set(Party.objects.trash_of(actor).filter(pk__in=party_ids).values_list("pk", flat=True)))
    Party.objects.filter(pk__in=held).update(
        deleted_at=None, deleted_by=None, version=F("version") + 1, changed_at=timezone.now()
    )
    _reclaim(held)
    publish_many(PartyRestored(party_id=pk) for pk in held)
    return held


def restore_party(*, actor: User, party_id: int) -> Party:
    """Take one customer out of the trash. Raises NotFound when he is not there, or not for this actor."""
    if not restore_parties(actor=actor, party_ids=[party_id]):
        raise NotFound
    return Party.objects.get(pk=party_id)


def _throw_away(actor: User, party_ids: Sequence[int]) -> None:
    now = timezone.now()
    ContactPoint.objects.filter(party__in=party_ids, identifies=True).update(identifies=False, identified=True)
    Party.objects.filter(pk__in=party_ids).update(
        deleted_at=now, deleted_by=actor, version=F("version") + 1, changed_at=now
    )
    publish_many(PartyDeleted(party_id=pk) for pk in party_ids)


def _reclaim(party_ids: Sequence[int]) -> None:
    """Give the addresses back that nobody else took, the oldest customer first when two of these want one."""
    taken = ContactPoint.objects.filter(kind=OuterRef("kind"), value=OuterRef("value"), identifies=True)
    waiting = ContactPoint.objects.filter(party__in=party_ids, identified=True)
    free = waiting.filter(~Exists(taken)).order_by("kind", "value", "party_id", "id").distinct("kind", "value")
    ContactPoint.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(identifies=True)
    waiting.update(identified=False)
