"""A big, deterministic installation: requests in all states over a year, made through the bulk path."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone

from peyvand.accounts.models import Branch, Department, Role, RoleGrant, User
from peyvand.accounts.services import ensure_starter_roles
from peyvand.cartable import code
from peyvand.cartable.models import Kind, Note, Referral, Request, RequestMessage, Step
from peyvand.channels.models import Channel, Message
from peyvand.core.text import search_norm, sort_key
from peyvand.parties.models import ContactPoint, Party

BATCH = 4000
FIRST = ["نگار", "مهدی", "فاطمه", "علیرضا", "سارا", "حسین", "آرزو", "بابک", "لیلا", "کاوه", "پریسا", "ژاله"]
LAST = ["رستمی", "کاظمی", "سلیمانی", "نادری", "موسوی", "جعفری", "یزدانی", "صدری", "احمدی", "گودرزی", "چمنی", "پارسا"]
ABOUT = ["تأخیر در تحویل سفارش", "قیمت نمایندگی", "تعویض فیلتر", "اصلاح فاکتور", "زمان سرویس دوره‌ای", "خرابی دستگاه"]
TEXT = "سلام. سفارش ما قرار بود دیروز برسد و خط تولید منتظر دستگاه است. زمان دقیق تحویل را اعلام کنید. " * 3
OPEN = [Request.Status.NEW, Request.Status.OPEN, Request.Status.REFERRED, Request.Status.REVIEW]


def in_batches(model: type[Model], rows: Iterator[Model]) -> None:
    """Create rows slice by slice, so that memory does not grow with their number."""
    while part := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(part)


def fill(*, requests: int, say: Callable[[str], None]) -> None:
    """Make `requests` requests with a party, messages, referrals, notes and steps for each, once."""
    if Request.objects.exists():
        return
    say(f"filling the benchmark's database with {requests:,} requests …")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # history triggers are not what is measured
        _organisation()
        _parties(requests // 4)
        _requests(requests)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _organisation() -> None:
    branches = [Branch(id=i, name=name, path=f"/{i}/") for i, name in enumerate(["تهران", "شیراز", "تبریز"], 1)]
    Branch.objects.bulk_create(branches)
    Department.objects.bulk_create(
        Department(id=i, name=f"واحد {i}", branch=branches[i % 3], hue=i % 6 + 1) for i in range(1, 13)
    )
    users = [
        User(
            id=i,
            username=f"bench{i}",
            full_name=f"{FIRST[i % 12]} {LAST[i // 3 % 12]}",
            sort_key=sort_key(f"{FIRST[i % 12]} {LAST[i // 3 % 12]}"),
            branch_id=(i % 12 + 1) % 3 + 1,
            department_id=i % 12 + 1,
        )
        for i in range(1, 61)
    ]
    User.objects.bulk_create(users)
    ensure_starter_roles()
    officer = Role.objects.get(code="officer")
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=officer) for user in users)
    Kind.objects.bulk_create(
        (Kind(code=f"bench-{i}", name_fa=f"نوع {i}", name_en=f"Kind {i}", position=i) for i in range(1, 6)),
        ignore_conflicts=True,
    )
    Channel.objects.create(
        id=1, kind="email", name="ایمیل", address="bench@peyvand.localhost", branch=branches[0], token=uuid4().hex
    )
    _restart_sequences([Branch, Department, User, Channel])


def _parties(count: int) -> None:
    def people() -> Iterator[Party]:
        for i in range(1, count + 1):
            name = f"{FIRST[i % 12]} {LAST[i // 12 % 12]} {i}"
            yield Party(id=i, name=name, search=search_norm(name), sort_key=sort_key(name), branch_id=i % 3 + 1)

    def points() -> Iterator[ContactPoint]:
        for i in range(1, count + 1):
            for kind, value in (("email", f"p{i}@bench.example"), ("mobile", f"+98912{i:07d}")):
                yield ContactPoint(party_id=i, kind=kind, typed=value, value=value)

    in_batches(Party, people())
    in_batches(ContactPoint, points())
    _restart_sequences([Party])


def _requests(count: int) -> None:
    dice = random.Random(1405)  # noqa: S311  # deterministic data, not a secret
    now = timezone.now()
    kinds = list(Kind.objects.values_list("pk", flat=True))
    places = dict(Department.objects.values_list("pk", "branch_id"))
    rows = [_request(i, count, dice=dice, now=now, kinds=kinds, places=places) for i in range(1, count + 1)]
    in_batches(Request, iter(rows))
    in_batches(Message, (m for r in rows for m in _messages(r)))
    in_batches(RequestMessage, (RequestMessage(request_id=r.pk, message_id=r.pk * 2 - k) for r in rows for k in (1, 0)))
    in_batches(Referral, (_referral(r) for r in rows if r.pk % 2))
    in_batches(Note, (Note(request_id=r.pk, author_id=r.pk % 60 + 1, body="پیگیری شد.") for r in rows if not r.pk % 3))
    in_batches(Step, (s for r in rows for s in _steps(r)))
    _restart_sequences([Request, Message])


def _request(
    i: int, count: int, *, dice: random.Random, now: dt.datetime, kinds: Sequence[int], places: dict[int, int]
) -> Request:
    opened = now - dt.timedelta(minutes=(count - i) * 525_600 / count)
    fresh = i > count * 0.94 or dice.random() < 0.02
    department = dice.randint(1, 12)
    subject = f"{ABOUT[i % 6]} {i}"
    due = opened + dt.timedelta(hours=dice.randint(4, 90))
    return Request(
        id=i,
        code=code.make(1404, i),
        subject=subject,
        search=search_norm(f"{subject} {FIRST[i % 12]} {LAST[i // 12 % 12]}"),
        kind_id=dice.choice(kinds),
        status=dice.choice(OPEN) if fresh else Request.Status.CLOSED,
        medium="mail",
        channel_id=1,
        party_id=i % (count // 4) + 1,
        matched_by=["email"],
        branch_id=places[department],
        department_id=department,
        officer_id=dice.randint(1, 60),
        assignee_id=dice.randint(1, 60) if dice.random() < 0.6 else None,
        opened_at=opened,
        first_answer_due=due,
        resolution_due=due + dt.timedelta(hours=30),
        next_due=due if fresh else None,
        paused_at=None if fresh else due,
        closed_at=None if fresh else due,
        last_activity_at=opened,
        last_inbound_at=opened,
        message_count=2,
    )


def _messages(request: Request) -> Iterator[Message]:
    for k, direction, state in ((1, "in", "parsed"), (0, "out", "sent")):
        number = (request.pk or 0) * 2 - k
        yield Message(
            id=number,
            channel_id=1,
            direction=direction,
            medium="mail",
            state=state,
            external_id=f"bench-{number}",
            message_id=f"bench-{number}@peyvand.localhost",
            sender=f"p{request.party_id}@bench.example",
            sender_name=LAST[number % 12],
            subject=request.subject,
            text=TEXT,
            occurred_at=request.opened_at,
        )


def _referral(request: Request) -> Referral:
    done = request.status == Request.Status.CLOSED
    return Referral(
        request_id=request.pk,
        by_id=request.officer_id,
        to_department_id=request.department_id,
        instruction="بررسی کنید و پاسخ پیشنهادی بنویسید.",
        state=Referral.State.DONE if done else Referral.State.WAITING,
        created_at=request.opened_at,
    )


def _steps(request: Request) -> Iterator[Step]:
    for kind in ("opened", "message_in", "taken"):
        yield Step(request_id=request.pk, kind=kind, at=request.opened_at, actor_id=request.officer_id)


def _restart_sequences(tables: Sequence[type[Model]]) -> None:
    with connection.cursor() as cursor:
        for model in tables:
            last = model._default_manager.aggregate(last=Max("pk"))["last"] or 1
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last])
