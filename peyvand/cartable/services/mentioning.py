"""Naming colleagues in notes: whom it reaches, when it is read, and when it is done."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.services.notifications import notify
from peyvand.cartable.events import NoteAdded
from peyvand.cartable.models import Mention, Note, Request
from peyvand.cartable.services.work import TOPIC
from peyvand.core import live
from peyvand.core.errors import NotFound

KIND = "mention"
MENTIONED = gettext_noop("%(name)s mentioned you in a note on %(subject)s")


def mention(note: Note, people: Iterable[User]) -> None:
    """Name people in a new note, which makes it work of theirs; who answers with a note has dealt with his own.

    Naming oneself is no work.
    """
    others = [one for one in people if one.pk != note.author_id]
    Mention.objects.bulk_create(Mention(note=note, request=note.request, user=one) for one in others)
    mine = Mention.objects.filter(request=note.request, user=note.author, done_at=None)
    mine.update(done_at=timezone.now())


def read_mentions(*, actor: Actor, request_id: int) -> None:
    """The actor has opened a request: where it names him is read, and no longer bold. It still waits for him."""
    now = timezone.now()
    Mention.objects.filter(request=request_id, user=actor.user, read_at=None).update(read_at=now)


@transaction.atomic
def mark_mentions_done(*, actor: Actor, request_id: int) -> int:
    """The actor has dealt with all that named him in a request; return how many mentions waited.

    Raises NotFound when he may not see the request. Again it changes nothing.
    """
    if not Request.objects.visible_to(actor).filter(pk=request_id).exists():
        raise NotFound
    now = timezone.now()
    waiting = Mention.objects.filter(request=request_id, user=actor.user, done_at=None)
    Mention.objects.filter(request=request_id, user=actor.user, read_at=None).update(read_at=now)
    count = waiting.update(done_at=now)
    if count:
        live.notify(topic=TOPIC, audience=[f"user:{actor.user.pk}"], data={"request": request_id, "what": "mention"})
    return count


def tell_mentioned(event: NoteAdded) -> None:
    """Put a note under the bell of each whom it names, if he may see the request."""
    rows = Mention.objects.filter(note=event.note_id).select_related("note__author", "request", "user")
    for one in rows:
        if Request.objects.visible_to(one.user).filter(pk=one.request_id).exists():
            page = reverse("cartable:any", args=[one.request.code])
            data = {"name": str(one.note.author), "subject": one.request.subject}
            notify(users=[one.user], kind=KIND, text=MENTIONED, data=data, url=f"{page}#note-{one.note_id}")
