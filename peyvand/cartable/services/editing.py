"""Notes, and changes of what a request is and whose it is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Department, User
from peyvand.cartable.errors import NobodyThere, NotAnInsider, NothingWritten, WouldLetIn
from peyvand.cartable.events import NoteAdded, RequestChanged
from peyvand.cartable.models import Kind, Note, Request
from peyvand.cartable.selectors.insiders import insiders_of
from peyvand.cartable.selectors.mentions import strangers
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.attaching import own_files
from peyvand.cartable.services.mentioning import mention
from peyvand.cartable.services.opening import SUBJECT, found_also_by
from peyvand.cartable.services.work import Refs, Work, lock, mark_read_at
from peyvand.cartable.types import Changes, StepKind, Undoable
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm
from peyvand.parties.models import Party


@transaction.atomic
def add_note(
    *,
    actor: Actor,
    request_id: int,
    body: str,
    mentions: Sequence[int] = (),
    file_ids: Sequence[str] = (),
    let_in: bool = False,
) -> Note:
    """Write a word for colleagues; those mentioned are told and may see the request from then on.

    let_in: the author knows that somebody whom he names does not see the request yet, and wants him to; without it
    that is refused (WouldLetIn). On a confidential request only those may be mentioned who see it anyway
    (NotAnInsider). A note changes nothing that another works on, so it asks for no version.
    """
    request = lock(actor, request_id, "cartable.view")
    if not body.strip():
        raise NothingWritten
    people = list(User.objects.filter(pk__in=mentions, is_active=True))
    if len(people) != len(set(mentions)):
        raise NobodyThere
    if request.confidential and set(mentions) - set(insiders_of(request).values_list("pk", flat=True)):
        raise NotAnInsider(fields={"mentions": "not_an_insider"})
    outside = strangers(request, people)
    if outside and not let_in:
        raise WouldLetIn(outside)
    files = own_files(actor, file_ids)
    note = Note.objects.create(request=request, author=actor.user, body=body.strip())
    mention(note, people)
    note.files.set(files)
    Work(actor, request, also_tell={one.pk for one in people}).done(
        StepKind.NOTE,
        events=[NoteAdded(request_id=request.pk, note_id=note.pk)],
        details={"mentions": [one.pk for one in people]} | ({"let_in": [one.pk for one in outside]} if outside else {}),
        refs=Refs(note=note),
    )
    return note


@transaction.atomic
def change(*, actor: Actor, request_id: int, changes: Changes, expected_version: int | None = None) -> Undoable:
    """Change kind, priority, department or subject. New targets count from when the request was opened."""
    request = lock(actor, request_id, "cartable.handle", expected_version=expected_version)
    work = Work(actor, request)
    if changes.subject is not None:
        _rename(request, changes.subject)
    if changes.kind_id is not None:
        request.kind = _kind(changes.kind_id)
    if changes.priority is not None:
        if changes.priority not in Request.Priority.values:
            raise Invalid(fields={"priority": changes.priority})
        request.priority = changes.priority
    if changes.department_id is not None and changes.department_id != request.department_id:
        _move(work, changes.department_id)
    changed = work.changed()
    if "kind_id" in changed or "priority" in changed:
        paused_at = request.paused_at
        clock.start(request, request.opened_at)
        request.paused_at = paused_at
    details = {name: getattr(request, name) for name in changed if name in CHANGEABLE}
    return work.done(StepKind.CHANGED, events=[RequestChanged(request_id=request.pk)], details={"after": details})


CHANGEABLE = frozenset({"subject", "kind_id", "priority", "department_id", "party_id"})


def _rename(request: Request, subject: str) -> None:
    request.subject = display_norm(subject)[:SUBJECT]
    if not request.subject:
        raise Invalid(fields={"subject": subject})
    request.search = found_also_by(request.search, request.code, request.subject)


def _kind(kind_id: int) -> Kind | None:
    if kind_id == 0:
        return None
    kind = Kind.objects.filter(pk=kind_id, is_active=True).first()
    if kind is None:
        raise NotFound
    return kind


def _move(work: Work, department_id: int) -> None:
    department = Department.objects.filter(pk=department_id, is_active=True).first()
    if department is None:
        raise NotFound
    holding.end_all(work)
    holding.hand_to_department(work.request, department)
    if work.request.is_active:
        work.request.status = Request.Status.NEW


@transaction.atomic
def link_party(*, actor: Actor, request_id: int, party_id: int, expected_version: int | None = None) -> Undoable:
    """Say whose request this is; from then on mail of that customer belongs here."""
    request = lock(actor, request_id, "cartable.handle", expected_version=expected_version)
    party = Party.objects.visible_to(actor).answering(party_id)
    if party is None:
        raise NotFound
    work = Work(actor, request)
    request.party, request.matched_by = party, ["person"]
    request.search = found_also_by(request.search, request.code, party.name)
    return work.done(
        StepKind.CHANGED, events=[RequestChanged(request_id=request.pk)], details={"after": {"party_id": party.pk}}
    )


@transaction.atomic
def mark_reviewed(*, actor: Actor, request_id: int, expected_version: int | None = None) -> Undoable:
    """An officer has looked at a message that could not be read; it is an ordinary request from now on."""
    request = lock(actor, request_id, "cartable.review_unread", expected_version=expected_version)
    work = Work(actor, request)
    request.needs_review = False
    return work.done(StepKind.CHANGED, events=[RequestChanged(request_id=request.pk)], details={"after": {}})


def mark_read(*, actor: Actor, request_id: int, seen: datetime | None = None) -> None:
    """The actor has opened a request that he may see; it is not bold for him until something happens.

    seen: the last activity on the page that he was shown, whose reader has checked that he may see it.
    """
    if seen is not None:
        mark_read_at(request_id, actor.user.pk, seen)
        return
    row = Request.objects.visible_to(actor).filter(pk=request_id).values_list("last_activity_at", flat=True).first()
    if row is None:
        raise NotFound
    mark_read_at(request_id, actor.user.pk, row)
