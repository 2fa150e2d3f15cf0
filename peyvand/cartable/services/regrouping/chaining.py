"""Taking back an earlier one of several regroupings of a request: the later ones forget what it had brought."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from peyvand.cartable.models import Regrouping, RegroupRow, RequestMessage
from peyvand.cartable.services.regrouping.journal import REQUEST, STATE
from peyvand.channels.models import Message
from peyvand.parties.services.merging.journal import row_of, write_row

LAST_WORD = "last_inbound_at"


def pass_on(held: Regrouping, mine: RegroupRow) -> None:
    """Have the later regroupings of the target remember it as it was before this one.

    Each remembers what it found and what it left. What it found as this one had left it, it finds now as it was before
    this one: so all of them can be taken back in any order. The customer's last word is dated at once, for it is the
    latest word of all that is still merged here; the rest is given back by `restore`.

    mine: what `held` remembers of its target; its last word is taken out of it.
    """
    later = list(Regrouping.objects.standing().filter(target=held.target_id, pk__gt=held.pk).order_by("pk"))
    if later:
        _pass_state(mine, [row for made in later if (row := _row(made)).pk])
        _pass_last_word(mine, later)


def _row(made: Regrouping) -> RegroupRow:
    """What a regrouping remembers of its target; not stored when it changed nothing of it."""
    found = made.rows.filter(model=REQUEST, row=made.target_id).first()
    return found or RegroupRow(regrouping=made, model=REQUEST, row=made.target_id, before={}, after={})


def _pass_state(mine: RegroupRow, rows: Iterable[RegroupRow]) -> None:
    names = [name for name in STATE if name in mine.after]
    old, new = ({name: side[name] for name in names} for side in (mine.after, mine.before))
    for row in rows:
        if not names or any(row.before.get(name) != old[name] for name in names):
            return
        is_kept = all(row.after[name] == old[name] for name in names)
        row.before |= new
        if is_kept:
            row.after |= new
        row.save(update_fields=["before", "after"])
        if not is_kept:
            return


def _pass_last_word(mine: RegroupRow, later: Iterable[Regrouping]) -> None:
    if LAST_WORD not in mine.after:
        return
    old, new = mine.after.pop(LAST_WORD), mine.before[LAST_WORD]
    for made in later:
        row = _row(made)
        if old == new or row.before.get(LAST_WORD, old) != old:
            return
        left = row.after.get(LAST_WORD, old)
        now = _latest(new, made) if made.kind == Regrouping.Kind.MERGE else new if left == old else left
        if row.pk or now != new:
            row.before[LAST_WORD], row.after[LAST_WORD] = new, now
            row.save()
        old, new = left, now
    if (row_of(REQUEST, mine.row, [LAST_WORD]) or {}).get(LAST_WORD) == old:
        write_row(REQUEST, mine.row, {LAST_WORD: new})


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


def _latest(own: Any, made: Regrouping) -> Any:
    """The latest of a moment and of the last words of what was merged, as the journal writes moments."""
    words = [own, *((row_of(REQUEST, one.pk, [LAST_WORD]) or {}).get(LAST_WORD) for one in made.sources.all())]
    return max((one for one in words if one), key=datetime.fromisoformat, default=None)
