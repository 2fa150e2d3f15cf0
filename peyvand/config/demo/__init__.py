"""The demo company «آب‌آفرین»: an invented firm with a year of work in it, for looking around.

Deterministic for a given moment: the same seed, dates relative to now. It refuses a database in which anybody works.
"""

import datetime as dt
import random

import pgtrigger
from django.db import transaction
from django.utils import timezone
from rich.console import Console

from peyvand.accounts.services import fill_holidays
from peyvand.cartable.selectors.clock import forget_calendar, organisation_calendar, sla_policies
from peyvand.config.demo import (
    customers,
    deal_shape,
    desk,
    lives,
    occasions,
    outcomes,
    partnering,
    plans,
    plot,
    ready_texts,
    rules,
    selling,
    specials,
    teamwork,
    ties,
    write,
)
from peyvand.config.demo.organisation import PASSWORD, found_company
from peyvand.config.demo.shape import shape
from peyvand.config.demo.story import Story, World
from peyvand.core.errors import Conflict
from peyvand.core.jalali import to_jalali
from peyvand.parties.models import Party

SEED = 1405
REQUESTS = 1500
YEAR_MINUTES = 365 * 24 * 60


def load(console: Console | None = None, *, now: dt.datetime | None = None) -> None:
    """Fill an empty installation. Raises Conflict when there are customers already."""
    with transaction.atomic(), pgtrigger.ignore(*_history()):
        fill(now=now or timezone.now())
    console = console or Console()
    people = "leila (officer), nima (expert), kamyar (manager) and seventeen more"
    console.print(f"[bold]Demo company[/]: log in as {people}; their password is [bold]{PASSWORD}[/]")


def _history() -> list[str]:
    """The triggers that write history: nobody changed anything in an invented year. The others keep rows in step."""
    written = {"insert_insert", "update_update", "delete_delete"}
    return [f"{model._meta.label}:{each.name}" for model, each in pgtrigger.registered() if each.name in written]


def fill(*, now: dt.datetime) -> None:
    """Write the demo company as it stands at `now`."""
    if Party.objects.exists():
        raise Conflict
    dice = random.Random(SEED)  # noqa: S311 -- invented data, not a secret
    year = to_jalali(now).year
    for each in (year - 1, year, year + 1):
        fill_holidays(actor=None, year=each)
    forget_calendar()
    company = found_company()
    rules.lay_down(company)
    world = World(dice=dice, company=company, calendar=organisation_calendar(), policies=sla_policies(), now=now)
    firms = customers.organisations(dice, company)
    persons = customers.people(dice, company, firms)
    customers.store(dice, company, firms, persons)
    shape((each.party for each in [*firms, *persons]), today=timezone.localtime(now).date())
    everybody = [*firms, *persons]
    stories = [_story(world, everybody, moment) for moment in _moments(world)]
    stories += specials.unreadable(world)
    specials.continue_others(world, stories)
    stories.sort(key=lambda story: story.request.opened_at)
    write.store(world, stories)
    rules.explain(stories)
    met = customers.first_met(everybody, write.first_contacts(stories), now)
    write.date_back(stories, met)
    lives.live(everybody, write.contacts(stories), met, now)
    ties.tie_together(company)
    ready_texts.lay_ready(company)
    _work_today(world)


def _work_today(world: World) -> None:
    """What colleagues do together, plan and sell, on what is written by now."""
    company, now = world.company, world.now
    teamwork.work_together(company)
    outcomes.come_of(now)
    desk.lay_out(now)
    plans.lay_plans(dice=random.Random(SEED), calendar=world.calendar, now=now)  # noqa: S311 -- as above
    selling.sell(company, random.Random(SEED + 1), now)  # noqa: S311 -- invented data, not a secret
    partnering.sell_through_others(company, random.Random(SEED + 2), now)  # noqa: S311 -- as above
    occasions.lay_occasions(calendar=world.calendar, now=now)
    deal_shape.shape_deals(random.Random(SEED + 3), now)  # noqa: S311 -- as above


def _story(world: World, everybody: list[customers.Customer], moment: dt.datetime) -> Story:
    """A third of the requests come from the forty customers who write often."""
    few = everybody[:: len(everybody) // 40]
    customer = world.dice.choice(few if world.dice.random() < 0.33 else everybody)
    return plot.tell(world, customer, moment)


def _moments(world: World) -> list[dt.datetime]:
    """When requests came: more and more over the year, mostly in working hours."""
    moments = []
    for _n in range(REQUESTS - specials.UNREADABLE):
        moment = world.now - dt.timedelta(minutes=3 + YEAR_MINUTES * world.dice.random() ** 2)
        if not world.calendar.is_open(moment) and world.dice.random() < 0.85:
            moment = world.calendar.add(moment, world.dice.randint(1, 400))
        moments.append(min(moment, world.now - dt.timedelta(minutes=world.dice.randint(2, 50))))
    return moments
