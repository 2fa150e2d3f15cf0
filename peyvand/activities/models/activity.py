"""Calls, meetings, visits and tasks on one model, who is invited to them, what they are about, and their history."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, Department
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.accounts.types import Scope, ScopeFields
from peyvand.activities.models.outcomes import Kind, Outcome, State
from peyvand.activities.models.recurring import Series
from peyvand.core.lookups import AnyOf
from peyvand.parties.models import Party

USER = settings.AUTH_USER_MODEL
KEPT = Q(deleted_at=None)
IS_PLANNED = Q(state="planned", deleted_at=None)
LONGER_THAN_A_DAY = Q(GreaterThan(F("ends_at") - F("at"), timedelta(days=1)))
ANY_TIME = Q()
CLOSED = ("done", "missed", "cancelled")
SCOPE = ScopeFields(own=("owner_id", "created_by_id"), department="department_id", branch="branch_id")


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, always asked for through somebody's eyes."""

    def visible_to(self, who: Who, permission: str = "activities.view", *, invited: Q = ANY_TIME) -> Self:
        """Those in the scope of `who` (his own, those he planned for others), and those he is invited to.

        invited: what holds of the invitations that are read, where the rows are only of a certain time anyway.
        """
        scope = reach_of(who).scope(permission)
        if scope is Scope.ALL:
            return self.filter(deleted_at=None)
        wanted = fields_q(who, permission, SCOPE)
        if scope is not None:
            guest_of = Invitee.objects.filter(invited, user=reach_of(who).user_id).values("activity_id")
            wanted |= Q(AnyOf(F("pk"), ArraySubquery(guest_of)))
        return self.filter(wanted, deleted_at=None)

    def trash_of(self, who: Who, permission: str = "activities.delete") -> Self:
        """The deleted ones that `who` may restore."""
        return self.filter(fields_q(who, permission, SCOPE), deleted_at__isnull=False)

    def planned(self) -> Self:
        """Those that still ask for something."""
        return self.filter(state=State.PLANNED)


