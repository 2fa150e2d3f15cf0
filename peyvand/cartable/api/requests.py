"""Requests: lists, one with everything in it, and what is done to it."""

from django.db.models import QuerySet
from ninja import Query

from peyvand.accounts.models import Department, User
from peyvand.api.kit import ApiRequest, Id, Page, Paged, Ref, named_or_none, page, router, seen_version, visible
from peyvand.cartable import code as codes
from peyvand.cartable import services
from peyvand.cartable.api.referral_schemas import ReferIn
from peyvand.cartable.api.schemas import (
    DepartmentCount,
    DoneOut,
    FolderOut,
    FoldersOut,
    KindOut,
    ListedRequest,
    NoteIn,
    NoteOut,
    PartyLink,
    RemarkIn,
    RequestChange,
    RequestIn,
    RequestOut,
    RequestQuery,
    RequestRow,
    UndoIn,
    listed,
    with_everything,
)
from peyvand.cartable.models import Answer, ConfidentialView, Kind, Note, Request
from peyvand.cartable.selectors import counts
from peyvand.cartable.selectors import folders as lists
from peyvand.cartable.selectors.reading import get_request, read_request, survivor_code
from peyvand.cartable.types import Changes, Contact, ManualEntry, Undoable
from peyvand.parties.selectors import visible_to as parties_visible_to
from peyvand.parties.selectors.aliases import survivor_of

folders = router(tag="folders", permission="cartable.view")
kinds = router(tag="kinds", permission="cartable.view")
requests = router(tag="requests", permission="cartable.view")
FINISHED = (Answer.State.REVIEW, Answer.State.APPROVED)


def _seen(request: ApiRequest) -> QuerySet[Request]:
    return Request.objects.visible_to(request.auth).select_related("party", "kind", "department", "assignee")


@folders.get("", response=FoldersOut)
def show_folders(request: ApiRequest) -> FoldersOut:
    """My folders and the departments that I see, with what is in them."""
    found = counts(request.auth)
    shown = [FolderOut(folder=each, count=found.folders.get(each)) for each in lists.folders_of(request.auth)]
    places = lists.departments_of(request.auth)
    counted = [
        DepartmentCount(department=Ref(id=each.pk, name=each.name), count=found.departments.get(each.pk, 0))
        for each in places
    ]
    return FoldersOut(folders=shown, departments=counted)


@kinds.get("", response=list[KindOut])
def list_kinds(request: ApiRequest) -> list[Kind]:
    """The kinds of requests."""
    return list(Kind.objects.filter(is_active=True).order_by("position", "id"))


@requests.get("", response=Paged[ListedRequest])
def index(request: ApiRequest, query: Query[RequestQuery]) -> Page[ListedRequest]:
    """The requests of a folder, or of a customer (`party_id`), in the folder's order."""
    if query.party_id is None:
        rows = lists.in_folder(request.auth, query.folder, department_id=query.department_id)
        order = lists.ORDERS.get(query.folder, lists.BY_DUE)
    else:
        of = survivor_of(query.party_id) or query.party_id
        rows, order = Request.objects.visible_to(request.auth).filter(party=of), ("-opened_at", "-id")
    rows = _narrowed(rows, query).select_related("party", "kind", "department", "assignee").defer("search")
    found = page(rows, query, order=order)
    shown = [listed(row) for row in lists.rows_of(request.auth, found.items)]
    return Page(items=shown, next=found.next, previous=found.previous)


def _narrowed(rows: QuerySet[Request], query: RequestQuery) -> QuerySet[Request]:
    wanted = {"kind": query.kind_id, "status": query.status, "priority": query.priority}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return rows.filter(lists.search_q(query.q)) if query.q.strip() else rows


@requests.get("/by-code/{code}", response=RequestRow)
def find(request: ApiRequest, code: str) -> Request:
    """The request with a follow-up code; for one that was merged, the one that answers for it."""
    found = get_request(request.auth, codes.parse(code) or "")
    survivor = survivor_code(request.auth, found)
    return _seen(request).get(code=survivor or found.code)


@requests.get("/{int:id}", response=RequestOut)
def show(request: ApiRequest, id: Id) -> RequestOut:
    """One request with everything in it; of colleagues' answers those that left their desk."""
    found = read_request(request.auth, visible(_seen(request), id).code)
    services.note_view(actor=request.auth, request=found.request, what=ConfidentialView.What.API)
    answers = [a for a in found.answers if a.state in FINISHED or request.auth.user.pk in (a.author_id, a.reviewer_id)]
    return with_everything(found, answers)


@requests.post("", response=RequestRow, permission="cartable.register")
def create(request: ApiRequest, payload: RequestIn) -> Request:
    """Write down a call, a letter, a fax or a visit; who writes it down holds it."""
    _places(request.auth.user, payload)
    given = payload.model_dump(exclude={"contact"})
    entry = ManualEntry(contact=Contact(**payload.contact.model_dump()), **given)
    opened = services.open_manually(actor=request.auth, entry=entry, key=request.headers.get("Idempotency-Key", ""))
    return Request.objects.select_related("party", "kind", "department", "assignee").get(pk=opened.pk)


