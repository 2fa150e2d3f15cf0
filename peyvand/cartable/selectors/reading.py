"""Everything that the page of one request shows, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from peyvand.accounts.models import Branch, Post, User
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who, reach_of, within
from peyvand.cartable import policies
from peyvand.cartable.models import Answer, Note, Referral, Request, Step, seen_q
from peyvand.cartable.selectors.choices import departments_by_id, referral_actions
from peyvand.cartable.selectors.snoozes import snoozed_until
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Attachment, Message
from peyvand.core.errors import NotFound
from peyvand.core.models import File
from peyvand.core.prepared import Given, Prepared, is_any
from peyvand.parties.models import ContactPoint

M = TypeVar("M", bound=Model)
MANY = 100  # earlier requests that are counted; the page writes «۹۹+» beyond
EARLIER_COLUMNS = ("code", "subject", "medium", "opened_at")
VIEW = "cartable.view"
OF_PARTS = (StepKind.PART_OPENED, StepKind.PART_DONE)
OF_EMPLOYER = ("name", "owner", "branch", "deleted_at")
# All of the request, and what its page says of the customer and the kind.
OPENED = (
    *(field.name for field in Request._meta.concrete_fields if field.name != "search"),
    "party__kind", "party__name", "party__job_title", "party__city",
    *(f"party__organisation__{name}" for name in OF_EMPLOYER),
    "party__roles", "party__life_cycle", "party__completeness",
    "kind__code", "kind__name_fa", "kind__name_en",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """One request with its thread, its history and its papers, all in order of time."""

    request: Request
    messages: Sequence[Message]
    notes: Sequence[Note]
    referrals: Sequence[Referral]
    steps: Sequence[Step]
    answers: Sequence[Answer]

    @property
    def answer(self) -> Answer | None:
        """The latest answer that left its author's desk."""
        sent = [one for one in self.answers if one.state in (Answer.State.REVIEW, Answer.State.APPROVED)]
        return sent[-1] if sent else None

    @property
    def innermost(self) -> Referral | None:
        """The open original that holds the request now."""
        still = [one for one in self.referrals if one.ended_at is None and one.is_original]
        return still[-1] if still else None

    def draft_of(self, who: Who) -> Answer | None:
        """The user's own unfinished answer."""
        mine = [one for one in self.answers if one.author_id == reach_of(who).user_id]
        return next((one for one in mine if one.state in (Answer.State.DRAFT, Answer.State.RETURNED)), None)

    def sent_by(self, who: Who) -> int:
        """The number of the user's last answer that was let out; 0 without one."""
        me, approved = reach_of(who).user_id, Answer.State.APPROVED
        return max((one.pk for one in self.answers if one.author_id == me and one.state == approved), default=0)

    def in_review(self) -> Answer | None:
        """The answer that waits for review, the oldest first."""
        return next((one for one in self.answers if one.state == Answer.State.REVIEW), None)

    def referral_for(self, who: Who) -> Referral | None:
        """The open referral that holds the request, when it is for this user."""
        found = self.innermost
        return found if found is not None and policies.is_addressee(who, found) else None

    def copies_for(self, who: Who) -> list[Referral]:
        """The open copies that this user got."""
        copies = [one for one in self.referrals if one.ended_at is None and not one.is_original]
        return [one for one in copies if policies.is_addressee(who, one)]


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is known of a request's customer: addresses, and what was between us before (None: not asked)."""

    points: Sequence[ContactPoint] = field(default_factory=list)
    earlier: Sequence[Request] | None = field(default_factory=list)  # at most MANY


# Not `visible_to`: who may see it is asked of what was found.
_OPENED = PreparedFor(
    lambda who: (
        Request.objects.select_related("party__organisation", "kind")
        .only(*OPENED)
        .annotate(snoozed_until=snoozed_until(who, Given("now")))
        .filter(code=Given("code"))
    )
)


def get_request(who: Who, code: str) -> Request:
    """One request that the user may see, by its follow-up code, with its customer and kind. Raises NotFound."""
    found: Request | None = _OPENED.first(who, code=code, now=timezone.now())
    if found is None or not _sees(who, found):
        return _living_on(who, found)
    return found


