"""Many people at their desks: open browsers that wait for news, and officers who read, refer and answer."""

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from subprocess import Popen

from django.db import connection, connections

from peyvand.accounts.models import User
from peyvand.cartable.models import ACTIVE
from peyvand.cartable.selectors.folders import Folder, in_folder
from peyvand.config.bench.data import DEPARTMENTS, USERS
from peyvand.config.bench.load import Client, Times
from peyvand.config.bench.stack import memory_of

BROWSERS = 200
MEMORY = 150.0  # MB that the open browsers may cost
AGENT = 150.0  # ms, p95 of what an agent does
PAUSE = (3.0, 9.0)  # seconds between two acts of one agent: he reads what he opened, and writes
Say = Callable[[str], None]


def referral(user_id: int) -> dict[str, str]:
    """The form of a referral to a user."""
    return {"to": f"user:{user_id}", "instruction": "لطفاً بررسی و پاسخ را آماده کنید."}


def answer(reviewer_id: int) -> dict[str, str]:
    """The form of an answer by phone that goes to its reviewer."""
    return {"body": "سفارش شما فردا می‌رسد.", "to": "phone:+989121234567", "reviewer": str(reviewer_id)}


def browsers(port: int, server: Popen[bytes], *, say: Say) -> bool:
    """Open 200 live streams of different people; they cost one database connection a process and at most 150 MB."""
    people = list(User.objects.order_by("pk")[:USERS])
    before, asking = memory_of(server.pid), _listening()
    clients = [Client(port=port, user=people[n % len(people)]) for n in range(BROWSERS)]
    connections.close_all()
    streams = [_stream(client) for client in clients]
    time.sleep(5)
    used, listening = memory_of(server.pid) - before, _listening() - asking
    for stream in streams:
        stream.close()
    say(f"{len(streams)} open browsers: {used:.0f} MB more, {listening} more database connections that listen")
    return len(streams) == BROWSERS and used <= MEMORY and listening <= 1


def _stream(client: Client) -> http.client.HTTPResponse:
    client.connection.request("GET", "/live", headers=client.headers)
    opened = client.connection.getresponse()
    if opened.status != 200:
        raise ValueError(f"the live stream answered {opened.status}")
    opened.readline()
    return opened


def _listening() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        return int(cursor.fetchone()[0])


@dataclass
class Done:
    """What agents did: seconds by sort of act, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "refer": [], "answer": []})
    errors: list[str] = field(default_factory=list)


def agents(port: int, *, people: int, seconds: int, say: Say) -> bool:
    """Let so many officers work for so long: read most of the time, sometimes refer, sometimes answer."""
    work = _work(people)
    connections.close_all()
    found, end = Done(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_at_work, args=(Client(port=port, user=user), codes, number, end, found))
        for number, (user, codes) in enumerate(work)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [each for taken in found.seconds.values() for each in taken]
    for name, taken in found.seconds.items():
        times = Times.of(taken)
        say(f"agents, {name}: {len(taken)} times, median {times.median:.1f} ms, p95 {times.p95:.1f} ms")
    whole = Times.of(everything)
    say(f"{people} agents, {seconds} s: {len(everything)} acts, p95 {whole.p95:.1f} ms, {len(found.errors)} errors")
    for error in found.errors[:5]:
        say(f"  {error}")
    return not found.errors and whole.p95 <= AGENT


def _work(people: int) -> list[tuple[User, list[str]]]:
    """Each agent's own share of the open work of his department, so that two do not act on one request."""
    shares = []
    for number, user in enumerate(User.objects.order_by("pk")[:people]):
        rows = in_folder(user, Folder.DEPARTMENT).filter(status__in=ACTIVE).exclude(status="review").order_by("-pk")
        codes = list(rows.values_list("code", flat=True)[:3000])
        shares.append((user, codes[number // DEPARTMENTS :: 1 + people // DEPARTMENTS]))
    return shares


def _at_work(client: Client, codes: list[str], number: int, end: float, found: Done) -> None:
    dice = random.Random(number)  # noqa: S311 -- invented work, not a secret
    time.sleep(dice.uniform(0, PAUSE[1]))
    fresh = iter(codes)
    while time.monotonic() < end:
        act = dice.choices(("read", "refer", "answer"), (80, 10, 10))[0]
        code = dice.choice(codes) if act == "read" else next(fresh, None)
        if code is None:
            return
        try:
            found.seconds[act].append(_act(client, act, code, number))
        except (ValueError, OSError, http.client.HTTPException) as error:
            found.errors.append(f"{act} {code}: {error}")
        time.sleep(dice.uniform(*PAUSE))


def _act(client: Client, act: str, code: str, number: int) -> float:
    if act == "refer":
        return client.post(f"/cartable/{code}/refer/", referral(1 + (number + 7) % USERS))
    if act == "answer":
        return client.post(f"/cartable/{code}/submit/", answer(1 + number % USERS))
    return client.get(f"/cartable/department/{code}/", fragment=True)
