"""Making one request of several."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_noop

from peyvand.accounts.context import Actor
from peyvand.cartable.errors import NothingToMerge, NotOneWhole, TooManyToMerge, WouldWiden
from peyvand.cartable.events import RequestClosed, RequestsMerged
from peyvand.cartable.models import Regrouping, Request
from peyvand.cartable.selectors.widening import Widening, widening
from peyvand.cartable.services import holding, telling
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.services.regrouping.carrying import carry_confidants, carry_snoozes, carry_tags, keep_in_sight
from peyvand.cartable.services.regrouping.folding import empty, fold
from peyvand.cartable.services.regrouping.taking_over import take_over
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.types import StepKind
from peyvand.core.events import Event

MOST = 20
HANDLE = "cartable.handle"
TOLD = gettext_noop("%(who)s merged request %(former)s, which you held, into this one: %(subject)s")


@transaction.atomic
def merge(
    *,
    actor: Actor,
    survivor_id: int,
    request_ids: Sequence[int],
    agreed: bool = False,
    versions: Mapping[int, int] | None = None,
) -> Regrouping:
    """Merge requests into a survivor: their messages, answers, notes, parts, tags and snoozes go there, their codes
    answer there, and whoever is named on a confidential one is named there.

    A merged request is closed and its referrals are called back; the survivor is work again when one of them was. The
    earlier deadline counts. If one is confidential, the survivor becomes so. agreed: the actor knows that others will
    see the messages, too. versions: of each request as the actor saw it. Raises NothingToMerge, TooManyToMerge,
    MergedAlready, NotOneWhole, WouldWiden, Conflict, NotFound, NotAllowed.
    """
    others = sorted(set(request_ids) - {survivor_id})
    if len(others) > MOST:
        raise TooManyToMerge
    seen = versions or {}
    held = {pk: lock(actor, pk, HANDLE, expected_version=seen.get(pk)) for pk in sorted([survivor_id, *others])}
    if not others:
        raise NothingToMerge
    survivor, sources = held[survivor_id], [held[pk] for pk in others]
    if any(one.parent_id != survivor.parent_id for one in sources):
        raise NotOneWhole
    told = widening(survivor, sources, whole=True)
    if told.is_any and not agreed:
        raise WouldWiden(told.names)
    return merge_locked(actor, survivor, sources, told)


def merge_locked(
    actor: Actor, survivor: Request, sources: Sequence[Request], told: Widening, kind: StepKind | None = None
) -> Regrouping:
    """Merge requests that are locked and may be merged. kind: of the steps, when it is not an ordinary merge."""
    work = Work(actor, survivor)
    made = journal.begin(Regrouping.Kind.MERGE, survivor, sources, actor.user, work.now)
    before = journal.snapshot([survivor.pk, *(one.pk for one in sources)])
    referrals = {pk: was for one in sources for pk, was in journal.referrals_of(one.pk).items()}
    carry_tags(made, survivor, sources)
    carry_snoozes(made, survivor, sources)
    events = take_over(work, sources)
    counts = {one.pk: _absorb(actor, made, one, kind) for one in sources}
    survivor.message_count += sum(counts.values())
    if survivor.is_active:
        holding.back_to_review(survivor)
    made.details |= {"agreed": told.names} if told.is_any else {}
    work.done(
        kind or StepKind.ABSORBED,
        events=[*events, _merged(made, sources)],
        details={
            "from": sources[0].pk, "requests": [one.pk for one in sources], "codes": [one.code for one in sources],
            "moved": sum(counts.values()), "regrouping": made.pk,
        },
    )  # fmt: skip
    carry_confidants(made, survivor, sources, actor.user)
    keep_in_sight(actor, made, survivor, before[survivor.pk]["confidential"])
    made.save(update_fields=["details"])
    journal.note_changes(made, journal.REQUEST, before)
    journal.note_changes(made, journal.REFERRAL, referrals)
    journal.mark_tied(before)
    _tell_holders(actor, survivor, sources)
    return made


def _merged(made: Regrouping, sources: Sequence[Request]) -> RequestsMerged:
    return RequestsMerged(request_id=made.target_id, merged_ids=tuple(one.pk for one in sources), regrouping_id=made.pk)


def _absorb(actor: Actor, made: Regrouping, source: Request, kind: StepKind | None) -> int:
    """Empty one request into the survivor; return how many messages moved."""
    work = Work(actor, source)
    was_closed = source.status == Request.Status.CLOSED
    moved = fold(made, source)
    empty(work, made.target)
    events: list[Event] = [] if was_closed else [RequestClosed(request_id=source.pk)]
    details = {"request": made.target_id, "code": made.target.code, "moved": moved, "regrouping": made.pk}
    work.done(kind or StepKind.MERGED, events=events, details=details)
    return moved


def _tell_holders(actor: Actor, survivor: Request, sources: Sequence[Request]) -> None:
    for one in sources:
        if one.assignee is not None and one.assignee_id not in (actor.user.pk, survivor.assignee_id):
            telling.tell(one.assignee, survivor, TOLD, who=str(actor.user), former=f"\u2066{one.code}\u2069")
