"""What hangs on a request: its messages, answers, notes, history, and who has read it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.cartable import triggers
from peyvand.cartable.models.approvals import ApprovalRule
from peyvand.cartable.models.referrals import Referral
from peyvand.channels.models import Message
from peyvand.core.models import File
from peyvand.parties.models import Party

USER = settings.AUTH_USER_MODEL


class RequestMessage(models.Model):
    """A message in a request's thread; a message is in one request only.

    Triggers write `party` (the request's), `at` (when the message was written) and `opens` (it was the first), so that
    the latest messages of a customer are one walk of an index.
    """

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="thread")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="in_request")
    matched_by = models.CharField(max_length=20, blank=True)  # message_id, reply_address, references, code, recent
    party = models.ForeignKey(
        Party, null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    at = models.DateTimeField(null=True, editable=False)
    opens = models.BooleanField(default=False, editable=False)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="cartable_message_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("request_id"),  # type: ignore[no-untyped-call]  # as above
                func=triggers.PLACE_OF_MESSAGE,
            )
        ]
        indexes = [
            models.Index(
                fields=["party", "-at", "-id"], condition=Q(party__isnull=False), name="cartable_message_party"
            )
        ]


class Answer(models.Model):
    """A draft answer on its way: written, reviewed, returned or approved, sent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("Awaiting review")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")  # handed to the channel, or told by the officer
        DISCARDED = "discarded", _("Discarded")

    class Purpose(models.TextChoices):
        REPLY = "reply", _("Reply")
        FORWARD = "forward", _("Forward")  # to somebody else: the request still waits for its answer
        NEW = "new", _("New message")

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    medium = models.CharField(max_length=8, choices=Message.Medium, default=Message.Medium.MAIL)
    recipient = models.CharField(max_length=4000, blank=True)  # of a mail also several, separated by commas
    body = models.TextField(blank=True)
    remark = models.TextField(blank=True)  # why it was returned
    files = models.ManyToManyField(File, related_name="+", blank=True)
    purpose = models.CharField(max_length=7, choices=Purpose, default=Purpose.REPLY)
    subject = models.CharField(max_length=300, blank=True)  # empty: that of the request
    cc = models.JSONField(default=list, blank=True)  # as typed; looked at when it is submitted or sent
    bcc = models.JSONField(default=list, blank=True)
    about = models.ForeignKey(  # the message that is answered or passed on
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    addressed = models.PositiveIntegerField(default=0)  # how often a button filled it, so that a page draws it anew
    rule = models.ForeignKey(  # that asks several to approve it
        ApprovalRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    needed = models.PositiveSmallIntegerField(default=1)  # how many have to approve it
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="answer")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "author"],
                condition=Q(state__in=["draft", "returned"]),
                name="cartable_answer_one_draft",
            )
        ]


class Note(models.Model):
    """A word among colleagues; the customer never sees it."""

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    mentions = models.ManyToManyField(User, through="cartable.Mention", related_name="mentions", blank=True)
    files = models.ManyToManyField(File, related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="cartable_note_request",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("request_id"),  # type: ignore[no-untyped-call]  # as above
                condition=pgtrigger.AnyChange("request"),
                func=triggers.REQUEST_OF_MENTIONS,
            )
        ]


class Step(models.Model):
    """One line of a request's history: who did what when; rows are only ever added."""

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(max_length=24)  # `types.StepKind`
    actor = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    instead_of = models.ForeignKey(  # the colleague on leave in whose place the actor did it
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    details = models.JSONField(default=dict, blank=True)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    note = models.ForeignKey(Note, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["request", "id"], name="cartable_step_request")]


class ReadMark(models.Model):
    """Until when a user has read a request; later activity makes it bold."""

    request = models.ForeignKey("cartable.Request", on_delete=models.CASCADE, related_name="read_marks", db_index=False)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="cartable_read_mark_once")]
