"""The queue's dead letters: work that gave up and waits for a person's decision."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query

from peyvand.api.kit import ApiRequest, Id, Out, Page, Paged, PageQuery, page, router, visible
from peyvand.core.models import DeadLetter
from peyvand.core.services import dismiss_dead_letter, retry_dead_letter

dead_letters = router(tag="dead_letters", permission="core.operate")


class DeadLetterOut(Out):
    id: int
    kind: Literal["job", "reaction"]
    name: str
    queue: str
    arguments: dict[str, Any]
    error: str
    attempts: int
    created_at: datetime
    resolved_at: datetime | None
    resolution: str


class DeadLetterQuery(PageQuery):
    resolved: bool = False


@dead_letters.get("", response=Paged[DeadLetterOut])
def index(request: ApiRequest, query: Query[DeadLetterQuery]) -> Page[DeadLetter]:
    """Work that gave up, the newest first; those that nobody has decided about unless `resolved`."""
    found = DeadLetter.objects.filter(resolved_at__isnull=not query.resolved)
    return page(found, query, order=("-created_at", "-id"))


@dead_letters.get("/{int:id}", response=DeadLetterOut)
def show(request: ApiRequest, id: Id) -> DeadLetter:
    """One piece of work that gave up, with its error."""
    return visible(DeadLetter.objects.all(), id)


@dead_letters.post("/{int:id}/retry", response=DeadLetterOut, status=200)
def retry(request: ApiRequest, id: Id) -> DeadLetter:
    """Start it again from its first attempt."""
    letter = visible(DeadLetter.objects.all(), id)
    retry_dead_letter(letter_id=letter.pk, user_id=request.auth.user.pk)
    return visible(DeadLetter.objects.all(), id)


@dead_letters.post("/{int:id}/dismiss", response=DeadLetterOut, status=200)
def dismiss(request: ApiRequest, id: Id) -> DeadLetter:
    """Note that nothing more is to be done."""
    letter = visible(DeadLetter.objects.all(), id)
    dismiss_dead_letter(letter_id=letter.pk, user_id=request.auth.user.pk)
    return visible(DeadLetter.objects.all(), id)
