"""What ties requests together: links, regroupings (merged, split, moved) with all that takes them back."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.cartable.models.requests import Request

USER = settings.AUTH_USER_MODEL


class Tie(models.Model):
    """A link between two requests: `source` is a duplicate of, caused by, related to, or a part of the incident
    `target`. It changes nothing about who sees what."""

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("Duplicate of")
        CAUSED = "caused", _("Caused by")
        RELATED = "related", _("Related to")
        INCIDENT = "incident", _("Part of the incident")

    source = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="ties", db_index=False)
    target = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="tied_here")
    kind = models.CharField(max_length=9, choices=Kind)
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="cartable_tie_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="cartable_tie_of_two"),
        ]


class RegroupingQuerySet(models.QuerySet["Regrouping"]):
    """Reads of regroupings."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Regrouping(models.Model):
    """Messages changed their request: whole requests were merged into `target`, or messages were split off into it or
    moved to it. Until `undo_until` it can be taken back.

    `details` holds numbers and states, no words of customers: which messages had opened their request, how they had
    been recognised, drafts that were joined, the colleagues of whom it was agreed that they see more.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merged")
        SPLIT = "split", _("Split off")
        MOVE = "move", _("Moved")

    kind = models.CharField(max_length=5, choices=Kind)
    target = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="regroupings")
    sources = models.ManyToManyField(Request, related_name="regrouped")
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    details = models.JSONField(default=dict, blank=True)

    objects = RegroupingQuerySet.as_manager()

    @property
    def is_open(self) -> bool:
        """Is there still time to take it back?"""
        return self.undone_at is None and self.undo_until > timezone.now()


class RegroupMove(models.Model):
    """Rows that hung on `source` and were hung on the target, by their numbers."""

    class What(models.TextChoices):
        MESSAGE = "message"
        ANSWER = "answer"
        NOTE = "note"
        PART = "part"  # child requests
        ALIAS = "alias"  # requests that had been merged into the source before

    regrouping = models.ForeignKey(Regrouping, on_delete=models.CASCADE, related_name="moves")
    source = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=7, choices=What)
    ids = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regrouping", "source", "what"], name="cartable_regroup_move_once")
        ]


class RegroupRow(models.Model):
    """A request or a referral that a regrouping changed: states, people, moments before and after; no words."""

    regrouping = models.ForeignKey(Regrouping, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=40)
    row = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()
