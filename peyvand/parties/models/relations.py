"""Typed relations between parties, readable from both sides."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from peyvand.parties.models.party import Party


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RelationType(models.Model):
    """What two parties are to each other: `name` is the source to the target («employee»), `inverse` the other way.

    from_kinds/to_kinds: comma separated kinds of party, empty for any. `is_tree`: a loop makes no sense.
    """

    code = models.CharField(max_length=30, unique=True)
    name_fa = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    inverse_fa = models.CharField(max_length=60)
    inverse_en = models.CharField(max_length=60)
    from_kinds = models.CharField(max_length=60, blank=True)
    to_kinds = models.CharField(max_length=60, blank=True)
    is_symmetric = models.BooleanField(default=False)
    is_tree = models.BooleanField(default=False)
    is_builtin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=100)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Relation(models.Model):
    """`source` is <type> `target`, since and until a day; a symmetric one is stored once, smaller id first."""

    type = models.ForeignKey(RelationType, on_delete=models.PROTECT, related_name="relations")
    source = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_out")
    target = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_in")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "source", "target"], condition=Q(until=None), name="parties_relation_open_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="parties_relation_of_two"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="parties_relation_ends_after"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "-created_at", "-id"], name="parties_relation_out"),
            models.Index(fields=["target", "-created_at", "-id"], name="parties_relation_back"),
        ]
