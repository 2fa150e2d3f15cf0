"""What the endpoints of the cartable take and give."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from peyvand.api.kit import BodyId, FileId, Flag, In, LongText, Moment, Out, PageQuery, Person, Ref
from peyvand.cartable.api.referral_schemas import ReferralOut, Remark
from peyvand.cartable.models import Answer, Endorsement, Note, Step
from peyvand.cartable.selectors.approvals import turns_of
from peyvand.cartable.selectors.folders import Folder, Row
from peyvand.cartable.selectors.reading import RequestPage
from peyvand.channels.models import Message

Priority = Literal["low", "normal", "high", "urgent"]
Status = Literal["new", "open", "referred", "review", "answered", "closed"]
Medium = Literal["mail", "form", "phone", "letter", "fax", "visit", "sms"]
AnswerMedium = Literal["mail", "phone", "letter", "fax", "visit"]  # text messages need a gateway, and there is none
ByHand = Literal["phone", "letter", "fax", "visit"]
Subject = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=100_000)]
Addresses = Annotated[list[Annotated[str, Field(max_length=320)]], Field(max_length=50)]
Files = Annotated[list[FileId], Field(max_length=50)]


class KindOut(Out):
    id: int
    code: str
    name_fa: str
    name_en: str


class FolderOut(Out):
    """A folder of mine; `count` stops at 1000, null for folders that are not counted."""

    folder: Folder
    count: int | None


class DepartmentCount(Out):
    department: Ref
    count: int


class FoldersOut(Out):
    folders: list[FolderOut]
    departments: list[DepartmentCount]


class RequestRow(Out):
    id: int
    code: str
    subject: str
    status: Status
    priority: Priority
    medium: Medium
    kind: KindOut | None
    party: Ref | None
    department: Ref
    assignee: Person | None
    needs_review: bool
    confidential: bool
    trouble: Literal["", "failed", "uncertain", "bounced"]
    perhaps_of_id: int | None
    merged_into_id: int | None
    opened_at: datetime
    first_answer_due: datetime | None
    resolution_due: datetime | None
    next_due: datetime | None
    first_answered_at: datetime | None
    closed_at: datetime | None
    last_activity_at: datetime
    message_count: int
    version: int


class ListedRequest(RequestRow):
    unread: bool


def listed(row: Row) -> ListedRequest:
    """A row of a list as it is answered."""
    return ListedRequest(**RequestRow.from_orm(row.request).dict(), unread=row.unread)


class FileOut(Out):
    id: str
    name: str
    content_type: str
    size: int


class BlockedOut(Out):
    name: str
    size: int
    reason: str


class ReportOut(Out):
    """What a server said of one address."""

    address: str
    state: Literal["refused", "bounced", "delayed", "delivered"]
    why: str


def addresses_in(message: Message, name: str) -> list[str]:
    """The addresses of a kind of recipients, as far as they are addresses."""
    return [one for one in message.recipients.get(name) or [] if isinstance(one, str)]


class MessageOut(Out):
    id: int
    direction: Literal["in", "out"]
    medium: Medium
    state: Literal["stored", "parsed", "needs_review", "queued", "sending", "sent", "failed", "uncertain", "cancelled"]
    outcome: str  # more exactly of ours: held (can be taken back), queued, sent, delivered, delayed, bounced, failed …
    to: list[str]
    cc: list[str]
    bcc: list[str]
    reports: list[ReportOut]
    due_at: datetime | None
    sender: str
    sender_name: str
    subject: str
    text: str
    quoted: str
    automatic: str
    error: str
    occurred_at: datetime
    attachments: list[FileOut]
    blocked: list[BlockedOut]  # attachments that were left out, and why

    @staticmethod
    def resolve_to(message: Message) -> list[str]:
        return addresses_in(message, "to")

    @staticmethod
    def resolve_cc(message: Message) -> list[str]:
        return addresses_in(message, "cc")

    @staticmethod
    def resolve_bcc(message: Message) -> list[str]:
        return addresses_in(message, "bcc")

    @staticmethod
    def resolve_reports(message: Message) -> list[dict[str, str]]:
        refused = [{"address": one, "state": "refused", "why": why} for one, why in message.refused.items()]
        said = [{"why": "", **known, "address": one} for one, known in message.delivery.items()]
        return [*refused, *said]

    @staticmethod
    def resolve_attachments(message: Message) -> list[Any]:
        return [attachment.file for attachment in message.attachments.all()]


class NoteOut(Out):
    id: int
    author: Person
    body: str
    files: list[FileOut]
    created_at: datetime

    @staticmethod
    def resolve_files(note: Note) -> list[Any]:
        return list(note.files.all())


class StepOut(Out):
    """One line of the history."""

    id: int
    kind: str
    actor: Person | None
    instead_of: Person | None
    at: datetime
    remark: str
    message_id: int | None
    referral_id: int | None
    answer_id: int | None
    note_id: int | None

    @staticmethod
    def resolve_remark(step: Step) -> str:
        return str(step.details.get("remark") or "")


class ApprovalOut(Out):
    """One approver's turn; `version` of the answer that he approved."""

    user: Person
    instead_of: Person | None
    state: Literal["waiting", "given"]
    version: int | None
    at: datetime | None


