"""Every write of sales."""

from peyvand.sales.services.approving import ask_approval, decide_approval
from peyvand.sales.services.closing import lose_deal, reopen_deal, win_deal
from peyvand.sales.services.moving import Moved, move_deal, put_back, undo_move
from peyvand.sales.services.opening import assign_deal, change_deal, change_on_card, give_back, open_deal
from peyvand.sales.services.people import set_people, set_shares
from peyvand.sales.services.pipelines import (
    add_lost_reason,
    change_pipeline,
    create_pipeline,
    delete_pipeline,
    remove_lost_reason,
    restore_pipeline,
)
from peyvand.sales.services.removing import delete_deal, restore_deal
from peyvand.sales.services.splitting import join_deals, separate_deal, split_deal
from peyvand.sales.services.starting import ensure_starter_pipelines
from peyvand.sales.services.tagging import tag_deal

__all__ = [
    "Moved",
    "add_lost_reason",
    "ask_approval",
    "assign_deal",
    "change_deal",
    "change_on_card",
    "change_pipeline",
    "create_pipeline",
    "decide_approval",
    "delete_deal",
    "delete_pipeline",
    "ensure_starter_pipelines",
    "give_back",
    "join_deals",
    "lose_deal",
    "move_deal",
    "open_deal",
    "put_back",
    "remove_lost_reason",
    "reopen_deal",
    "restore_deal",
    "restore_pipeline",
    "separate_deal",
    "set_people",
    "set_shares",
    "split_deal",
    "tag_deal",
    "undo_move",
    "win_deal",
]
