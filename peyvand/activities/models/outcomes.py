"""How activities end, and what follows by itself: rows that the business fills."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of activities."""

    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    TASK = "task", _("Task")


class State(models.TextChoices):
    """Where an activity stands: only a planned one asks for something."""

    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    MISSED = "missed", _("Not reached")
    CANCELLED = "cancelled", _("Cancelled")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Outcome(models.Model):
    """How an activity of a kind (empty: of any) can end, and the rule of what follows by itself.

    With `follow_kind` a new activity of that kind is planned for the same customer: `follow_days` working days later at
    `follow_at`, or with no days `follow_minutes` of working time later; at most `follow_most` times in a row.
    """

    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    state = models.CharField(max_length=9, choices=[(State.DONE, State.DONE.label), (State.MISSED, State.MISSED.label)])
    follow_kind = models.CharField(max_length=8, choices=Kind, blank=True)
    follow_days = models.PositiveSmallIntegerField(default=0)
    follow_at = models.TimeField(null=True, blank=True)
    follow_minutes = models.PositiveIntegerField(default=0)
    follow_most = models.PositiveSmallIntegerField(default=3)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["done", "missed"]), name="activities_outcome_state"),
            models.UniqueConstraint(fields=["kind", "name_fa"], name="activities_outcome_named_once"),
        ]

    def __str__(self) -> str:
        return self.name_fa if get_language() == "fa" else self.name_en
