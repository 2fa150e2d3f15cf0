"""Putting everything of one request into another: messages, answers, notes, parts, former merges, drafts."""

from peyvand.cartable.models import Answer, Regrouping, Request, RequestMessage
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.services.regrouping.journal import What
from peyvand.cartable.services.work import Work

BETWEEN = "\n\n"
DRAFTS = (Answer.State.DRAFT, Answer.State.RETURNED)
S = Request.Status


def fold(made: Regrouping, source: Request) -> int:
    """Hang all that hangs on `source` on the target, and remember it; return how many messages moved."""
    opening = RequestMessage.objects.filter(request=source, opens=True).values_list("pk", flat=True)
    made.details.setdefault("opening", []).extend(opening)
    joined = _join_drafts(source, made.target_id)
    made.details.setdefault("drafts", []).extend(joined)
    count = journal.messages_of([source.pk]).count()
    for what in What.values:
        rows = journal.hanging(what, source.pk)
        if what == What.ANSWER:
            rows = rows.exclude(pk__in=[draft for draft, _into, _state in joined])
        journal.move(made, what, list(rows.order_by("pk").values_list("pk", flat=True)), source=source.pk)
    return count


def fold_back(source: Request, target: Request) -> None:
    """The same without a journal: what had been split off comes home."""
    joined = [draft for draft, _into, _state in _join_drafts(source, target.pk)]
    for what in What.values:
        rows = journal.hanging(what, source.pk).exclude(pk__in=joined if what == What.ANSWER else [])
        journal.hang(what, list(rows.values_list("pk", flat=True)), source=source.pk, target=target.pk)


def _join_drafts(source: Request, target_id: int) -> list[list[object]]:
    """Somebody has a draft in both: his words go under those of the survivor's draft. Returns (draft, into, state)."""
    rows = Answer.objects.select_for_update().filter(state__in=DRAFTS)
    there = {one.author_id: one for one in rows.filter(request=target_id)}
    joined: list[list[object]] = []
    for draft in rows.filter(request=source):
        into = there.get(draft.author_id)
        if into is None:
            continue
        text = f"{into.body}{BETWEEN}{draft.body}" if draft.body else into.body
        Answer.objects.filter(pk=into.pk).update(body=text, version=into.version + 1)
        Answer.objects.filter(pk=draft.pk).update(state=Answer.State.DISCARDED)
        joined.append([draft.pk, into.pk, draft.state])
    return joined


def part_drafts(made: Regrouping) -> None:
    """Take joined drafts apart: the words that were put under the other one leave it, if they still stand there."""
    for pk, into_pk, state in made.details.get("drafts", []):
        draft = Answer.objects.filter(pk=pk, state=Answer.State.DISCARDED).first()
        into = Answer.objects.select_for_update().filter(pk=into_pk, state__in=DRAFTS).first()
        if draft is None:
            continue
        Answer.objects.filter(pk=pk).update(state=state)
        ending = f"{BETWEEN}{draft.body}"
        if into is not None and draft.body and into.body.endswith(ending):
            body = into.body[: -len(ending)]
            Answer.objects.filter(pk=into.pk).update(body=body, version=into.version + 1)


def empty(work: Work, into: Request) -> None:
    """Set an emptied request closed: it lives on in another. Its open referrals are called back."""
    request = work.request
    if request.status != S.CLOSED:
        holding.end_all(work, "recalled", copies=True)
        request.status, request.closed_at = S.CLOSED, work.now
        clock.stop(request, work.now)
    request.merged_into, request.message_count = into, 0


def follow_messages(request_ids: list[int]) -> None:
    """Answers that went out stand where their messages stand."""
    sent = Answer.objects.filter(request__in=request_ids, message__isnull=False)
    for pk, place in sent.values_list("pk", "message__in_request__request_id"):
        if place is not None:
            Answer.objects.filter(pk=pk).exclude(request=place).update(request=place)
