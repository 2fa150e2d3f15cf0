"""What the business says of answers, as of the last seconds."""

from peyvand.cartable.answer_ways import SETTING, AnswerWays
from peyvand.core.known import Known
from peyvand.core.models import Setting


def _stored(_key: None) -> AnswerWays:
    return AnswerWays.from_json(Setting.objects.filter(name=SETTING).values_list("value", flat=True).first())


_believed = Known(_stored)


def answer_ways() -> AnswerWays:
    """What the business says of answers."""
    return _believed(None)


def forget_answer_ways() -> None:
    """Read it anew: it was changed here."""
    _believed.forget()
