"""Pipelines, and reasons for which deals are lost, in the API."""

from django.db.models import QuerySet

from peyvand.api.kit import (
    ApiRequest,
    Id,
    expected_version,
    router,
)
from peyvand.sales import services
from peyvand.sales.api.schemas import (
    LostReasonIn,
    LostReasonOut,
    PipelineIn,
    PipelineOut,
)
from peyvand.sales.models import LostReason, Pipeline
from peyvand.sales.permissions import CONFIGURE, VIEW
from peyvand.sales.selectors.pipelines import lost_reasons, pipelines

ways = router(tag="pipelines", permission=VIEW)


@ways.get("", response=list[PipelineOut])
def all_pipelines(request: ApiRequest) -> list[Pipeline]:
    """The pipelines with their stages."""
    return pipelines()


@ways.post("", response=PipelineOut, permission=CONFIGURE)
def create_pipeline(request: ApiRequest, payload: PipelineIn) -> Pipeline:
    """Add a pipeline with its stages."""
    return services.create_pipeline(actor=request.auth.user, details=payload.details())


@ways.put("/{int:id}", response=PipelineOut, permission=CONFIGURE, versioned="required")
def change_pipeline(request: ApiRequest, id: Id, payload: PipelineIn) -> Pipeline:
    """Give a pipeline this name and exactly these stages."""
    return services.change_pipeline(
        actor=request.auth.user,
        pipeline_id=id,
        details=payload.details(),
        version=expected_version(request),
        goes_to=payload.goes_to,
    )


@ways.delete("/{int:id}", permission=CONFIGURE)
def delete_pipeline(request: ApiRequest, id: Id) -> None:
    """Put a pipeline without open deals into the trash."""
    services.delete_pipeline(actor=request.auth.user, pipeline_id=id)


@ways.post("/{int:id}/restore", response=PipelineOut, permission=CONFIGURE, status=200)
def restore_pipeline(request: ApiRequest, id: Id) -> Pipeline:
    """Take a pipeline out of the trash."""
    return services.restore_pipeline(actor=request.auth.user, pipeline_id=id)


@ways.get("/lost-reasons", response=list[LostReasonOut])
def reasons(request: ApiRequest) -> QuerySet[LostReason]:
    """Why deals are lost."""
    return lost_reasons()


@ways.post("/lost-reasons", response=LostReasonOut, permission=CONFIGURE)
def add_reason(request: ApiRequest, payload: LostReasonIn) -> LostReason:
    """Name a reason."""
    return services.add_lost_reason(actor=request.auth.user, name=payload.name)


@ways.delete("/lost-reasons/{int:id}", permission=CONFIGURE)
def remove_reason(request: ApiRequest, id: Id) -> None:
    """Offer a reason no longer."""
    services.remove_lost_reason(actor=request.auth.user, reason_id=id)
