"""Asking customers how content they were, some time after a request was closed; a low score is work again."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from peyvand.accounts.services import notifications
from peyvand.cartable.errors import NoAddress, SurveyOver
from peyvand.cartable.events import RequestClosed, RequestReopened, SurveyAnswered
from peyvand.cartable.models import Request, Step, Survey
from peyvand.cartable.outward import LeftOut, Outward
from peyvand.cartable.selectors.outward import outward
from peyvand.cartable.services import outgoing
from peyvand.cartable.services.closing import wake
from peyvand.cartable.services.receipts import LANGUAGE
from peyvand.cartable.services.sending import address_of
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import StepKind
from peyvand.core.errors import Invalid
from peyvand.core.events import Event
from peyvand.core.secrets import check, sign
from peyvand.core.text import display_text, normalise_email

PURPOSE = "survey"
OPEN_FOR = timedelta(days=30)
REST = timedelta(days=7)  # between two questions to one address
SLICE = 100
LONGEST_WORDS = 2000
SCORES = range(1, 6)


def token_of(survey: Survey) -> str:
    """The word in the address of a survey; it cannot be guessed."""
    return f"{survey.pk}-{sign(PURPOSE, str(survey.pk))}"


def number_of(token: str) -> int | None:
    """The survey that a word names; None for one that we did not make."""
    number, _dash, mac = token.partition("-")
    known = number.isascii() and number.isdigit() and len(number) < 19 and check(PURPOSE, number, mac)
    return int(number) if known else None


@transaction.atomic
def plan_survey(event: RequestClosed) -> None:
    """The reaction to a closed request: its question is due some hours later. Idempotent for one closing."""
    wanted, request = outward(), Request.objects.filter(pk=event.request_id, closed_at__isnull=False).first()
    if not wanted.survey or request is None or request.closed_at is None or request.parent_id is not None:
        return
    due = request.closed_at + timedelta(hours=wanted.survey_after)
    Survey.objects.get_or_create(request=request, closed_at=request.closed_at, defaults={"due_at": due})


def send_due_surveys() -> bool:
    """Ask what is due, some at a time, each in a transaction of its own; return whether there is more."""
    now = timezone.now()
    due = list(
        Survey.objects.filter(state=Survey.State.WAITING, due_at__lte=now)
        .order_by("due_at", "id")
        .values_list("pk", flat=True)[:SLICE]
    )
    for pk in due:
        _ask(pk)
    return len(due) == SLICE


@transaction.atomic
def _ask(survey_id: int) -> None:
    survey = Survey.objects.select_for_update(skip_locked=True).filter(pk=survey_id, state=Survey.State.WAITING).first()
    if survey is None:
        return
    request, now = survey.request, timezone.now()
    survey.address = normalise_email(address_of(request) or "") or ""
    reason = _why_not(survey, request)
    if reason is None:
        survey.state, survey.sent_at = Survey.State.SENT, now
        reason = _send(survey, request)
    if reason is not None:
        survey.state, survey.reason, survey.sent_at = Survey.State.LEFT_OUT, reason, None
    survey.save()
    if survey.message is not None:
        Step.objects.create(request=request, kind=StepKind.SURVEY_SENT, at=now, message=survey.message)


def _why_not(survey: Survey, request: Request) -> LeftOut | None:
    if not outward().survey:
        return LeftOut.OFF
    if request.merged_into_id is not None:
        return LeftOut.MERGED
    if request.closed_at != survey.closed_at:
        return LeftOut.REOPENED
    asked = Survey.objects.filter(address=survey.address, sent_at__gt=timezone.now() - REST)
    return outgoing.unfit(survey.address) or (LeftOut.OFTEN if asked.exists() else None)


def _send(survey: Survey, request: Request) -> LeftOut | None:
    try:
        with override(LANGUAGE):
            survey.message = outgoing.mail_to(
                request,
                address=survey.address,
                subject=_("How content are you with our answer?"),
                text=outward().survey_text,
                path=reverse("cartable-public:survey", args=[token_of(survey)]),
            )
    except NoAddress:
        return LeftOut.NO_CHANNEL
    return None


@transaction.atomic
def answer_survey(*, token: str, score: int, words: str = "") -> Survey:
    """Take the customer's answer, once. A low score makes the request work again and is told to its people.

    score: 1 to 5. Errors: SurveyOver (unknown, answered already, or too old), Invalid.
    """
    survey = Survey.objects.select_for_update().filter(pk=number_of(token) or 0, state=Survey.State.SENT).first()
    if survey is None or survey.sent_at is None or survey.sent_at < timezone.now() - OPEN_FOR:
        raise SurveyOver
    if score not in SCORES:
        raise Invalid(fields={"score": _("Choose one of the five.")})
    survey.state, survey.score, survey.answered_at = Survey.State.ANSWERED, score, timezone.now()
    survey.words = display_text(words.replace("\x00", ""))[:LONGEST_WORDS].strip()
    survey.save()
    request = Request.objects.select_for_update().get(pk=survey.request.merged_into_id or survey.request_id)
    _take_in(request, survey, outward())
    return survey


def _remark(survey: Survey) -> str:
    """The answer as one reads it in the history: the score as it is, then the customer's words."""
    return f"{survey.score} / {max(SCORES)}\n{survey.words}".strip()


def _take_in(request: Request, survey: Survey, wanted: Outward) -> None:
    """Put the answer into the history; wake the request when the score is low and it rests."""
    work = Work(None, request)
    is_low = survey.score is not None and survey.score <= wanted.low
    comes_back = is_low and not request.is_active
    if comes_back:
        wake(work, by_customer=True)
    events: list[Event] = [SurveyAnswered(request_id=request.pk, score=survey.score or 0)]
    events += [RequestReopened(request_id=request.pk)] if comes_back else []
    work.done(
        StepKind.SURVEY_ANSWERED,
        events=events,
        details={"score": survey.score, "remark": _remark(survey), "survey": survey.pk},
    )
    if is_low:
        people = {one for one in (request.officer_id, request.assignee_id) if one is not None}
        notifications.notify(
            users=people,
            kind="survey",
            text=gettext_noop("A customer gave %(score)s of 5 to request %(code)s."),
            data={"score": survey.score, "code": f"\u2066{request.code}\u2069"},
            url=reverse("cartable:any", args=[request.code]),
        )
