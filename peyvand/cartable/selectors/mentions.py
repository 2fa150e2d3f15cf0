"""Questions about mentions: who can be named, whom a text names, what waits for whom."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who, reach_of, who_reach
from peyvand.cartable.models import Mention, Request
from peyvand.cartable.selectors.insiders import insiders_of
from peyvand.cartable.selectors.reading import RequestPage
from peyvand.core.text import search_norm

VIEW = "cartable.view"
MOST_OFFERED = 8
MOST_LISTED = 200


def seeing(request: Request) -> QuerySet[User]:
    """The active people who may see a request: by their scope, or because it came to them; insiders alone if secret."""
    inside = insiders_of(request).values("pk")
    if request.confidential:
        return User.objects.filter(pk__in=inside)
    return User.objects.filter(Q(pk__in=inside) | Q(pk__in=who_reach(VIEW, request).values("pk")))


def mentionable(who: User, request: Request, typed: str) -> list[User]:
    """The colleagues who may see a request and whose name fits what was typed after «@», in order of name."""
    rows = seeing(request).exclude(pk=who.pk).select_related("department")
    wanted = search_norm(typed)
    if wanted:
        rows = rows.filter(search__contains=wanted)
    return list(rows.order_by("sort_key", "id")[:MOST_OFFERED])


def strangers(request: Request, people: Sequence[User]) -> list[User]:
    """Those of these people who do not see a request yet and would, once a note names them."""
    if not people:
        return []
    seen = set(seeing(request).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    return [
        one
        for one in people
        if one.pk not in seen and may(one, VIEW) and not Request.objects.visible_to(one).filter(pk=request.pk).exists()
    ]


def mentioned_in(body: str, chosen: Collection[int] = ()) -> list[int]:
    """The active colleagues whom a note names as «@full name».

    chosen: ids that decide between people of one name; without them all of that name are meant.
    """
    if "@" not in body:
        return []
    place = StrIndex(Value(body), Concat(Value("@"), "full_name"))
    everybody = User.objects.filter(is_active=True).exclude(full_name="")
    named = list(everybody.alias(at=place).filter(at__gt=0).values_list("pk", "full_name"))
    decided = {name for pk, name in named if pk in chosen}
    return [pk for pk, name in named if pk in chosen or name not in decided]


def mentioned_q(who: Who) -> Q:
    """The condition for requests in which a mention waits for `who`; over rows that he may see."""
    return Q(Exists(Mention.objects.waiting_for(who).filter(request=OuterRef("pk"))))


def waiting_in(who: Who, page: RequestPage) -> list[Mention]:
    """What names `who` in a request and waits for him, in order of time; without notes of others it asks nothing."""
    notes = {note.pk: note for note in page.notes if note.author_id != reach_of(who).user_id}
    if not notes:
        return []
    found = [one for one in Mention.objects.waiting_for(who).filter(request=page.request) if one.note_id in notes]
    for one in found:
        one.note = notes[one.note_id]
    return sorted(found, key=lambda one: one.note_id)


def waiting_mentions(who: Who) -> list[Mention]:
    """What names `who` and waits for him, newest first, of requests that he may see."""
    rows = Mention.objects.waiting_for(who).filter(request__in=Request.objects.visible_to(who).order_by().values("pk"))
    return list(rows.select_related("note__author", "request").order_by("-at", "-id")[:MOST_LISTED])
