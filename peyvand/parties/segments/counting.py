"""How many parties a rule has: all of `PartyFacts` read once, in parallel, with every figure that is asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import OperationalError, connection, transaction
from django.db.models import Count, QuerySet

from peyvand.accounts.scoping import fields_q
from peyvand.core.errors import Unavailable
from peyvand.core.record_fields import Asked, Everyone
from peyvand.parties.models import PARTY_SCOPE, PartyFacts
from peyvand.parties.segments.conditions import Compiler
from peyvand.parties.segments.rules import Group

LONGEST = "8s"
SETTINGS = {
    "max_parallel_workers_per_gather": "2",
    "parallel_setup_cost": "100",
    "work_mem": "96MB",
    "statement_timeout": LONGEST,
}
READ = "SELECT " + ", ".join(f"current_setting('{name}')" for name in SETTINGS)
WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)

_reading: ContextVar[bool] = ContextVar("peyvand_reads_all_parties", default=False)


class TakesTooLong(Unavailable):
    """This rule takes too long to count; make it simpler."""

    code = "takes_too_long"


def facts_of(rule: Group, asked: Asked) -> QuerySet[PartyFacts]:
    """The narrow rows of the parties in a rule, those only that whoever asks may see. Raises BadRule."""
    return seen_facts(asked).filter(Compiler(asked, of_facts=True).checked(rule))


def seen_facts(asked: Asked) -> QuerySet[PartyFacts]:
    """The narrow rows of the parties that count for whoever asks."""
    kept = PartyFacts.objects.filter(deleted_at=None)
    return kept if isinstance(asked.who, Everyone) else kept.filter(fields_q(asked.who, "parties.view", PARTY_SCOPE))


def count(rule: Group, asked: Asked) -> int:
    """The exact number of parties in a rule. Raises BadRule, TakesTooLong."""
    with reading_all():
        return facts_of(rule, asked).count()


def of_groups(rule: Group, asked: Asked) -> tuple[int, dict[str, int]]:
    """The number of all parties, and of each group that stands in a rule by its path, in one reading.

    The number of an «except» group is of those whom it names, whether the rest has them or not. Raises BadRule,
    TakesTooLong.
    """
    compiler = Compiler(asked, of_facts=True)
    inner = [each for each in rule.rules if isinstance(each, Group) and not each.is_empty]
    figures = {f"g{n}": Count("party_id", filter=compiler.checked(each)) for n, each in enumerate(inner)}
    with reading_all():
        found = seen_facts(asked).aggregate(whole=Count("party_id"), **figures)
    return found["whole"], {each.path: found[f"g{n}"] for n, each in enumerate(inner)}


def parts(rule: Group, asked: Asked) -> dict[tuple[str, int | None], int]:
    """How many of a rule there are of each life cycle and category; their sum is the exact number of the rule.

    Raises BadRule, TakesTooLong.
    """
    with reading_all():
        rows = facts_of(rule, asked).order_by().values_list("life_cycle", "category_id").annotate(n=Count("party_id"))
        return {(life_cycle, category): n for life_cycle, category, n in rows}


def some_of(rule: Group, asked: Asked, most: int) -> Sequence[int]:
    """Ids of a few parties in a rule, those that are found first."""
    with reading_all():
        return list(facts_of(rule, asked).values_list("party_id", flat=True)[:most])


def has(rule: Group, asked: Asked, party_id: int) -> bool:
    """Is this party in a rule?"""
    return facts_of(rule, asked).filter(party_id=party_id).exists()


@contextmanager
def reading_all() -> Iterator[None]:
    """Let PostgreSQL read a large table with all processors and hash large sets, in this transaction only."""
    if _reading.get():
        yield
        return
    token = _reading.set(True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(READ)
            before = cursor.fetchone()
            cursor.execute(WRITE, list(SETTINGS.values()))
            yield
            cursor.execute(WRITE, before)
    except OperationalError as error:
        if "statement timeout" in str(error):
            raise TakesTooLong from error
        raise
    finally:
        _reading.reset(token)
