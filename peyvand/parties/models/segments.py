"""Segments: groups of parties by rules or by hand."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch
from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields
from peyvand.parties.models.party import Party

SEGMENT_SCOPE = ScopeFields(own=("owner_id",), department=None, branch="branch_id")


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Reads of segments."""

    def visible_to(self, who: Who, permission: str = "parties.segments") -> Self:
        """The segments that `who` reaches."""
        return self.filter(fields_q(who, permission, SEGMENT_SCOPE), deleted_at=None)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["size", "counted_at", "counted_xid"],
)
class Segment(models.Model):
    """Parties with shared characteristics: `rule` decides while it is live, the member rows while it is static.

    `size` counts everybody and is shown only to who may see everybody. `counted_xid` is the newest `change_xid` of
    parties that the count knew: what is newer makes it stale.
    """

    class Kind(models.TextChoices):
        LIVE = "live", _("Live")
        STATIC = "static", _("Static")

    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.LIVE)
    rule = models.JSONField(default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    counted_xid = models.BigIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SegmentQuerySet.as_manager()
    scope_fields = SEGMENT_SCOPE

    def __str__(self) -> str:
        return self.name


class SegmentMember(models.Model):
    """A party in a static segment."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="members")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "party"], name="parties_segment_member_once")]


class SegmentSize(models.Model):
    """How many a segment had on a day, for its curve."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="sizes")
    day = models.DateField()
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "day"], name="parties_segment_size_once")]
