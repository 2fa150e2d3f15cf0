"""What activities add to a customer's timeline: those that were closed, as his own and as a guest."""

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity, Invitee, Kind, State
from peyvand.activities.permissions import VIEW
from peyvand.activities.wording import ICONS, STATE_COLOURS
from peyvand.core.prepared import Given
from peyvand.parties.timeline import Chip, Entry, Found, Lines, Source, snippet

READ = 400
TONES = {Kind.CALL: "zaferan", Kind.MEETING: "lajevard", Kind.VISIT: "firouzeh", Kind.TASK: "banafsh"}


def _own(who: Who) -> QuerySet[Activity]:
    return Activity.objects.visible_to(who).filter(party=Given("party"), done_at__isnull=False)


def _invited(who: Who) -> QuerySet[Invitee]:
    """What he was only invited to; his own activities stand there already."""
    seen = Activity.objects.visible_to(who).filter(done_at__isnull=False)
    return Invitee.objects.filter(party=Given("party"), activity__in=seen).exclude(activity__party=Given("party"))


def _entry(row: Found) -> Entry:
    kind, state = Kind(row["kind"]), State(row["state"])
    outcome = row["outcome_fa"] if get_language() == "fa" else row["outcome_en"]
    return Entry(
        at=row.at,
        source=row.source,
        number=row.number,
        icon=ICONS[kind],
        tone=TONES[kind],
        title=_("%(kind)s: %(subject)s") % {"kind": kind.label, "subject": row["subject"]},
        text=snippet(row["result"] or ""),
        url=reverse("activities:activity", args=[row["activity"]]),
        chips=[Chip(outcome or str(state.label), STATE_COLOURS[state])],
    )


def _columns(prefix: str) -> dict[str, object]:
    return {
        "kind": f"{prefix}kind", "subject": f"{prefix}subject", "state": f"{prefix}state",
        "result": Left(f"{prefix}result", READ), "outcome_fa": f"{prefix}outcome__name_fa",
        "outcome_en": f"{prefix}outcome__name_en", "activity": f"{prefix}id" if prefix else "pk",
    }  # fmt: skip


SOURCE = Source(
    key="activities",
    label=gettext_lazy("Activities"),
    icon="calendar",
    lines=(
        Lines(rows=_own, at="done_at", entry=_entry, columns=_columns(""), kind=0, kinds=2),
        Lines(rows=_invited, at="activity__done_at", entry=_entry, columns=_columns("activity__"), kind=1, kinds=2),
    ),
    permission=VIEW,
    order=40,
)
