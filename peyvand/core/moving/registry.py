"""What of the database goes along when an installation moves: everything, but for what is named here with its reason.

An app names its own in `moving.py`. A test holds that every table is either taken or left out with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model


@dataclass
class _Known:
    left_out: dict[str, str] = field(default_factory=dict)  # table → why it stays
    instead: dict[tuple[str, str], str] = field(default_factory=dict)  # (table, column) → SQL of the value here
    settle: dict[str, str] = field(default_factory=dict)  # what it does → statement after the rows


_known = _Known()


def leave_out(reason: str, *tables: str) -> None:
    """Let these tables stay where they are; the reason is a sentence for who reads the list."""
    _known.left_out |= dict.fromkeys(tables, reason)


def write_instead(table: str, column: str, sql: str) -> None:
    """Write another value into a column when it is loaded: of what only means something in one database."""
    _known.instead[table, column] = sql


def settle(what: str, statement: str) -> None:
    """Run a statement after all rows are loaded, in the same transaction; what: its name, for who reads the list."""
    _known.settle[what] = statement


def left_out() -> Mapping[str, str]:
    """The tables that stay, with the reason of each."""
    return _known.left_out


def instead() -> Mapping[tuple[str, str], str]:
    """What is written in the place of a value, by table and column."""
    return _known.instead


def statements() -> Mapping[str, str]:
    """What is run after the rows, in the order in which it was named."""
    return _known.settle


def models() -> dict[str, type[Model]]:
    """Every table that goes along, with its model, in the order of the apps."""
    every = apps.get_models(include_auto_created=True)
    known = {model._meta.db_table: model for model in every if model._meta.managed and not model._meta.proxy}
    return {table: model for table, model in known.items() if table not in _known.left_out}


leave_out(
    "The queue of this installation: what still has to be done stands in the outbox, which goes along.",
    "procrastinate_workers",
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
)
leave_out("It tells of processes that run here.", "core_heartbeat", "core_periodicrun")
leave_out("Answers kept for a day, for programs that repeat a request here.", "core_idempotencykey")
leave_out("Pieces of files that expire within a day; the work that made them goes along.", "core_longjobpart")
leave_out("What caches keep for some minutes.", "core_cache")
leave_out("The list of migrations: the file names them itself.", "django_migrations")
leave_out("Sessions: everybody signs in anew.", "django_session", "usersessions_usersession")
leave_out("Links that confirm an address, signed for this installation.", "account_emailconfirmation")
settle(
    "Long work that was not done yet is cancelled, and files of finished work have expired",
    "UPDATE core_longjob"
    " SET state = CASE WHEN state IN ('waiting', 'running', 'paused') THEN 'cancelled' ELSE state END,"
    " ended_at = coalesce(ended_at, now()), expires_at = NULL, result = result - 'file'"
    " WHERE state IN ('waiting', 'running', 'paused') OR result ? 'file'",
)
