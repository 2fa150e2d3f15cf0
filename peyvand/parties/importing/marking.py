"""The marks of a block: what its decisions rest on and will change, so that two blocks know whether they meet."""

from collections.abc import Sequence

from peyvand.core.imports.types import Marks
from peyvand.parties.importing import matching
from peyvand.parties.importing.deciding import Block, Decision
from peyvand.parties.models import Party


def marks_of(block: Block, decisions: Sequence[Decision]) -> Marks:
    """Keys, addresses and numbers of customers.

    Of customers that change also the addresses that they lose. The name of an organisation is a mark of its own: people
    of many blocks are found by it and only read it, and a block that merely meets the organisation leaves it as it is.
    """
    found = {f"#{pk}" for pk in block.seen_of.rows}
    if block.plan.key not in matching.POINT_KEYS:
        found.update(str(matching.hashed(value)) for values in block.keys for value in values)
    for given in block.givens:
        for each in given.values:
            if each.spec.part == "point":
                found.update(value for _kind, value, _typed in each.value)
    read: set[str] = set()
    for record in (each.record for each in decisions if each.record is not None and not each.record.is_new):
        found.update(child.was["value"] for child in record.points if "value" in child.was)
        if record.columns["organisation_id"]:
            read.add(f"={record.columns['organisation_id']}")
        elif record.kind == Party.Kind.ORGANISATION:
            found.add(f"={record.id}")
    return Marks(frozenset(found), frozenset(read))
