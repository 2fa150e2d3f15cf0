"""Files in a customer's file."""

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from peyvand.core.files import Upload, store_upload
from peyvand.core.text import display_norm
from peyvand.parties.models import Party, PartyFile
from peyvand.parties.policies import may_remove, require_contribute
from peyvand.parties.services import news


@transaction.atomic
def add_file(*, actor: User, party: Party, upload: Upload | None, label: str = "") -> PartyFile:
    """Put a file into the customer file; its type is read from its bytes. Errors: NotAllowed, Invalid, TooLarge."""
    require_contribute(actor, party)
    if upload is None:
        raise Invalid
    file = store_upload(upload, user_id=actor.pk)
    paper = PartyFile.objects.create(party=party, file=file, label=display_norm(label)[:120], added_by=actor)
    news.tell([party.pk])
    return paper


@transaction.atomic
def label_file(*, actor: User, paper: PartyFile, label: str) -> PartyFile:
    """Give a file another label; an empty one shows its name. Errors: NotAllowed, NotFound."""
    held = _hold(actor, paper)
    held.label = display_norm(label)[:120]
    return _save(held)


@transaction.atomic
def delete_file(*, actor: User, paper: PartyFile) -> PartyFile:
    """Take a file away; `restore_file` brings it back. Errors: NotAllowed, NotFound."""
    held = _hold(actor, paper)
    held.deleted_at = timezone.now()
    return _save(held)


@transaction.atomic
def restore_file(*, actor: User, paper: PartyFile) -> PartyFile:
    """Bring a deleted file back. Errors: NotAllowed, NotFound."""
    held = _hold(actor, paper)
    held.deleted_at = None
    return _save(held)


def _hold(actor: User, paper: PartyFile) -> PartyFile:
    rows = PartyFile.objects.select_for_update(of=("self",)).select_related("party", "file")
    held = rows.filter(pk=paper.pk).first()
    if held is None:
        raise NotFound
    if not may_remove(actor, held.party, held.added_by_id):
        raise NotAllowed
    return held


def _save(held: PartyFile) -> PartyFile:
    held.save()
    news.tell([held.party_id])
    return held
