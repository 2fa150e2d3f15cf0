"""Answers that several people must approve: the business's rules, and each approver's turn at one answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Department, Post
from peyvand.cartable.models.kinds import Kind
from peyvand.cartable.models.referrals import Referral
from peyvand.parties.models import Category

USER = settings.AUTH_USER_MODEL


class ApprovalRule(models.Model):
    """Which answers need which approvals; what a condition leaves empty fits every answer. The first that fits counts.
    What a rule names cannot be deleted: the answers would go out unread.

    min_words: of an answer of so many words or more. confidential: only of confidential requests.
    in_order: one after another, all of them; else any `needed` of them, in any order.
    """

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    min_words = models.PositiveIntegerField(null=True, blank=True)
    confidential = models.BooleanField(default=False)
    in_order = models.BooleanField(default=True)
    needed = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(needed__gte=1), name="cartable_rule_needs_somebody")]

    def __str__(self) -> str:
        return self.name


class RuleApprover(models.Model):
    """Somebody whom a rule asks: a person, or whoever holds a post then."""

    rule = models.ForeignKey(ApprovalRule, on_delete=models.CASCADE, related_name="approvers")
    user = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, post__isnull=True) | Q(user__isnull=True, post__isnull=False),
                name="cartable_approver_one",
            )
        ]


class Endorsement(models.Model):
    """One approver's turn at one answer. An edit afterwards makes it waiting again: he approved another text.

    version: of the answer that he approved. instead_of: whom he stands in for, who was not there any more.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        GIVEN = "given", _("Approved")

    answer = models.ForeignKey("cartable.Answer", on_delete=models.CASCADE, related_name="endorsements")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    copy = models.ForeignKey(  # by which one of a group sees the request
        Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "user"], name="cartable_endorsement_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", at__isnull=True) | Q(state="given", at__isnull=False),
                name="cartable_endorsement_at",
            ),
        ]
