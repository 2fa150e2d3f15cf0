"""Confidential requests: who is named on one, and who looked at it when."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Confidant(models.Model):
    """Somebody who may see a confidential request although he neither holds it nor sent or received it."""

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="confidants", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="cartable_confidant_once")]


class ConfidentialView(models.Model):
    """Somebody read a confidential request, or took a paper out of it; rows are only ever added."""

    class What(models.TextChoices):
        PAGE = "page"
        API = "api"
        HISTORY = "history"
        PRINT = "print"
        PAPER = "paper"  # a file, or a message as it came

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="views", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=8, choices=What)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["request", "-id"], name="cartable_view_request")]
