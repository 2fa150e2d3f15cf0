"""A million customers, the same ones each time: people, organisations and households with all that belongs to them.

`fill_parties(count)` fills an empty database: in a test in the test's own transaction, from `BULK` on through two
processes and with indexes that are built afterwards. Party 1 has a timeline of 10,000 entries.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import Model
from django.utils import timezone

from peyvand.accounts.models import Branch, Role, RoleGrant, User
from peyvand.accounts.services import ensure_starter_roles
from peyvand.config.bench import parties_names as names
from peyvand.config.bench.parties_copy import (
    BLOCK,
    load,
    own_address,
    restart_sequences,
    roomy_log,
    side_by_side,
    without_indexes,
)
from peyvand.config.bench.parties_people import BRANCHES, USERS, customer, dice, name_of, written_days
from peyvand.config.bench.parties_rows import WRITTEN, Plan, Writer
from peyvand.core.models import CustomField
from peyvand.core.text import search_norm, sort_key
from peyvand.parties.models import (
    Category,
    ContactPoint,
    Party,
    PartyChange,
    PartyFacts,
    PartyNote,
    PartyWords,
    Profile,
    RelationType,
    Tag,
    Word,
)
from peyvand.parties.services import vocabulary
from peyvand.parties.services.derived import derive
from peyvand.parties.types import EMPLOYEE

BULK = 50_000
# Triggers keep these tables; they do not run during the load, so that they are filled as their migrations did.
_FACTS = import_module("peyvand.parties.migrations.0003_party_facts").FILL
_BESIDE = import_module("peyvand.parties.migrations.0012_beside")
LONG_FILE = 1  # the party with the long timeline
LONG_TIMELINE = 10_000
SAMPLE = 200
TABLES: tuple[type[Model], ...] = tuple(model for model, _columns in WRITTEN)

Say = Callable[[str], None]


def fill_parties(count: int, *, say: Say = lambda line: None) -> float | None:
    """Make `count` customers where there are none; return the seconds it took, None when they were there already.

    Prints what was made, how long it took and whether it is right.
    """
    if Party.objects.exists():
        say(f"{Party.objects.count():,} customers are there from an earlier run; remove the folder to load them again")
        return None
    begun = time.monotonic()
    plan = _plan(count)
    if count >= BULK:
        _in_bulk(plan)
    else:
        _in_one_piece(plan)
    taken = time.monotonic() - begun
    points = ContactPoint.objects.count()
    say(f"{count:,} customers with {points:,} contact points in {taken:.0f} s")
    _check_sample(count, say)
    return taken


def _in_one_piece(plan: Plan) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        _load(cursor, plan, range(1, plan.count + 1))
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(_FACTS)
        fill_beside(cursor)
    _restart()
    vocabulary.rebuild()


def _restart() -> None:
    restart_sequences([*(table for table in TABLES if table is not Profile), PartyNote])


def distinct_names(count: int) -> tuple[int, int]:
    """How many full names there are among `count` customers, and how many customers share theirs with five others."""
    seen = Counter(" ".join(piece.shown for piece in name_of(n)) for n in range(1, count + 1))
    return len(seen), sum(times for times in seen.values() if times > 5)


def _plan(count: int) -> Plan:
    today = timezone.localdate()
    branches, users = _organisation()
    fields = [
        CustomField(host="parties.Party", kind=kind, label=label, norm=search_norm(label), choices=choices)
        for label, kind, choices in (
            ("کد اشتراک", "text", []),
            ("سقف سفارش ماهانه", "number", []),
            ("نمایندهٔ رسمی", "yes_no", []),
            ("شیوهٔ آشنایی", "choice", [{"id": i, "fa": f"راه {i}", "en": f"Way {i}"} for i in range(1, 5)]),
        )
    ]
    employee, _made = RelationType.objects.get_or_create(
        code=EMPLOYEE,
        defaults={"name_fa": "کارمند", "name_en": "employee of", "inverse_fa": "کارفرما", "inverse_en": "employer of"},
    )
    return Plan(
        count=count,
        days=written_days(today),
        branches=branches,
        users=users,
        categories=_ids(Category, [Category(name=name, norm=search_norm(name)) for name in names.CATEGORIES]),
        tags=_ids(Tag, [Tag(name=name, norm=search_norm(name)) for name in names.TAGS]),
        fields=_ids(CustomField, fields),
        employee=employee.pk,
    )


def _ids(model: type[Model], rows: Sequence[Model]) -> list[int]:
    return [int(row.pk) for row in model._default_manager.bulk_create(rows)]


def _organisation() -> tuple[list[int], list[int]]:
    """Branches, and users: user 1 sees everything, the second half only their branch."""
    ensure_starter_roles()
    start = Branch.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    branches = [
        Branch(id=start + i, name=f"شعبهٔ {names.CITIES[i][0]}", path=f"/{start + i}/") for i in range(1, BRANCHES + 1)
    ]
    Branch.objects.bulk_create(branches)
    people = [
        User(
            username=f"bench{i}",
            full_name=f"کارشناس {i}",
            sort_key=sort_key(f"کارشناس {i}"),
            branch_id=branches[i % BRANCHES].pk,
            is_superuser=i == 1,
        )
        for i in range(1, USERS + 1)
    ]
    User.objects.bulk_create(people)
    roles = {role.code: role for role in Role.objects.filter(code__in=("officer", "department_head"))}
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=roles["officer" if i <= USERS // 2 else "department_head"])
        for i, user in enumerate(people, 1)
    )
    restart_sequences([Branch, User])
    return [branch.pk for branch in branches], [user.pk for user in people]


def _in_bulk(plan: Plan) -> None:
    """Load by two processes, each half of the customers, and then build indexes and what follows, two at a time."""
    address = own_address()
    with (
        roomy_log(address),
        without_indexes(TABLES, address=address, beside=(_fill_facts, _fill_vocabulary, _fill_beside)),
    ):
        connections.close_all()
        _in_two_processes(plan)
        # Before there are indexes, so that none has to be looked through.
        side_by_side(address, [f"VACUUM {table._meta.db_table}" for table in TABLES])
    _long_timeline(plan)
    _restart()
    beside = (PartyFacts, PartyWords, PartyChange, Word, PartyNote)
    side_by_side(address, [f"VACUUM (ANALYZE) {table._meta.db_table}" for table in beside])
    side_by_side(address, [f"ANALYZE {table._meta.db_table}" for table in TABLES])


def _in_two_processes(plan: Plan) -> None:
    fork = multiprocessing.get_context("fork")
    half = plan.count // 2
    ranges = (range(1, half + 1), range(half + 1, plan.count + 1))
    running = [fork.Process(target=_alone, args=(plan, numbers)) for numbers in ranges]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        raise RuntimeError("the load broke off; remove the folder of the benchmark and begin again")


def _alone(plan: Plan, numbers: range) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # history and foreign keys are not measured
        _load(cursor, plan, numbers)
    connections.close_all()


def _fill_facts() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS)
    connections.close_all()


def _fill_beside() -> None:
    index = PartyWords._meta.indexes[0]
    with connection.schema_editor() as editor:
        editor.remove_index(PartyWords, index)
    with connection.cursor() as cursor:
        fill_beside(cursor)
    with connection.schema_editor() as editor:
        editor.add_index(PartyWords, index)
    connections.close_all()


def fill_beside(cursor: Any) -> None:
    """Write the words and the changes of customers that were loaded past the triggers."""
    cursor.execute(_BESIDE.FILL_WORDS)
    cursor.execute(_BESIDE.FILL_CHANGES)


def _fill_vocabulary() -> None:
    vocabulary.rebuild()
    connections.close_all()


def _load(cursor: object, plan: Plan, numbers: range) -> None:
    """Write these customers with all that belongs to them, a block of each table after the other."""
    writer = Writer(plan)
    for start in range(0, len(numbers), BLOCK):
        blocks: list[list[str]] = [[] for _table in WRITTEN]
        for n in numbers[start : start + BLOCK]:
            writer.write(customer(n, plan.count), blocks)
        for (model, columns), rows in zip(WRITTEN, blocks, strict=True):
            load(cursor, model, columns, rows)


def _long_timeline(plan: Plan) -> None:
    """Give one customer as many notes as make a long file."""
    if plan.count < BULK:
        return
    table = PartyNote._meta.db_table
    PartyNote.objects.create(party_id=LONG_FILE, author_id=plan.users[0], body="با مشتری دربارهٔ سفارش تازه صحبت شد.")
    columns = [str(each.column) for each in PartyNote._meta.concrete_fields if each.column not in {"id", "created_at"}]
    listed = ", ".join(f'"{name}"' for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO {table} (created_at, {listed})"  # noqa: S608  # names of our own model
            f" SELECT created_at - make_interval(hours => 4 * i), {listed}"
            f" FROM {table}, generate_series(1, {LONG_TIMELINE - 1}) AS i"
        )


_DERIVED = (
    "search", "sort_key", "roles", "consents", "city", "province", "organisation_id", "completeness", "missing"
)  # fmt: skip


def _check_sample(count: int, say: Say) -> None:
    """Let the product derive a sample again and compare: the generator must write what the services would."""
    ids = sorted({1 + dice(n, 9) % count for n in range(SAMPLE)})
    rows = Party.objects.filter(pk__in=ids).order_by("pk")
    before = list(rows.values_list("pk", *_DERIVED))
    with transaction.atomic():
        derive(ids)
        after = list(rows.values_list("pk", *_DERIVED))
        transaction.set_rollback(True)
    wrong = [one for one, other in zip(before, after, strict=True) if one != other]
    say(
        f"a sample of {len(ids)} derived again by the product: {len(wrong)} differ" + (f", {wrong[0]}" if wrong else "")
    )
