"""The registry of what can be imported: an app registers an Importer for its kind of record.

A new record type joins with its fields, its keys and five functions; upload, reading, mapping, preview, running, undo,
rejected rows and their pages come from here. See docs/how-to/imports.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from peyvand.core.errors import NotFound
from peyvand.core.imports.types import Marks, Outcome, Plan, Row, RowVerdict, Undone
from peyvand.core.models import LongJob
from peyvand.core.record_fields import Kind

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class ImportField:
    """A field that a column can go to.

    key: a word of ours. aliases: heads under which files call it, Persian and English, compared by `search_norm`.
    multiple: several columns may go to it, and `APPEND` adds to it. is_required: a new record cannot be without it.
    suits: kinds of columns (`ColumnKind`) that are proposed for it when the head says nothing. aliases_with: heads that
    mean this field when another column goes to the other field, {"last_name": ("نام",)}: «نام» beside «نام خانوادگی».
    unless: other fields beside which it is not proposed for what its cells are: a full name beside a last name.
    """

    key: str
    label: Text
    kind: Kind
    aliases: Sequence[str] = ()
    multiple: bool = False
    group: Text = ""
    help: Text = ""
    is_required: bool = False
    choices: Sequence[tuple[str, Text]] = ()
    suits: Sequence[str] = ()
    aliases_with: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unless: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Key:
    """By what a row finds its record. fields: keys of ImportFields that must be mapped for it."""

    key: str
    label: Text
    fields: Sequence[str]
    help: Text = ""


class BlockWork(Protocol):
    """The rows of one block on their way into the database."""

    def decide(self) -> Marks:
        """Decide anew what becomes of the rows; return marks of all that the decision rests on and will change.

        Two blocks whose marks are apart may be written in any order, or side by side, with the same result.
        """

    def write(self) -> Outcome | None:
        """Write what was decided; None, with nothing written, when somebody has changed a record since."""


class ImportLane(Protocol):
    """What an importer remembers from block to block in one of several lanes that write an import side by side."""

    def begin(self, actor: Any, plan: Plan, rows: Sequence[Row], job: LongJob) -> BlockWork:
        """Take up a block, in the transaction that it will be written in."""

    def note(self, refs: Iterable[int]) -> None:
        """Records that blocks have touched, in whatever lane; said after their commit."""


@dataclass(frozen=True, kw_only=True)
class Lanes:
    """How an importer lets blocks be written side by side.

    fits(actor, plan): whether blocks of this plan depend on one another only where their marks meet; it answers the
    same for the whole of an import. open(job): a lane of that work; what other lanes commit from then on is noted.
    """

    fits: Callable[[Any, Plan], bool]
    open: Callable[[LongJob], ImportLane]


@dataclass(frozen=True, kw_only=True)
class Importer:
    """How records of one kind are brought in. `actor` is the user who acts.

    guard(actor): raises NotAllowed. fields(actor), keys(actor): what he may map. check(actor, plan, rows): the verdict
    of each row, in their order, without writing. apply(actor, plan, rows, job): writes the rows in the transaction it
    is called in and says what became of each, in their order. undo(actor, outcome, job): takes the rows of an outcome
    back, cells that were not touched since, in the transaction it is called in. erase(outcome, ref): the outcome
    without anything personal of the record `ref`. link(ref): address of a record. actor_of(job): who acts when work was
    asked for with a token whose limits hold (`job.params["token"]`); its owner when there is none. lanes: how
    blocks of a large file are written side by side; None: one after the other.

    Rows that are blank, broken or left out by the person never reach `check` and `apply`.
    """

    host: str
    label: Text
    guard: Callable[[Any], None]
    fields: Callable[[Any], Sequence[ImportField]]
    keys: Callable[[Any], Sequence[Key]]
    check: Callable[[Any, Plan, Sequence[Row]], list[RowVerdict]]
    apply: Callable[[Any, Plan, Sequence[Row], LongJob], Outcome]
    undo: Callable[[Any, Outcome, LongJob], Undone]
    erase: Callable[[Outcome, int], Outcome] | None = None
    link: Callable[[int], str] | None = None
    actor_of: Callable[[LongJob], Any] | None = None
    lanes: Lanes | None = None


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Let records of a kind be imported. Raises ValueError for a host that has another importer."""
    known = _importers.setdefault(importer.host, importer)
    if known is not importer:
        raise ValueError(f"two importers of {importer.host}")


def importers() -> list[Importer]:
    """All of them, in the order of registration."""
    return list(_importers.values())


def importer_of(host: str) -> Importer:
    """The importer of a kind of record. Errors: NotFound."""
    found = _importers.get(host)
    if found is None:
        raise NotFound
    return found
