"""Board, lists, a team's calendar, deal page, funnel and moving a card: for a head of fifty and who sees all."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.activities.models import Activity
from peyvand.config.bench.load import Client, Form, Page, Times, in_turn
from peyvand.config.bench.sales_data import fill
from peyvand.config.bench.stack import web_server
from peyvand.core.loopback import free_port
from peyvand.sales.models import LIVE, Deal, Pipeline

BUDGETS = {"moving a card": 2.0}  # times the yardstick's p95
BUDGET = 3.0
FUNNEL = "funnel of a year"
FUNNEL_MS = 1_000.0
WARMED = 10  # rounds before the measured ones


def run(
    parties: int = 1_000_000,
    deals: int = 500_000,
    activities: int = 5_000_000,
    rounds: int = 200,
    *,
    say: Callable[[str], None],
) -> bool:
    """Measure as the head of a department and as one who sees everything; return whether all are within the budget."""
    fill(parties=parties, deals=deals, activities=activities, say=say)
    port = free_port()
    within = True
    with web_server(port):
        for name in ("seller0", "bench1"):
            user = User.objects.get(username=name)
            times = in_turn(Client(port=port, user=user), _pages(user, rounds), rounds=rounds)
            within &= _told(user, times, say)
    return within


def _told(user: User, times: dict[str, Times], say: Callable[[str], None]) -> bool:
    yard = times.pop("yardstick")
    say(f"{user.username}: yardstick: median {yard.median:.1f} ms, p95 {yard.p95:.1f} ms")
    within = True
    for name, taken in times.items():
        ratio, budget = taken.p95 / yard.p95, BUDGETS.get(name, BUDGET)
        holds = taken.p95 <= FUNNEL_MS if name == FUNNEL else ratio <= budget
        within &= holds
        words = "" if holds else ", over"
        say(f"{name}: median {taken.median:.1f} ms, p95 {taken.p95:.1f} ms, {ratio:.2f} × the yardstick's p95{words}")
    return within


def _pages(user: User, rounds: int) -> Mapping[str, Page | Form]:
    pipeline = Pipeline.objects.get(kind="deal")
    seen = Deal.objects.visible_to(user).order_by("-pk")
    deals = list(seen.values_list("pk", flat=True)[:4000:40])
    acts = list(Activity.objects.visible_to(user).order_by("-at").values_list("pk", flat=True)[:4000:40])
    days = [timezone.localdate() - timedelta(days=30 * n) for n in range(1, 13)]
    return {
        "yardstick": Page([f"/bench/yardstick/{i}/" for i in range(1, 100)]),
        "board": Page([f"/sales/?pipeline={pipeline.pk}"]),
        "board of one seller": Page([f"/sales/?pipeline={pipeline.pk}&owner={user.pk + n}" for n in range(20)]),
        "list of deals": Page(["/sales/list/"]),
        "list of leads": Page(["/sales/leads/"]),
        "deal page": Page([f"/sales/{pk}/" for pk in deals]),
        "calendar, month of the team": Page([f"/activities/calendar/?who=team&day={day}" for day in days]),
        "calendar, own week": Page([f"/activities/calendar/?view=week&day={day}" for day in days]),
        "list of activities": Page(["/activities/list/"]),
        "activity page": Page([f"/activities/{pk}/" for pk in acts]),
        FUNNEL: Page([f"/sales/funnel/?pipeline={pipeline.pk}&day={day}" for day in days]),
        "moving a card": Form(_moves(user, pipeline, rounds)),
    }


def _moves(user: User, pipeline: Pipeline, rounds: int) -> list[tuple[str, dict[str, str]]]:
    """Each time another card, from where it stands to the next stage that asks for nothing it does not have.

    The rest is what the script of an open board says it shows of the other columns.
    """
    rest = {"rest_weighted": "1500000000000", "rest_rotten": "1200"}
    stages = list(pipeline.stages.order_by("position"))
    rows = Deal.objects.visible_to(user, "sales.change").filter(LIVE, pipeline=pipeline, amount__isnull=False)
    wanted = rows.filter(stage=stages[2]).order_by("pk")[: rounds + WARMED]
    moves = [
        (
            f"/sales/{deal.pk}/move/",
            {"stage": str(stages[3].pk), "version": str(deal.version), "pipeline": str(pipeline.pk), **rest},
        )
        for deal in wanted
    ]
    if len(moves) < rounds + WARMED:
        raise ValueError(f"{len(moves)} cards are too few for {rounds} rounds")
    return moves
