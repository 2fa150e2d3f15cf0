"""Child requests (زیردرخواست): a part of a request, handed to somebody as a request that the whole waits for."""

from django.db import transaction
from django.utils.translation import gettext_noop

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.errors import AlreadyClosed, NothingWritten, TooDeep
from peyvand.cartable.events import RequestChanged, RequestClosed, RequestOpened
from peyvand.cartable.models import Confidant, Request, Step
from peyvand.cartable.services import clock, holding, telling
from peyvand.cartable.services.numbering import new_codes
from peyvand.cartable.services.opening import search_of
from peyvand.cartable.services.referring import refer
from peyvand.cartable.services.regrouping.journal import mark_tied
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.types import Order, PartOrder, StepKind
from peyvand.core.text import display_norm

DEEPEST = 4  # levels, the whole request among them
LONGEST_TITLE = 300
LAST = gettext_noop("All parts of the request are done: %(subject)s")
ONE = gettext_noop("A part of the request is done: %(part)s")
ENDS = (StepKind.CLOSED, StepKind.FINISHED)


@transaction.atomic
def open_part(*, actor: Actor, request_id: int, part: PartOrder, expected_version: int | None = None) -> Request:
    """Make a child request with a title, a receiver and a deadline of its own; the whole waits for it.

    The customer hears nothing of it: no receipt, no survey. It is as confidential as the whole and names the same
    people. Without a receiver the actor holds it. Nothing can be a part of itself: a part gets its whole when it is
    made, and only a merge of two parts of one whole changes it. Raises NothingWritten, AlreadyClosed, TooDeep,
    NobodyThere, ToYourself, Invalid (deadline), Conflict.
    """
    whole = lock(actor, request_id, "cartable.refer", expected_version=expected_version)
    title = display_norm(part.title)[:LONGEST_TITLE].strip()
    if not title:
        raise NothingWritten
    if whole.status == Request.Status.CLOSED:
        raise AlreadyClosed
    if _depth(whole) >= DEEPEST:
        raise TooDeep
    work = Work(actor, whole)
    holding.check_deadline(part.due_at, work.now)
    made = _made(work, actor.user, part, title)
    if part.to is not None:
        refer(actor=actor, request_id=made.pk, to=part.to, order=Order(instruction=part.text, due_at=part.due_at))
    mark_tied([whole.pk, made.pk])
    work.done(
        StepKind.PART_OPENED,
        events=[RequestChanged(request_id=whole.pk)],
        details={"request": made.pk, "code": made.code, "remark": title},
    )
    made.refresh_from_db()
    return made


def _depth(request: Request) -> int:
    """How many levels there are above and with a request."""
    depth, above = 1, request.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _made(work: Work, user: User, part: PartOrder, title: str) -> Request:
    whole = work.request
    [code] = new_codes(1, work.now)
    name = whole.party.name if whole.party is not None else ""
    made = Request(
        parent=whole, code=code, subject=title, search=search_of(code, name, title, part.text), kind=whole.kind,
        priority=whole.priority, status=Request.Status.OPEN, medium=whole.medium, channel=whole.channel,
        party=whole.party, matched_by=whole.matched_by, branch_id=whole.branch_id,
        department_id=whole.department_id, officer=whole.officer, confidential=whole.confidential,
        opened_at=work.now, last_activity_at=work.now, created_by=user,
    )  # fmt: skip
    holding.hand_to_user(made, user)
    clock.start(made, work.now)
    if part.due_at is not None:
        made.first_answer_due = made.resolution_due = part.due_at
        clock.run(made)
    made.save()
    if whole.confidential:
        named = whole.confidants.values_list("user", flat=True)
        Confidant.objects.bulk_create(Confidant(request=made, user_id=one, by=user) for one in named)
    details = {"parent": whole.pk, "code": whole.code, "remark": part.text.strip()}
    opening = Work(work.actor, made, work.now)
    opening.done(StepKind.OPENED, events=[RequestOpened(request_id=made.pk)], details=details)
    return made


@transaction.atomic
def tell_whole(event: RequestClosed) -> None:
    """The reaction to a closed request: when it was a part, the whole's history says so and its holder is told.

    Idempotent for one closing; a part that was merged into another part of the same whole is not done. Who does not see
    a part hears that one is done, not which.
    """
    rows = Request.objects.filter(pk=event.request_id, parent__isnull=False, merged_into=None)
    part = rows.filter(status=Request.Status.CLOSED).first()
    if part is None or part.closed_at is None:
        return
    whole = Request.objects.select_for_update().get(parts=part)
    key = f"{part.pk}@{part.closed_at.isoformat()}"
    if Step.objects.filter(request=whole, kind=StepKind.PART_DONE, details__part=key).exists():
        return
    last = part.steps.filter(kind__in=ENDS).order_by("-pk").first()
    remark = str(last.details.get("remark") or "") if last is not None else ""
    said = f"{part.subject}\n{remark}".strip()
    details = {"request": part.pk, "code": part.code, "part": key, "remark": said}
    Work(None, whole).done(StepKind.PART_DONE, events=[RequestChanged(request_id=whole.pk)], details=details)
    waits = Request.objects.filter(parent=whole).exclude(status=Request.Status.CLOSED).exists()
    for user in _holders(whole):
        seen = Request.objects.visible_to(user).filter(pk=part.pk).exists()
        telling.tell(user, whole, ONE if waits else LAST, part=part.subject if seen else whole.subject)


def _holders(whole: Request) -> list[User]:
    """Who is told: the holder; without one the officer, who answers for it."""
    post = whole.post.holder if whole.post is not None else None
    holder = whole.assignee or post or whole.officer
    return [holder] if holder is not None and holder.is_active else []
