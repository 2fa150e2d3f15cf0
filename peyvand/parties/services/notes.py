"""Notes on a customer, with mentions of colleagues."""

import unicodedata
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, StrIndex
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from peyvand.accounts.models import User
from peyvand.accounts.scoping import who_reach
from peyvand.accounts.services.notifications import notify
from peyvand.core.errors import Conflict, NotAllowed, NotFound
from peyvand.core.text import display_text
from peyvand.parties.errors import MentionBlind, NoteEmpty, NoteTooLong
from peyvand.parties.models import Party, PartyNote
from peyvand.parties.policies import VIEW, may_remove, require_contribute
from peyvand.parties.services import news

LONGEST = 10_000
MENTIONED = gettext_noop("%(name)s mentioned you in a note on %(party)s")


@transaction.atomic
def add_note(*, actor: User, party: Party, body: str, mentions: Iterable[int] = ()) -> PartyNote:
    """Write a note; colleagues named «@full name» are told. `mentions` are ids that decide between equal names.

    Errors: NotAllowed, NoteEmpty, NoteTooLong, MentionBlind.
    """
    require_contribute(actor, party)
    text = _read(body)
    people = _mentioned(party, text, mentions)
    ids = [person.pk for person in people]
    note = PartyNote.objects.create(party=party, author=actor, body=text, mentioned=ids)
    _notify(actor, party, note, ids)
    news.tell([party.pk])
    return note


@transaction.atomic
def change_note(
    *, actor: User, note: PartyNote, body: str, mentions: Iterable[int] = (), version: int | None = None
) -> PartyNote:
    """Write it anew; only who was not named before is told. version: the one the actor saw.

    Errors: NotAllowed, NotFound, Conflict, NoteEmpty, NoteTooLong, MentionBlind.
    """
    held = _hold(actor, note)
    if version is not None and held.version != version:
        raise Conflict
    text = _read(body)
    people = [person.pk for person in _mentioned(held.party, text, mentions)]
    fresh = [one for one in people if one not in held.mentioned]
    held.body, held.mentioned, held.edited_at = text, people, timezone.now()
    _save(held)
    _notify(actor, held.party, held, fresh)
    return held


@transaction.atomic
def pin_note(*, actor: User, note: PartyNote, is_pinned: bool, version: int | None = None) -> PartyNote:
    """Keep a note above the others, or no longer: anybody who writes notes here may.

    version: the one the actor saw. Errors: NotAllowed, NotFound, Conflict.
    """
    require_contribute(actor, note.party)
    held = _lock(note)
    if version is not None and held.version != version:
        raise Conflict
    held.is_pinned = is_pinned
    return _save(held)


@transaction.atomic
def delete_note(*, actor: User, note: PartyNote) -> PartyNote:
    """Take a note away; `restore_note` brings it back. Errors: NotAllowed, NotFound."""
    held = _hold(actor, note)
    held.deleted_at = timezone.now()
    return _save(held)


@transaction.atomic
def restore_note(*, actor: User, note: PartyNote) -> PartyNote:
    """Bring a deleted note back. Errors: NotAllowed, NotFound."""
    held = _hold(actor, note)
    held.deleted_at = None
    return _save(held)


def _lock(note: PartyNote) -> PartyNote:
    held = PartyNote.objects.select_for_update(of=("self",)).select_related("party").filter(pk=note.pk).first()
    if held is None:
        raise NotFound
    return held


def _hold(actor: User, note: PartyNote) -> PartyNote:
    held = _lock(note)
    if not may_remove(actor, held.party, held.author_id):
        raise NotAllowed
    return held


def _save(held: PartyNote) -> PartyNote:
    held.version += 1
    held.save()
    news.tell([held.party_id])
    return held


def _read(body: str) -> str:
    text = display_text(body).strip()
    if all(unicodedata.category(letter)[0] in "ZC" for letter in text):
        raise NoteEmpty(fields={"body": str(NoteEmpty())})
    if len(text) > LONGEST:
        raise NoteTooLong(fields={"body": str(NoteTooLong())})
    return text


def _mentioned(party: Party, text: str, chosen: Iterable[int]) -> list[User]:
    """The active people whom a text names; who may not see the customer is refused by name."""
    if "@" not in text:
        return []
    place = StrIndex(Value(text), Concat(Value("@"), "full_name"))
    everybody = User.objects.filter(is_active=True).exclude(full_name="")
    named: list[User] = [*everybody.alias(at=place).filter(at__gt=0)]
    wanted = set(chosen)
    decided = {user.full_name for user in named if user.pk in wanted}
    people = [user for user in named if user.pk in wanted or user.full_name not in decided]
    seeing = set(who_reach(VIEW, party).filter(pk__in=[user.pk for user in people]).values_list("pk", flat=True))
    blind = [user.full_name for user in people if user.pk not in seeing]
    if blind:
        names = pgettext("list", ", ").join(blind)
        words = _("%(name)s may not see this customer and cannot be mentioned.") % {"name": names}
        raise MentionBlind(words, fields={"body": words})
    return people


def _notify(actor: User, party: Party, note: PartyNote, ids: Iterable[int]) -> None:
    notify(
        users=[one for one in ids if one != actor.pk],
        kind="mention",
        text=MENTIONED,
        data={"name": actor.full_name, "party": party.name},
        url=f"{reverse('parties:detail', args=[party.pk])}#notes-{note.pk}",
    )