class Activity(models.Model):
    """Something that somebody does with or for a customer at a time: a call, a meeting, a visit, a task.

    `at` is when it begins, of a task when it is due; `ends_at` is when it ends and with it when it counts as late: both
    are there or neither is (a task without a time). `all_day`: both are midnights in `zone`, in which the wall time of
    the plan stays what it is whatever its clock does. `done_at` is when it was closed, in whatever way. `department`
    and `branch` are the owner's at the time of planning. `attempt` counts the tries that rules made in a row.
    """

    Kind = Kind
    State = State

    class Priority(models.TextChoices):
        LOW = "low", _("Low")
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")

    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    custom = models.JSONField(default=dict, db_default={}, blank=True)  # by the number of the field as text
    search = models.TextField(blank=True)  # folded: subject, customer, place
    at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    all_day = models.BooleanField(default=False)
    zone = models.CharField(max_length=60, default="Asia/Tehran")
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NORMAL)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    result = models.TextField(blank=True)  # what came of it, or why it was cancelled
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="activities", db_index=False)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    follows = models.ForeignKey(  # it was planned by rule after that one
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followers", db_index=False
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="occurrences", db_index=False
    )
    occurrence = models.DateField(null=True, blank=True)  # its day in the series, wherever it was moved since
    is_exception = models.BooleanField(default=False)  # changed by itself: changes of the series leave it
    remind_minutes = models.PositiveIntegerField(null=True, blank=True)  # so long before; null: not at all
    remind_mail = models.BooleanField(default=False)
    remind_at = models.DateTimeField(null=True, blank=True)  # still to be done
    checked_in_at = models.DateTimeField(null=True, blank=True)  # when he arrived at the place of a visit
    uid = models.UUIDField(default=uuid.uuid4, unique=True)  # of the calendars of others
    sequence = models.PositiveIntegerField(default=0)  # how often others had to be told anew
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = ActivityQuerySet.as_manager()
    scope_fields = SCOPE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="activities_named"),
            models.CheckConstraint(
                condition=Q(at=None, ends_at=None, kind="task") | Q(at__isnull=False, ends_at__gte=F("at")),
                name="activities_time_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", done_at=None) | (~Q(state="planned") & Q(done_at__isnull=False)),
                name="activities_closed_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "at", "id"],
                include=["ends_at", "all_day", "state", "department", "branch", "created_by"],
                condition=KEPT,
                name="activities_owner",
            ),
            models.Index(fields=["owner", "at"], condition=KEPT & LONGER_THAN_A_DAY, name="activities_long"),
            models.Index(fields=["at", "id"], condition=KEPT & LONGER_THAN_A_DAY, name="activities_long_when"),
            models.Index(fields=["owner", "ends_at", "id"], condition=IS_PLANNED, name="activities_owner_late"),
            models.Index(fields=["department", "at", "id"], condition=KEPT, name="activities_department"),
            models.Index(fields=["branch", "at", "id"], condition=KEPT, name="activities_branch"),
            models.Index(F("at").desc(nulls_last=True), F("id").desc(), condition=KEPT, name="activities_by_time"),
            models.Index(fields=["ends_at", "id"], condition=IS_PLANNED, name="activities_late"),
            models.Index(
                fields=["party", "-done_at", "-id"],
                condition=KEPT & Q(done_at__isnull=False), name="activities_party_done",
            ),
            models.Index(fields=["party", "at", "id"], condition=IS_PLANNED, name="activities_party_next"),
            models.Index(fields=["party"], condition=Q(party__isnull=False), name="activities_party"),
            models.Index(
                fields=["series", "occurrence"], condition=Q(series__isnull=False), name="activities_of_series"
            ),
            models.Index(fields=["remind_at", "id"], condition=Q(remind_at__isnull=False), name="activities_remind"),
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="activities_follows"),
            models.Index(
                fields=["-deleted_at", "-id"], condition=Q(deleted_at__isnull=False), name="activities_trash"
            ),
            GinIndex(fields=["custom"], name="activities_custom"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="activities_search"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject

    @property
    def is_planned(self) -> bool:
        """Whether it still asks for something."""
        return self.state == State.PLANNED


class Invitee(models.Model):
    """Somebody invited to an activity: a colleague, a customer (with his address), or an address alone."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("No answer yet")
        ACCEPTED = "accepted", _("Comes")
        TENTATIVE = "tentative", _("Perhaps")
        DECLINED = "declined", _("Does not come")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="invitees", db_index=False)
    user = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(null=True, blank=True, editable=False)  # of the activity: the database keeps it the same
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "user"], condition=Q(user__isnull=False), name="activities_invited_user_once"
            ),
            models.UniqueConstraint(
                fields=["activity", "party"], condition=Q(party__isnull=False), name="activities_invited_party_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, party=None)
                | Q(user=None, party__isnull=False)
                | (Q(user=None, party=None) & ~Q(email="")),
                name="activities_invited_is_one",
            ),
        ]
        indexes = [
            models.Index(fields=["activity"], name="activities_inv_activity"),
            models.Index(fields=["user", "activity"], condition=Q(user__isnull=False), name="activities_inv_user"),
            models.Index(
                fields=["user", "at"],
                include=["activity", "answer"],
                condition=Q(user__isnull=False),
                name="activities_inv_when",
            ),
            models.Index(fields=["party", "activity"], condition=Q(party__isnull=False), name="activities_inv_party"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Link(models.Model):
    """An activity is about a record of another app, by the key of its registered kind and its number."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind", "record"], name="activities_linked_once"),
        ]
        indexes = [models.Index(fields=["kind", "record", "activity"], name="activities_link_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class MovedLink(models.Model):
    """An activity was about `record` before its app merged that into another (`into`), by the cause that it names.

    had: it was about the other one before, too, so that taking the merge back leaves that link.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    into = models.BigIntegerField()
    had = models.BooleanField(default=False)
    cause = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "activity", "record"], name="activities_link_moved_once"),
        ]
        indexes = [models.Index(fields=["activity"], name="activities_moved_activity")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} → {self.into}"


class Step(models.Model):
    """One line of an activity's history: who did what when; `details` holds the former values and the new ones."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(max_length=12)
    actor = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["activity", "id"], name="activities_step_order")]

    def __str__(self) -> str:
        return self.kind
