"""What came into a request after a merge, and where it would go if the merge were taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from peyvand.cartable.models import Answer, Regrouping, RegroupMove, Request, RequestMessage
from peyvand.cartable.selectors.threads import evidence_of
from peyvand.channels.models import Message


@dataclass(frozen=True)
class Later:
    """A message that came since, and the request to which it seems to belong."""

    message: Message
    proposed: int


def later_messages(made: Regrouping) -> list[Later]:
    """The messages that a merged request got since, in order: each where its references point, else with the survivor.

    What names the code of a merged request, answers one of its messages, or is the answer that was drafted there,
    belongs there.
    """
    rows = RequestMessage.objects.filter(request=made.target, pk__gt=made.details.get("last", 0))
    rows = rows.exclude(pk__in=[pk for one in made.moves.filter(what=RegroupMove.What.MESSAGE) for pk in one.ids])
    codes = {one.code: one.pk for one in made.sources.all()}
    known, answers = _moved_ids(made), _moved_answers(made)
    return [
        Later(row.message, _place(row.message, codes, known) or answers.get(row.message_id) or made.target_id)
        for row in rows.select_related("message").order_by("at", "pk")
    ]


def _place(message: Message, codes: dict[str, int], known: dict[str, int]) -> int | None:
    said = evidence_of(message)
    named: Sequence[int | None] = [
        *(codes.get(one) for one in (*said.signed, *said.addressed)),
        *(known.get(one) for one in said.message_ids),
        *(codes.get(one) for one in said.codes),
    ]
    return next((one for one in named if one is not None), None)


def _moved_ids(made: Regrouping) -> dict[str, int]:
    """The Message-IDs of the moved messages with the request that each came from."""
    found: dict[str, int] = {}
    for moved in made.moves.filter(what=RegroupMove.What.MESSAGE):
        ids = RequestMessage.objects.filter(pk__in=moved.ids).values_list("message__message_id", flat=True)
        found |= {one: moved.source_id for one in ids if one}
    return found


def _moved_answers(made: Regrouping) -> dict[int, int]:
    """The messages of answers whose drafts had come from a merged request."""
    found: dict[int, int] = {}
    for moved in made.moves.filter(what=RegroupMove.What.ANSWER):
        sent = Answer.objects.filter(pk__in=moved.ids, message__isnull=False).values_list("message_id", flat=True)
        found |= {pk: moved.source_id for pk in sent if pk is not None}
    return found


def regroupings_of(request: Request) -> list[Regrouping]:
    """The regroupings of a request that stand, the latest first."""
    rows = Regrouping.objects.standing().filter(target=request) | Regrouping.objects.standing().filter(sources=request)
    return list(rows.select_related("target", "by").prefetch_related("sources").distinct().order_by("-pk")[:50])
