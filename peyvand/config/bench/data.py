"""A big, deterministic installation: requests in all states over a year, multiplied inside the database.

The first row of each table is written as the product writes it; the others are its copies, with the columns named in
`COPIES` computed from their number `i`. So a new column needs no word here.
"""

import re
from collections.abc import Callable, Mapping

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from peyvand.accounts.models import Branch, Department, Role, RoleGrant, User
from peyvand.accounts.services import ensure_starter_roles
from peyvand.cartable import code
from peyvand.cartable.models import Kind, Note, Referral, Request, RequestMessage, Step
from peyvand.channels.models import Channel, Message
from peyvand.core.text import search_norm, sort_key
from peyvand.parties.models import ContactPoint, Party

DEPARTMENTS, USERS = 12, 60
NAMES = "(ARRAY['نگار رستمی','مهدی کاظمی','فاطمه سلیمانی','علیرضا نادری','سارا موسوی','حسین جعفری','لیلا احمدی'])"
ABOUT = "(ARRAY['تاخیر در تحویل سفارش','قیمت نمایندگی','تعویض فیلتر','اصلاح فاکتور','زمان سرویس دوره ای','خرابی'])"
TEXT = "سلام. سفارش ما قرار بود دیروز برسد و خط تولید منتظر دستگاه است. زمان دقیق تحویل را اعلام کنید. " * 3

NAME = f"{NAMES}[1 + i % 7] || ' ' || i"
SUBJECT = f"{ABOUT}[1 + i % 6] || ' ' || i"
DEPARTMENT = f"1 + (i * 7) % {DEPARTMENTS}"
OPENED = "now() - make_interval(mins => ((N - i) * 525600.0 / N)::int)"
FRESH = "(i > N * 0.94 OR i % 50 = 0)"  # a tenth or so is open: the newest and some old ones
WORK = "(ARRAY['new','open','referred','review'])"
STATUS = f"CASE WHEN {FRESH} THEN {WORK}[1 + (i / {DEPARTMENTS}) % 4] ELSE 'closed' END"
DUE = f"{OPENED} + make_interval(hours => 4 + (i % 86)::int)"

COPIES: dict[type[Model], Mapping[str, str]] = {
    Party: {"name": NAME, "search": NAME, "sort_key": NAME, "branch_id": "1 + i % 3"},
    ContactPoint: {"party_id": "i", "typed": "'p' || i || '@bench.example'", "value": "'p' || i || '@bench.example'"},
    Request: {
        "code": "(SELECT c.code FROM bench_code c WHERE c.i = copies.i)",
        "subject": SUBJECT,
        "search": f"{SUBJECT} || ' ' || {NAME}",
        "status": STATUS,
        "party_id": "1 + i % (N / 4)",
        "department_id": DEPARTMENT,
        "branch_id": f"1 + ({DEPARTMENT}) % 3",
        "officer_id": f"1 + (i * 11) % {USERS}",
        "assignee_id": f"CASE WHEN i % 5 < 3 THEN 1 + (i * 13) % {USERS} END",
        "opened_at": OPENED,
        "last_activity_at": OPENED,
        "last_inbound_at": OPENED,
        "first_answer_due": DUE,
        "resolution_due": DUE,
        "next_due": f"CASE WHEN {FRESH} THEN {DUE} END",
        "paused_at": f"CASE WHEN NOT {FRESH} THEN {DUE} END",
        "closed_at": f"CASE WHEN NOT {FRESH} THEN {DUE} END",
    },
    Message: {
        "external_id": "'bench-' || i",
        "message_id": "'bench-' || i || '@peyvand.localhost'",
        "sender": "'p' || i || '@bench.example'",
        "subject": SUBJECT,
    },
    RequestMessage: {
        "request_id": "(i + 1) / 2",
        "message_id": "i",
        "party_id": "CASE WHEN i = 2 THEN 1 ELSE 1 + ((i + 1) / 2) % (N / 8) END",  # its request's
        "at": OPENED,
        "opens": "i % 2 = 1",
    },
    Referral: {"request_id": "i", "to_department_id": DEPARTMENT},
    Note: {"request_id": "i"},
    Step: {"request_id": "1 + (i - 1) / 3"},
}


