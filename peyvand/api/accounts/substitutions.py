"""Substitutes for leave: one's own, and those of the people whom the caller manages."""

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import Field

from peyvand.accounts import services
from peyvand.accounts.leave import substitutions_visible_to
from peyvand.accounts.models import Substitution, User
from peyvand.accounts.selectors import users_visible_to
from peyvand.accounts.types import Leave
from peyvand.api.accounts.schemas import SubstitutionChange, SubstitutionIn, SubstitutionOut
from peyvand.api.kit import SIGNED_IN, ApiRequest, Id, Page, Paged, PageQuery, named, page, router, visible

substitutions = router(tag="substitutions", permission=SIGNED_IN)
BITS = {"desk": 1, "reviews": 2, "all": 3}


class SubstitutionQuery(PageQuery):
    person_id: Annotated[int | None, Field(ge=1)] = None
    on: date | None = None


def _known(user: User, pk: int) -> Substitution:
    return visible(substitutions_visible_to(user), pk)


@substitutions.get("", response=Paged[SubstitutionOut])
def index(request: ApiRequest, query: Query[SubstitutionQuery]) -> Page[Substitution]:
    """Mine, those in which I stand in, and those of the people I manage; `on` a day: only those that run then."""
    rows = substitutions_visible_to(request.auth.user)
    if query.person_id is not None:
        rows = rows.filter(person=query.person_id)
    if query.on is not None:
        rows = rows.filter(first_day__lte=query.on, last_day__gte=query.on, ended_at=None)
    return page(rows, query, order=("-first_day", "-id"))


@substitutions.get("/{int:id}", response=SubstitutionOut)
def show(request: ApiRequest, id: Id) -> Substitution:
    """One substitution."""
    return _known(request.auth.user, id)


@substitutions.post("", response=SubstitutionOut)
def create(request: ApiRequest, payload: SubstitutionIn) -> Substitution:
    """Have a colleague stand in for me, or for somebody whom I manage (`person_id`)."""
    actor = request.auth.user
    mine = users_visible_to(actor) | User.objects.filter(pk=actor.pk)
    person = named(mine, payload.person_id or actor.pk, field="person_id")
    substitute = named(User.objects.filter(is_active=True), payload.substitute_id, field="substitute_id")
    leave = Leave(first_day=payload.first_day, last_day=payload.last_day, work=BITS[payload.work], note=payload.note)
    return services.name_substitute(actor=actor, person=person, substitute=substitute, leave=leave)


@substitutions.patch("/{int:id}", response=SubstitutionOut)
def change(request: ApiRequest, id: Id, payload: SubstitutionChange) -> Substitution:
    """Change the given values of a substitution that is not over."""
    actor = request.auth.user
    known = _known(actor, id)
    sent = payload.model_dump(exclude_none=True)
    number = sent.pop("substitute_id", None)
    if "work" in sent:
        sent["work"] = BITS[sent["work"]]
    kept = {name: getattr(known, name) for name in Leave.__dataclass_fields__}
    chosen = None if number is None else named(User.objects.filter(is_active=True), number, field="substitute_id")
    return services.change_substitution(
        actor=actor, substitution=known, substitute=chosen, leave=Leave(**{**kept, **sent})
    )


@substitutions.post("/{int:id}/end", response=SubstitutionOut, status=200)
def end(request: ApiRequest, id: Id) -> Substitution:
    """End a substitution now; the work is back with its person."""
    return services.end_substitution(actor=request.auth.user, substitution=_known(request.auth.user, id))
