"""The list of activities on the kit of lists."""

from html import escape

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.activities.fields import HOST
from peyvand.activities.models import Activity, State
from peyvand.activities.permissions import VIEW
from peyvand.activities.wording import ICONS, STATE_COLOURS, TONES
from peyvand.core.list_state import Condition, ListState
from peyvand.core.loading import all_but
from peyvand.parties.models import Party
from peyvand.web.addresses import by_number
from peyvand.web.icons import icon
from peyvand.web.lists import Pen, RecordList, Starter, register, titled

_UNREAD = (*all_but(Party, "party", "name", "kind"), *all_but(User, "owner", "full_name", "username"))
_address = by_number("activities:activity")
MINE = Condition("mine", "yes", ())
PLANNED = Condition("state", "is", ("planned",))


def _subject(one: Activity, pen: Pen) -> SafeString:
    mark = f'<span class="pv-act-mark" data-c="{TONES[one.kind]}">{icon(ICONS[one.kind], size=16)}</span>'
    under = one.party.name if one.party else pen.word(Activity.Kind(one.kind))
    return titled(_address(one.pk), mark, one.subject, under)


def _state(one: Activity, pen: Pen) -> SafeString:
    late = one.state == State.PLANNED and one.ends_at is not None and one.ends_at < timezone.now()
    tone, text = ("late", _("Overdue")) if late else (STATE_COLOURS[one.state], pen.word(State(one.state)))
    return mark_safe(f'<span class="pv-chip" data-c="{tone}" data-dot>{escape(str(text))}</span>')  # noqa: S308


def _when(one: Activity, pen: Pen) -> SafeString:
    if one.at is None:
        return mark_safe("")
    text = pen.date(one.at, "short") + ("" if one.all_day else f" · {pen.date(one.at, 'time')}")
    full = escape(pen.date(one.at, "full"))
    return mark_safe(f'<time datetime="{one.at.isoformat()}" title="{full}">{escape(text)}</time>')  # noqa: S308


def _load(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.select_related("party", "owner").defer("description", "search", *_UNREAD)


def _rows(user: User) -> QuerySet[Activity]:
    return Activity.objects.visible_to(user)


ACTIVITIES = register(
    RecordList(
        key="activities",
        host=HOST,
        title=_("Activities"),
        search_label=_("Subject, customer or place"),
        url_name="activities:list",
        permission=VIEW,
        rows=_rows,
        columns=("subject", "kind", "at", "owner", "state", "outcome"),
        sort="-at",
        title_cell="subject",
        address=_address,
        starters=(
            Starter(key="all", name=_("All activities")),
            Starter(key="mine", name=_("My plans"), state=ListState(filters=(MINE, PLANNED), sort="at")),
            Starter(
                key="today",
                name=_("Mine today"),
                state=ListState(filters=(MINE, Condition("due", "is", ("today",))), sort="at"),
            ),
            Starter(
                key="visits",
                name=_("My visits today"),
                state=ListState(
                    filters=(MINE, Condition("kind", "is", ("visit",)), Condition("due", "is", ("today",))), sort="at"
                ),
            ),
            Starter(
                key="overdue",
                name=_("Overdue"),
                state=ListState(filters=(Condition("due", "is", ("overdue",)),), sort="at"),
            ),
            Starter(
                key="calls",
                name=_("Calls of the last week"),
                state=ListState(
                    filters=(Condition("kind", "is", ("call",)), Condition("done_at", "last_days", ("7",))),
                    sort="-done_at",
                ),
            ),
        ),
        cells={"subject": _subject, "state": _state, "at": _when},
        load=_load,
        first_use="activities/_first.html",
    )
)
