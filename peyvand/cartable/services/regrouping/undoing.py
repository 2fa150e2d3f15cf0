"""Taking a merge, a split or a move back: everything hangs again where it hung."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import RegroupedFurther, TooLate
from peyvand.cartable.events import RegroupingUndone, RequestChanged
from peyvand.cartable.models import Referral, Regrouping, Request, RequestMessage, Step
from peyvand.cartable.selectors.regroupings import later_messages
from peyvand.cartable.services import holding
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.services.regrouping.carrying import give_back, hand_names_on, take_names_off
from peyvand.cartable.services.regrouping.chaining import give_word_back, take_out
from peyvand.cartable.services.regrouping.folding import empty, fold_back, follow_messages, part_drafts
from peyvand.cartable.services.regrouping.homing import (
    is_secret_by_words,
    origin_of,
    rests_since,
    send_home,
    wake_unheard,
)
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import StepKind
from peyvand.core.errors import Invalid, NotAllowed, NotFound

HANDLE = "cartable.handle"
K = Regrouping.Kind


@transaction.atomic
def undo_regrouping(*, actor: Actor, regrouping_id: int, places: Mapping[int, int] | None = None) -> Regrouping:
    """Take a regrouping back within its 90 days.

    Every row that it moved and that still hangs there goes home; states come back where nobody has changed them since.
    A request that would rest again although the customer has written in it since is work. What was confidential by the
    regrouping stays so when colleagues have written in it since. places: to which request a
    message that came after a merge goes, by its number; the rest goes where its references point. A request that was
    split off gives back everything and lives on as a code that answers. Raises NotFound,
    NotAllowed, TooLate, RegroupedFurther, Invalid.
    """
    held = Regrouping.objects.select_for_update().filter(pk=regrouping_id).first()
    if held is None:
        raise NotFound
    sources = sorted(held.sources.values_list("pk", flat=True))
    requests = _hold(actor, [held.target_id, *sources])
    if not held.is_open:
        raise TooLate
    _check(held, requests, sources)
    works = {pk: Work(actor, request) for pk, request in requests.items()}
    heard = rests_since(requests[held.target_id])
    chosen = _places(held, places or {}, sources)
    _hang_back(held)
    for message, place in chosen.items():
        RequestMessage.objects.filter(message=message, request=held.target_id).update(request_id=place)
    if held.kind == K.SPLIT:
        fold_back(requests[held.target_id], requests[origin_of(held).pk])
    follow_messages([held.target_id, *sources])
    _restore(held, requests, sources)
    held.undone_at, held.undone_by = works[held.target_id].now, actor.user
    held.save(update_fields=["undone_at", "undone_by"])
    journal.recount(requests)
    for pk, work in works.items():
        _note(held, work, pk)
        wake_unheard(work.request, held, heard)
    journal.mark_tied(requests)
    return held


def _hold(actor: Actor, ids: Sequence[int]) -> dict[int, Request]:
    """Lock all requests of a regrouping; who takes it back must see and handle each of them."""
    rows = Request.objects.visible_to(actor).select_for_update().filter(pk__in=ids).order_by("pk")
    found = {one.pk: one for one in rows}
    if len(found) < len(set(ids)):
        raise NotFound
    if not all(policies.may_act(actor, HANDLE, one) for one in found.values()):
        raise NotAllowed
    return found


def _check(held: Regrouping, requests: Mapping[int, Request], sources: Sequence[int]) -> None:
    expected = held.target_id if held.kind == K.MERGE else None
    if requests[held.target_id].merged_into_id is not None:
        raise RegroupedFurther
    if any(requests[pk].merged_into_id != expected for pk in sources):
        raise RegroupedFurther
    if held.kind == K.SPLIT:
        others = Regrouping.objects.standing().exclude(pk=held.pk)
        if others.filter(Q(target=held.target_id) | Q(sources=held.target_id)).exists():
            raise RegroupedFurther


def _places(held: Regrouping, given: Mapping[int, int], sources: Sequence[int]) -> dict[int, int]:
    """Where each message that came since goes; those that stay are left out."""
    if held.kind != K.MERGE:
        return {}
    known = {one.message.pk: one.proposed for one in later_messages(held)}
    if any(pk not in known or place not in (held.target_id, *sources) for pk, place in given.items()):
        raise Invalid(fields={"places": str(Invalid())})
    return {pk: place for pk, place in (known | dict(given)).items() if place != held.target_id}


def _hang_back(held: Regrouping) -> None:
    for moved in held.moves.order_by("-pk"):
        journal.hang(moved.what, moved.ids, source=held.target_id, target=moved.source_id)
    home = RequestMessage.objects.exclude(request=held.target_id)
    home.filter(pk__in=held.details.get("opening", [])).update(opens=True)
    for pk, was in held.details.get("matched", {}).items():
        home.filter(pk=int(pk)).update(matched_by=was)
    part_drafts(held)
    if held.kind == K.MERGE:
        send_home(held)


def _restore(held: Regrouping, requests: Mapping[int, Request], sources: Sequence[int]) -> None:
    """Give the requests and their referrals back what they were."""
    said = Step.objects.filter(request=held.target_id, kind=StepKind.CONFIDED, at__gt=held.at)
    confided = said.exists() or is_secret_by_words(held)
    for row in held.rows.order_by("-pk"):
        if (row.model, row.row) == (journal.REQUEST, held.target_id):
            take_out(held, row, but_secrecy=confided)
            continue
        if held.kind == K.MOVE and row.model == journal.REQUEST:
            give_word_back(row)
        journal.restore(row)
    if held.kind == K.MERGE:
        _take_words_out(requests[held.target_id], [requests[pk] for pk in sources])
        give_back(held, held.target_id, [requests[pk] for pk in sources])
    if not confided:
        hand_names_on(held)
        take_names_off(held)


def _take_words_out(target: Request, sources: Sequence[Request]) -> None:
    """The search finds the survivor no longer by the words of the others."""
    search = target.search
    for one in sources:
        search = search.replace(f" {one.search}", "", 1)
    if search != target.search:
        Request.objects.filter(pk=target.pk).update(search=search)


def _note(held: Regrouping, work: Work, pk: int) -> None:
    """Write the step of one request as it stands in the database now."""
    request = work.request
    request.refresh_from_db()
    if held.kind == K.SPLIT and pk == held.target_id:
        empty(work, origin_of(held))
    if request.status == Request.Status.CLOSED:
        holding.end_all(work, Referral.State.RECALLED, copies=True)  # copies that went out since
    event = (
        RegroupingUndone(request_id=pk, regrouping_id=held.pk)
        if pk == held.target_id
        else RequestChanged(request_id=pk)
    )
    work.done(StepKind.REGROUPED_BACK, events=[event], details={"regrouping": held.pk, "undone": held.kind})
