"""What a merge would do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from peyvand.cartable.models import OPEN_REFERRAL, Note, Referral, Request
from peyvand.cartable.selectors.widening import Widening, widening


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The requests as they are, and what they would become."""

    survivor: Request
    sources: Sequence[Request]
    messages: int
    notes: int
    recalled: int  # open referrals of the others, which end
    wakes: bool  # the survivor becomes work again
    parties: int  # different customers among them
    widening: Widening

    @property
    def all(self) -> list[Request]:
        """The survivor, then the others."""
        return [self.survivor, *self.sources]


def preview_of(survivor: Request, sources: Sequence[Request]) -> Preview:
    """Say what merging `sources` into `survivor` would do; nothing is written."""
    ids = [one.pk for one in sources]
    return Preview(
        survivor=survivor,
        sources=sources,
        messages=sum(one.message_count for one in (survivor, *sources)),
        notes=Note.objects.filter(request__in=[survivor.pk, *ids]).count(),
        recalled=Referral.objects.filter(request__in=ids, state__in=OPEN_REFERRAL).count(),
        wakes=not survivor.is_active and any(one.is_active for one in sources),
        parties=len({one.party_id for one in (survivor, *sources)}),
        widening=widening(survivor, sources, whole=True),
    )