def survivor_code(who: Who, request: Request) -> str | None:
    """The code of the request into which one was merged, when `who` sees that one; else he reads what is left here."""
    if request.merged_into_id is None:
        return None
    seen = Request.objects.visible_to(who).filter(pk=request.merged_into_id)
    return seen.values_list("code", flat=True).first()


def _living_on(who: Who, found: Request | None) -> Request:
    """The request into which one was merged answers for it to who sees only that one. Raises NotFound."""
    if found is None or found.merged_into_id is None:
        raise NotFound
    survivor = Request.objects.select_related("party__organisation", "kind").only(*OPENED).get(pk=found.merged_into_id)
    if not _sees(who, survivor):
        raise NotFound
    return survivor


def _sees(who: Who, request: Request) -> bool:
    """The rule of `visible_to`; most often the scope alone decides, which costs no query."""
    if not request.confidential and within(who, VIEW, request):
        return True
    return Request.objects.visible_to(who).filter(pk=request.pk).exists()


def read_request(who: Who, code: str) -> RequestPage:
    """A request and everything in it. Raises NotFound when the user may not see it.

    People, departments and posts are read once for all rows: joined to each of them they would cost PostgreSQL more
    time for planning than for everything else.
    """
    request = get_request(who, code)
    page = RequestPage(
        request=request,
        messages=_MESSAGES.all(request=request.pk),
        notes=_rows_of(Note, request),
        referrals=_rows_of(Referral, request),
        steps=_rows_of(Step, request),
        answers=_rows_of(Answer, request),
    )
    _attach_files(page)
    _attach_people(page)
    _hide_secret_codes(who, page)
    return _as_known_to(who, page)


def _as_known_to(who: Who, page: RequestPage) -> RequestPage:
    """The page without blind copies of which the reader must not know, and without what the history says of them."""
    hidden = {one.pk for one in page.referrals if not policies.knows_of(who, one)}
    if not hidden:
        return page
    return replace(
        page,
        referrals=[one for one in page.referrals if one.pk not in hidden],
        steps=[one for one in page.steps if one.referral_id not in hidden],
    )


def _hide_secret_codes(who: Who, page: RequestPage) -> None:
    """The history tells neither the codes of other confidential requests to who is not their insider, nor what a part
    is called; of what is merged here it does, for he reads it here.
    """
    named = {code for step in page.steps for code in codes_in(step)}
    if not named:
        return
    secret = Request.objects.filter(~seen_q(who), code__in=named)
    here = Q(merged_into=page.request.pk, merged_into__isnull=False)
    hidden = set(secret.exclude(here).values_list("code", flat=True))
    for step in page.steps if hidden else ():
        kept = [one for one in codes_in(step) if one not in hidden]
        if step.kind in OF_PARTS and not kept:
            step.details = {**step.details, "remark": ""}
        step.details = {**step.details, "code": None, "codes": kept}


def codes_in(step: Step) -> list[str]:
    """The codes of other requests that a step speaks of: merged, split off, linked, parts."""
    one = step.details.get("code")
    return [str(code) for code in step.details.get("codes") or ([one] if one else [])]


def _rows_of(model: type[M], request: Request) -> list[M]:
    """The rows that hang on a request, in their order; building these plain questions costs more than asking them."""
    text = f"SELECT * FROM {model._meta.db_table} WHERE request_id = %s ORDER BY id"  # noqa: S608  # our own table
    return list(model._default_manager.raw(text, [request.pk]))


_FILED = """
    SELECT 'note', note_id FROM cartable_note_files WHERE note_id = ANY(%s)
    UNION ALL SELECT 'answer', answer_id FROM cartable_answer_files WHERE answer_id = ANY(%s)
    UNION ALL SELECT 'message', message_id FROM channels_attachment WHERE message_id = ANY(%s)
"""
_ATTACHED = Prefetch("attachments", Attachment.objects.select_related("file").order_by("position"))


