"""A million customers, the same ones each time: people, organisations and households with all that belongs to them.

`fill_parties(count)` fills an empty database: in a test in the test's own transaction, from `BULK` on through two
processes and with indexes that are built afterwards. Party 1 has a timeline of 10,000 entries.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from django.db import connection, connections, transaction
from django.db.models import Model
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from peyvand.accounts.models import Branch, Role, RoleGrant, User
from peyvand.accounts.services import ensure_starter_roles
from peyvand.config.bench import parties_names as names
from peyvand.config.bench.parties_copy import escaped, load, restart_sequences, roomy_log, without_indexes
from peyvand.config.bench.parties_people import (
    BRANCHES,
    FIRST_POINT,
    USERS,
    Customer,
    customer,
    dice,
    name_of,
    points_of,
    search_of,
    written_days,
)
from peyvand.core.models import CustomField
from peyvand.core.text import search_norm, sort_key
from peyvand.parties.completeness import compute
from peyvand.parties.models import (
    Address,
    Category,
    Consent,
    ContactPoint,
    Party,
    PartyNote,
    PartyRole,
    Profile,
    Relation,
    RelationType,
    Tag,
)
from peyvand.parties.models.categories import MINIMUM
from peyvand.parties.services import vocabulary
from peyvand.parties.services.derived import derive
from peyvand.parties.types import EMPLOYEE

BULK = 50_000
# Triggers keep this table; they do not run during the load, so that it is filled as its migration did.
_FACTS = import_module("peyvand.parties.migrations.0003_party_facts").FILL
LONG_FILE = 1  # the party with the long timeline
LONG_TIMELINE = 10_000
SAMPLE = 200
TABLES: tuple[type[Model], ...] = (Party, PartyRole, ContactPoint, Address, Profile, Consent, Relation)
_LIKES = ("کتاب", "سفر", "ورزش", "فناوری", "باغبانی", "موسیقی", "آشپزی", "عکاسی")
_STUDIES = ("school", "diploma", "associate", "bachelor", "master", "doctor")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What all processes must know: how many, which day is today, the ids of what was made before."""

    count: int
    days: list[str]
    branches: list[int]
    users: list[int]
    categories: list[int]
    tags: list[int]
    fields: list[int]
    employee: int
    xid: int = 1
    seconds: dict[str, float] = field(default_factory=dict)


def fill_parties(count: int, *, say: Say = lambda line: None) -> None:
    """Make `count` customers where there are none. Prints what was made, how long it took and whether it is right."""
    if Party.objects.exists():
        return
    begun = time.monotonic()
    plan = _plan(count)
    if count >= BULK:
        _in_bulk(plan)
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for step in (_load_parties, _load_what_belongs):
                step(cursor, plan)
            cursor.execute("SET LOCAL session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute(_FACTS)
    _long_timeline(plan)
    restart_sequences([*(table for table in TABLES if table is not Profile), PartyNote])
    vocabulary.rebuild()
    if count >= BULK:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    taken = time.monotonic() - begun
    points = ContactPoint.objects.count()
    say(f"{count:,} customers with {points:,} contact points in {taken:.0f} s")
    _check_sample(count, say)


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
    """Load over two connections at a time, each in a process of its own, and build the indexes after that."""
    parameters = connection.get_connection_params()
    kept = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if parameters.get(name)}
    address = make_conninfo(**kept)
    with roomy_log(address), without_indexes(TABLES, address=address):
        connections.close_all()
        fork = multiprocessing.get_context("fork")
        running = [fork.Process(target=_alone, args=(step, plan)) for step in (_load_parties, _load_what_belongs)]
        for process in running:
            process.start()
        for process in running:
            process.join()
        if any(process.exitcode for process in running):
            raise RuntimeError("the load broke off; remove the folder of the benchmark and begin again")


def _alone(step: Callable[..., None], plan: Plan) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # history and foreign keys are not measured
        step(cursor, plan)
    connections.close_all()


def _load_parties(cursor: object, plan: Plan) -> None:
    load(cursor, Party, _PARTY, _party_rows(plan))
    load(cursor, PartyRole, "id party_id role since", _role_rows(plan))


def _load_what_belongs(cursor: object, plan: Plan) -> None:
    columns = "id party_id kind typed value is_primary is_verified created_at"
    load(cursor, ContactPoint, columns, _point_rows(plan))
    load(cursor, Address, "id party_id province city is_primary created_at", _address_rows(plan))
    columns = "party_id birth_date gender marital_status education income_band language interests"
    load(cursor, Profile, columns, _profile_rows(plan))
    load(cursor, Consent, "id party_id channel purpose is_given source at", _consent_rows(plan))
    load(cursor, Relation, "id type_id source_id target_id since created_at", _relation_rows(plan))


_PARTY = (
    "id kind name first_name last_name search sort_key job_title organisation_id city province life_cycle"
    " life_cycle_since roles category_id tag_ids custom consents branch_id owner_id completeness missing"
    " last_contact_at created_at changed_at change_xid"
)


def _customers(plan: Plan, *, is_named: bool = False) -> Iterator[Customer]:
    return (customer(n, plan.count, is_named=is_named) for n in range(1, plan.count + 1))


