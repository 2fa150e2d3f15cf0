"""The cartable (کارتابل): requests, referrals, answers, notes, their history and their clock."""

from django.conf import settings
from django.db import models

from peyvand.accounts.models import Branch, Department, Post
from peyvand.channels.models import Channel, Message
from peyvand.core.models import File
from peyvand.parties.models import Party

USER = settings.AUTH_USER_MODEL


class Kind(models.Model):
    """A kind of request (enquiry, complaint, …) with the department it usually goes to."""

    code = models.CharField(max_length=40, unique=True)
    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)


class SlaPolicy(models.Model):
    """Targets in working minutes for a kind and a priority; the most specific one counts."""

    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.CASCADE, related_name="policies")
    priority = models.CharField(max_length=8, blank=True)
    first_answer_minutes = models.PositiveIntegerField()
    resolution_minutes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "priority"], nulls_distinct=False, name="cartable_sla_policy_once"
            )
        ]


class Request(models.Model):
    """What a customer wants of us, from first word to last, whoever holds it."""

    class Status(models.TextChoices):
        NEW = "new"  # nobody has touched it
        OPEN = "open"  # being worked on
        REFERRED = "referred"  # waits for a department, post or person
        REVIEW = "review"  # a draft waits for approval
        ANSWERED = "answered"  # the answer went out
        CLOSED = "closed"

    class Priority(models.TextChoices):
        LOW = "low"
        NORMAL = "normal"
        HIGH = "high"
        URGENT = "urgent"

    code = models.CharField(max_length=20, unique=True)  # 1405-000482-7
    subject = models.CharField(max_length=300)
    search = models.TextField(blank=True)
    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NORMAL)
    status = models.CharField(max_length=8, choices=Status, default=Status.NEW)
    medium = models.CharField(max_length=8, choices=Message.Medium)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    matched_by = models.JSONField(default=list, blank=True)  # ["email", "mobile"]; empty for a new customer
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="requests")
    officer = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    assignee = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests")
    perhaps_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    needs_review = models.BooleanField(default=False)  # a message that could not be read: any officer may open it
    opened_at = models.DateTimeField()
    first_answer_due = models.DateTimeField(null=True, blank=True)
    resolution_due = models.DateTimeField(null=True, blank=True)
    next_due = models.DateTimeField(null=True, blank=True)  # what the clock counts to now; null when it stands
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    message_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["assignee", "next_due", "id"], condition=~models.Q(status="closed"), name="cartable_req_mine"
            ),
            models.Index(
                fields=["department", "next_due", "id"], condition=~models.Q(status="closed"), name="cartable_req_dept"
            ),
            models.Index(
                fields=["branch", "next_due", "id"], condition=~models.Q(status="closed"), name="cartable_req_branch"
            ),
            models.Index(fields=["next_due", "id"], condition=~models.Q(status="closed"), name="cartable_req_due"),
            models.Index(fields=["officer", "id"], condition=models.Q(status="review"), name="cartable_req_review"),
            models.Index(fields=["closed_at", "id"], condition=models.Q(status="closed"), name="cartable_req_closed"),
            models.Index(
                fields=["department", "closed_at", "id"],
                condition=models.Q(status="closed"),
                name="cartable_req_closed_dept",
            ),
            models.Index(fields=["party", "-opened_at"], name="cartable_req_party"),
        ]


class RequestMessage(models.Model):
    """A message in a request's thread; a message is in one request only."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="thread")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="in_request")
    matched_by = models.CharField(max_length=20, blank=True)  # message_id, reply_address, references, code, recent


class Referral(models.Model):
    """A request handed to a person, a post or a department with an instruction and a deadline (ارجاع)."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        ANSWERED = "answered"
        RETURNED = "returned"
        RECALLED = "recalled"
        DONE = "done"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="referrals")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    to_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    to_department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    instruction = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    taken_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(to_user__isnull=False, to_post__isnull=True, to_department__isnull=True)
                    | models.Q(to_user__isnull=True, to_post__isnull=False, to_department__isnull=True)
                    | models.Q(to_user__isnull=True, to_post__isnull=True, to_department__isnull=False)
                ),
                name="cartable_referral_one_target",
            )
        ]
        indexes = [
            models.Index(
                fields=["to_user", "id"], condition=models.Q(state__in=["waiting", "read"]), name="cartable_ref_user"
            ),
            models.Index(
                fields=["to_department", "id"],
                condition=models.Q(state__in=["waiting", "read"]),
                name="cartable_ref_dept",
            ),
        ]


class Answer(models.Model):
    """A draft answer on its way: written, reviewed, returned or approved, sent."""

    class State(models.TextChoices):
        DRAFT = "draft"
        REVIEW = "review"
        RETURNED = "returned"
        APPROVED = "approved"  # handed to the channel
        DISCARDED = "discarded"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    medium = models.CharField(max_length=8, choices=Message.Medium, default=Message.Medium.MAIL)
    recipient = models.CharField(max_length=320, blank=True)
    body = models.TextField(blank=True)
    remark = models.TextField(blank=True)  # why it was returned
    files = models.ManyToManyField(File, related_name="+", blank=True)
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
                condition=models.Q(state__in=["draft", "returned"]),
                name="cartable_answer_one_draft",
            )
        ]


class Note(models.Model):
    """A word among colleagues; the customer never sees it."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    files = models.ManyToManyField(File, related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Step(models.Model):
    """One line of a request's history: who did what when; rows are only ever added."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=24)  # opened, message_in, referred, read, returned, taken, drafted, …
    actor = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    details = models.JSONField(default=dict, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.ForeignKey(Note, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "id"], name="cartable_step_request")]


class ReadMark(models.Model):
    """Until when a user has read a request; later activity makes it bold."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="cartable_read_mark_once")]


class CodeCounter(models.Model):
    """The last follow-up number given in a Jalali year; numbers are taken by `nextval` of a sequence per year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveBigIntegerField(default=0)
