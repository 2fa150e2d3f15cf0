"""Texts that are kept ready: canned answers with how often they are used, and signatures."""

from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from peyvand.accounts.models import Department
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.accounts.types import ScopeFields

USER = settings.AUTH_USER_MODEL
TEXTS = "cartable.texts"
AT_DEPARTMENT = ScopeFields(own=(), department="department_id", branch="department__branch_id")


class CannedQuerySet(models.QuerySet["CannedAnswer"]):
    """Canned answers that somebody may use."""

    def kept(self) -> Self:
        """Those that are not in the trash."""
        return self.filter(deleted_at=None)

    def visible_to(self, who: Who) -> Self:
        """One's own, those of one's department, those of everybody, and those that one may change for others."""
        reach = reach_of(who)
        wanted = Q(owner=reach.user_id) | Q(owner=None, department=None)
        if reach.department_id is not None:
            wanted |= Q(department=reach.department_id)
        return self.filter(wanted | (Q(department__isnull=False) & fields_q(who, TEXTS, AT_DEPARTMENT)))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["search", "uses"])
class CannedAnswer(models.Model):
    """A text with variables that stands ready for answers: mine (`owner`), my department's, or everybody's (neither).

    shortcut: what is typed after «/» to find it at once. `search` is folded title, shortcut and text; `uses` counts how
    often anybody has inserted it.
    """

    title = models.CharField(max_length=120)
    shortcut = models.CharField(max_length=30, blank=True)
    body = models.TextField()
    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    search = models.TextField(blank=True)
    uses = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CannedQuerySet.as_manager()
    scope_fields = AT_DEPARTMENT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(department=None), name="cartable_canned_of_one_scope"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="cartable_canned_filled"),
            models.UniqueConstraint(
                Lower("shortcut"), "owner", "department",
                condition=Q(deleted_at=None) & ~Q(shortcut=""), name="cartable_canned_shortcut",
                nulls_distinct=False,
            ),
        ]  # fmt: skip
        indexes = [GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="cartable_canned_search")]

    def __str__(self) -> str:
        return self.title


class CannedUse(models.Model):
    """How often somebody has inserted a canned answer, and when last: his list begins with those."""

    canned = models.ForeignKey(CannedAnswer, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["canned", "user"], name="cartable_canned_use_once")]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Signature(models.Model):
    """What stands below answers: of a person, else of the department of the request, else of everybody (neither).

    An empty text in one language is taken from the next of them. personal: whether people may replace this one by their
    own; of a person's own it says nothing.
    """

    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    text_fa = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    personal = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    scope_fields = AT_DEPARTMENT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(department=None), name="cartable_signature_of_one_scope"
            ),
            models.UniqueConstraint(
                fields=["owner", "department"], name="cartable_signature_once", nulls_distinct=False
            ),
        ]
