"""Questions about canned answers: which may be used here, in which order."""

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from peyvand.accounts.models import Department
from peyvand.accounts.policies import may_everywhere
from peyvand.accounts.scoping import Who, reach_of, within
from peyvand.accounts.types import ScopeFields
from peyvand.cartable.models import CannedAnswer, CannedUse, Request
from peyvand.cartable.models.texts import TEXTS
from peyvand.core.errors import NotFound
from peyvand.core.text import search_norm

MOST = 20
MOST_WORDS = 6
AT_ITSELF = ScopeFields(own=(), department="id", branch="branch_id")


def get_canned(who: Who, number: int) -> CannedAnswer:
    """One canned answer that may be used. Raises NotFound."""
    found = CannedAnswer.objects.visible_to(who).kept().filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def may_change(who: Who, canned: CannedAnswer) -> bool:
    """May `who` change this one: his own, or one for others where he may write for them?"""
    if canned.owner_id is not None:
        return canned.owner_id == reach_of(who).user_id
    return within(who, TEXTS, canned) if canned.department_id is not None else may_everywhere(who, TEXTS)


def canned_for(who: Who, request: Request, typed: str, limit: int = MOST) -> list[CannedAnswer]:
    """The canned answers for an answer to this request that fit what was typed, the best and most used first.

    Mine, my department's, everybody's, and those of the department where the request stands. Each word has to stand in
    title, shortcut or text, in any spelling; without words all are there.
    """
    return list(ordered(_usable(who, request), who, typed)[:limit])


def usable(who: Who, request: Request, number: int) -> CannedAnswer | None:
    """One canned answer that may be used for this request; None when there is none."""
    return _usable(who, request).filter(pk=number).first()


def _usable(who: Who, request: Request) -> QuerySet[CannedAnswer]:
    mine = CannedAnswer.objects.visible_to(who).order_by().values("pk")
    return CannedAnswer.objects.kept().filter(Q(pk__in=mine) | Q(department=request.department_id))


def ordered(rows: QuerySet[CannedAnswer], who: Who, typed: str = "") -> QuerySet[CannedAnswer]:
    """Rows that fit what was typed: a shortcut first, then titles, then by one's own use, everybody's use and name."""
    wanted = search_norm(typed)
    for word in wanted.split()[:MOST_WORDS]:
        rows = rows.filter(search__contains=word)
    used = CannedUse.objects.filter(canned=OuterRef("pk"), user=reach_of(who).user_id).values("count")
    fits = [
        When(shortcut__istartswith=typed.strip(), then=Value(0)),
        When(title__icontains=typed.strip(), then=Value(1)),
    ]
    rank = Case(*fits, default=Value(2), output_field=IntegerField()) if wanted else Value(0)
    rows = rows.annotate(rank=rank, mine=Coalesce(Subquery(used), 0)).select_related("department", "owner")
    return rows.order_by("rank", "-mine", "-uses", "title", "pk")


def departments_to_write_for(who: Who) -> list[Department]:
    """The departments for which one may write texts and signatures."""
    rows = Department.objects.filter(is_active=True).select_related("branch").order_by("branch_id", "name")
    return [each for each in rows if within(who, TEXTS, each, AT_ITSELF)]
