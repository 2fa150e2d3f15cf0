"""Pairs of customers that may be one, what they were found by, and how far the looking has come."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields
from peyvand.parties.models.party import Party

SIDES = ("first", "second")


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    """Reads of pairs."""

    def visible_to(self, who: Who, permission: str = "parties.duplicates") -> Self:
        """The pairs of which `who` sees both customers, with `permission` for both; none of the trash."""
        found = self
        for side in SIDES:
            place = ScopeFields(own=(f"{side}__owner_id",), department=None, branch=f"{side}__branch_id")
            found = found.filter(
                fields_q(who, permission, place), fields_q(who, "parties.view", place), **{f"{side}__deleted_at": None}
            )
        return found


class DuplicatePair(models.Model):
    """Two customers that may be one: the smaller id first, points from 0 to 100 and the codes of their reasons.

    What a person decided stays: `not_same` is not proposed again unless there is new evidence that weighs
    (`decided_score`, `decided_reasons` are what he saw). `checked_at`: when the points were counted last.
    `is_left_to_people`: a machine has merged it once, or could not; it never tries again.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("pair of duplicates", "To decide")
        NOT_SAME = "not_same", pgettext_lazy("pair of duplicates", "Not the same")
        MERGED = "merged", pgettext_lazy("pair of duplicates", "Merged")

    first = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    contradicts = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_score = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_reasons = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_left_to_people = models.BooleanField(default=False)
    found_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField()

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="parties_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="parties_pair_smaller_first"),
            models.CheckConstraint(condition=Q(score__lte=100), name="parties_pair_points"),
        ]
        indexes = [
            models.Index(fields=["-score", "-id"], condition=Q(state="open"), name="parties_pair_open"),
            models.Index(fields=["-decided_at", "-id"], condition=~Q(state="open"), name="parties_pair_decided"),
        ]


class DuplicateKey(models.Model):
    """What a customer is compared by (`matching.keys`): two rows of one key are a pair to be looked at.

    The table is not logged: after a crash of the database it is empty, and the next look fills it again. The row of
    party 0 says that it has not been emptied since.
    """

    pk = models.CompositePrimaryKey("key", "party_id")
    key = models.BigIntegerField()
    party_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["party_id"], name="parties_key_party")]


class DuplicateMark(models.Model):
    """How far the changes of customers were looked through for duplicates: one row."""

    xid = models.BigIntegerField(default=0)
    party_id = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