def _attach_files(page: RequestPage) -> None:
    """Set the files of messages, notes and answers: one short query where there are none, as with most."""
    kinds: list[tuple[str, Sequence[Model], Prefetch[Any] | str, QuerySet[Any]]] = [
        ("note", page.notes, "files", File.objects.none()),
        ("answer", page.answers, "files", File.objects.none()),
        ("message", page.messages, _ATTACHED, Attachment.objects.none()),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_FILED, [[one.pk for one in rows] for _kind, rows, _files, _none in kinds])
        filed = set(cursor.fetchall())
    for kind, rows, files, none in kinds:
        prefetch_related_objects([one for one in rows if (kind, one.pk) in filed], files)
        name = files if isinstance(files, str) else files.prefetch_to
        for one in rows:
            if (kind, one.pk) not in filed:
                vars(one).setdefault("_prefetched_objects_cache", {})[name] = none


_PEOPLE = Prepared(lambda: User.objects.filter(is_any("pk", "ids")))


def _attach_people(page: RequestPage) -> None:
    """Set every person, post and department of the page: at most two queries, and what is known of departments."""
    request = page.request
    pieces: list[tuple[Sequence[Model], tuple[str, ...]]] = [
        ([request], ("assignee", "officer")),
        (page.messages, ("created_by",)),
        (page.notes, ("author",)),
        (page.referrals, ("by", "instead_of", "to_user", "taken_by")),
        (page.steps, ("actor", "instead_of")),
        (page.answers, ("author", "reviewer")),
    ]
    post_ids = {one for one in (request.post_id, *(referral.to_post_id for referral in page.referrals)) if one}
    posts = Post.objects.select_related("holder").in_bulk(post_ids) if post_ids else {}
    ids = {getattr(row, f"{name}_id") for rows, names in pieces for row in rows for name in names} - {None}
    people = {one.pk: one for one in _PEOPLE.all(ids=sorted(ids))} if ids else {}
    departments = departments_by_id(_department_ids(page, people.values(), posts.values()))
    for user in people.values():
        _attach(user, "department", departments)
    for post in posts.values():
        _attach(post, "department", departments)
    for rows, names in pieces:
        for row in rows:
            for name in names:
                _attach(row, name, people)
    _attach(request, "post", posts)
    _attach(request, "department", departments)
    branches = Branch.objects.in_bulk({one.to_branch_id for one in page.referrals if one.to_branch_id} or [])
    for referral in page.referrals:
        _attach(referral, "to_post", posts)
        _attach(referral, "to_department", departments)
        _attach(referral, "to_branch", branches)
        _attach(referral, "action", referral_actions())


def _department_ids(page: RequestPage, people: Iterable[User], posts: Iterable[Post]) -> set[int]:
    ids = {
        page.request.department_id,
        *(user.department_id for user in people),
        *(post.department_id for post in posts),
    }
    ids |= {referral.to_department_id for referral in page.referrals}
    return {one for one in ids if one is not None}


def _attach(row: Model, name: str, known: Mapping[int, Model]) -> None:
    """Set a relation from rows that have been read; what is empty stays empty."""
    number = getattr(row, f"{name}_id")
    if number is None or number in known:
        setattr(row, name, None if number is None else known[number])


_MESSAGES = Prepared(
    lambda: (
        Message.objects.filter(in_request__request=Given("request"))
        .exclude(state=Message.State.CANCELLED)
        .order_by("occurred_at", "id")
    )
)
_POINTS = Prepared(lambda: ContactPoint.objects.filter(party_id=Given("party")).order_by("-is_primary", "kind", "id"))


def identity_of(who: Who, request: Request, *, with_earlier: bool = True) -> Identity:
    """The addresses of a request's customer and the earlier requests that the user may see: at most two queries."""
    if request.party_id is None:
        return Identity()
    points = _POINTS.all(party=request.party_id)
    return Identity(points=points, earlier=earlier_of(who, request) if with_earlier else None)


def earlier_of(who: Who, request: Request) -> list[Request]:
    """The customer's other requests that the user may see, the newest first, at most `MANY`."""
    if request.party_id is None:
        return []
    rows = Request.objects.visible_to(who).filter(party_id=request.party_id).exclude(pk=request.pk)
    return list(rows.only(*EARLIER_COLUMNS).order_by("-opened_at")[:MANY])
