"""What the people of the demo company do with their customers: calls, meetings and visits, past and to come."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.activities import policies, services
from peyvand.activities.models import Activity, Outcome
from peyvand.activities.services.minuting import Decided
from peyvand.activities.types import Guest, Planned
from peyvand.core.working_time import WorkCalendar
from peyvand.parties.models import Party

DAYS_BACK, DAYS_AHEAD = 21, 18
SUBJECTS = {
    "call": ("پیگیری پیش‌فاکتور", "تماس دربارهٔ تمدید قرارداد سرویس", "هماهنگی زمان نصب", "پیگیری رضایت از تعمیر"),
    "meeting": ("جلسهٔ فنی انتخاب پمپ", "بررسی پیشنهاد خط دوم", "جلسهٔ قرارداد سالانه", "معرفی سامانهٔ پایش"),
    "visit": ("بازدید از موتورخانه", "بازدید از خط تولید", "تحویل و راه‌اندازی"),
    "task": ("آماده‌کردن پیش‌فاکتور", "فرستادن کاتالوگ", "بررسی نقشه‌ها"),
}
PLACES = ("دفتر مشتری", "کارخانه", "دفتر مرکزی", "")
RESULTS = ("قرار شد هفتهٔ آینده پاسخ دهند.", "قیمت را پذیرفتند.", "نمونه خواستند.", "مدیر خرید در جلسه نبود.")
HOURS = (9, 10, 11, 13, 14)


@dataclass(frozen=True)
class Stage:
    """What every plan is made with."""

    dice: random.Random
    calendar: WorkCalendar
    now: dt.datetime
    outcomes: dict[str, int]


def lay_plans(*, dice: random.Random, calendar: WorkCalendar, now: dt.datetime) -> None:
    """Plan some weeks around now for those who deal with customers, by the same services as people do."""
    people = list(User.objects.filter(is_active=True, department__isnull=False).order_by("pk")[:9])
    parties = list(Party.objects.filter(deleted_at=None, owner__isnull=False).order_by("pk")[:60])
    if not people or not parties:
        return
    outcomes = {one.name_en: one.pk for one in Outcome.objects.all()}
    stage = Stage(dice, calendar, now, outcomes)
    today = timezone.localtime(now).date()
    for shift in range(-DAYS_BACK, DAYS_AHEAD):
        day = today + dt.timedelta(days=shift)
        if calendar.day(day):
            for owner in dice.sample(people, k=min(len(people), 4)):
                _one(stage, owner, dice.choice(parties), day)
    _weekly(people, calendar, today, now)


def _one(stage: Stage, owner: User, party: Party, day: dt.date) -> None:
    dice = stage.dice
    kind = dice.choice(("call", "call", "meeting", "visit", "task"))
    at = dt.datetime.combine(day, dt.time(dice.choice(HOURS), dice.choice((0, 30))), tzinfo=stage.calendar.zone)
    planned = Planned(
        kind=kind, subject=dice.choice(SUBJECTS[kind]), at=at, party_id=party.pk, owner_id=owner.pk,
        place=dice.choice(PLACES) if kind != "call" else "",
    )  # fmt: skip
    one = services.plan(actor=None, planned=planned)
    if at < stage.now and dice.random() < 0.9:
        _close(stage, one, owner, at)


def _close(stage: Stage, one: Activity, owner: User, at: dt.datetime) -> None:
    dice, outcomes = stage.dice, stage.outcomes
    names = {"call": "Talked", "meeting": "Took place", "visit": "Met"}
    outcome = outcomes.get(names.get(one.kind, ""))
    end = min(one.ends_at or at, timezone.now())
    services.complete(actor=None, activity_id=one.pk, outcome_id=outcome, result=dice.choice(RESULTS), happened_at=end)
    if one.kind == "meeting" and dice.random() < 0.4:
        decided = [Decided(text="پیش‌فاکتور تا پایان هفته فرستاده شود", due=timezone.localdate() + dt.timedelta(days=4))]
        body = "شرایط پرداخت و زمان تحویل بررسی شد."
        if policies.may_change(owner, one) and may(owner, policies.PLAN):
            services.write_minutes(actor=Actor(owner), activity_id=one.pk, body=body, decided=decided)


def _weekly(people: Sequence[User], calendar: WorkCalendar, today: dt.date, now: dt.datetime) -> None:
    """The meeting of each Sunday morning, to which everybody is invited."""
    day = today - dt.timedelta(days=(today.weekday() + 1) % 7)
    head = people[0]
    for week in range(-2, 3):
        at = dt.datetime.combine(day + dt.timedelta(days=7 * week), dt.time(9), tzinfo=calendar.zone)
        guests = [Guest(user_id=one.pk) for one in people[1:]]
        wanted = Planned(kind="meeting", subject="نشست فروش", at=at, owner_id=head.pk, guests=guests)
        one = services.plan(actor=None, planned=wanted)
        if at < now:
            services.complete(actor=None, activity_id=one.pk, happened_at=one.ends_at)
