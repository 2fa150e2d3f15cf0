"""Requests (درخواست): what a customer wants of us, and who may see it."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, Department, Post
from peyvand.accounts.policies import may, scope_of
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.accounts.types import Scope, ScopeFields
from peyvand.cartable import triggers
from peyvand.cartable.indexes import orders
from peyvand.cartable.models.approvals import Endorsement
from peyvand.cartable.models.confidential import Confidant
from peyvand.cartable.models.kinds import Kind
from peyvand.cartable.models.mentions import Mention
from peyvand.cartable.models.referrals import OPEN_REFERRAL, Referral, for_self_q, referred_to_q, sent_q
from peyvand.channels.models import Channel, Message
from peyvand.core.lookups import AnyOf
from peyvand.parties.models import Party

USER = settings.AUTH_USER_MODEL
ACTIVE = ("new", "open", "referred", "review")  # somebody has to do something; the clock runs
IS_ACTIVE = Q(status__in=ACTIVE)
IS_ANSWERED = Q(status="answered")
IS_CLOSED = Q(status="closed")
IN_REVIEW = Q(status="review")
IS_TAGGED = ~Q(tag_ids=[])
LEXEMES = models.Func(F("search"), function="cartable_lexemes")  # the words of a request (migration `words`)


def insider_q(who: Who) -> Q:
    """The condition for confidential requests that `who` may see.

    He holds it (himself, by a post, or it waits for his department), is its officer, referred it, received it or a
    copy, or is named on it. Nobody above him, nobody who stands in for him and no scope, not even of the whole
    organisation, adds to that.
    """
    reach = reach_of(who)
    if scope_of(who, "cartable.view") is None:
        return Q(pk__in=[])
    mine = Q(assignee=reach.user_id) | Q(officer=reach.user_id)
    if reach.posts:
        mine |= Q(assignee=None, post__in=sorted(reach.posts))
    if reach.department_id is not None:
        mine |= Q(assignee=None, post=None, department=reach.department_id)
    reached = for_self_q(who) & ~Q(state="recalled", read_at=None) | sent_q(who)
    mine |= Q(Exists(Referral.objects.filter(reached, request=OuterRef("pk"))))
    return mine | Q(Exists(Confidant.objects.filter(user=reach.user_id, request=OuterRef("pk"))))


def stood_in_q(who: Who) -> Q:
    """The condition for the work of colleagues on leave that `who` does in their place: what they hold, by a post too,
    and, when their reviews are his, what waits for their review. Confidential requests are not left out here.
    """
    reach = reach_of(who)
    wanted = Q(pk__in=[])
    if reach.desks:
        desks, review = sorted(reach.desks), Q(status="review")
        wanted |= ~review & Q(assignee__in=desks) | Q(assignee=None, post__in=Post.objects.filter(holder__in=desks))
    if reach.reviews:
        reviews = sorted(reach.reviews)
        asked = Endorsement.objects.filter(user__in=reviews, state="waiting", answer__state="review")
        wanted |= Q(status="review") & (
            Q(assignee__in=reviews) | Q(Exists(asked.filter(answer__request=OuterRef("pk"))))
        )
    return wanted


def inside_q(who: Who) -> Q:
    """The confidential requests of `who`, as a short list that is read when the first confidential row is met.

    Asked row by row PostgreSQL would rather hash every referral there is, once a list is long.
    """
    own = Request.objects.filter(insider_q(who), confidential=True).order_by()
    return Q(confidential=True) & Q(AnyOf(F("pk"), ArraySubquery(own.values("pk"))))


def seen_q(who: Who) -> Q:
    """The condition that leaves confidential requests to their insiders; for rows within the scope of `who`."""
    return Q(confidential=False) | inside_q(who)


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests, always asked for through somebody's eyes."""

    def visible_to(self, who: Who) -> Self:
        """What `who` may see: in his scope, referred to him, or by him and not back yet, where a note names him, mail
        that nobody could read. A confidential request only those see whom `insider_q` names, whatever their scope."""
        scope = scope_of(who, "cartable.view")
        if scope is Scope.ALL:
            return self.filter(seen_q(who))
        wanted = fields_q(who, "cartable.view", Request.scope_fields)
        if scope is not None:
            sent = sent_q(who) & Q(state__in=OPEN_REFERRAL)
            reached = referred_to_q(who) & ~Q(state="recalled", read_at=None)
            wanted |= Q(Exists(Referral.objects.filter(reached | sent, request=OuterRef("pk"))))
            wanted |= Q(Exists(Mention.objects.filter(user=reach_of(who).user_id, request=OuterRef("pk"))))
            wanted |= stood_in_q(who)
            if reach_of(who).reviews:
                wanted |= Q(officer__in=sorted(reach_of(who).reviews))
        if may(who, "cartable.review_unread"):
            wanted |= Q(needs_review=True) & fields_q(who, "cartable.review_unread", Request.scope_fields)
        return self.filter(Q(confidential=False) & wanted | inside_q(who))

    def active(self) -> Self:
        """Requests on which somebody has to do something."""
        return self.filter(status__in=ACTIVE)


