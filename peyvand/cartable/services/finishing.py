"""What every answer is looked at for before it leaves its author: that something is written, and nothing left open."""

from peyvand.cartable.errors import LeftOpen, NothingWritten
from peyvand.cartable.variables import left_open


def refuse_unfinished(body: str) -> None:
    """Raise NothingWritten for an empty answer, LeftOpen for one with a mark «⟦…⟧» or a variable that nobody filled."""
    if not body.strip():
        raise NothingWritten
    marks = left_open(body)
    if marks:
        raise LeftOpen.named(marks)
