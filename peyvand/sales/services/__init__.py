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
from peyvand.sales.services.channels import (
    delete_channel,
    remove_deal_partner,
    save_channel,
    save_partner,
    set_deal_partners,
)
from peyvand.sales.services.closing import lose_deal, reopen_deal, win_deal
from peyvand.sales.services.commissions import (
    confirm_statement,
    pay_statement,
    settle_deal,
    settle_partner,
    unconfirm_statement,
)
from peyvand.sales.services.from_requests import open_from_request, undo_from_request
from peyvand.sales.services.lead_forms import delete_lead_form, save_lead_form
from peyvand.sales.services.moving import Moved, move_deal, put_back, undo_move
from peyvand.sales.services.opening import assign_deal, change_deal, change_on_card, give_back, open_deal
from peyvand.sales.services.partner_notes import note_to_partner, note_to_us
from peyvand.sales.services.partner_rules import delete_partner_rule, save_partner_rule
from peyvand.sales.services.people import set_people, set_shares
from peyvand.sales.services.pipelines import (
    add_lost_reason,
    change_pipeline,
    create_pipeline,
    delete_pipeline,
    remove_lost_reason,
    restore_pipeline,
)
from peyvand.sales.services.registering import Registered, register_deal
from peyvand.sales.services.registrations import decide_registration, end_protection
from peyvand.sales.services.removing import delete_deal, restore_deal
from peyvand.sales.services.seats import add_seat, ask_for_key, enter, invite_seat, leave, shut_seat
from peyvand.sales.services.splitting import join_deals, separate_deal, split_deal
from peyvand.sales.services.starting import ensure_starter_pipelines
from peyvand.sales.services.tagging import tag_deal
from peyvand.sales.services.undeciding import UNDO_FOR, take_decision_back

__all__ = [
    "UNDO_FOR",
    "Moved",
    "Registered",
    "add_lost_reason",
    "add_seat",
    "ask_approval",
    "ask_for_key",
    "assign_by_rules",
    "assign_deal",
    "change_deal",
    "change_on_card",
    "change_pipeline",
    "confirm_statement",
    "create_pipeline",
    "decide_approval",
    "decide_registration",
    "delete_assignment_rule",
    "delete_channel",
    "delete_deal",
    "delete_lead_form",
    "delete_partner_rule",
    "delete_pipeline",
    "end_protection",
    "ensure_starter_pipelines",
    "enter",
    "give_back",
    "invite_seat",
    "join_deals",
    "leave",
    "lose_deal",
    "make_lead",
    "move_assignment_rule",
    "move_deal",
    "note_to_partner",
    "note_to_us",
    "open_deal",
    "open_from_request",
    "pay_statement",
    "put_back",
    "register_deal",
    "remove_lost_reason",
    "reopen_deal",
    "restore_deal",
    "restore_pipeline",
    "retry_submission",
    "save_assignment_rule",
    "save_channel",
    "save_lead_form",
    "save_partner",
    "save_partner_rule",
    "separate_deal",
    "remove_deal_partner",
    "set_deal_partners",
    "set_fallback_owner",
    "set_people",
    "set_shares",
    "settle_deal",
    "settle_partner",
    "take_decision_back",
    "shut_seat",
    "split_deal",
    "tag_deal",
    "take_submission",
    "unconfirm_statement",
    "undo_from_request",
    "undo_move",
    "win_deal",
]
