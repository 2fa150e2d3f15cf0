"""A big, deterministic installation: requests in all states over a year, multiplied inside the database.

The first row of each table is written as the product writes it; the others are its copies, with the columns named in
`COPIES` computed from their number `i`. So a new column needs no word here. Rows never leave the server: that is
quicker than COPY. Indexes are dropped before and built after, two tables and two indexes at a time.

For each request there are five messages, three referrals (one done, a copy, and the last one, open where the request
waits for somebody), a note and three steps.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from peyvand.accounts.models import Branch, Department, Role, RoleGrant, User
from peyvand.accounts.services import ensure_starter_roles
from peyvand.cartable import code
from peyvand.cartable.models import Kind, Note, Referral, Request, RequestMessage, Step
from peyvand.channels.models import Channel, Message
from peyvand.config.bench.parties_copy import (
    copies,
    own_address,
    restart_sequences,
    roomy_log,
    side_by_side,
    without_indexes,
)
from peyvand.config.bench.parties_data import fill_beside
from peyvand.core.text import search_norm, sort_key
from peyvand.parties.models import ContactPoint, Party

DEPARTMENTS, USERS = 12, 60
NAMES = "(ARRAY['نگار رستمی','مهدی کاظمی','فاطمه سلیمانی','علیرضا نادری','سارا موسوی','حسین جعفری','لیلا احمدی'])"
ABOUT = "(ARRAY['تاخیر در تحویل سفارش','قیمت نمایندگی','تعویض فیلتر','اصلاح فاکتور','زمان سرویس دوره ای','خرابی'])"
TEXT = "سلام. سفارش ما قرار بود دیروز برسد و خط تولید منتظر دستگاه است. زمان دقیق تحویل را اعلام کنید. " * 2

NAME = f"{NAMES}[1 + i % 7] || ' ' || i"
SUBJECT = f"{ABOUT}[1 + i % 6] || ' ' || i"
DEPARTMENT = f"1 + (i * 7) % {DEPARTMENTS}"
OPENED = "now() - make_interval(mins => ((N - i) * 525600.0 / N)::int)"
FRESH = "(i > N * 0.94 OR i % 50 = 0)"  # a tenth or so is open: the newest and some old ones
WORK = "(ARRAY['new','open','referred','review'])"
STATUS = f"CASE WHEN {FRESH} THEN {WORK}[1 + (i / {DEPARTMENTS}) % 4] ELSE 'closed' END"
DUE = f"{OPENED} + make_interval(hours => 4 + (i % 86)::int)"

# Twelve words of a request's text out of 1,728 that are made of three syllables each.
SYLLABLES = "(ARRAY['سا','مان','دار','کو','نیک','پر','وا','رو','شن','تاب','مه','زر'])"
_WORD = "[1 + (i * k) % 12] || ", "[1 + (i * k / 12) % 12] || ", "[1 + (i * k / 144) % 12]"
WORDS = f"(SELECT string_agg({SYLLABLES.join(('', *_WORD))}, ' ') FROM generate_series(1, 23, 2) AS words (k))"  # noqa: S608
R = "((i + 2) / 3)"  # the request of a referral
OPENED_R = f"now() - make_interval(mins => ((N / 3 - {R}) * 525600.0 / (N / 3))::int)"
DEPARTMENT_OF_R = DEPARTMENT.replace("i *", f"{R} *")
FRESH_R = f"({R} > N / 3 * 0.94 OR {R} % 50 = 0)"
WAITS = f"{FRESH_R} AND (i % 3 = 0 AND ({R} / {DEPARTMENTS}) % 4 = 2 OR i % 3 = 2 AND {R} % 10 = 0)"

COPIES: dict[type[Model], Mapping[str, str]] = {
    Party: {"name": NAME, "search": NAME, "sort_key": NAME, "branch_id": "1 + i % 3"},
    ContactPoint: {"party_id": "i", "typed": "'p' || i || '@bench.example'", "value": "'p' || i || '@bench.example'"},
    Request: {
        "code": "(SELECT c.code FROM bench_code c WHERE c.i = copies.i)",
        "subject": SUBJECT,
        "search": f"{SUBJECT} || ' ' || {NAME} || ' ' || {WORDS}",
        "status": STATUS,
        "party_id": "1 + i % (N / 4)",
        "department_id": DEPARTMENT,
        "branch_id": f"1 + ({DEPARTMENT}) % 3",
        "officer_id": f"1 + (i * 11) % {USERS}",
        "assignee_id": f"CASE WHEN i % 5 < 3 THEN 1 + (i * 13) % {USERS} END",
        "message_count": "5",
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
        "request_id": "(i + 4) / 5",
        "message_id": "i",
        "party_id": "CASE WHEN i <= 5 THEN 1 ELSE 1 + ((i + 4) / 5) % (N / 20) END",  # its request's
        "at": OPENED,
        "opens": "i % 5 = 1",
    },
    Referral: {
        "request_id": R,
        "by_id": f"1 + ({R} * 11) % {USERS}",
        "role": "CASE i % 3 WHEN 2 THEN 'copy' ELSE 'original' END",
        "to_department_id": f"CASE WHEN i % 3 = 1 OR i % 6 = 3 THEN {DEPARTMENT_OF_R} END",
        "to_user_id": f"CASE WHEN i % 3 = 2 OR i % 6 = 0 THEN 1 + ({R} * 13) % {USERS} END",
        "state": f"CASE WHEN {WAITS} THEN 'waiting' ELSE 'done' END",
        "ended_at": f"CASE WHEN NOT ({WAITS}) THEN {OPENED} END",
        "created_at": OPENED,
        "news_at": f"CASE WHEN i % 3 = 2 AND ({WAITS}) THEN {OPENED_R} END",
    },
    Note: {"request_id": "i"},
    Step: {"request_id": "1 + (i - 1) / 3"},
}


# Those of a group are filled one after the other, the groups beside one another.
GROUPS: tuple[tuple[type[Model], ...], ...] = (
    (Message, Note),
    (Party, ContactPoint, Request, RequestMessage, Referral, Step),
)
BULK = 5000  # requests; below that indexes stay where they are


def fill(*, requests: int, say: Callable[[str], None]) -> None:
    """Make `requests` requests with all that belongs to them, once."""
    if Request.objects.exists():
        return
    begun = time.monotonic()
    say(f"filling the benchmark's database with {requests:,} requests …")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # history triggers are not what is measured
        _organisation()
        _first_of_each()
        cursor.execute("CREATE UNLOGGED TABLE bench_code (i bigint PRIMARY KEY, code text)")
        with cursor.copy("COPY bench_code FROM STDIN") as copy:
            for i in range(1, requests + 1):
                copy.write_row((i, code.make(1404, i)))
    address = own_address()
    if requests >= BULK:
        with roomy_log(address), without_indexes(COPIES, address=address):
            _multiply(address, requests)
            say(f"rows after {time.monotonic() - begun:.0f} s; indexes follow")
    else:
        _multiply(address, requests)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_code")
        fill_beside(cursor)
    restart_sequences(COPIES)
    side_by_side(address, [f"VACUUM (ANALYZE) {model._meta.db_table}" for model in COPIES])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say(f"loaded in {time.monotonic() - begun:.0f} s")


def _multiply(address: str, requests: int) -> None:
    """Fill the groups of tables, each over a connection of its own."""
    with ThreadPoolExecutor(len(GROUPS)) as pool:
        for done in [pool.submit(_fill_group, address, group, requests) for group in GROUPS]:
            done.result()


def _fill_group(address: str, group: Sequence[type[Model]], requests: int) -> None:
    counts: dict[type[Model], int] = {
        Party: requests // 4, ContactPoint: requests // 4, Message: 5 * requests, RequestMessage: 5 * requests,
        Referral: 3 * requests, Step: 3 * requests,
    }  # fmt: skip
    with psycopg.connect(address) as own:
        own.execute("SET session_replication_role = replica")
        for model in group:
            own.execute(copies(model, counts.get(model, requests), COPIES[model]).encode())


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
    restart_sequences((Branch, Department, User))


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
        message_count=5,
    )
    RequestMessage.objects.create(request=request, message=message, party=party, at=now, opens=True)
    Referral.objects.create(
        request=request, by_id=1, to_department_id=1, state="done", instruction="بررسی کنید.", created_at=now
    )
    Note.objects.create(request=request, author_id=1, body="پیگیری شد.")
    Step.objects.create(request=request, kind="taken", actor_id=1, at=now)
