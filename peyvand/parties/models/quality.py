"""How good the data are: figures by place, counted in the background, and one row a day for the trend."""

from typing import Self, TypeVar

from django.db import models

from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields

QUALITY_SCOPE = ScopeFields(own=("owner_id",), department=None, branch="branch_id")
M = TypeVar("M", bound=models.Model)


class QualityQuerySet(models.QuerySet[M]):
    """Reads of figures."""

    def visible_to(self, who: Who, permission: str = "parties.quality") -> Self:
        """The figures of the customers that `who` reaches: with `permission`, and as far as he sees customers."""
        return self.filter(fields_q(who, permission, QUALITY_SCOPE), fields_q(who, "parties.view", QUALITY_SCOPE))


class QualityFigure(models.Model):
    """How many customers of a branch, an owner and a category a figure counts at this moment (see `counting`).

    key: "total", "bounced", "missing:phone" … Places are numbers without a foreign key: the row is counted anew.
    """

    key = models.CharField(max_length=60)
    branch_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    category_id = models.BigIntegerField(null=True)
    number = models.BigIntegerField()

    objects = QualityQuerySet["QualityFigure"].as_manager()
    scope_fields = QUALITY_SCOPE


class QualityDay(models.Model):
    """The figures of a branch and an owner on a day, for the trend; completeness: the sum of percents.

    Pairs of duplicates stand where both customers are: in the row of their branch without an owner, across branches
    in the row without a branch.
    """

    day = models.DateField()
    branch_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    total = models.BigIntegerField(default=0)
    completeness = models.BigIntegerField(default=0)
    incomplete = models.BigIntegerField(default=0)
    bounced = models.BigIntegerField(default=0)
    invalid = models.BigIntegerField(default=0)
    unverified = models.BigIntegerField(default=0)
    quiet = models.BigIntegerField(default=0)
    duplicates = models.BigIntegerField(default=0)

    objects = QualityQuerySet["QualityDay"].as_manager()
    scope_fields = QUALITY_SCOPE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "branch_id", "owner_id"], nulls_distinct=False, name="parties_quality_day_once"
            )
        ]
