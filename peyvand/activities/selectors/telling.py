"""What guests from outside were told by mail, and whether it reached them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.activities.models import Activity, Outside, Told


@dataclass(frozen=True)
class MailState:
    """How the mail to a guest fares, in a few words; `is_bad` when somebody has to reach him in another way."""

    words: str | Promise
    is_bad: bool = False


UNSENT = MailState(_("no mail can go to this address"), is_bad=True)
FAILED = MailState(_("the invitation did not reach him"), is_bad=True)
ON_ITS_WAY = MailState(_("the invitation is on its way"))
SENT = MailState(_("invited by mail"))
UNTOLD = MailState(_("the answer could not be sent"), is_bad=True)
ANSWER_FAILED = MailState(_("the answer did not reach him"), is_bad=True)
ANSWER_GOES = MailState(_("the answer is on its way"))
ANSWERED = MailState(_("he has the answer"))
BAD = {"failed", "bounced", "uncertain"}


def mails_of(activity: Activity) -> dict[str, MailState]:
    """By address, how the last mail about this activity (or about the series it is of) fares; in one query."""
    uid = activity.series.uid if activity.series else activity.uid
    rows = Told.objects.filter(Q(occurrence=None) | Q(occurrence=activity.occurrence), uid=uid)
    found: dict[str, MailState] = {}
    for one in rows.select_related("message").order_by("told_at"):
        outcome = one.message.outcome if one.message else ""
        known = {"": UNSENT, "queued": ON_ITS_WAY, "held": ON_ITS_WAY, "sending": ON_ITS_WAY}
        found[one.email] = FAILED if outcome in BAD else known.get(outcome, SENT)
    return found


@dataclass(frozen=True)
class HeldOutside:
    """Who outside holds a meeting, and how the mail with our answer fares; `answer` is None before one was given.

    is_series: it is one time of a series of his.
    """

    organizer: str
    name: str
    is_cancelled: bool
    answer: MailState | None
    is_series: bool = False


def outside_of(activity: Activity) -> HeldOutside | None:
    """Of a meeting that somebody outside holds: who, and whether he has our answer; None of one of ours."""
    row: Outside | None = getattr(activity, "outside", None)
    if row is None:
        return None
    outcome = row.message.outcome if row.message else ""
    known = {"": UNTOLD, "queued": ANSWER_GOES, "held": ANSWER_GOES, "sending": ANSWER_GOES}
    state = ANSWER_FAILED if outcome in BAD else known.get(outcome, ANSWERED)
    return HeldOutside(
        row.organizer, row.organizer_name, row.is_cancelled, state if row.told else None, row.series_id is not None
    )
