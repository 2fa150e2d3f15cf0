"""Search as you type among a million: how fast, and whether the wanted customer is among the first five."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import quote

from peyvand.accounts.models import User
from peyvand.config.bench.load import Client, Times
from peyvand.config.bench.misspelling import ERRORS, misspelt
from peyvand.config.bench.stack import web_server
from peyvand.core.loopback import free_port
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.selectors import ranked

QUESTIONS = 500
FIRST = 5
WANTED = 0.95
MILLISECONDS = 50.0

Say = Callable[[str], None]


def wanted_parties(count: int, dice: random.Random) -> list[tuple[int, str]]:
    """Some parties by chance, each with its name."""
    highest = Party.objects.order_by("-pk").values_list("pk", flat=True)[0]
    names = dict(Party.objects.filter(pk__in=dice.sample(range(1, highest + 1), count)).values_list("pk", "name"))
    return sorted(names.items())


def found_at(user: User, question: str, wanted: int, limit: int = FIRST) -> int | None:
    """The place of a party among the first hits; None when it is not there."""
    pks = [hit.party.pk for hit in ranked(user, question, limit)]
    return pks.index(wanted) if wanted in pks else None


def accuracy(user: User, say: Say, *, questions: int = QUESTIONS, show: int = 0) -> tuple[bool, list[str]]:
    """Ask for random customers with an error each; print the share among the first five for each kind of error."""
    dice = random.Random(1405)  # noqa: S311  # the same questions each time, not a secret
    asked: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    seconds: list[float] = []
    missed: list[str] = []
    texts: list[str] = []
    for pk, name in wanted_parties(questions, dice):
        question, error = misspelt(name, dice)
        texts.append(question)
        begun = time.perf_counter()
        place = found_at(user, question, pk)
        seconds.append(time.perf_counter() - begun)
        asked[error.__name__] += 1
        hits[error.__name__] += place is not None
        if place is None:
            missed.append(f"{error.__name__}: «{question}» for «{name}»")
    share = sum(hits.values()) / sum(asked.values())
    say("errors: " + ", ".join(f"{error.__name__} {hits[error.__name__]}/{asked[error.__name__]}" for error in ERRORS))
    times = Times.of(seconds)
    say(
        f"the wanted customer among the first five: {share:.1%} of {questions} misspelt questions (budget {WANTED:.0%})"
    )
    say(f"without a page: median {times.median:.1f} ms, p95 {times.p95:.1f} ms, longest {max(seconds) * 1000:.0f} ms")
    for line in missed[:show]:
        say("  missed " + line)
    return share >= WANTED, texts


def as_you_type(texts: list[str], dice: random.Random) -> Iterator[str]:
    """The questions as they grow letter by letter in the box, parts of numbers and beginnings of e-mail addresses."""
    for text in texts:
        yield text[: dice.randint(2, len(text))]
        yield text
    for value in ContactPoint.objects.filter(pk__lte=len(texts)).values_list("value", flat=True):
        start = 0 if "@" in value else dice.randint(0, len(value) - 6)
        yield value[start : start + dice.randint(4, 14)].lstrip("+")


def speed(user: User, texts: list[str], say: Say, *, port: int) -> bool:
    """Time what the palette asks, each letter of it, in a server of its own."""
    dice = random.Random(3)  # noqa: S311  # as above
    client = Client(port=port, user=user)
    client.headers["HX-Request"] = "true"
    addresses = [f"/palette?q={quote(text)}" for text in as_you_type(texts, dice)]
    for address in addresses[:30]:
        client.get(address)
    seconds = [client.get(address) for address in addresses]
    times = Times.of(seconds)
    say(
        f"search as you type, {len(addresses)} questions through the palette: median {times.median:.1f} ms,"
        f" p95 {times.p95:.1f} ms, mean {statistics.mean(seconds) * 1000:.1f} ms (budget {MILLISECONDS:.0f} ms)"
    )
    return times.p95 <= MILLISECONDS


def measure(say: Say) -> bool:
    """Both measurements; return whether both are within their budgets."""
    user = User.objects.get(username="bench1")
    is_good, texts = accuracy(user, say)
    port = free_port()
    with web_server(port):
        is_fast = speed(user, texts, say, port=port)
    return is_good and is_fast
