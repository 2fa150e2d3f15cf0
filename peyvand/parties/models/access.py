"""Who looked at personal data and who took it out, and which parties were erased."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from peyvand.parties.models.party import Party


class AccessLog(models.Model):
    """One look at (once an hour and person) or one taking out of personal data. Rows are only added."""

    class Act(models.TextChoices):
        VIEWED = "viewed", _("Viewed")
        REVEALED = "revealed", _("Saw a protected number")
        EXPORTED = "exported", _("Exported a list")
        HANDED_OVER = "handed", _("Exported all data of a person")
        ERASED = "erased", _("Erased")

    act = models.CharField(max_length=10, choices=Act)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    count = models.PositiveIntegerField(default=1)
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["party", "-at"], name="parties_access_party"),
            models.Index(fields=["-at", "-id"], name="parties_access_order"),
            models.Index(fields=["user", "-at"], name="parties_access_user"),
        ]
