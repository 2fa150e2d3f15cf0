"""Words, colours and icons in which requests are shown. Class names stand whole, so that the CSS build finds them."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peyvand.cartable.models import Request

STATUS_COLOURS = {
    Request.Status.NEW: "new",
    Request.Status.OPEN: "info",
    Request.Status.REFERRED: "line",
    Request.Status.REVIEW: "rev",
    Request.Status.ANSWERED: "ok",
    Request.Status.CLOSED: "n",
}
PRIORITY_COLOURS = {Request.Priority.HIGH: "warn", Request.Priority.URGENT: "bad"}
KIND_COLOURS = {"complaint": "bad"}
KIND_ICONS = {"complaint": "mood-sad"}
MEDIUM_ICONS = {
    "mail": "mail",
    "form": "forms",
    "phone": "phone",
    "letter": "mailbox",
    "fax": "printer",
    "visit": "walk",
    "sms": "device-mobile-message",
}
CONTACT_ICONS = {
    "email": "mail",
    "mobile": "device-mobile",
    "phone": "phone",
    "fax": "printer",
    "messenger": "message-circle",
}
MATCHES: dict[str, Promise] = {
    "email": _("e-mail"),
    "mobile": _("mobile"),
    "phone": _("phone"),
    "fax": _("fax number"),
    "messenger": _("messenger"),
    "person": _("a colleague's choice"),
}
FILE_ICONS = {
    "application/pdf": "file-type-pdf",
    "text/plain": "file-text",
    "text/csv": "file-spreadsheet",
    "application/zip": "file-zip",
}


BLOCKED: dict[str, Promise] = {
    "too many files in the archive": _("it is an archive of too many files"),
    "archives nested too deep": _("it is an archive with archives in archives in it"),
}


def why_blocked(reason: str) -> str:
    """Why an attachment was left out, as a person reads it."""
    unpacked = re.fullmatch(r"unpacks to (\d+) MB", reason)
    if unpacked:
        return _now("it would grow to %(size)s MB when it is unpacked") % {"size": unpacked[1]}
    return str(BLOCKED.get(reason, reason))


def file_icon(content_type: str) -> str:
    """The icon of a kind of file."""
    if content_type.startswith("image/"):
        return "photo"
    if "sheet" in content_type or "excel" in content_type:
        return "file-spreadsheet"
    if "word" in content_type:
        return "file-text"
    return FILE_ICONS.get(content_type, "file")


@dataclass(frozen=True)
class Said:
    """How one kind of step reads: an icon, and what follows the name of whoever did it."""

    icon: str
    text: Promise


STEPS: dict[str, Said] = {
    "opened": Said("inbox", _("opened the request")),
    "perhaps_of": Said("git-merge", _("This perhaps continues another request")),
    "continued": Said("git-merge", _("joined it to another request")),
    "not_continued": Said("git-merge", _("said that it stands alone")),
    "taken": Said("hand-grab", _("took the request")),
    "assigned": Said("user-check", _("assigned the request to a colleague")),
    "read": Said("checks", _("read the referral")),
    "returned": Said("arrow-back-up", _("returned the referral")),
    "recalled": Said("arrow-back", _("recalled the referral")),
    "finished": Said("circle-check", _("finished the referral")),
    "submitted": Said("user-check", _("sent a draft answer for approval")),
    "answer_returned": Said("arrow-back-up", _("returned the draft answer")),
    "approved": Said("circle-check", _("approved the answer")),
    "taken_back": Said("arrow-back-up", _("took the answer back before it went out")),
    "forwarded": Said("arrow-forward-up", _("passed a message on")),
    "resent": Said("send", _("sent the answer to another address")),
    "endorsed": Said("circle-check", _("approved the answer; others have to approve it, too")),
    "approver_replaced": Said("user-exclamation", _("An approver is not there any more; another approves instead")),
    "approvals_reset": Said("rotate", _("The text was edited: earlier approvals do not count any more")),
    "sent": Said("send", _("The answer was sent")),
    "delivery_failed": Said("alert-circle", _("The answer was not sent")),
    "delivery_uncertain": Said("alert-triangle", _("It is not known whether the answer was sent")),
    "bounced": Said("mail-x", _("The answer came back")),
    "closed": Said("check", _("closed the request")),
    "reopened": Said("rotate", _("reopened the request")),
    "changed": Said("pencil", _("changed the request")),
    "receipt": Said("mail-check", _("The customer was told the follow-up code")),
    "survey_sent": Said("star", _("The customer was asked how content he is")),
    "survey_answered": Said("star", _("The customer answered how content he is")),
    "timed_out": Said("clock-exclamation", _("The referral was not taken up in time; it went on by itself")),
    "rescued": Said("user-exclamation", _("Nobody was there to hold it; it was handed on by itself")),
    "given_back": Said("beach-off", _("The leave is over; the request went back to its holder")),
    "confided": Said("lock", _("changed who may see the request")),
    "undone": Said("arrow-back-up", _("took it back")),
    "merged": Said("git-merge", _("merged the request into another")),
    "absorbed": Said("git-merge", _("merged another request into this one")),
    "split_off": Said("git-branch", _("made messages a request of their own")),
    "split_from": Said("git-branch", _("made this request of messages of another")),
    "moved_out": Said("arrow-ramp-right", _("moved messages to another request")),
    "moved_in": Said("arrow-ramp-right", _("moved messages of another request here")),
    "regrouped_back": Said("arrow-back-up", _("took the regrouping of messages back")),
    "tied": Said("link", _("linked the request with another")),
    "untied": Said("unlink", _("took a link with another request away")),
    "part_opened": Said("subtask", _("handed a part of it on as a child request")),
    "part_done": Said("subtask", _("A part of it is done")),
    "message_in": Said("mail", _("A message arrived")),
    "referred": Said("arrow-ramp-right", _("referred the request")),
    "note": Said("lock", _("wrote an internal note")),
    "snoozed": Said("clock-pause", _("put the request aside for a while")),
    "unsnoozed": Said("clock-play", _("took the request back that was put aside")),
}
BY_ITSELF: dict[str, Promise] = {
    "opened": _("The request was opened"),
    "closed": _("The request was closed"),
    "reopened": _("The request was reopened"),
    "changed": _("The request was changed"),
    "continued": _("It was joined to another request"),
    "unsnoozed": _("It came back from being put aside"),
}
# Steps that the thread shows in another form: the message, the note, the referral itself.
SHOWN_OTHERWISE = frozenset(
    {"message_in", "referred", "note", "read", "sent", "delivery_failed", "delivery_uncertain", "snoozed", "unsnoozed"}
)


def said(kind: str, *, by_person: bool) -> Said:
    """How a step reads, with the name of a person before it or as something that happened by itself."""
    found = STEPS.get(kind) or Said("point", _("worked on the request"))
    return found if by_person else Said(found.icon, BY_ITSELF.get(kind, found.text))
