"""Taking back one of several regroupings of a request: it becomes what the others alone would have made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from peyvand.cartable.models import Regrouping, RegroupRow, RequestMessage
from peyvand.cartable.services.regrouping.journal import REQUEST, SECRECY, SINGLE, STATE
from peyvand.cartable.services.regrouping.replaying import replayed
from peyvand.channels.models import Message
from peyvand.parties.services.merging.journal import row_of, write_row

LAST_WORD = "last_inbound_at"
# Who holds it and how its clock stands goes back together; each of the others for itself.
PASSED = (STATE, *((name,) for name in SINGLE if name != "merged_into_id"))
Cells = dict[str, Any]


@dataclass
class _Link:
    """A later regrouping with what it remembers of the target; not stored before it remembers anything."""

    made: Regrouping
    row: RegroupRow = field(init=False)

    def __post_init__(self) -> None:
        found = self.made.rows.filter(model=REQUEST, row=self.made.target_id).first()
        self.row = found or RegroupRow(
            regrouping=self.made, model=REQUEST, row=self.made.target_id, before={}, after={}
        )

    def found(self, like: Cells) -> Cells:
        """These cells as it found them; as the former left them (`like`) when it remembers nothing of them."""
        return {name: self.row.before.get(name, value) for name, value in like.items()}

    def left(self, like: Cells) -> Cells:
        """These cells as it left them."""
        return {name: self.row.after.get(name, value) for name, value in like.items()}

    def remember(self, before: Cells, after: Cells) -> None:
        """Remember that it found and left these cells so."""
        self.row.before |= before
        self.row.after |= after
        self.row.save()


def take_out(held: Regrouping, mine: RegroupRow, *, but_secrecy: bool) -> None:
    """Take what one regrouping did to its target out of it, as if the later ones had found it without.

    Each regrouping remembers what it found and what it left. The next one, which found what this one had left, finds
    now what this one had found, and leaves what it makes of that: so the target stays open, urgent or confidential as
    long as anything merged into it is a reason, and all can be taken back in any order. Where somebody has changed a
    cell by hand between two of them or since, it stays as he set it.

    mine: what `held` remembers of its target. but_secrecy: somebody has said since who may see the target.
    """
    later = Regrouping.objects.standing().filter(target=held.target_id, pk__gt=held.pk).order_by("pk")
    links = [_Link(made) for made in later]
    for names in PASSED:
        if not (but_secrecy and names == (SECRECY,)):
            _take_out(names, mine, links)


def _take_out(names: Sequence[str], mine: RegroupRow, links: Sequence[_Link]) -> None:
    kept = [name for name in names if name in mine.before and name in mine.after]
    old, new = ({name: side[name] for name in kept} for side in (mine.after, mine.before))
    for link in links:
        if old == new or link.found(old) != old:
            return
        left = link.left(old)
        now = _made_of(link.made, old, new, left)
        link.remember(new, now)
        old, new = left, now
    if old != new and row_of(REQUEST, mine.row, kept) == old:
        write_row(REQUEST, mine.row, new)


def _made_of(made: Regrouping, old: Cells, new: Cells, left: Cells) -> Cells:
    """What a regrouping would have left, had it found `new` where it found `old` and left `left`.

    A rule or a colleague may have changed since it was made; then it is not known, and what it did itself stands.
    """
    if replayed(made, old) == left:
        return replayed(made, new)
    return new if left == old else left


def give_word_back(mine: RegroupRow) -> None:
    """Date the customer's last word in a request to which moved messages come home before those of an earlier move.

    `restore` leaves it, for the other move has changed it since; it is the latest word of what hangs there again.
    mine: what a move remembers of its source.
    """
    now = (row_of(REQUEST, mine.row, [LAST_WORD]) or {}).get(LAST_WORD)
    if now == mine.after[LAST_WORD]:
        return
    written = RequestMessage.objects.filter(request=mine.row, message__direction=Message.Direction.IN)
    last = written.aggregate(last=Max("at"))["last"]
    if last is not None and (now is None or last > datetime.fromisoformat(now)):
        write_row(REQUEST, mine.row, {LAST_WORD: last.isoformat()})
