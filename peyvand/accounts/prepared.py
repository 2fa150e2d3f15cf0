"""Questions with `visible_to`, whose text is put together once per process and form of reach.

Readers who hold the same permissions in the same scopes ask with the same text; only their own numbers differ. The
text is written for a stand-in, who has the same form of reach and numbers that no row has, and each time these are
replaced by the reader's own:

    FILE = PreparedFor(lambda who: Party.objects.visible_to(who).filter(pk=Given("party")))
    FILE.first(user, party=5)
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who, reach_of
from peyvand.accounts.types import Reach
from peyvand.core.prepared import Kept, Statement, statement_of

FIRST = 2**62  # the numbers of stand-ins; no row has them


@dataclass(frozen=True)
class Form:
    """What the text of a condition depends on, a reader of that form, and whose numbers he stands in for."""

    key: Hashable
    reach: Reach
    stand_ins: dict[int, int]

    def stand_in(self) -> User:
        """A reader who is nobody and reaches as far."""
        user = User(pk=self.reach.user_id, is_active=True)
        user.reach = self.reach
        return user


def form_of(who: Who) -> Form:
    """The form of a reader's reach."""
    reach = reach_of(who)
    numbers: dict[int, int] = {}

    def other(number: int) -> int:
        numbers[FIRST + len(numbers)] = number
        return FIRST + len(numbers) - 1

    def others(given: frozenset[int]) -> frozenset[int]:
        return frozenset(other(number) for number in sorted(given))

    form = replace(
        reach,
        user_id=other(reach.user_id),
        department_id=None if reach.department_id is None else other(reach.department_id),
        branch_id=None if reach.branch_id is None else other(reach.branch_id),
        below=others(reach.below),
        team=others(reach.team),
        posts=others(reach.posts),
        desks=others(reach.desks),
        reviews=others(reach.reviews),
        has_news=False,
    )
    return Form(_key(form), form, numbers)


def _key(reach: Reach) -> Hashable:
    return (
        reach.everything, reach.department_id is None, reach.branch_id is None,
        len(reach.below), len(reach.team), len(reach.posts), len(reach.desks), len(reach.reviews),
        frozenset(reach.scopes.items()), reach.token_scopes,
    )  # fmt: skip


class PreparedFor:
    """A question whose text depends on the reader's form of reach; `build(who)` starts at `visible_to(who)`.

    around: as `Prepared` has it.
    """

    def __init__(self, build: Callable[[Who], QuerySet[Any, Any]], *, around: str = "{}") -> None:
        self._build, self._around = build, around
        self._kept: Kept[Statement] = Kept()

    def all(self, who: Who, **values: Any) -> list[Any]:
        """Every row that this reader may see, with these values for the names in the text."""
        form = form_of(who)
        statement = self._kept.get(form.key, lambda: statement_of(self._build(form.stand_in()), self._around))
        return statement.rows(values, form.stand_ins)

    def first(self, who: Who, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.all(who, **values)), None)
