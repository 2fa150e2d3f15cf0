"""Forms by which the outside world leaves a lead, what came through them, and from which request a lead was made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch, tracked
from peyvand.cartable.models import Request
from peyvand.parties.models import Party
from peyvand.sales.models.deals import Deal
from peyvand.sales.models.pipelines import Pipeline

USER = settings.AUTH_USER_MODEL


@tracked(exclude=("token",))
class LeadForm(models.Model):
    """A public form (فرم سرنخ) whose submissions become leads of a pipeline.

    token: the word of its address. questions: [{"key", "label", "kind", "required"}] beside name, mobile and e-mail,
    which it always asks for, one of the last two at least. consent: the sentence that the sender agrees to; empty asks
    for none. source: written into the lead.
    """

    name = models.CharField(max_length=120)
    token = models.CharField(max_length=40, unique=True)
    intro = models.TextField(blank=True)
    thanks = models.TextField(blank=True)
    questions = models.JSONField(default=list, blank=True)
    consent = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=120, blank=True)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(deleted_at=None), name="sales_lead_form_name")
        ]

    def __str__(self) -> str:
        return self.name


class LeadSubmission(models.Model):
    """What somebody sent through a form, kept as it came before anything is done with it.

    nonce: of the form that he opened: sent twice it is one. answers: the fields as typed. deal, party: what was made of
    it. problem: why nothing could be made of it; whoever configures forms sees it there and tries again.
    """

    class State(models.TextChoices):
        STORED = "stored", _("Received")
        DONE = "done", _("Became a lead")
        FAILED = "failed", _("Could not become a lead")

    form = models.ForeignKey(LeadForm, on_delete=models.PROTECT, related_name="submissions", db_index=False)
    nonce = models.CharField(max_length=64)
    answers = models.JSONField()
    state = models.CharField(max_length=6, choices=State, default=State.STORED)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deal = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="submissions")
    problem = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["form", "-received_at", "-id"], name="sales_submission_order")]
        constraints = [models.UniqueConstraint(fields=["form", "nonce"], name="sales_submission_once")]


class DealRequest(models.Model):
    """The request of the cartable from which a lead was made; a request gives one lead at a time."""

    deal = models.OneToOneField(Deal, on_delete=models.CASCADE, primary_key=True, related_name="of_request")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()
