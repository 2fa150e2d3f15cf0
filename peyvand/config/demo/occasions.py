"""What the calendar of the demo company shows besides daily work: a series, visits of today, answers, a conflict."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.activities import policies, services
from peyvand.activities.recurrence import Every, Rule
from peyvand.activities.types import Guest, Planned
from peyvand.core.jalali import from_jalali, to_jalali
from peyvand.core.working_time import WorkCalendar
from peyvand.parties.models import Party

ANSWERS = ("accepted", "tentative", "declined", "accepted")
VISITS = ((9, 0, "بازدید از موتورخانه"), (11, 0, "تحویل و راه‌اندازی"), (14, 30, "بازدید از خط تولید"))
FIFTH, MONTHS = 5, 12


def lay_occasions(*, calendar: WorkCalendar, now: dt.datetime) -> None:
    """Plan them by the same services as people do."""
    everybody = User.objects.filter(is_active=True, department__isnull=False).order_by("pk")
    people = [one for one in everybody[:9] if may(one, policies.PLAN)]
    parties = list(Party.objects.filter(deleted_at=None, owner__isnull=False).exclude(city="").order_by("pk")[:3])
    if len(people) < 3 or not parties:
        return
    today = timezone.localtime(now).date()
    _every_fifth(people, calendar, today)
    _visits(people[0], parties, calendar, today)
    _asked(people, calendar, today + dt.timedelta(days=1))
    _conflict(people[0], parties[0], calendar, today + dt.timedelta(days=2))


def _at(calendar: WorkCalendar, day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=calendar.zone)


def _every_fifth(people: Sequence[User], calendar: WorkCalendar, today: dt.date) -> None:
    """The review of sales on the fifth of each Jalali month."""
    year, month, _day = to_jalali(today)
    first = _at(calendar, from_jalali(year, month, FIFTH), 10)
    guests = [Guest(user_id=one.pk) for one in people[1:]]
    wanted = Planned(kind="meeting", subject="بازبینی ماهانهٔ فروش", at=first, guests=guests, place="دفتر مرکزی")
    services.plan_series(actor=Actor(people[0]), planned=wanted, rule=Rule(every=Every.MONTH, most=MONTHS))


def _visits(owner: User, parties: Sequence[Party], calendar: WorkCalendar, today: dt.date) -> None:
    for (hour, minute, subject), party in zip(VISITS, parties, strict=False):
        place = f"{party.city}، {party.name}"[:200]
        at = _at(calendar, today, hour, minute)
        services.plan(
            actor=None,
            planned=Planned(kind="visit", subject=subject, at=at, party_id=party.pk, owner_id=owner.pk, place=place),
        )


def _asked(people: Sequence[User], calendar: WorkCalendar, day: dt.date) -> None:
    """A meeting to which some have said yes, one perhaps, one no."""
    asked = people[1 : len(ANSWERS) + 1]
    guests = [Guest(user_id=one.pk) for one in asked]
    at = _at(calendar, day, 11)
    wanted = Planned(kind="meeting", subject="هماهنگی نمایشگاه", at=at, owner_id=people[0].pk, guests=guests)
    one = services.plan(actor=None, planned=wanted)
    for person, answer in zip(asked, ANSWERS, strict=False):
        services.answer(actor=Actor(person), activity_id=one.pk, answer=answer)


def _conflict(owner: User, party: Party, calendar: WorkCalendar, day: dt.date) -> None:
    for hour, minute, subject in ((10, 0, "جلسهٔ قرارداد سالانه"), (10, 30, "معرفی سامانهٔ پایش")):
        at = _at(calendar, day, hour, minute)
        wanted = Planned(kind="meeting", subject=subject, at=at, owner_id=owner.pk, party_id=party.pk)
        services.plan(actor=None, planned=wanted)
