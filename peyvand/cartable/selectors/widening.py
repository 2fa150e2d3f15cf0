"""Who would read messages that he does not read now, if they went into another request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peyvand.accounts.models import Department, User
from peyvand.cartable.models import Confidant, Note, Request
from peyvand.cartable.selectors.insiders import insiders_of

MOST = 200  # people who are looked at


@dataclass(frozen=True, kw_only=True)
class Widening:
    """people and departments that would see more than now; confidential: the whole becomes confidential."""

    people: Sequence[User] = ()
    departments: Sequence[Department] = ()
    confidential: bool = False

    @property
    def is_any(self) -> bool:
        """Would anybody see more?"""
        return bool(self.people or self.departments)

    @property
    def names(self) -> list[str]:
        """All of them by name."""
        return [*map(str, self.departments), *map(str, self.people)]


def widening(target: Request, sources: Sequence[Request], *, whole: bool = False) -> Widening:
    """Say who would see the messages of `sources` in `target`, or of `target` by a note of `sources`, and does not now.

    Confidential messages make the whole confidential: then only the insiders of `target` count. Else the colleagues of
    its department do, and whom notes name. whole: the sources go there as they are, and with them who is named on a
    confidential one.
    """
    secret = target.confidential or any(one.confidential for one in sources)
    named = _named([one.pk for one in sources if one.confidential]) if whole else set()
    readers = set(insiders_of(target).values_list("pk", flat=True)[:MOST]) | named
    departments: list[Department] = []
    if not secret:
        readers |= _mentioned([target.pk])
        departments = [target.department] if any(one.department_id != target.department_id for one in sources) else []
    gaining = _blind(readers, [one.pk for one in sources]) | _blind(named, [target.pk])
    if not secret:
        gaining |= _blind(_mentioned([one.pk for one in sources]), [target.pk])
    covered = {one.pk for one in departments}
    people = User.objects.filter(pk__in=gaining, is_active=True).order_by("sort_key", "pk")
    return Widening(
        people=[one for one in people if one.department_id not in covered],
        departments=departments,
        confidential=secret and not target.confidential,
    )


def _mentioned(request_ids: Iterable[int]) -> set[int]:
    rows = Note.objects.filter(request__in=list(request_ids), mentions__isnull=False)
    return set(rows.values_list("mentions", flat=True)[:MOST])


def _named(request_ids: Sequence[int]) -> set[int]:
    return set(Confidant.objects.filter(request__in=request_ids).values_list("user", flat=True)[:MOST])


def _blind(users: Iterable[int], request_ids: Sequence[int]) -> set[int]:
    """Those who do not see every one of these requests."""
    people = User.objects.filter(pk__in=list(users), is_active=True)
    return {
        one.pk
        for one in people
        if Request.objects.visible_to(one).filter(pk__in=request_ids).count() < len(set(request_ids))
    }
