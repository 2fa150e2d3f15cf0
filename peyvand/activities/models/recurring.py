"""A plan that comes again (سری)."""

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class Series(models.Model):
    """A plan that comes again: its rule, the wall time in its zone, and the plan that each occurrence is made of.

    Occurrences are activities of their own, made about a year ahead (`made_until`) and each night further. `ended_on`:
    the first day on which it does not take place any more.
    """

    uid = models.UUIDField(db_default=RandomUUID(), unique=True)  # of the calendars of others
    rule = models.JSONField()
    start = models.DateField()
    clock = models.TimeField()
    minutes = models.PositiveIntegerField()  # how long each lasts
    zone = models.CharField(max_length=60)
    plan = models.JSONField()
    made_until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["made_until"], condition=Q(ended_on=None), name="activities_series_open")]

    def __str__(self) -> str:
        return f"{self.pk}"
