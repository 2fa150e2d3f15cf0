"""Referrals (ارجاع): to whom a request was handed, as original or as a copy, and who may know of it."""

from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, Department, Post, User
from peyvand.accounts.policies import may, scope_of
from peyvand.accounts.scoping import Who, reach_of
from peyvand.accounts.types import Scope
from peyvand.cartable import triggers
from peyvand.cartable.models.kinds import ReferralAction, ReturnRule

USER = settings.AUTH_USER_MODEL
OPEN_REFERRAL = ("waiting", "read", "answered")
IS_OPEN = Q(state__in=OPEN_REFERRAL)
IS_ORIGINAL = Q(role="original")
SEE_BLIND = "cartable.see_blind"
PLACES = ("to_user", "to_post", "to_department", "to_branch")


def referred_to_q(who: Who) -> Q:
    """The condition for referrals that reached `who`: himself (his team, for whom he stands in), a post, his place.

    A blind copy reaches its receiver alone, not those above him.
    """
    reach = reach_of(who)
    scope = scope_of(who, "cartable.view")
    wanted = received_q(who)
    if reach.team and scope and scope.width >= Scope.TEAM.width:
        team = sorted(reach.team)
        wanted |= ~Q(role="blind") & (Q(to_user__in=team) | Q(to_post__holder__in=team))
    return wanted


def received_q(who: Who) -> Q:
    """The condition for referrals to `who` himself and to the colleagues on leave for whom he stands in."""
    return reduce(or_, received_ways(who))


def received_ways(who: Who) -> list[Q]:
    """The parts of `received_q`, each of which one index answers."""
    desks = sorted(reach_of(who).desks)
    return [*own_ways(who), *([Q(to_user__in=desks), Q(to_post__holder__in=desks)] if desks else [])]


def sent_q(who: Who) -> Q:
    """The condition for referrals that `who` made, or a substitute in his place."""
    return reduce(or_, sent_ways(who))


def sent_ways(who: Who) -> list[Q]:
    """The parts of `sent_q`, each of which one index answers."""
    return [Q(by=reach_of(who).user_id), Q(instead_of=reach_of(who).user_id)]


def for_self_q(who: Who) -> Q:
    """The condition for referrals to `who` himself, to a post that he holds, to his department or branch."""
    return reduce(or_, own_ways(who))


def own_ways(who: Who) -> list[Q]:
    """The parts of `for_self_q`, each of which one index answers in its order."""
    reach = reach_of(who)
    ways = [Q(to_user=reach.user_id), *(Q(to_post=post) for post in sorted(reach.posts))]
    if reach.department_id is not None:
        ways.append(Q(to_department=reach.department_id))
    return ways if reach.branch_id is None else [*ways, Q(to_branch=reach.branch_id)]


def one_of(*names: str) -> Q:
    """Exactly one of these columns is filled."""
    found = Q()
    for name in names:
        found |= Q(**{f"{each}__isnull": each != name for each in names})
    return found


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals of requests that the reader may see."""

    def known_to(self, who: Who) -> Self:
        """Without the blind copies that `who` neither sent nor received, unless he may see them all."""
        if may(who, SEE_BLIND):
            return self
        return self.filter(~Q(role="blind") | sent_q(who) | received_q(who))


class Referral(models.Model):
    """A request handed to a person, a post, a department or a branch with an instruction and a deadline (ارجاع).

    The original holds the responsibility; a copy informs or asks for an opinion and leaves the request where it is; of
    a blind copy only its sender, its receiver and who may see all of them know.
    """

    class Role(models.TextChoices):
        ORIGINAL = "original", _("Original")
        COPY = "copy", _("Copy")
        BLIND = "blind", _("Blind copy")

    class State(models.TextChoices):
        WAITING = "waiting", _("Not read yet")
        READ = "read", _("Read")
        ANSWERED = "answered", _("Answer drafted")
        RETURNED = "returned", _("Returned")
        RECALLED = "recalled", _("Recalled")
        DONE = "done", _("Done")

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="referrals")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    instead_of = models.ForeignKey(  # the colleague on leave in whose place it was referred: it comes back to him
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    to_user = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals", db_index=False
    )
    to_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    to_department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals", db_index=False
    )
    to_branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=8, choices=Role, default=Role.ORIGINAL)
    action = models.ForeignKey(
        ReferralAction, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    keep = models.BooleanField(default=False)  # it stays in the referrer's own work, too
    tell_when_done = models.BooleanField(default=False)
    instruction = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    return_at = models.DateTimeField(null=True, blank=True)  # then it goes back or up, unless `return_when` is over
    return_when = models.CharField(max_length=9, choices=ReturnRule.When, blank=True)
    return_to = models.CharField(max_length=8, choices=ReturnRule.To, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    taken_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True)
    created_at = models.DateTimeField()
    news_at = models.DateTimeField(null=True, blank=True, editable=False)  # of a copy: the latest news of its request

    objects = ReferralQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="cartable_referral_news",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("request_id", "role", "state"),  # type: ignore[no-untyped-call]  # pgtrigger types it not
                condition=pgtrigger.Condition("NEW.role <> 'original'"),
                func=triggers.NEWS_OF_COPY,
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=one_of(*PLACES),
                name="cartable_referral_one_target",
            )
        ]
        indexes = [
            models.Index(fields=["by", "request"], condition=IS_OPEN & IS_ORIGINAL, name="cartable_ref_sent"),
            models.Index(
                fields=["instead_of", "request"],
                condition=IS_OPEN & Q(instead_of__isnull=False),
                name="cartable_ref_instead",
            ),
            models.Index(fields=["by", "request"], condition=IS_OPEN & Q(keep=True), name="cartable_ref_kept"),
            models.Index(
                fields=["return_at"], condition=IS_OPEN & Q(return_at__isnull=False), name="cartable_ref_return"
            ),
            models.Index(fields=["to_user", "request"], name="cartable_ref_user"),
            models.Index(fields=["to_department", "request"], name="cartable_ref_dept"),
            models.Index(
                fields=["to_branch", "request"], condition=Q(to_branch__isnull=False), name="cartable_ref_branch"
            ),
            *(
                models.Index(
                    fields=[place, "news_at", "request"],
                    condition=IS_OPEN & ~IS_ORIGINAL,
                    name=f"cartable_ref_news_{place[3:]}",
                )
                for place in PLACES
            ),
        ]

    @property
    def owner(self) -> User:
        """Whose referral it is, to whom the work comes back: who made it, or the colleague whose place he took."""
        return self.instead_of or self.by

    @property
    def is_original(self) -> bool:
        """Whether it holds the responsibility."""
        return self.role == self.Role.ORIGINAL

    @property
    def is_open(self) -> bool:
        """Whether something is still expected of its receiver."""
        return self.state in OPEN_REFERRAL
