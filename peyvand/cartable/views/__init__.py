"""The cartable's pages."""

from peyvand.cartable.views.acting import close, perhaps, reopen, reviewed, take, undo
from peyvand.cartable.views.confiding import confide, people
from peyvand.cartable.views.drafting import approve, draft, return_answer, submit, upload
from peyvand.cartable.views.editing import edit, link, new_request, new_upload, parties
from peyvand.cartable.views.exporting import export
from peyvand.cartable.views.listing import counts, folder, home
from peyvand.cartable.views.messages import decide, file, message_html, message_raw, retry
from peyvand.cartable.views.notes import colleagues, mentions_done, note
from peyvand.cartable.views.referring import (
    finish_referral,
    recall_referral,
    refer,
    referral,
    return_referral,
    targets,
)
from peyvand.cartable.views.showing import any_folder, earlier, history, live, print_request, show_request

__all__ = [
    "any_folder",
    "approve",
    "close",
    "colleagues",
    "confide",
    "counts",
    "decide",
    "draft",
    "earlier",
    "edit",
    "export",
    "file",
    "finish_referral",
    "folder",
    "history",
    "home",
    "link",
    "live",
    "mentions_done",
    "message_html",
    "message_raw",
    "new_request",
    "new_upload",
    "note",
    "parties",
    "people",
    "perhaps",
    "print_request",
    "recall_referral",
    "refer",
    "referral",
    "reopen",
    "retry",
    "return_answer",
    "return_referral",
    "reviewed",
    "show_request",
    "submit",
    "take",
    "targets",
    "undo",
    "upload",
]
