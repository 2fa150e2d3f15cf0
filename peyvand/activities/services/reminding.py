"""Reminders: once for each person and time, under the bell and, where wanted, by mail."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.services.notifications import notify
from peyvand.activities.models import Activity, Invitee, Reminded, State
from peyvand.activities.selectors.mailboxes import outgoing_channel
from peyvand.activities.services.inviting import NOTICE
from peyvand.activities.types import page_of
from peyvand.channels.models import Channel
from peyvand.channels.services import send
from peyvand.channels.types import Letter
from peyvand.core.errors import PeyvandError
from peyvand.core.jalali import format_date

SLICE = 100


@transaction.atomic
def remind_due() -> int:
    """Remind of what is due by now, some at a time; return how many activities that were.

    The row of the ledger, the notification and the queued mail commit together, so a run that dies or runs twice tells
    nobody twice and forgets nobody.
    """
    now = timezone.now()
    due = Activity.objects.filter(remind_at__lte=now, state=State.PLANNED, deleted_at=None)
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("remind_at", "pk")[:SLICE])
    for one in rows:
        _remind(one)
    Activity.objects.filter(pk__in=[one.pk for one in rows]).update(remind_at=None)
    return len(rows)


def _remind(one: Activity) -> None:
    people, due = _people_of(one), one.remind_at
    if due is None:
        return
    told = set(Reminded.objects.filter(activity=one, due_at=due).values_list("user_id", flat=True))
    new = [each for each in people if each.pk not in told]
    Reminded.objects.bulk_create(Reminded(activity=one, user=each, due_at=due) for each in new)
    at = one.at.astimezone(ZoneInfo(one.zone)) if one.at else None
    notify(
        users=new,
        kind=NOTICE,
        text=gettext_noop("Soon, at %(time)s: %(subject)s"),
        data={"subject": one.subject, "time": f"{at:%H:%M}" if at else ""},
        url=page_of(one.pk),
    )
    if one.remind_mail:
        _mail(one, new)


def _people_of(one: Activity) -> list[User]:
    guests = Invitee.objects.filter(activity=one, user__isnull=False).exclude(answer=Invitee.Answer.DECLINED)
    ids = {one.owner_id, *guests.values_list("user_id", flat=True)}
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))


def _mail(one: Activity, people: Sequence[User]) -> None:
    """Put a mail to each of them on its way; without a mailbox that can send there is the bell alone."""
    channel = outgoing_channel(one.branch_id)
    if channel is None:
        return
    for each in people:
        if each.email:
            with translation.override(each.language), transaction.atomic():
                _send(channel, one, each)


def _send(channel: Channel, one: Activity, person: User) -> None:
    when = format_date(one.at, calendar=person.calendar, lang=person.language, style="full")
    lines = [one.subject, when, one.place, one.link]
    letter = Letter(
        to=[person.email],
        subject=_("Reminder: %(subject)s") % {"subject": one.subject},
        text="\n".join(line for line in lines if line),
        thread=f"activity-{one.pk}",
        acknowledgement=True,
        language=person.language,
        details={"activity": one.pk},
    )
    try:
        send(channel=channel, letter=letter)
    except PeyvandError:  # an address that no mail can go to: the bell has told him
        return
