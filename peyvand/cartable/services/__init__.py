"""Everything that changes a request."""

from peyvand.cartable.services.addressing import address
from peyvand.cartable.services.answering import (
    add_to_draft,
    discard_draft,
    return_answer,
    save_draft,
    submit_draft,
)
from peyvand.cartable.services.approving import Approval, approve_and_send
from peyvand.cartable.services.assigning import assign
from peyvand.cartable.services.closing import close, reopen, undo
from peyvand.cartable.services.confiding import confide, note_view
from peyvand.cartable.services.delivery import note_bounced, note_delivered, note_failed, note_sent, note_uncertain
from peyvand.cartable.services.editing import add_note, change, link_party, mark_read, mark_reviewed
from peyvand.cartable.services.intake import open_from_messages, take_in
from peyvand.cartable.services.joining import confirm_continuation, reject_continuation
from peyvand.cartable.services.knowledge import (
    delete_article,
    restore_article,
    restore_version,
    save_article,
    save_topic,
)
from peyvand.cartable.services.mentioning import mark_mentions_done, read_mentions, tell_mentioned
from peyvand.cartable.services.referring import (
    finish_referral,
    read_referral,
    recall_referral,
    refer,
    return_referral,
    take,
)
from peyvand.cartable.services.registering import open_from_form, open_manually
from peyvand.cartable.services.rescuing import rescue_abandoned
from peyvand.cartable.services.resending import resend, resend_to, settle
from peyvand.cartable.services.returning import return_overdue
from peyvand.cartable.services.signing import save_own_signature, save_signature
from peyvand.cartable.services.snoozing import snooze, unsnooze, wake_due
from peyvand.cartable.services.standing_in import give_back, give_back_after
from peyvand.cartable.services.starting import ensure_starter_kinds
from peyvand.cartable.services.tagging import tag
from peyvand.cartable.services.taking_back import take_back
from peyvand.cartable.services.telling import tell_referrer
from peyvand.cartable.services.texts import delete_canned, restore_canned, save_canned, use_canned

__all__ = [
    "Approval",
    "add_note",
    "add_to_draft",
    "address",
    "approve_and_send",
    "assign",
    "change",
    "close",
    "confide",
    "confirm_continuation",
    "delete_article",
    "delete_canned",
    "discard_draft",
    "ensure_starter_kinds",
    "finish_referral",
    "give_back",
    "give_back_after",
    "link_party",
    "mark_mentions_done",
    "mark_read",
    "mark_reviewed",
    "note_bounced",
    "note_delivered",
    "note_failed",
    "note_sent",
    "note_uncertain",
    "note_view",
    "open_from_form",
    "open_from_messages",
    "open_manually",
    "read_mentions",
    "read_referral",
    "recall_referral",
    "refer",
    "reject_continuation",
    "reopen",
    "rescue_abandoned",
    "resend",
    "resend_to",
    "restore_article",
    "restore_canned",
    "restore_version",
    "return_answer",
    "return_overdue",
    "return_referral",
    "save_article",
    "save_canned",
    "save_draft",
    "save_own_signature",
    "save_signature",
    "save_topic",
    "settle",
    "snooze",
    "submit_draft",
    "tag",
    "take",
    "take_back",
    "take_in",
    "tell_mentioned",
    "tell_referrer",
    "undo",
    "unsnooze",
    "use_canned",
    "wake_due",
]
