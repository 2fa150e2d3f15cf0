"""Merging requests, splitting messages off, moving them to the right request; all of it taken back for 90 days.

A regrouping writes down the numbers of all rows that it hung elsewhere and the states that it changed, before and
after. Taking it back hangs exactly those rows back and restores a state where nobody has changed it since; what came
meanwhile goes where the person says, or where its own references point.
"""

from peyvand.cartable.services.regrouping.journal import UNDO_FOR
from peyvand.cartable.services.regrouping.merging import MOST, merge, merge_locked
from peyvand.cartable.services.regrouping.moving import move_messages
from peyvand.cartable.services.regrouping.splitting import split_off
from peyvand.cartable.services.regrouping.undoing import undo_regrouping

__all__ = ["MOST", "UNDO_FOR", "merge", "merge_locked", "move_messages", "split_off", "undo_regrouping"]
