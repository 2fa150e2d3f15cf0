"""Every write of sales."""

from peyvand.sales.services.approving import ask_approval, decide_approval
from peyvand.sales.services.assigning import (
    assign_by_rules,
    delete_assignment_rule,
    move_assignment_rule,
    save_assignment_rule,
    set_fallback_owner,
)
from peyvand.sales.services.capturing import make_lead, retry_submission, take_submission
from peyvand.sales.services.closing import lose_deal, reopen_deal, win_deal
from peyvand.sales.services.from_requests import open_from_request, undo_from_request
from peyvand.sales.services.lead_forms import delete_lead_form, save_lead_form
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
    "assign_by_rules",
    "assign_deal",
    "change_deal",
    "change_on_card",
    "change_pipeline",
    "create_pipeline",
    "decide_approval",
    "delete_assignment_rule",
    "delete_deal",
    "delete_lead_form",
    "delete_pipeline",
    "ensure_starter_pipelines",
    "give_back",
    "join_deals",
    "lose_deal",
    "make_lead",
    "move_assignment_rule",
    "move_deal",
    "open_deal",
    "open_from_request",
    "put_back",
    "remove_lost_reason",
    "reopen_deal",
    "restore_deal",
    "restore_pipeline",
    "retry_submission",
    "save_assignment_rule",
    "save_lead_form",
    "separate_deal",
    "set_fallback_owner",
    "set_people",
    "set_shares",
    "split_deal",
    "tag_deal",
    "take_submission",
    "undo_from_request",
    "undo_move",
    "win_deal",
]
