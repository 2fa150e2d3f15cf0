"""Relations of a customer, read from its side."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from peyvand.api.kit import ApiRequest, BodyId, Flag, Id, In, Out, Ref, named, router
from peyvand.parties.api.parties import parties, present
from peyvand.parties.models import Party, RelationType
from peyvand.parties.policies import CHANGE
from peyvand.parties.selectors import visible_to
from peyvand.parties.selectors.relations import Link, get_link, kinds_of_relations, links_of
from peyvand.parties.services import relations as services
from peyvand.parties.services.relations import Terms

relation_types = router(tag="parties", permission="parties.view")
Note = Annotated[str, Field(max_length=200)]


class RelationTypeOut(Out):
    id: int
    code: str
    name_fa: str
    name_en: str
    inverse_fa: str
    inverse_en: str
    from_kinds: str
    to_kinds: str
    is_symmetric: bool
    is_tree: bool


class RelationOut(Out):
    id: int
    code: str
    label: str = Field(description="What the other is to this customer, in the language of the caller.")
    other: Ref
    other_is_source: bool
    since: date | None
    until: date | None
    note: str
    is_open: bool


class RelationIn(In):
    other_id: BodyId
    code: Annotated[str, Field(min_length=1, max_length=30)]
    other_is_source: Flag = Field(description="The other is what the kind is named after: «employee» of this customer.")
    since: date | None = None
    until: date | None = None
    note: Note = ""


class RelationChange(In):
    since: date | None = None
    until: date | None = None
    note: Note = ""


def _out(link: Link) -> dict[str, Any]:
    row = link.relation
    return {
        "id": row.pk,
        "code": row.type.code,
        "label": link.label,
        "other": {"id": link.other.pk, "name": link.other.name},
        "other_is_source": not link.is_out,
        "since": row.since,
        "until": row.until,
        "note": row.note,
        "is_open": link.is_open,
    }


@relation_types.get("", response=list[RelationTypeOut])
def types(request: ApiRequest) -> list[RelationType]:
    """The kinds of relations: what the source is to the target, and back."""
    return kinds_of_relations()


@parties.get("/{int:id}/relations", response=list[RelationOut])
def relations(request: ApiRequest, id: Id) -> list[dict[str, Any]]:
    """The relations of a customer with customers that I may see, those that hold first; at most 200."""
    party = present(request, id)
    return [_out(link) for link in links_of(request.auth, party)]


@parties.post("/{int:id}/relations", response=RelationOut, permission=CHANGE)
def relate(request: ApiRequest, id: Id, payload: RelationIn) -> dict[str, Any]:
    """Note what another customer is to this one."""
    party = present(request, id)
    other: Party = named(visible_to(request.auth), payload.other_id, field="other_id")
    terms = Terms(since=payload.since, until=payload.until, note=payload.note)
    relation = services.relate(
        actor=request.auth.user, party=party, other=other, code=payload.code, is_source=payload.other_is_source,
        terms=terms,
    )  # fmt: skip
    return _out(get_link(request.auth, party, relation.pk))


@parties.patch("/{int:id}/relations/{int:relation_id}", response=RelationOut, permission=CHANGE)
def change_relation(request: ApiRequest, id: Id, relation_id: Id, payload: RelationChange) -> dict[str, Any]:
    """Change the given ones of since, until and note; an `until` in the past ends it."""
    party = present(request, id)
    row = get_link(request.auth, party, relation_id).relation
    given = {"since": row.since, "until": row.until, "note": row.note} | payload.model_dump(exclude_unset=True)
    services.change_relation(actor=request.auth.user, party=party, relation=row, terms=Terms(**given))
    return _out(get_link(request.auth, party, relation_id))


@parties.delete("/{int:id}/relations/{int:relation_id}", permission=CHANGE)
def remove_relation(request: ApiRequest, id: Id, relation_id: Id) -> None:
    """Remove a relation that was noted by mistake; one that has ended keeps its `until` instead."""
    party = present(request, id)
    row = get_link(request.auth, party, relation_id).relation
    services.remove_relation(actor=request.auth.user, party=party, relation=row)
