"""What people decide about a pair."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.parties.models import DuplicatePair

DUPLICATES = "parties.duplicates"
State = DuplicatePair.State


@transaction.atomic
def decide_not_same(*, actor: User, pair_ids: Collection[int]) -> list[int]:
    """Note that these pairs are two customers each, so that they are not proposed again; return which were open.

    Pairs that the actor does not see, or that are decided already, stay as they are. Errors: NotAllowed.
    """
    require(actor, DUPLICATES)
    held = _held(actor, pair_ids, State.OPEN)
    DuplicatePair.objects.filter(pk__in=held).update(
        state=State.NOT_SAME, decided_by=actor, decided_at=timezone.now(),
        decided_score=F("score"), decided_reasons=F("reasons"),
    )  # fmt: skip
    return held


@transaction.atomic
def reopen_pairs(*, actor: User, pair_ids: Collection[int]) -> list[int]:
    """Take «not the same» back; return which pairs are open again. Errors: NotAllowed."""
    require(actor, DUPLICATES)
    held = _held(actor, pair_ids, State.NOT_SAME)
    DuplicatePair.objects.filter(pk__in=held).update(
        state=State.OPEN, decided_by=None, decided_at=None, decided_score=None, decided_reasons=[]
    )
    return held


def _held(actor: User, pair_ids: Collection[int], state: str) -> list[int]:
    seen = DuplicatePair.objects.visible_to(actor).filter(pk__in=pair_ids, state=state)
    return list(seen.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