class AnswerOut(Out):
    id: int
    author: Person
    reviewer: Person | None
    state: Literal["draft", "review", "returned", "approved", "discarded"]
    medium: Medium
    recipient: str
    body: str
    remark: str
    files: list[FileOut]
    purpose: Literal["reply", "forward", "new"]
    subject: str
    cc: list[str]
    bcc: list[str]
    about_id: int | None
    needed: int  # approvals
    approvals: list[ApprovalOut]
    message_id: int | None
    version: int
    changed_at: datetime

    @staticmethod
    def resolve_approvals(answer: Answer) -> list[Endorsement]:
        return turns_of(answer) if answer.rule_id else []

    @staticmethod
    def resolve_files(answer: Answer) -> list[Any]:
        return list(answer.files.all())


class RequestOut(RequestRow):
    """A request with everything in it, in order of time."""

    branch: Ref
    officer: Person | None
    matched_by: list[str]
    messages: list[MessageOut]
    notes: list[NoteOut]
    referrals: list[ReferralOut]
    steps: list[StepOut]
    answers: list[AnswerOut]


def with_everything(found: RequestPage, answers: Iterable[Answer]) -> RequestOut:
    """A request as it is answered, with those of its answers that the caller may read."""
    parts: dict[str, Any] = {name: getattr(found, name) for name in ("messages", "notes", "referrals", "steps")}
    parts["answers"] = list(answers)
    own = {name: getattr(found.request, name) for name in RequestOut.model_fields if name not in parts}
    return RequestOut.model_validate(own | parts, from_attributes=True)


class DoneOut(Out):
    """What was done: the request's new version, and the word that takes it back for a minute."""

    request_id: int
    version: int
    undo: str


class RequestQuery(PageQuery):
    folder: Folder = Folder.MINE
    department_id: int | None = Field(None, ge=1, le=2**63 - 1)
    party_id: int | None = Field(None, ge=1, le=2**63 - 1)
    kind_id: int | None = Field(None, ge=1, le=2**63 - 1)
    status: Status | None = None
    priority: Priority | None = None
    q: str = Field("", max_length=200)


class CallerIn(In):
    name: Annotated[str, Field(max_length=200)] = ""
    email: Annotated[str, Field(max_length=320)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class RequestIn(In):
    """A call, a letter, a fax or a visit that somebody writes down."""

    medium: ByHand
    subject: Annotated[str, Field(max_length=300)] = ""
    text: Text = ""
    contact: CallerIn = Field(default_factory=CallerIn)
    party_id: BodyId | None = None
    kind_id: BodyId | None = None
    department_id: BodyId | None = None
    priority: Priority = "normal"
    occurred_at: Moment | None = None
    file_ids: Files = Field(default_factory=list)


class RequestChange(In):
    """What is left out stays; `kind_id` null takes the kind away."""

    subject: Subject | None = None
    kind_id: BodyId | None = None
    priority: Priority | None = None
    department_id: BodyId | None = None


class ConfideIn(In):
    """Whether only insiders see the request, and who is named on it besides the caller."""

    confidential: Flag
    people: list[BodyId] = Field(default_factory=list, max_length=100)


class LookOut(Out):
    """Who looked at a confidential request, and when."""

    user: Person
    what: Literal["page", "api", "history", "print", "paper"]
    at: datetime


class RemarkIn(In):
    remark: Remark = ""


class ReasonIn(In):
    remark: Annotated[str, Field(min_length=1, max_length=4000)]


class UndoIn(In):
    undo: Annotated[str, Field(min_length=1, max_length=500)]


class PartyLink(In):
    party_id: BodyId


class NoteIn(In):
    """let_in: somebody whom it names does not see the request yet, and is meant to."""

    body: Annotated[str, Field(min_length=1, max_length=20_000)]
    mentions: list[BodyId] = Field(default_factory=list, max_length=50)
    file_ids: Files = Field(default_factory=list)
    let_in: bool = False


class DraftIn(In):
    body: LongText
    medium: AnswerMedium = "mail"
    recipient: Annotated[str, Field(max_length=4000)] = ""  # of a mail also several, separated by commas
    file_ids: Files | None = None
    cc: Addresses | None = None  # null leaves them, as with bcc and subject
    bcc: Addresses | None = None
    subject: Annotated[str, Field(max_length=300)] | None = None


class SubmitIn(In):
    """`seen_step`: the newest step that the caller saw; another's answer after it is refused with both texts."""

    reviewer_id: BodyId | None = None
    seen_step: BodyId | None = None


class ApproveIn(In):
    body: LongText | None = None
    medium: AnswerMedium | None = None
    recipient: Annotated[str, Field(max_length=4000)] | None = None
    note: Remark = ""
    close: Flag = False
    seen_step: BodyId | None = None


class AddressDraftIn(In):
    """What my draft is: an answer to a message, to all, the message passed on, or a new message to the customer."""

    how: Literal["reply", "all", "forward", "new"]
    message_id: BodyId | None = None


class ElsewhereIn(In):
    recipient: Annotated[str, Field(min_length=1, max_length=320)]


class OutcomeIn(In):
    """What became of an answer: it arrived, or it is to be sent once more."""

    outcome: Literal["sent", "resend"]
