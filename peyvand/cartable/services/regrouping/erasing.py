"""What a person wrote in requests that were merged into those of somebody else."""

from collections.abc import Sequence

from peyvand.cartable.models import Answer, Note, Regrouping, RegroupMove, Request, RequestMessage

ERASED = "—"
What = RegroupMove.What


def erase_merged(request_ids: Sequence[int]) -> list[int]:
    """Blank the notes and answers that went with these requests into others, and take their words out of the search.

    Returns the messages that went with them, which are to be erased, too. Messages that a person moved to another
    customer's request belong to that one and stay.
    """
    made = Regrouping.objects.standing().filter(kind=Regrouping.Kind.MERGE, sources__in=request_ids)
    moves = RegroupMove.objects.filter(regrouping__in=made, source__in=request_ids)
    ids: dict[str, list[int]] = {what: [] for what in What.values}
    for one in moves:
        ids[one.what] += one.ids
    Note.objects.filter(pk__in=ids[What.NOTE]).update(body=ERASED)
    Answer.objects.filter(pk__in=ids[What.ANSWER]).update(body="", recipient="", remark="")
    for source in Request.objects.filter(pk__in=request_ids, merged_into__isnull=False).select_related("merged_into"):
        if source.merged_into is not None:
            words = source.merged_into.search.replace(f" {source.search}", "")
            Request.objects.filter(pk=source.merged_into.pk).update(search=words)
    rows = RequestMessage.objects.filter(pk__in=ids[What.MESSAGE])
    return list(rows.values_list("message_id", flat=True))
