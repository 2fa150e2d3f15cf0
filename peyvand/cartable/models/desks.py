"""What belongs to one person at his desk: requests that he put aside for a while, and who looks at which one now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

USER = settings.AUTH_USER_MODEL


class Snooze(models.Model):
    """A request that its holder put aside until a moment (تعویق); it waits in his own work only, for nobody else."""

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="snoozes", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", db_index=False)
    until = models.DateTimeField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="cartable_snooze_once")]
        indexes = [
            models.Index(fields=["user", "until"], name="cartable_snooze_user"),
            models.Index(fields=["until"], name="cartable_snooze_until"),
        ]


class Presence(models.Model):
    """Somebody looks at a request, or types in it, at this moment; believed for half a minute.

    The table is unlogged: it is worth nothing after a crash, and its writes cost no log.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("is looking at this")
        TYPING = "typing", _("is typing")

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=7, choices=State)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="cartable_presence_once")]
