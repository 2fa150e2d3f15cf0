"""Merges of customers: who became one with whom, what moved, and what is needed to take it back."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields
from peyvand.parties.models.party import Party

MERGE_SCOPE = ScopeFields(own=("survivor__owner_id",), department=None, branch="survivor__branch_id")


class MergeQuerySet(models.QuerySet["Merge"]):
    """Reads of merges."""

    def visible_to(self, who: Who, permission: str = "parties.merge") -> Self:
        """The merges whose survivor `who` reaches, wherever that one is by now; not those of erased people."""
        return self.filter(fields_q(who, permission, MERGE_SCOPE), survivor__erased_at=None)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """Several customers became one: `sources` live on in `survivor`.

    `choices` says of each field from which customer its value came (ids only, no words), `counts` how many rows of
    each table moved and how many said the same as another. Until `undo_until` it can be taken back.
    """

    survivor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    choices = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    objects = MergeQuerySet.as_manager()
    scope_fields = MERGE_SCOPE

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="parties_merge_order"),
            models.Index(fields=["undo_until"], condition=Q(undone_at=None), name="parties_merge_open"),
        ]

    @property
    def is_open(self) -> bool:
        """Is there still time to take it back?"""
        return self.undone_at is None and self.undo_until > timezone.now()


class MergeSource(models.Model):
    """A customer that was merged into the survivor, in the order in which they were chosen."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="sources")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merged_by")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["merge", "party"], name="parties_merge_source_once")]


class MergeMove(models.Model):
    """Rows of one foreign key that a merge found at one customer, by their numbers, and what became of them."""

    class Act(models.TextChoices):
        MOVED = "moved", _("Moved")
        ASIDE = "aside", _("Said the same")  # stayed with the merged customer, because the survivor has its like
        KEPT = "kept", _("Were there")  # the survivor's own

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="moves")
    reference = models.CharField(max_length=80)
    party_id = models.BigIntegerField()
    act = models.CharField(max_length=6, choices=Act)
    ids = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "reference", "party_id", "act"], name="parties_merge_move_once")
        ]


class MergeRow(models.Model):
    """A row that a merge changed, took away or added: its columns before and after. Personal words; kept until undone.

    `before` is null for an added row, `after` for one that was taken away.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=80)
    row = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
