"""What sales starts with: the steps from contact to opportunity, one pipeline, reasons; all may be changed later."""

from django.db import transaction

from peyvand.sales.models import LostReason, Pipeline
from peyvand.sales.services.pipelines import add_lost_reason, create_pipeline
from peyvand.sales.types import PipelineDetails, StageDetails

_LEAD = (
    StageDetails(name="مخاطب", probability=2, rot_days=5),
    StageDetails(name="سرنخ", probability=5, rot_days=5, checks=("reachable",), tone="lajevard"),
    StageDetails(
        name="نخستین تماس", probability=10, rot_days=5, required=("owner_id",), checks=("call_done",), tone="banafsh"
    ),
    StageDetails(name="نسخهٔ آزمایشی", probability=20, rot_days=10, required=("source",), tone="zaferan"),
    StageDetails(name="بررسی پیشنهاد", probability=30, rot_days=10, required=("amount",), tone="peste"),
)
_DEAL = (
    StageDetails(name="سرنخ تأییدشده", probability=10, rot_days=5),
    StageDetails(name="نیازسنجی", probability=30, rot_days=7, checks=("decider",), tone="lajevard"),
    StageDetails(name="پیشنهاد قیمت", probability=60, rot_days=7, required=("amount",), tone="banafsh"),
    StageDetails(name="مذاکره", probability=80, rot_days=10, required=("amount", "close_on"), tone="zaferan"),
    StageDetails(name="قرارداد", probability=95, rot_days=10, required=("amount", "close_on"), tone="peste"),
)
_REASONS = ("بها", "خرید از رقیب", "نیاز نداشت", "بی‌پاسخ ماند", "زمان نامناسب", "کالا یا خدمت مناسب نبود")


@transaction.atomic
def ensure_starter_pipelines() -> None:
    """Make a pipeline of leads, one of deals, and reasons in an empty installation; leave alone what is there."""
    if not Pipeline.objects.exists():
        deals = create_pipeline(actor=None, details=PipelineDetails(name="فروش", kind="deal", stages=_DEAL))
        create_pipeline(
            actor=None,
            details=PipelineDetails(name="سرنخ‌ها", kind="lead", next_pipeline_id=deals.pk, stages=_LEAD),
        )
    if not LostReason.objects.exists():
        for name in _REASONS:
            add_lost_reason(actor=None, name=name)