class Request(models.Model):
    """What a customer wants of us, from first word to last, whoever holds it.

    Until it is answered or closed exactly one holds it: `assignee`; without one whoever holds `post`; without
    that anybody of `department`. `officer` reads the answers before they go out.
    """

    class Status(models.TextChoices):
        NEW = "new", _("New")  # nobody has touched it
        OPEN = "open", _("In progress")  # being worked on
        REFERRED = "referred", _("Referred")  # waits for a department, post or person
        REVIEW = "review", _("Awaiting review")  # a draft waits for approval
        ANSWERED = "answered", _("Answered")  # the answer went out, the customer may write again
        CLOSED = "closed", _("Closed")

    class Priority(models.TextChoices):
        LOW = "low", _("Low")
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")
        URGENT = "urgent", _("Urgent")

    class Trouble(models.TextChoices):
        FAILED = "failed", _("Delivery failed")
        UNCERTAIN = "uncertain", _("Delivery outcome unknown")
        BOUNCED = "bounced", _("Answer came back")

    code = models.CharField(max_length=20)  # 1405-000482-7
    subject = models.CharField(max_length=300)
    search = models.TextField(blank=True)  # folded: code, party, subject, first words
    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NORMAL)
    status = models.CharField(max_length=8, choices=Status, default=Status.NEW)
    medium = models.CharField(max_length=8, choices=Message.Medium)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="requests", db_index=False
    )
    matched_by = models.JSONField(default=list, blank=True)  # ["email", "mobile"]; empty for a new customer
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="requests", db_index=False)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests", db_index=False
    )
    perhaps_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey(  # its messages went there; its code still answers
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    parent = models.ForeignKey(  # it is a part of that one, which waits for it
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts", db_index=False
    )
    tied = models.BooleanField(default=False)  # it has links, parts, a parent or regroupings: the page asks for them
    needs_review = models.BooleanField(default=False)  # a message that could not be read: any officer may open it
    confidential = models.BooleanField(default=False)  # only insiders see it: `insider_q`
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True)  # our answer did not arrive
    opened_at = models.DateTimeField()
    first_answer_due = models.DateTimeField(null=True, blank=True)
    resolution_due = models.DateTimeField(null=True, blank=True)
    next_due = models.DateTimeField(null=True, blank=True)  # what the clock counts to now; null when it stands
    paused_at = models.DateTimeField(null=True, blank=True)  # since when the clock stands
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    message_count = models.PositiveIntegerField(default=0)
    tag_ids = ArrayField(models.IntegerField(), default=list, db_default=[], blank=True)  # of `parties.Tag`
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = RequestQuerySet.as_manager()
    scope_fields = ScopeFields(own=("assignee_id", "officer_id"), department="department_id", branch="branch_id")

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="cartable_request_party",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("party_id"),  # type: ignore[no-untyped-call]  # pgtrigger types it not
                condition=pgtrigger.AnyChange("party"),
                func=triggers.PARTY_OF_MESSAGES,
            ),
            pgtrigger.Trigger(
                name="cartable_request_news",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("last_activity_at"),  # type: ignore[no-untyped-call]  # as above
                condition=pgtrigger.AnyChange("last_activity_at"),
                func=triggers.NEWS_OF_COPIES,
            ),
            pgtrigger.Trigger(
                name="cartable_request_parent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),  # type: ignore[no-untyped-call]  # as above
                condition=pgtrigger.Condition("NEW.parent_id IS NOT NULL"),
                func=triggers.NO_CIRCLE_OF_PARTS,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="cartable_req_code"),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE, next_due__isnull=False, paused_at__isnull=True)
                | Q(status__in=["answered", "closed"], next_due__isnull=True, paused_at__isnull=False),
                name="cartable_req_clock",
            ),
            models.CheckConstraint(
                condition=IS_CLOSED & Q(closed_at__isnull=False) | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="cartable_req_closed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], include=["next_due"], condition=IS_ACTIVE, name="cartable_req_active"),
            models.Index(
                fields=["assignee", "next_due", "id"],
                condition=IS_ACTIVE & Q(assignee__isnull=False),
                name="cartable_req_mine",
            ),
            models.Index(
                fields=["post", "next_due", "id"],
                condition=IS_ACTIVE & Q(post__isnull=False, assignee__isnull=True),
                name="cartable_req_post",
            ),
            models.Index(fields=["department", "next_due", "id"], condition=IS_ACTIVE, name="cartable_req_dept"),
            models.Index(  # what is counted beside each department, from this index alone
                fields=["department"],
                condition=Q(status__in=("new", "open", "referred"), confidential=False),
                name="cartable_req_dept_count",
            ),
            models.Index(fields=["branch", "next_due", "id"], condition=IS_ACTIVE, name="cartable_req_branch"),
            models.Index(fields=["next_due", "id"], condition=IS_ACTIVE, name="cartable_req_due"),
            models.Index(  # what decides whose review it is stands in it, so that counting reads no rows
                fields=["next_due", "id"],
                include=["assignee", "officer", "department", "branch", "confidential"],
                condition=IN_REVIEW,
                name="cartable_req_review",
            ),
            models.Index(
                fields=["next_due", "id"], condition=IS_ACTIVE & Q(needs_review=True), name="cartable_req_unread"
            ),
            models.Index(fields=["last_activity_at", "id"], condition=IS_ANSWERED, name="cartable_req_ans"),
            models.Index(
                fields=["assignee", "last_activity_at", "id"], condition=IS_ANSWERED, name="cartable_req_ans_own"
            ),
            models.Index(
                fields=["department", "last_activity_at", "id"], condition=IS_ANSWERED, name="cartable_req_ans_dept"
            ),
            models.Index(
                fields=["branch", "last_activity_at", "id"], condition=IS_ANSWERED, name="cartable_req_ans_branch"
            ),
            models.Index(fields=["closed_at", "id"], condition=IS_CLOSED, name="cartable_req_closed"),
            models.Index(fields=["assignee", "closed_at", "id"], condition=IS_CLOSED, name="cartable_req_cls_own"),
            models.Index(fields=["department", "closed_at", "id"], condition=IS_CLOSED, name="cartable_req_cls_dept"),
            models.Index(fields=["branch", "closed_at", "id"], condition=IS_CLOSED, name="cartable_req_cls_branch"),
            models.Index(
                fields=["department", "status"], condition=Q(confidential=True), name="cartable_req_confidential"
            ),
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="cartable_req_parent"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="cartable_req_merged"),
            models.Index(fields=["party", "-opened_at"], name="cartable_req_party"),
            models.Index(fields=["party"], condition=IS_ACTIVE, name="cartable_req_party_open"),
            models.Index(fields=["party", "-closed_at", "-id"], condition=IS_CLOSED, name="cartable_req_party_closed"),
            GinIndex(fields=["tag_ids"], condition=IS_TAGGED, name="cartable_req_tags"),
            GinIndex(LEXEMES, name="cartable_req_words"),
            *orders(IS_ACTIVE, IS_CLOSED),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_active(self) -> bool:
        """Whether somebody has to do something."""
        return self.status in ACTIVE