def _party_rows(plan: Plan) -> Iterator[str]:
    every: list[tuple[str, ...]] = [(), ("email",), ("phone",), ("email", "phone")]
    missings = {kinds: _missing(kinds) for kinds in every}
    for someone in _customers(plan, is_named=True):
        n, x, name = someone.n, dice(someone.n, 4), someone.name
        points = points_of(someone)
        employer = name_of(someone.employer) if someone.employer else ()
        has = {"phone" if kind == "mobile" else kind for kind, _value in points}
        percent, missing = missings[tuple(kind for kind in ("email", "phone") if kind in has)]
        shown = " ".join(piece.shown for piece in name)
        first, last = _split(someone)
        born = plan.days[someone.day] + " 08:30:00+00"
        seen = plan.days[someone.day * (x % 64) // 64] + " 10:00:00+00" if x % 5 < 3 else "\\N"
        tags = (
            sorted({plan.tags[(x >> 8) % len(plan.tags)], plan.tags[(x >> 16) % len(plan.tags)]}) if x % 3 == 0 else []
        )
        yield "\t".join(
            (
                str(n), someone.kind, shown, first, last, escaped(search_of(someone, employer, points)),
                escaped(" ".join(piece.key for piece in name)), someone.job.shown, str(someone.employer or "\\N"),
                someone.city[0].shown, someone.city[1], someone.cycle, born, f"{{{someone.roles}}}",
                str(plan.categories[(x >> 24) % len(plan.categories)]) if x % 7 < 5 else "\\N",
                "{" + ",".join(map(str, sorted(tags))) + "}", _custom(x, plan), f"{{{someone.consents}}}",
                str(plan.branches[n % BRANCHES]), str(plan.users[someone.owner - 1]) if someone.owner else "\\N",
                str(percent), missing, seen, born, born, str(plan.xid),
            )
        )  # fmt: skip


def _missing(kinds: tuple[str, ...]) -> tuple[int, str]:
    percent, missing = compute(MINIMUM, {"name", *kinds})
    return percent, "{" + ",".join(missing) + "}"


def _split(someone: Customer) -> tuple[str, str]:
    """First and last name of people; the last name is what comes after the first names."""
    if someone.kind != "person":
        return "", ""
    shown = [piece.shown for piece in someone.name]
    at = 2 if len(shown) == 3 and (shown[0] == "سید" or shown[0].isascii()) else 1
    return " ".join(shown[:at]), " ".join(shown[at:])


def _custom(x: int, plan: Plan) -> str:
    if x % 2:
        return "{}"
    text, number, yes, choice = map(str, plan.fields)
    is_agent = "true" if x & 8 else "false"
    return (
        f'{{"{text}": "A{x % 100000:05d}", "{number}": {(x >> 10) % 500}, "{yes}": {is_agent},'
        f' "{choice}": {1 + (x >> 20) % 4}}}'
    )


def _role_rows(plan: Plan) -> Iterator[str]:
    number = 0
    for someone in _customers(plan):
        for role in filter(None, someone.roles.split(",")):
            number += 1
            yield f"{number}\t{someone.n}\t{role}\t{plan.days[someone.day]}"


def _point_rows(plan: Plan) -> Iterator[str]:
    for someone in _customers(plan, is_named=True):
        number = (someone.n - 1) // 4 * 10 + FIRST_POINT[(someone.n - 1) % 4]
        born = plan.days[someone.day]
        for at, (kind, value) in enumerate(points_of(someone), 1):
            typed = value if kind == "email" else f"0{value[3:6]} {value[6:9]} {value[9:]}"
            main, proven = "t" if at == 1 else "f", "t" if someone.x & 1 else "f"
            yield f"{number + at}\t{someone.n}\t{kind}\t{typed}\t{value}\t{main}\t{proven}\t{born}"


def _address_rows(plan: Plan) -> Iterator[str]:
    for someone in _customers(plan):
        if someone.has_address:
            city, province, _area = someone.city
            yield f"{someone.n}\t{someone.n}\t{province}\t{city.shown}\tt\t{plan.days[someone.day]}"


def _profile_rows(plan: Plan) -> Iterator[str]:
    now = dt.date.fromisoformat(plan.days[0])
    born = [(now - dt.timedelta(days=18 * 365 + 29 * step)).isoformat() for step in range(700)]
    for someone in _customers(plan):
        if someone.has_profile:
            x = dice(someone.n, 5)
            person = someone.kind == "person"
            columns = (
                born[x % 700] if person else "\\N",
                ("woman", "man")[x >> 10 & 1] if person else "",
                ("single", "married")[x >> 11 & 1] if person else "",
                _STUDIES[(x >> 12) % 6] if person else "",
                ("low", "middle", "high")[(x >> 16) % 3],
                ("fa", "fa", "fa", "en")[x >> 20 & 3],
                "{" + _LIKES[x >> 24 & 7] + "," + _LIKES[x >> 28 & 7] + "}",
            )
            yield f"{someone.n}\t" + "\t".join(columns)


def _consent_rows(plan: Plan) -> Iterator[str]:
    number = 0
    for someone in _customers(plan):
        for pair in filter(None, someone.consents.split(",")):
            number += 1
            channel, _colon, purpose = pair.partition(":")
            yield f"{number}\t{someone.n}\t{channel}\t{purpose}\tt\tفرم\t{plan.days[someone.day]}"


def _relation_rows(plan: Plan) -> Iterator[str]:
    for someone in _customers(plan):
        if someone.employer:
            day = plan.days[someone.day]
            yield f"{someone.n}\t{plan.employee}\t{someone.n}\t{someone.employer}\t{day}\t{day}"


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