def _places(user: User, given: RequestIn | RequestChange) -> None:
    """Refuse a customer that the caller does not see, and kinds and departments that are not there."""
    named_or_none(parties_visible_to(user), getattr(given, "party_id", None), field="party_id")
    named_or_none(Kind.objects.filter(is_active=True), given.kind_id, field="kind_id")
    named_or_none(Department.objects.filter(is_active=True), given.department_id, field="department_id")


@requests.patch("/{int:id}", response=DoneOut, permission="cartable.handle", versioned="required")
def change(request: ApiRequest, id: Id, payload: RequestChange) -> Undoable:
    """Change subject, kind, priority or department."""
    visible(_seen(request), id)
    _places(request.auth.user, payload)
    given = payload.model_dump(exclude_none=True)
    if "kind_id" in payload.model_fields_set and payload.kind_id is None:
        given["kind_id"] = 0
    version = seen_version(request)
    return services.change(actor=request.auth, request_id=id, changes=Changes(**given), expected_version=version)


@requests.post("/{int:id}/take", response=DoneOut, permission="cartable.handle", status=200, versioned="optional")
def take(request: ApiRequest, id: Id) -> Undoable:
    """Take a request myself, out of a department's pool or another's hands."""
    return services.take(actor=request.auth, request_id=id, expected_version=seen_version(request))


@requests.post("/{int:id}/refer", response=DoneOut, permission="cartable.refer", status=200, versioned="optional")
def refer(request: ApiRequest, id: Id, payload: ReferIn) -> Undoable:
    """Hand it to a person, a post, a department or a branch, and send copies of it to others, in one act."""
    return services.refer(
        actor=request.auth,
        request_id=id,
        to=payload.to.target() if payload.to else None,
        order=payload.order(),
        copies=payload.to_copy(),
        expected_version=seen_version(request),
    )


@requests.post("/{int:id}/close", response=DoneOut, permission="cartable.close", status=200, versioned="optional")
def close(request: ApiRequest, id: Id, payload: RemarkIn) -> Undoable:
    """Close a request: its clock stands, its open referrals are done."""
    version = seen_version(request)
    return services.close(actor=request.auth, request_id=id, remark=payload.remark, expected_version=version)


@requests.post("/{int:id}/reopen", response=DoneOut, permission="cartable.close", status=200, versioned="optional")
def reopen(request: ApiRequest, id: Id) -> Undoable:
    """Make a closed or answered request work again; I hold it then."""
    return services.reopen(actor=request.auth, request_id=id, expected_version=seen_version(request))


@requests.post("/undo", response=RequestRow, status=200)
def undo(request: ApiRequest, payload: UndoIn) -> Request:
    """Take my own last step back, within a minute and while nothing else has happened."""
    return visible(_seen(request), services.undo(actor=request.auth, token=payload.undo))


@requests.post("/{int:id}/notes", response=NoteOut)
def add_note(request: ApiRequest, id: Id, payload: NoteIn) -> Note:
    """Write a word for colleagues; the customer never sees it."""
    return services.add_note(actor=request.auth, request_id=id, **payload.model_dump())


@requests.put("/{int:id}/party", response=DoneOut, permission="cartable.handle", versioned="optional")
def link_party(request: ApiRequest, id: Id, payload: PartyLink) -> Undoable:
    """Say whose request this is."""
    visible(_seen(request), id)
    named_or_none(parties_visible_to(request.auth.user), payload.party_id, field="party_id")
    version = seen_version(request)
    return services.link_party(actor=request.auth, request_id=id, party_id=payload.party_id, expected_version=version)


@requests.post("/{int:id}/read", response=None, status=204)
def mark_read(request: ApiRequest, id: Id) -> None:
    """Note that I have read it until now."""
    services.mark_read(actor=request.auth, request_id=id)


@requests.post(
    "/{int:id}/confirm-continuation",
    response=DoneOut,
    permission="cartable.handle",
    status=200,
    versioned="optional",
)
def confirm_continuation(request: ApiRequest, id: Id) -> Undoable:
    """It continues the request that it perhaps belongs to: its messages go there."""
    visible(_seen(request), id)
    return services.confirm_continuation(actor=request.auth, request_id=id, expected_version=seen_version(request))


@requests.post(
    "/{int:id}/reject-continuation",
    response=DoneOut,
    permission="cartable.handle",
    status=200,
    versioned="optional",
)
def reject_continuation(request: ApiRequest, id: Id) -> Undoable:
    """It stands for itself."""
    visible(_seen(request), id)
    return services.reject_continuation(actor=request.auth, request_id=id, expected_version=seen_version(request))


@requests.post(
    "/{int:id}/reviewed", response=DoneOut, permission="cartable.review_unread", status=200, versioned="optional"
)
def reviewed(request: ApiRequest, id: Id) -> Undoable:
    """I have looked at a message that could not be read; it is an ordinary request now."""
    return services.mark_reviewed(actor=request.auth, request_id=id, expected_version=seen_version(request))
