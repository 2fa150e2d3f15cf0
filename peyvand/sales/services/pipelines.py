"""Making and changing pipelines, their stages, and the reasons for which deals are lost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm
from peyvand.sales import checks
from peyvand.sales.errors import DealChanged, LastStage, NameTaken, PipelineInUse, StageInUse
from peyvand.sales.models import Deal, LeadForm, LostReason, Pipeline, Stage
from peyvand.sales.permissions import CONFIGURE
from peyvand.sales.selectors.pipelines import forget_pipelines
from peyvand.sales.services.emptying import empty_stage
from peyvand.sales.types import PipelineDetails, StageDetails

LONGEST = 80
MOST_STAGES = 30


@transaction.atomic
def create_pipeline(*, actor: User | None, details: PipelineDetails) -> Pipeline:
    """Add a pipeline with its stages at the end. actor: None is the system itself.

    Errors: NotAllowed, Invalid, LastStage, NameTaken.
    """
    _require(actor)
    details = _checked(details)
    last = Pipeline.objects.aggregate(last=Max("position"))["last"] or 0
    pipeline = Pipeline(position=last + 1)
    _write(pipeline, details)
    for position, stage in enumerate(details.stages, 1):
        _write_stage(Stage(pipeline=pipeline), stage, position)
    return pipeline


@transaction.atomic
def change_pipeline(
    *,
    actor: User,
    pipeline_id: int,
    details: PipelineDetails,
    version: int | None = None,
    goes_to: Mapping[int, int] | None = None,
) -> Pipeline:
    """Give a pipeline this name and exactly these stages in this order; stages that are left out are removed.

    goes_to: for a removed stage the stage in which its deals stand then. version: the one the actor saw.
    Errors: NotAllowed, NotFound, DealChanged, Invalid, LastStage, NameTaken, StageInUse.
    """
    pipeline = _held(actor, pipeline_id, version)
    details = _checked(details)
    stages = {stage.pk: stage for stage in Stage.objects.select_for_update().filter(pipeline=pipeline, deleted_at=None)}
    kept = [stage.id for stage in details.stages if stage.id is not None]
    if len(set(kept)) < len(kept) or not set(kept) <= set(stages):
        raise NotFound
    for stage in stages.values():  # so that two stages can change names
        Stage.objects.filter(pk=stage.pk).update(name=f"{stage.name[:60]}\n{stage.pk}")
    _write(pipeline, details)
    for pk in stages.keys() - set(kept):
        _remove(actor, stages[pk], (goes_to or {}).get(pk), set(kept))
    for position, one in enumerate(details.stages, 1):
        _write_stage(stages[one.id] if one.id is not None else Stage(pipeline=pipeline), one, position)
    return pipeline


@transaction.atomic
def delete_pipeline(*, actor: User, pipeline_id: int) -> Pipeline:
    """Put a pipeline into the trash, unless open deals are in it or a form brings leads to it; closed deals keep it.

    Errors: NotAllowed, NotFound, PipelineInUse.
    """
    pipeline = _held(actor, pipeline_id)
    _require_unused(pipeline)
    pipeline.deleted_at = timezone.now()
    _stored(pipeline)
    return pipeline


def _require_unused(pipeline: Pipeline) -> None:
    count = open_in(pipeline).count()
    if count:
        said = ngettext(
            "%(n)s open deal is in «%(name)s»; move it to another pipeline or close it first.",
            "%(n)s open deals are in «%(name)s»; move them to another pipeline or close them first.",
            count,
        )
        raise PipelineInUse(said % {"n": count, "name": pipeline.name})
    form = LeadForm.objects.filter(pipeline=pipeline, is_active=True, deleted_at=None).order_by("pk").first()
    if form is not None:
        said = _("The form «%(form)s» brings leads to «%(name)s»; choose another pipeline there first.")
        raise PipelineInUse(said % {"form": form.name, "name": pipeline.name})


def open_in(pipeline: Pipeline) -> QuerySet[Deal]:
    """The open deals of a pipeline, without those in the trash."""
    return Deal.objects.filter(pipeline=pipeline, state=Deal.State.OPEN, deleted_at=None)


@transaction.atomic
def restore_pipeline(*, actor: User, pipeline_id: int) -> Pipeline:
    """Take a pipeline out of the trash. Errors: NotAllowed, NotFound, NameTaken."""
    _require(actor)
    pipeline = Pipeline.objects.select_for_update().filter(pk=pipeline_id, deleted_at__isnull=False).first()
    if pipeline is None:
        raise NotFound
    if Pipeline.objects.filter(name=pipeline.name, deleted_at=None).exists():
        raise NameTaken
    pipeline.deleted_at = None
    _stored(pipeline)
    return pipeline


@transaction.atomic
def add_lost_reason(*, actor: User | None, name: str) -> LostReason:
    """Name a reason for which deals are lost. Errors: NotAllowed, Invalid, NameTaken."""
    _require(actor)
    name = _named(name)
    if LostReason.objects.filter(name=name, deleted_at=None).exists():
        raise NameTaken
    last = LostReason.objects.aggregate(last=Max("position"))["last"] or 0
    return LostReason.objects.create(name=name, position=last + 1)


@transaction.atomic
def remove_lost_reason(*, actor: User, reason_id: int) -> None:
    """Offer a reason no longer; deals that were lost for it keep it. Errors: NotAllowed, NotFound."""
    _require(actor)
    if not LostReason.objects.filter(pk=reason_id, deleted_at=None).update(deleted_at=timezone.now()):
        raise NotFound


def _require(actor: User | None) -> None:
    forget_pipelines()
    transaction.on_commit(forget_pipelines)
    if actor is not None:
        require_everywhere(actor, CONFIGURE)


def _held(actor: User, pipeline_id: int, version: int | None = None) -> Pipeline:
    _require(actor)
    pipeline = Pipeline.objects.select_for_update().filter(pk=pipeline_id, deleted_at=None).first()
    if pipeline is None:
        raise NotFound
    if version is not None and pipeline.version != version:
        raise DealChanged
    return pipeline


def _stored(pipeline: Pipeline) -> None:
    pipeline.version = F("version") + 1
    pipeline.save()
    pipeline.refresh_from_db()


def _write(pipeline: Pipeline, details: PipelineDetails) -> None:
    pipeline.name, pipeline.kind = details.name, details.kind
    pipeline.next_pipeline_id = details.next_pipeline_id
    taken = Pipeline.objects.filter(name=details.name, deleted_at=None).exclude(pk=pipeline.pk)
    if taken.exists():
        raise NameTaken
    if pipeline._state.adding:
        pipeline.save()
    else:
        _stored(pipeline)


def _write_stage(stage: Stage, details: StageDetails, position: int) -> None:
    stage.name, stage.position, stage.probability = details.name, position, details.probability
    stage.rot_days, stage.required, stage.checks = details.rot_days, list(details.required), list(details.checks)
    stage.needs_approval, stage.tone = details.needs_approval, details.tone
    stage.save()


def _remove(actor: User, stage: Stage, goes_to: int | None, kept: set[int]) -> None:
    """Take a stage out; the deals that stand in it go where it is said. Deals that were closed there keep it."""
    if Deal.objects.filter(stage=stage, state=Deal.State.OPEN).exists():
        if goes_to not in kept:
            raise _in_use(stage)
        empty_stage(actor, stage, Stage.objects.get(pk=goes_to))
    stage.deleted_at = timezone.now()
    stage.save()


def _in_use(stage: Stage) -> StageInUse:
    """Also deals in the trash stand in a stage: they have to stand somewhere when they come back."""
    count = Deal.objects.filter(stage=stage, state=Deal.State.OPEN).count()
    said = ngettext(
        "%(n)s deal stands in «%(name)s»; say to which stage it goes.",
        "%(n)s deals stand in «%(name)s»; say to which stage they go.",
        count,
    )
    return StageInUse(said % {"n": count, "name": stage.name.partition("\n")[0]})


def _checked(details: PipelineDetails) -> PipelineDetails:
    """What was written, tidied. Raises Invalid that names what is wrong."""
    if not details.stages:
        raise LastStage
    if len(details.stages) > MOST_STAGES:
        raise Invalid(fields={"stages": _("A pipeline has at most 30 stages.")})
    if details.kind not in Pipeline.Kind.values:
        raise Invalid(fields={"kind": _("There is no such record.")})
    stages = [replace(stage, name=_named(stage.name, "stages")) for stage in details.stages]
    if len({stage.name for stage in stages}) < len(stages):
        raise Invalid(fields={"stages": _("Two stages have the same name.")})
    for stage in stages:
        _check_stage(stage)
    return replace(details, name=_named(details.name), stages=stages, next_pipeline_id=_next_of(details))


def _next_of(details: PipelineDetails) -> int | None:
    if details.kind != Pipeline.Kind.LEAD or details.next_pipeline_id is None:
        return None
    known = Pipeline.objects.filter(pk=details.next_pipeline_id, kind=Pipeline.Kind.DEAL, deleted_at=None)
    if not known.exists():
        raise Invalid(fields={"next_pipeline_id": _("There is no such record.")})
    return details.next_pipeline_id


def _check_stage(stage: StageDetails) -> None:
    wrong = _("There is no such record.")
    if not 0 <= stage.probability <= 100:
        raise Invalid(fields={"stages": _("Write a percentage from 0 to 100.")})
    if stage.rot_days is not None and not 1 <= stage.rot_days <= 999:
        raise Invalid(fields={"stages": _("Write a number of days from 1 to 999.")})
    if stage.tone not in Stage.Tone.values or not _known(stage.required, stage.checks):
        raise Invalid(fields={"stages": wrong})


def _known(required: Sequence[str], asked: Sequence[str]) -> bool:
    fields, offered = {each.key for each in checks.fields()}, {each.key for each in checks.offered()}
    return set(required) <= fields and set(asked) <= offered


def _named(name: str, field: str = "name") -> str:
    name = display_norm(name)[:LONGEST]
    if not name:
        raise Invalid(fields={field: _("Write a name.")})
    return name
