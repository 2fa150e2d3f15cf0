"""Reading the trash."""

from django.db.models import Q

from peyvand.accounts.scoping import Who, reach_of
from peyvand.core.text import search_norm
from peyvand.parties.models import Party, PartyQuerySet
from peyvand.parties.policies import DELETE
from peyvand.parties.selectors.own_words import contains

MINE = "me"


def in_trash(who: Who, *, question: str = "", by: str = "") -> PartyQuerySet:
    """The deleted customers that `who` may restore: those he deleted, and those he may delete.

    question: words of the name, an address …; by: "me" for those that he deleted himself.
    """
    gone = Party.objects.filter(deleted_at__isnull=False, erased_at=None, merged_into=None)
    own = Q(deleted_by=reach_of(who).user_id)
    others = Party.objects.trash_of(who, DELETE)
    found = gone.filter(own) if by == MINE else gone.filter(own | Q(pk__in=others.values("pk")))
    for word in search_norm(question).split()[:6]:
        found = found.filter(contains(who, word))
    return found.select_related("deleted_by", "branch", "organisation")
