"""Leads and deals, the people around them, and where each stood when."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Branch, Department, tracked
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.accounts.types import Scope, ScopeFields
from peyvand.core.lookups import AnyOf
from peyvand.parties.models import Party
from peyvand.sales.models.pipelines import LostReason, Pipeline, Stage

USER = settings.AUTH_USER_MODEL
DEAL_SCOPE = ScopeFields(own=("owner_id",), department="department_id", branch="branch_id")
KEPT = Q(deleted_at=None)
LIVE = Q(deleted_at=None, state="open")
IS_TAGGED = ~Q(tag_ids=[])


class DealQuerySet(models.QuerySet["Deal"]):
    """Reads of deals; every list starts at `visible_to`."""

    def visible_to(self, who: Who, permission: str = "sales.view") -> Self:
        """The deals that `who` reaches: his own, his department's, his branch's, or all, and where he has a share."""
        reached = fields_q(who, permission, DEAL_SCOPE)
        reach = reach_of(who)
        if reach.scope(permission) not in (None, Scope.ALL):
            shared = DealShare.objects.filter(user=reach.user_id).values("deal")
            reached |= Q(AnyOf(F("pk"), ArraySubquery(shared)))
        return self.filter(reached, deleted_at=None)

    def trash_of(self, who: Who, permission: str = "sales.delete") -> Self:
        """The deleted deals that `who` may restore."""
        return self.filter(fields_q(who, permission, DEAL_SCOPE), deleted_at__isnull=False)


@tracked(exclude=("search", "rank"))
class Deal(models.Model):
    """A lead (سرنخ) or a deal (معامله), by the kind of its pipeline: something that a customer may buy from us.

    amount: in Rial, null when nobody knows it yet. probability: percent, null for that of the stage. partner: the first
    of the partners that it goes through. rank: its place in its column of the board, the smallest on top. stage_since:
    since when it stands in its stage. joined_into: the deal that took it in; split_from: the deal that it was cut from.
    custom: values of fields of the business. search: its folded words.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("deal", "Open")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        JOINED = "joined", _("Joined to another")

    class SalesChannel(models.TextChoices):
        DIRECT = "direct", _("Direct")
        PARTNER = "partner", _("Through an agent or distributor")

    name = models.CharField(max_length=200)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="deals", db_index=False)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="+", db_index=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    amount = models.BigIntegerField(null=True, blank=True)
    probability = models.PositiveSmallIntegerField(null=True, blank=True)
    close_on = models.DateField(null=True, blank=True)
    is_hot = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    channel = models.CharField(max_length=8, choices=SalesChannel, default=SalesChannel.DIRECT)
    partner = models.ForeignKey(
        "sales.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rank = models.BigIntegerField(default=0)
    stage_since = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    lost_reason = models.ForeignKey(
        LostReason, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    competitor = models.CharField(max_length=120, blank=True)
    lost_note = models.TextField(blank=True)
    joined_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    tag_ids = ArrayField(models.IntegerField(), default=list, db_default=[], blank=True)  # of `parties.Tag`
    custom = models.JSONField(default=dict, db_default={}, blank=True)  # by the number of the field as text
    search = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = DealQuerySet.as_manager()
    scope_fields = DEAL_SCOPE

    class Meta:
        indexes = [
            models.Index(fields=["stage", "rank", "id"], condition=LIVE, name="sales_deal_board"),
            models.Index(
                fields=["pipeline", "stage"],
                include=["amount", "stage_since", "owner", "department", "branch", "id"],
                condition=LIVE,
                name="sales_deal_sums",
            ),
            models.Index(fields=["owner", "state", "-id"], condition=KEPT, name="sales_deal_owner"),
            models.Index(fields=["department", "state", "-id"], condition=KEPT, name="sales_deal_department"),
            models.Index(fields=["branch", "state", "-id"], condition=KEPT, name="sales_deal_branch"),
            models.Index(fields=["party", "-opened_at", "-id"], name="sales_deal_party"),
            models.Index(fields=["opened_at", "id"], condition=KEPT, name="sales_deal_opened"),
            models.Index(F("amount").desc(nulls_last=True), F("id").desc(), condition=KEPT, name="sales_deal_amount"),
            models.Index(fields=["close_on", "id"], condition=LIVE, name="sales_deal_due"),
            models.Index(
                fields=["pipeline", "closed_at"],
                condition=Q(deleted_at=None, closed_at__isnull=False),
                name="sales_deal_closed",
            ),
            models.Index(
                fields=["partner", "-opened_at", "-id"],
                condition=Q(deleted_at=None, partner__isnull=False),
                name="sales_deal_of_partner",
            ),
            GinIndex(fields=["tag_ids"], condition=IS_TAGGED, name="sales_deal_tags"),
            GinIndex(fields=["custom"], name="sales_deal_custom"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="sales_deal_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="sales_deal_named"),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="sales_deal_amount_known"),
            models.CheckConstraint(condition=Q(probability=None) | Q(probability__lte=100), name="sales_deal_percent"),
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(closed_at__isnull=False), name="sales_deal_closed_when"
            ),
            models.CheckConstraint(condition=Q(partner=None) | Q(channel="partner"), name="sales_deal_through_partner"),
            models.CheckConstraint(condition=Q(lost_reason=None) | Q(state="lost"), name="sales_only_lost_has_reason"),
            models.CheckConstraint(condition=Q(state="joined") ^ Q(joined_into=None), name="sales_joined_says_where"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Is it still worked on?"""
        return self.state == self.State.OPEN


class DealSpan(models.Model):
    """Where a deal stood, from `since` on until `until`: rows without a gap, one of them open.

    It answers how a pipeline looked on any past day and how long each deal was in each stage. by: who moved it there.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="spans", db_index=False)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="+", db_index=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=6, choices=Deal.State)
    amount = models.BigIntegerField(null=True, blank=True)
    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["deal", "since", "id"], name="sales_span_deal"),
            models.Index(fields=["pipeline", "since"], name="sales_span_when"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["deal"], condition=Q(until=None), name="sales_span_one_open"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="sales_span_forward"),
        ]


