"""Pipelines with their stages, and what a form chooses from."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from peyvand.core.known import Known
from peyvand.sales.models import LostReason, Pipeline, Stage


def pipelines(kind: str = "") -> list[Pipeline]:
    """The pipelines in their order, leads first, each with its `stages` that are in use, in two questions."""
    rows = Pipeline.objects.filter(deleted_at=None).order_by("-kind", "position", "id")
    rows = rows.filter(kind=kind) if kind else rows
    stages = Stage.objects.filter(deleted_at=None).order_by("position", "id")
    return list(rows.prefetch_related(Prefetch("stages", queryset=stages)))


_known: Known[str, list[Pipeline]] = Known(pipelines)


def known_pipelines(wanted: int | None = None) -> list[Pipeline]:
    """The same for what is only shown, as of a few seconds ago: an act asks the rows themselves.

    wanted: one that has to be among them; when it is not, somebody may just have made it.
    """
    found = _known("")
    if wanted is None or any(each.pk == wanted for each in found):
        return found
    forget_pipelines()
    return _known("")


def forget_pipelines() -> None:
    """Read them again at the next question; for whoever changes them in this process."""
    _known.forget()


def chosen(found: Sequence[Pipeline], pipeline_id: int | None) -> Pipeline | None:
    """The pipeline of this id, otherwise the first of deals, otherwise the first of all."""
    by_id = {each.pk: each for each in found}
    if pipeline_id in by_id:
        return by_id[pipeline_id]
    return next((each for each in found if each.kind == Pipeline.Kind.DEAL), found[0] if found else None)


def lost_reasons() -> QuerySet[LostReason]:
    """The reasons for which deals are lost, in their order."""
    return LostReason.objects.filter(deleted_at=None).order_by("position", "id")
