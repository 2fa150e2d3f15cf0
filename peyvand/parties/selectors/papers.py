"""Notes and files of a customer, each opened only through its customer."""

from django.db.models import QuerySet

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who, who_reach
from peyvand.core.errors import NotFound
from peyvand.core.prepared import Given, Prepared
from peyvand.core.text import search_norm
from peyvand.parties.models import Party, PartyFile, PartyNote

MOST_PINNED = 5
MOST_PEOPLE = 8
MOST_COUNTED = 99
_PINNED = Prepared(
    lambda: (
        PartyNote.objects.filter(party=Given("party"), is_pinned=True, deleted_at=None)
        .select_related("author")
        .only("body", "is_pinned", "created_at", "edited_at", "party", "author__full_name")
        .order_by("-created_at", "-id")[:MOST_PINNED]
    )
)
_COUNTED = Prepared(
    lambda: PartyFile.objects.filter(party=Given("party"), deleted_at=None).values_list("pk")[: MOST_COUNTED + 1]
)


def pinned_notes(party: Party) -> list[PartyNote]:
    """The notes that stand above the timeline, the newest first."""
    found: list[PartyNote] = _PINNED.all(party=party.pk)
    for note in found:
        note.party = party
    return found


def notes_of(party: Party) -> QuerySet[PartyNote]:
    """The notes on a customer."""
    return PartyNote.objects.filter(party=party, deleted_at=None).select_related("author")


def get_note(party: Party, note_id: int, *, deleted: bool = False) -> PartyNote:
    """One note of a customer that the reader sees. Raises NotFound."""
    rows = PartyNote.objects.filter(party=party, pk=note_id, deleted_at__isnull=not deleted).select_related("author")
    found = rows.first()
    if found is None:
        raise NotFound
    found.party = party
    return found


def files_of(party: Party) -> QuerySet[PartyFile]:
    """The files of a customer."""
    return PartyFile.objects.filter(party=party, deleted_at=None).select_related("file", "added_by")


def get_paper(party: Party, file_id: str, *, deleted: bool = False) -> PartyFile:
    """One file of a customer that the reader sees, by its random id. Raises NotFound."""
    rows = PartyFile.objects.filter(party=party, file_id=file_id, deleted_at__isnull=not deleted)
    found = rows.select_related("file", "added_by", "party").first()
    if found is None:
        raise NotFound
    return found


def count_files(who: Who, party: Party) -> int:
    """How many files there are; at most 100 are counted."""
    return len(_COUNTED.all(party=party.pk))


def colleagues_seeing(who: User, party: Party, typed: str) -> list[User]:
    """The colleagues who may see a customer and whose name fits what was typed: those who can be mentioned."""
    rows = who_reach("parties.view", party).exclude(pk=who.pk).select_related("department")
    wanted = search_norm(typed)
    if wanted:
        rows = rows.filter(search__contains=wanted)
    return list(rows.order_by("sort_key", "id")[:MOST_PEOPLE])
