"""One answer to a whole series that somebody outside holds."""

from django.utils import timezone

from peyvand.activities.models import Activity, Invitee, OutsideSeries, State, Step
from peyvand.activities.services import shaping
from peyvand.activities.types import StepKind


def answer_all(series: OutsideSeries, answer: str, but: int) -> None:
    """Give one answer to the whole: to each coming time but the one that the caller answers himself."""
    told = "" if series.times.exclude(told__in=["", answer]).exists() else series.told  # who knows another hears anew
    OutsideSeries.objects.filter(pk=series.pk).update(answer=answer, told=told)
    now, planned = timezone.now(), State.PLANNED
    declined = answer == Invitee.Answer.DECLINED
    rows = Activity.objects.filter(outside__series=series, outside__is_cancelled=False, ends_at__gt=now)
    rows = rows.filter(deleted_at=None, state__in=[planned, State.CANCELLED]).exclude(pk=but)
    ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    Invitee.objects.filter(activity__in=ids, user=series.user_id).update(answer=answer, answered_at=now)
    for one in Activity.objects.filter(pk__in=ids, state=planned if declined else State.CANCELLED):
        one.state, one.done_at = (State.CANCELLED, now) if declined else (planned, None)
        one.done_by_id = series.user_id if declined else None
        one.version, one.sequence = one.version + 1, one.sequence + 1
        shaping.remind(one)
        one.save()
    said = {"who": series.user.full_name, "answer": answer}
    Step.objects.bulk_create(
        Step(activity_id=one, kind=StepKind.ANSWERED, actor_id=series.user_id, at=now, details=said) for one in ids
    )
