"""The sales of a big company: a thousand sellers in twenty departments, their deals of three years and their calendars.

It stands on the customers of `parties_data`. The first row of each table is written by the product's services; the
others are its copies, made inside the database from their number `i` as in `data`. For each deal there are three spans
(two stages and where it stands now or how it ended), its passage, and for every tenth one that of the lead it was; for
each activity half a link to a deal and a tenth of a guest.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import F, Min, Model
from django.utils import timezone

from peyvand.accounts.models import Branch, Department, Role, RoleGrant, User
from peyvand.activities.models import Activity, Invitee, Link
from peyvand.activities.services import ensure_starter_outcomes, plan
from peyvand.activities.types import About, Guest, Planned
from peyvand.config.bench.parties_copy import (
    copies,
    own_address,
    restart_sequences,
    roomy_log,
    side_by_side,
    without_indexes,
)
from peyvand.config.bench.parties_data import fill_parties
from peyvand.core.text import sort_key
from peyvand.parties.models import Party
from peyvand.sales.models import Deal, DealPassage, DealSpan, LostReason, Pipeline
from peyvand.sales.services import ensure_starter_pipelines, open_deal
from peyvand.sales.types import DealDetails

DEPARTMENTS, SELLERS = 20, 1_000
TEAM = SELLERS // DEPARTMENTS
BULK = 5_000  # deals; below that indexes stay where they are
Computed = Mapping[str, str]
Say = Callable[[str], None]

# A deal of number {d}: seven of ten are deals, the others leads; a tenth is open, the newest and some old ones.
SELLER = f"(({{d}} * 7) % {SELLERS})"
IS_DEAL = "({d} % 10 < 7)"
IS_OPEN = "({d} > {n} * 0.94 OR {d} % 25 = 0)"
STATE = f"CASE WHEN {IS_OPEN} THEN 'open' WHEN {{d}} % 5 < 2 THEN 'won' ELSE 'lost' END"
PLACE = f"CASE WHEN NOT {IS_OPEN} AND {{d}} % 5 < 2 THEN 5 ELSE 1 + ({{d}} / 7) % 5 END"
OPENED = "(now() - make_interval(mins => (({n} - {d}) * 1576800.0 / {n})::int))"
SECOND = f"({OPENED} + LEAST(now() - {OPENED}, interval '3 days') / 2)"  # when it came into its second stage
ENDED = f"({OPENED} + LEAST(now() - {OPENED}, make_interval(days => (5 + {{d}} % 60)::int)))"
NAME = "(ARRAY['پمپ آب','قرارداد سرویس','خط بسته‌بندی','یدکی کمپرسور','طرح توسعه'])[1 + {d} % 5] || ' ' || {d}"
D = {"d": "i", "n": "N"}

# An activity: its seller has four or five a day, from three years ago until two months ahead.
OWNER = f"((i * 3) % {SELLERS})"
DAY = "days => 60 - ((N - i) * 1155.0 / N)::int"
AT = f"(date_trunc('day', now()) + make_interval({DAY}, mins => (480 + (i % 36) * 15)::int))"
UNTIL = f"({AT} + make_interval(mins => (30 * (1 + i % 3))::int))"
PAST = f"{AT} < now()"
ENDS = "(ARRAY['done','done','done','missed','cancelled'])"
DONE = f"({PAST} AND i % 100 <> 3)"


def fill(*, parties: int, deals: int, activities: int, say: Say) -> None:
    """Make the customers, sellers, deals and activities of the benchmark, once."""
    fill_parties(parties, say=say)
    if Deal.objects.exists():
        say(f"{Deal.objects.count():,} deals are there from an earlier run")
        return
    begun = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        _organisation()
        _first_of_each()
        cursor.execute("SET LOCAL session_replication_role = replica")
        plans = _plans(deals, activities)
    address = own_address()
    multiply = partial(_multiply, address, plans)
    if deals >= BULK:
        with roomy_log(address), without_indexes(plans, address=address):
            multiply()
    else:
        multiply()
    restart_sequences(plans)
    side_by_side(address, [f"VACUUM (ANALYZE) {model._meta.db_table}" for model in plans])
    say(f"{deals:,} deals and {activities:,} activities in {time.monotonic() - begun:.0f} s")


def _organisation() -> None:
    """Departments of fifty people, whose first is their head."""
    ensure_starter_outcomes()
    ensure_starter_pipelines()
    branches = list(Branch.objects.order_by("pk"))
    departments = Department.objects.bulk_create(
        Department(name=f"فروش {n + 1}", branch=branches[n % len(branches)], hue=n % 6 + 1) for n in range(DEPARTMENTS)
    )
    people = User.objects.bulk_create(
        User(
            username=f"seller{n}",
            full_name=f"فروشنده {n}",
            sort_key=sort_key(f"فروشنده {n}"),
            department=departments[n // TEAM],
            branch_id=departments[n // TEAM].branch_id,
        )
        for n in range(SELLERS)
    )
    roles = {role.code: role for role in Role.objects.filter(code__in=("salesperson", "department_head"))}
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=roles["salesperson" if n % TEAM else "department_head"])
        for n, user in enumerate(people)
    )


def _first_of_each() -> None:
    seller, now = User.objects.get(username="seller0"), timezone.now()
    pipeline = Pipeline.objects.get(kind="deal")
    deal = open_deal(
        actor=None, party_id=_first(Party), pipeline_id=pipeline.pk, owner_id=seller.pk, details=DealDetails(name="پمپ")
    )
    call = Planned(
        kind="call",
        subject="پیگیری",
        at=now,
        ends_at=now + timedelta(hours=1),
        remind=None,
        owner_id=seller.pk,
        guests=(Guest(user_id=seller.pk + 1),),
        about=(About(kind="sales.Deal", id=deal.pk),),
    )
    plan(actor=None, planned=call)
    DealSpan.objects.update(until=F("since"))  # the first of the three of its deal


def _first(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(first=Min("pk"))["first"] or 0)


def _plans(deals: int, activities: int) -> dict[type[Model], tuple[int, Computed]]:
    """How many rows of each table, and what differs in them."""
    seller = User.objects.get(username="seller0")
    places = {"seller": seller.pk, "department": seller.department_id, "branch": _first(Branch)}
    parties = Party.objects.count()
    stages, pipelines = _arrays()
    wide = dict(D, stages=stages, pipelines=pipelines, party=_first(Party), parties=parties, **places)
    third = dict(wide, d="((i + 2) / 3)", n="(N / 3)")
    passage = f"(CASE WHEN i <= {deals} THEN i ELSE 10 * (i - {deals}) + 1 END)"
    lead = dict(wide, d=passage, n=str(deals))
    return {
        Deal: (deals, _written(_deal_columns(), wide)),
        DealSpan: (3 * deals, _written(_span_columns(), third)),
        DealPassage: (deals + deals // 10, _written(_passage_columns(deals), lead)),
        Activity: (activities, _written(_activity_columns(), wide)),
        Link: (activities // 2, {"activity_id": "2 * i - 1", "record": f"1 + (i * 31) % {deals}"}),
        Invitee: (activities // 10, _guest_columns(seller.pk, activities)),
    }


def _written(columns: Computed, words: Mapping[str, object]) -> dict[str, str]:
    """Fill in places and numbers."""
    return {name: text.format(**words) for name, text in columns.items()}


def _arrays() -> tuple[str, str]:
    """The stages of the pipelines of deals and of leads as SQL, by `[kind][place]`; and the pipelines."""
    kinds = [Pipeline.objects.get(kind=kind) for kind in ("deal", "lead")]
    rows = [",".join(str(stage.pk) for stage in pipeline.stages.order_by("position")[:5]) for pipeline in kinds]
    return f"(ARRAY[[{rows[0]}],[{rows[1]}]])", f"(ARRAY[{kinds[0].pk},{kinds[1].pk}])"


KIND = f"[CASE WHEN {IS_DEAL} THEN 1 ELSE 2 END]"
HELD = {
    "owner_id": "{seller} + " + SELLER,
    "department_id": "{department} + " + f"{SELLER} / {TEAM}",
    "branch_id": "{branch} + " + f"({SELLER} / {TEAM}) % 6",
}
AMOUNT = "CASE WHEN {d} % 11 > 0 THEN (1 + {d} % 997) * 10000000::bigint END"


def _deal_columns() -> Computed:
    reason = LostReason.objects.order_by("pk").values_list("pk", flat=True)[0]
    return HELD | {
        "name": NAME,
        "search": NAME,
        "party_id": "{party} + ({d} * 13) % {parties}",
        "pipeline_id": "{pipelines}" + KIND,
        "stage_id": "{stages}" + KIND + f"[{PLACE}]",
        "state": STATE,
        "amount": AMOUNT,
        "close_on": f"({OPENED} + interval '60 days')::date",
        "is_hot": "{d} % 17 = 0",
        "rank": "(N - {d}) * 1024",
        "opened_at": OPENED,
        "stage_since": SECOND,
        "closed_at": f"CASE WHEN NOT {IS_OPEN} THEN {ENDED} END",
        "lost_reason_id": f"CASE WHEN {STATE} = 'lost' THEN {reason} + {{d}} % 6 END",
    }


def _span_columns() -> Computed:
    """Part 1: its first stage; 2: where it went; 0: where it stands, or how it ended."""
    return HELD | {
        "deal_id": "{d}",
        "pipeline_id": "{pipelines}" + KIND,
        "stage_id": "{stages}" + KIND + f"[CASE WHEN i % 3 = 1 THEN 1 ELSE {PLACE} END]",
        "state": f"CASE WHEN i % 3 > 0 THEN 'open' ELSE {STATE} END",
        "amount": AMOUNT,
        "since": f"CASE i % 3 WHEN 1 THEN {OPENED} WHEN 2 THEN {SECOND} ELSE {ENDED} END",
        "until": f"CASE i % 3 WHEN 1 THEN {SECOND} WHEN 2 THEN {ENDED} END",
    }


def _passage_columns(deals: int) -> Computed:
    """The passage of each deal, and behind them those of leads that became deals: they have ended."""
    return {
        "deal_id": "{d}",
        "pipeline_id": f"CASE WHEN i <= {deals} THEN " + "{pipelines}" + KIND + " ELSE {pipelines}[2] END",
        "furthest_id": f"CASE WHEN i <= {deals} THEN " + "{stages}" + KIND + f"[{PLACE}]" + " ELSE {stages}[2][5] END",
        "began_at": OPENED,
        "ended_at": f"CASE WHEN i > {deals} THEN {SECOND} END",
    }


def _activity_columns() -> Computed:
    subject = "(ARRAY['پیگیری پیشنهاد','دیدار نخست','بازدید کارگاه','ارسال نمونه'])[1 + i % 4] || ' ' || i"
    return {
        "kind": "(ARRAY['call','call','call','meeting','meeting','visit','task'])[1 + i % 7]",
        "subject": subject,
        "search": subject,
        "at": AT,
        "ends_at": UNTIL,
        "state": f"CASE WHEN {DONE} THEN {ENDS}[1 + i % 5] ELSE 'planned' END",
        "done_at": f"CASE WHEN {DONE} THEN {UNTIL} END",
        "owner_id": f"{{seller}} + {OWNER}",
        "created_by_id": f"{{seller}} + {OWNER}",
        "department_id": f"{{department}} + {OWNER} / {TEAM}",
        "branch_id": f"{{branch}} + ({OWNER} / {TEAM}) % 6",
        "party_id": "{party} + (i * 17) % {parties}",
        "uid": "gen_random_uuid()",
    }


def _guest_columns(seller: int, activities: int) -> Computed:
    """One for every tenth activity; the time of it stands here, too."""
    at = re.sub(r"\bN\b", str(activities), re.sub(r"\bi\b", "(10 * i - 9)", AT))
    return {"activity_id": "10 * i - 9", "user_id": f"{seller} + (i * 11) % {SELLERS}", "at": at}


def _multiply(address: str, plans: Mapping[type[Model], tuple[int, Computed]]) -> None:
    """Fill the tables, each over a connection of its own, two at a time: the largest first."""
    order = (Activity, Deal, DealSpan, DealPassage, Link, Invitee)
    statements = [(model, plans[model]) for model in order]
    side_by_side(address, [_past_the_triggers(copies(model, *each)) for model, each in statements])


def _past_the_triggers(statement: str) -> str:
    return f"SET session_replication_role = replica; {statement}"
