"""The ways on which a business sells: pipelines, their stages, and why deals are lost."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import tracked


@tracked()
class Pipeline(models.Model):
    """A pipeline (کاریز فروش): the stages that leads or deals of one kind go through.

    Of kind LEAD are the steps from contact to opportunity; a lead that passes them all goes on in a pipeline of kind
    DEAL as the same record, so that nothing of its history is lost. `next_pipeline` says in which one.
    """

    class Kind(models.TextChoices):
        LEAD = "lead", _("Leads")
        DEAL = "deal", _("Deals")

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.DEAL)
    next_pipeline = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(deleted_at=None), name="sales_pipeline_name"),
            models.CheckConstraint(condition=Q(next_pipeline=None) | Q(kind="lead"), name="sales_only_leads_go_on"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Stage(models.Model):
    """A stage (مرحله) of a pipeline.

    probability: percent of deals of this stage that are expected to be won. rot_days: after how many working days a
    deal that stands here is marked; null never. required: keys of the fields of a deal that must be filled before it
    comes here. checks: what must have happened before, [{"key": "call_done"}, …] of `sales.checks`. needs_approval:
    whoever may approve says whether a deal comes here. tone: the colour of its column.
    """

    class Tone(models.TextChoices):
        GREY = "ink-3", _("Grey")
        BLUE = "lajevard", _("Blue")
        PURPLE = "banafsh", _("Purple")
        AMBER = "zaferan", _("Amber")
        GREEN = "peste", _("Green")
        TEAL = "firouzeh", _("Teal")
        RED = "anar", _("Red")

    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    probability = models.PositiveSmallIntegerField(default=0)
    rot_days = models.PositiveSmallIntegerField(null=True, blank=True)
    required = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    checks = models.JSONField(default=list, blank=True)
    needs_approval = models.BooleanField(default=False)
    tone = models.CharField(max_length=10, choices=Tone, default=Tone.GREY)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["pipeline", "position"], condition=Q(deleted_at=None), name="sales_stage_order")
        ]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "name"], condition=Q(deleted_at=None), name="sales_stage_name"),
            models.CheckConstraint(condition=Q(probability__lte=100), name="sales_stage_percent"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class LostReason(models.Model):
    """Why deals are lost, in the words of the business."""

    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(deleted_at=None), name="sales_lost_reason_name")
        ]

    def __str__(self) -> str:
        return self.name
