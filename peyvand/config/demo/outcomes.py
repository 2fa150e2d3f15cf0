"""What came of the demo company's answers: whether they arrived, and how content customers were."""

import datetime as dt
import random

from django.utils import timezone

from peyvand.cartable.models import Request, Step, Survey
from peyvand.cartable.outward import Outward
from peyvand.cartable.services import note_bounced
from peyvand.cartable.services.configuring import change_outward
from peyvand.cartable.services.surveys import answer_survey, token_of
from peyvand.cartable.types import StepKind
from peyvand.channels.events import MessageBounced
from peyvand.channels.models import Message

SEED = 1409
ARRIVED, DELAYED, BOUNCED = 160, 4, 4  # of the latest answers by mail
ASKED, FRESH = 90, 9
ASKED_AFTER, ANSWERED_AFTER = dt.timedelta(hours=4), dt.timedelta(hours=20)
SCORES = ((5, 38), (4, 32), (3, 18), (None, 40))  # None: not answered
WORDS = {
    5: ("پاسخ روشن و سریع بود.", "سپاس از پیگیری شما.", ""),
    4: ("خوب بود.", "کمی دیر شد، اما کار انجام شد.", ""),
    3: ("باید دو بار می‌نوشتم.", ""),
    2: ("تماس گرفتند، اما دستگاه هنوز نشتی دارد.", "قرار بود دیروز بیایند و نیامدند."),
    1: ("هزینه را گرفتند و فیلتر عوض نشد.",),
}


def come_of(now: dt.datetime) -> None:
    """Tell of the latest answers and closings until `now`."""
    dice = random.Random(SEED)  # noqa: S311 -- invented data, not a secret
    _deliver(dice)
    _ask(dice, now)


def _deliver(dice: random.Random) -> None:
    """Other servers reported on most of what was sent."""
    rows = Message.objects.filter(direction="out", medium="mail", state=Message.State.SENT).order_by("-occurred_at")
    found = list(rows.filter(in_request__request__trouble="")[: ARRIVED + DELAYED + BOUNCED])
    dice.shuffle(found)
    for number, message in enumerate(found):
        state = "delayed" if number < DELAYED else "bounced" if number < DELAYED + BOUNCED else "delivered"
        why = {"delayed": "4.2.2 mailbox full", "bounced": "5.1.1 user unknown"}.get(state, "")
        report = {"state": state, "status": why[:5], "why": why, "at": message.occurred_at.isoformat()}
        message.delivery = {each: report for each in message.recipients["to"]}
    Message.objects.bulk_update(found, ["delivery"])
    for message in found[DELAYED : DELAYED + BOUNCED]:
        note_bounced(
            MessageBounced(message_id=message.pk, bounce_id=0, address=message.recipients["to"][0], permanent=True)
        )


def _ask(dice: random.Random, now: dt.datetime) -> None:
    """Half of those who were asked answered; the newest answers are taken in as they come, low ones bring work back."""
    change_outward(actor=None, wanted=Outward(survey=True))
    rows = Request.objects.filter(status=Request.Status.CLOSED, medium="mail", merged_into=None, parent=None)
    closed = list(rows.filter(closed_at__lt=now - ASKED_AFTER - ANSWERED_AFTER).order_by("-closed_at")[:ASKED])
    fresh, older = closed[:FRESH], closed[FRESH:]
    values, weights = [score for score, _weight in SCORES], [weight for _score, weight in SCORES]
    asked = [_survey(dice, request, dice.choices(values, weights)[0]) for request in older]
    Survey.objects.bulk_create(asked)
    answered = [one for one in asked if one.score is not None]
    Step.objects.bulk_create(_step(one) for one in answered)
    for one in answered:
        one.request.last_activity_at = one.answered_at or one.request.last_activity_at
    Request.objects.bulk_update([one.request for one in answered], ["last_activity_at"])
    for number, request in enumerate(fresh):
        survey = _survey(dice, request, None)
        survey.sent_at = timezone.now() - ANSWERED_AFTER
        survey.save()
        score = (1, 2, 2, 5, 4, 5, 3, 5, 4)[number]
        answer_survey(token=token_of(survey), score=score, words=dice.choice(WORDS[score]))


def _survey(dice: random.Random, request: Request, score: int | None) -> Survey:
    assert request.closed_at
    sent = request.closed_at + ASKED_AFTER
    survey = Survey(request=request, closed_at=request.closed_at, due_at=sent, state=Survey.State.SENT, sent_at=sent)
    if score is not None:
        survey.state, survey.score, survey.words = Survey.State.ANSWERED, score, dice.choice(WORDS[score])
        survey.answered_at = sent + ANSWERED_AFTER * dice.random()
    return survey


def _step(one: Survey) -> Step:
    details = {"score": one.score, "remark": f"{one.score} / 5\n{one.words}".strip(), "survey": one.pk}
    assert one.answered_at
    return Step(request=one.request, kind=StepKind.SURVEY_ANSWERED, at=one.answered_at, details=details)
