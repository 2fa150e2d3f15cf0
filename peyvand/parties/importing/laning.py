"""Customers written in several lanes at once: which plans allow it, and what a lane remembers."""

from collections.abc import Iterable, Sequence

from peyvand.accounts.models import User
from peyvand.core.imports.kinds import Lanes
from peyvand.core.imports.types import Plan, Row
from peyvand.core.models import LongJob
from peyvand.parties.importing.deciding import Decider
from peyvand.parties.importing.running import Work
from peyvand.parties.importing.specs import spec_of
from peyvand.parties.importing.touching import touched_by

# Parts by which a row makes what rows of other blocks use: organisations and tags.
_MAKE_SHARED = frozenset({"employer", "tags"})


class Lane:
    """One lane: which customers were touched so far, and the decider of the present slice."""

    def __init__(self, job: LongJob) -> None:
        self.touched = touched_by(job.pk)
        self.job: LongJob | None = None
        self.decider: Decider | None = None

    def begin(self, actor: User, plan: Plan, rows: Sequence[Row], job: LongJob) -> Work:
        """Take up a block; with each slice rights and words are read anew."""
        if self.decider is None or self.job is not job:
            self.job, self.decider = job, Decider(actor, plan, touched=self.touched.among)
        return Work(self.decider, rows)

    def note(self, refs: Iterable[int]) -> None:
        """Customers that blocks have touched."""
        for pk in refs:
            self.touched.add(pk)


def fits(_actor: User, plan: Plan) -> bool:
    """Do rows make nothing that rows of other blocks use?"""
    keys = {*(column.field for column in plan.columns if column.field), *plan.defaults}
    return not any(spec.part in _MAKE_SHARED for spec in map(spec_of, keys) if spec is not None)


LANES = Lanes(fits=fits, open=Lane)