def fill(*, requests: int, say: Callable[[str], None]) -> None:
    """Make `requests` requests with a party, messages, referrals, notes and steps each, once."""
    if Request.objects.exists():
        return
    say(f"filling the benchmark's database with {requests:,} requests …")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # history triggers are not what is measured
        _organisation()
        _first_of_each()
        cursor.execute("CREATE TEMP TABLE bench_code (i bigint PRIMARY KEY, code text) ON COMMIT DROP")
        codes = ((i, code.make(1404, i)) for i in range(1, requests + 1))
        with cursor.copy("COPY bench_code FROM STDIN") as copy:
            for row in codes:
                copy.write_row(row)
        counts = {Party: requests // 4, ContactPoint: requests // 4, Message: 2 * requests, Step: 3 * requests}
        for model in COPIES:
            _copy(model, counts.get(model, 2 * requests if model is RequestMessage else requests))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _organisation() -> None:
    branches = [Branch(id=i, name=name, path=f"/{i}/") for i, name in enumerate(["تهران", "شیراز", "تبریز"], 1)]
    Branch.objects.bulk_create(branches)
    Department.objects.bulk_create(
        Department(id=i, name=f"واحد {i}", branch_id=1 + i % 3, hue=i % 6 + 1) for i in range(1, DEPARTMENTS + 1)
    )
    users = [
        User(
            id=i,
            username=f"bench{i}",
            full_name=f"کارشناس {i}",
            sort_key=sort_key(f"کارشناس {i}"),
            department_id=1 + i % DEPARTMENTS,
            branch_id=1 + (1 + i % DEPARTMENTS) % 3,
        )
        for i in range(1, USERS + 1)
    ]
    User.objects.bulk_create(users)
    ensure_starter_roles()
    officer = Role.objects.get(code="officer")
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=officer) for user in users)
    for model in (Branch, Department, User):
        _restart_sequence(model)


def _first_of_each() -> None:
    now = timezone.now()
    name, kind = "نگار رستمی", Kind.objects.first() or Kind.objects.create(code="bench", name_fa="نوع", name_en="Kind")
    party = Party.objects.create(name=name, search=search_norm(name), sort_key=sort_key(name), branch_id=1)
    ContactPoint.objects.create(party=party, kind="email", typed="p1@bench.example", value="p1@bench.example")
    channel = Channel.objects.create(kind="email", name="ایمیل", address="bench@peyvand.localhost", branch_id=1)
    message = Message.objects.create(
        channel=channel,
        direction="in",
        medium="mail",
        state="parsed",
        external_id="bench-1",
        text=TEXT,
        occurred_at=now,
    )
    request = Request.objects.create(
        code=code.make(1404, 1),
        subject="تاخیر در تحویل",
        kind=kind,
        medium="mail",
        channel=channel,
        party=party,
        branch_id=1,
        department_id=1,
        opened_at=now,
        last_activity_at=now,
        first_answer_due=now,
        resolution_due=now,
        next_due=now,
        message_count=2,
    )
    RequestMessage.objects.create(request=request, message=message, party=party, at=now, opens=True)
    Referral.objects.create(
        request=request, by_id=1, to_department_id=1, state="done", instruction="بررسی کنید.", created_at=now
    )
    Note.objects.create(request=request, author_id=1, body="پیگیری شد.")
    Step.objects.create(request=request, kind="taken", actor_id=1, at=now)


def _copy(model: type[Model], count: int) -> None:
    """Multiply the first row of a table to `count` rows; N in a computed column is the number of rows."""
    table, computed = model._meta.db_table, COPIES[model]
    columns = [str(field.column) for field in model._meta.concrete_fields if field.column != "id"]
    values = [re.sub(r"\bN\b", str(count), computed[c]) if c in computed else f'first."{c}"' for c in columns]
    text = f"""
        INSERT INTO {table} (id, {", ".join(f'"{c}"' for c in columns)})
        SELECT i, {", ".join(values)}
        FROM generate_series(2, {count}) AS copies (i), {table} AS first WHERE first.id = (SELECT min(id) FROM {table})
    """  # noqa: S608  # names of our own models, no word from outside
    with connection.cursor() as cursor:
        cursor.execute(text)
    _restart_sequence(model)


def _restart_sequence(model: type[Model]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