class DealPassage(models.Model):
    """One way of a deal through one pipeline: since when, until when, and the furthest stage that it reached there.

    A lead that becomes an opportunity has one passage of leads and one of deals; the funnel counts passages.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="passages", db_index=False)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="+", db_index=False)
    furthest = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["pipeline", "began_at"], include=["furthest", "deal"], name="sales_passage_funnel"),
            models.Index(
                fields=["pipeline", "ended_at"], condition=Q(ended_at__isnull=False), name="sales_passage_ended"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["deal"], condition=Q(ended_at=None), name="sales_passage_one_open")
        ]


@tracked()
class DealPerson(models.Model):
    """Somebody on the customer's side of a deal: what he does in the decision, and how he stands to us."""

    class Influence(models.TextChoices):
        FOR = "for", _("For us")
        NEUTRAL = "neutral", _("Neutral")
        AGAINST = "against", _("Against us")
        UNKNOWN = "unknown", _("Unknown")

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="people")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80, blank=True)
    influence = models.CharField(max_length=8, choices=Influence, default=Influence.UNKNOWN)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "party"], name="sales_person_once")]


@tracked()
class DealShare(models.Model):
    """Somebody of us who sells along, and his share of the deal in percent; the rest is its owner's."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal", "user"], name="sales_share_once"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="sales_share_percent"),
        ]


@tracked()
class StageApproval(models.Model):
    """Somebody asked whether a deal may come to a stage that needs an approval, and what was decided."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("approval", "Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        OVERTAKEN = "overtaken", _("No longer asked")

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="approvals")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal"], condition=Q(state="waiting"), name="sales_approval_one_waits")
        ]
