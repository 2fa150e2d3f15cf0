"""What goes out to the customer by itself: the receipt of a request, and the question how content he was."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.cartable.models.requests import Request
from peyvand.channels.models import Message


class Receipt(models.Model):
    """Whether the sender of a request was told its follow-up code: one row a request, written before anything is sent.

    `reason` says why nothing was sent (`types.LeftOut`), `address` to whom it went.
    """

    request = models.OneToOneField(Request, primary_key=True, on_delete=models.CASCADE, related_name="receipt")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    address = models.CharField(max_length=320, blank=True)
    reason = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], condition=Q(reason=""), name="cartable_receipt_address"),
            models.Index(fields=["at"], condition=Q(reason=""), name="cartable_receipt_sent"),
        ]


class Survey(models.Model):
    """How content a customer was with one closing of a request: asked once, answered once.

    score: 1 (not at all) to 5 (very). `reason` as of a receipt. `closed_at` is the closing it asks about.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        ANSWERED = "answered", _("Answered")
        LEFT_OUT = "left_out", _("Not sent")

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="surveys", db_index=False)
    closed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=16, blank=True)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    address = models.CharField(max_length=320, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "closed_at"], name="cartable_survey_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="cartable_survey_score"
            ),
            models.CheckConstraint(
                condition=Q(state="answered", score__isnull=False) | (~Q(state="answered") & Q(score__isnull=True)),
                name="cartable_survey_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="cartable_survey_due"),
            models.Index(fields=["address", "sent_at"], condition=Q(sent_at__isnull=False), name="cartable_survey_to"),
            models.Index(fields=["-answered_at", "-id"], condition=Q(state="answered"), name="cartable_survey_answers"),
        ]
