"""Putting many customers into a static segment, and taking them out of it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.parties.models import Segment, SegmentMember, SegmentQuerySet
from peyvand.parties.services.segments import CHANGE, add_members, remove_members

MARK = "segment:"  # stands before the number of the segment in what is kept of each customer


def segments_for_many(actor: User) -> SegmentQuerySet:
    """The static segments whose members the actor may choose by hand, by name."""
    return Segment.objects.visible_to(actor, CHANGE).filter(kind=Segment.Kind.STATIC).order_by("name", "pk")


def segment_for_many(actor: User, number: str) -> Segment:
    """One of them by its number. Raises Invalid."""
    known = number.isascii() and number.isdigit() and len(number) < 19
    segment = segments_for_many(actor).filter(pk=int(number)).first() if known else None
    if segment is None:
        raise Invalid(fields={"segment": _("Choose a static segment that you may change.")})
    return segment


def move(*, actor: User, segment: Segment, ids: Sequence[int], is_in: bool) -> dict[int, bool]:
    """Put customers into a segment or take them out; return of each whom the actor sees whether it was in it before.

    Errors: NotAllowed, NotFound, NotStatic.
    """
    held = set(SegmentMember.objects.filter(segment=segment, party__in=ids).values_list("party_id", flat=True))
    moved = [pk for pk in ids if (pk in held) != is_in]
    if moved:
        (add_members if is_in else remove_members)(actor=actor, segment=segment, party_ids=moved)
    return {pk: pk in held for pk in ids}
