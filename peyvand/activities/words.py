"""What a line of an activity's history says."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.activities.models import Invitee, Step
from peyvand.activities.types import StepKind
from peyvand.web.templatetags.pv import written

WORDS: dict[str, str | Promise] = {
    StepKind.PLANNED: gettext_lazy("planned it"),
    StepKind.CHANGED: gettext_lazy("changed it"),
    StepKind.COMPLETED: gettext_lazy("closed it"),
    StepKind.CANCELLED: gettext_lazy("cancelled it"),
    StepKind.REOPENED: gettext_lazy("opened it again"),
    StepKind.DELETED: gettext_lazy("moved it to the trash"),
    StepKind.RESTORED: gettext_lazy("brought it back"),
    StepKind.LINKED: gettext_lazy("linked it to a record"),
    StepKind.UNLINKED: gettext_lazy("took a link away"),
    StepKind.UNDONE: gettext_lazy("took the last step back"),
    StepKind.CHECKED_IN: gettext_lazy("arrived at the place"),
    StepKind.INVITED: gettext_lazy("took it over from an invitation by mail"),
    StepKind.MINUTES: gettext_lazy("wrote the minutes"),
}


def step_words(step: Step) -> str:
    """What somebody did, in a few words."""
    if step.kind == StepKind.MOVED:
        return _moved(step.details)
    if step.kind == StepKind.ANSWERED:
        return _answered(step.details)
    if step.kind == StepKind.STRANGER and step.details.get("unread"):
        return _("A change that %(who)s has sent cannot be read; it was not applied") % {
            "who": step.details.get("who", "")
        }
    if step.kind == StepKind.STRANGER and step.details.get("held"):
        return _("%(who)s, who does not hold it, wanted to change it; it was not applied") % {
            "who": step.details.get("who", "")
        }
    if step.kind == StepKind.STRANGER:
        return _("%(who)s, who is not invited, answered; it was not applied") % {"who": step.details.get("who", "")}
    return str(WORDS.get(step.kind, step.kind))


def _moved(details: dict[str, Any]) -> str:
    before, after = (parse_datetime(details.get(side, {}).get("at") or "") for side in ("before", "after"))
    if before is None or after is None:
        return _("moved it to another time")
    return _("moved it from %(before)s to %(after)s") % {
        "before": written(before, "datetime"),
        "after": written(after, "datetime"),
    }


def _answered(details: dict[str, Any]) -> str:
    answer = details.get("answer", "")
    label = Invitee.Answer(answer).label if answer in Invitee.Answer.values else answer
    text = _("%(name)s answered: %(answer)s") % {"name": details.get("who", ""), "answer": label}
    return f"{text} – «{details['comment']}»" if details.get("comment") else text
