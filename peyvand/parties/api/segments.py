"""Segments of customers in the API."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from peyvand.accounts.policies import asked_by
from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    Person,
    Ref,
    expected_version,
    named,
    page,
    router,
    visible,
)
from peyvand.core.record_fields import Asked, Kind
from peyvand.core.record_links import Names
from peyvand.parties.api.listed import as_json
from peyvand.parties.api.shapes import PartyOut
from peyvand.parties.models import Segment
from peyvand.parties.segments import Compiler, Group, count, read
from peyvand.parties.segments.counting import seen_facts
from peyvand.parties.segments.explaining import Finding, explain
from peyvand.parties.segments.stored import members_q, rule_of, size_of
from peyvand.parties.selectors import segments as selectors
from peyvand.parties.selectors import visible_to
from peyvand.parties.services import segments as services
from peyvand.parties.services.segments import SegmentDetails

segments = router(tag="segments", permission="parties.segments")
CHANGE = "parties.segment"

Name = Annotated[str, Field(min_length=1, max_length=120)]
Rule = Annotated[dict[str, Any], Field(description="A rule as docs/how-to/segments.md describes it")]
Members = Annotated[list[BodyId], Field(min_length=1, max_length=1000)]


class SegmentOut(Out):
    id: int
    name: str
    description: str
    kind: Literal["live", "static"]
    rule: dict[str, Any]
    owner: Person | None
    branch: Ref | None
    version: int
    created_at: datetime
    changed_at: datetime


class SegmentIn(In):
    name: Name
    description: Annotated[str, Field(max_length=300)] = ""
    kind: Literal["live", "static"] = "live"
    rule: Rule = Field(default_factory=dict)


class SegmentChange(In):
    name: Name | None = None
    description: Annotated[str, Field(max_length=300)] | None = None
    rule: Rule | None = None


class RuleIn(In):
    rule: Rule


class SizeOut(Out):
    size: int
    whole: int


class MembersIn(In):
    party_ids: Members


class ChangedOut(Out):
    changed: int


class FindingOut(Out):
    path: str
    holds: bool | None
    actual: str
    problem: str


class WhyOut(Out):
    holds: bool | None
    rules: list[FindingOut]


class FieldOut(Out):
    key: str
    about: Literal["field", "aggregate", "relation"]
    label: str
    kind: str
    operators: list[str]


@segments.get("", response=Paged[SegmentOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Segment]:
    """Segments, by name."""
    return page(selectors.segments_for(request.auth.user), query, order=("name", "id"))


@segments.get("/fields", response=list[FieldOut])
def fields(request: ApiRequest) -> list[dict[str, Any]]:
    """Everything that a condition may ask, with its operators."""
    compiler = Compiler(_asked(request))
    found = [
        {"key": each.key, "about": "field", "label": str(each.label), "kind": str(each.kind),
         "operators": [str(op) for op in each.asked_by]}
        for each in compiler.fields.values() if each.asked_by
    ]  # fmt: skip
    found += [
        {"key": each.key, "about": "aggregate", "label": str(each.label), "kind": str(each.kind),
         "operators": [str(op) for op in each.asked_by]}
        for each in compiler.aggregates.values()
    ]  # fmt: skip
    return found + [
        {"key": code, "about": "relation", "label": each.name_en, "kind": "relation", "operators": ["some", "none"]}
        for code, each in compiler.types.items()
    ]


@segments.post("/count", response=SizeOut, status=200)
def count_rule(request: ApiRequest, payload: RuleIn) -> dict[str, int]:
    """The exact number of customers in a rule that is not kept, of those whom the caller sees."""
    asked = _asked(request)
    return {"size": count(read(payload.rule), asked), "whole": seen_facts(asked).count()}


@segments.get("/{int:id}", response=SegmentOut)
def show(request: ApiRequest, id: Id) -> Segment:
    """One segment."""
    return _segment(request, id)


@segments.get("/{int:id}/size", response=SizeOut)
def size(request: ApiRequest, id: Id) -> dict[str, int]:
    """The exact number of members whom the caller sees. A broken rule: 422."""
    asked = _asked(request)
    return {"size": size_of(_segment(request, id), asked), "whole": seen_facts(asked).count()}


@segments.get("/{int:id}/members", response=Paged[PartyOut])
def members(request: ApiRequest, id: Id, query: Query[PageQuery]) -> HttpResponse:
    """The members whom the caller sees, by name. A broken rule: 422."""
    user = request.auth.user
    condition = members_q(_segment(request, id), _asked(request))
    return as_json(user, visible_to(user).filter(condition), query, order=("sort_key", "id"))


@segments.get("/{int:id}/why/{int:party_id}", response=WhyOut)
def why(request: ApiRequest, id: Id, party_id: Id) -> dict[str, Any]:
    """Each condition of a segment asked of one customer, with what it really has."""
    segment = _segment(request, id)
    party = visible(visible_to(request.auth.user), party_id)
    if segment.kind == Segment.Kind.STATIC:
        return {"holds": segment.members.filter(party=party).exists(), "rules": []}
    finding = explain(rule_of(segment), _asked(request), party)
    return {"holds": finding.holds, "rules": list(_flat(finding, Names(request.auth.user)))}


@segments.post("", response=SegmentOut, permission=CHANGE)
def create(request: ApiRequest, payload: SegmentIn) -> Segment:
    """Make a segment. A rule that cannot be used is refused with the path of what is wrong."""
    made = services.make_segment(actor=request.auth.user, details=SegmentDetails(**payload.model_dump()))
    return _segment(request, made.pk)


@segments.patch("/{int:id}", response=SegmentOut, permission=CHANGE, versioned="required")
def change(request: ApiRequest, id: Id, payload: SegmentChange) -> Segment:
    """Change the given parts."""
    segment = _segment(request, id)
    kept = {"name": segment.name, "description": segment.description, "rule": segment.rule}
    sent = {name: value for name, value in payload.model_dump(exclude_unset=True).items() if value is not None}
    services.change_segment(
        actor=request.auth.user, segment=segment, details=SegmentDetails(**kept | sent),
        version=expected_version(request),
    )  # fmt: skip
    return _segment(request, id)


@segments.delete("/{int:id}", permission=CHANGE)
def delete(request: ApiRequest, id: Id) -> None:
    """Put a segment away."""
    services.delete_segment(actor=request.auth.user, segment=_segment(request, id))


@segments.post("/{int:id}/duplicate", response=SegmentOut, permission=CHANGE)
def duplicate(request: ApiRequest, id: Id) -> Segment:
    """Make a copy that belongs to the caller."""
    copy = services.duplicate_segment(actor=request.auth.user, segment=_segment(request, id))
    return _segment(request, copy.pk)


@segments.post("/{int:id}/freeze", response=SegmentOut, permission=CHANGE, status=200)
def freeze(request: ApiRequest, id: Id) -> Segment:
    """Make a live segment static with whom it has now."""
    services.freeze_segment(actor=request.auth.user, segment=_segment(request, id), version=None)
    return _segment(request, id)


@segments.post("/{int:id}/members/add", response=ChangedOut, permission=CHANGE, status=200)
def add(request: ApiRequest, id: Id, payload: MembersIn) -> dict[str, int]:
    """Put customers into a static segment."""
    segment = _segment(request, id)
    _all_seen(request, payload)
    changed = services.add_members(actor=request.auth.user, segment=segment, party_ids=payload.party_ids)
    return {"changed": changed}


@segments.post("/{int:id}/members/remove", response=ChangedOut, permission=CHANGE, status=200)
def remove(request: ApiRequest, id: Id, payload: MembersIn) -> dict[str, int]:
    """Take customers out of a static segment."""
    segment = _segment(request, id)
    _all_seen(request, payload)
    changed = services.remove_members(actor=request.auth.user, segment=segment, party_ids=payload.party_ids)
    return {"changed": changed}


def _segment(request: ApiRequest, id: int) -> Segment:
    return visible(selectors.segments_for(request.auth.user), id)


def _asked(request: ApiRequest) -> Asked:
    return asked_by(request.auth.user)


def _all_seen(request: ApiRequest, payload: MembersIn) -> None:
    """Refuse a body that names a customer whom the caller does not see."""
    seen = visible_to(request.auth.user).answers(payload.party_ids)
    for party_id in payload.party_ids:
        if party_id not in seen:
            named(visible_to(request.auth.user), party_id, field="party_ids")


def _flat(finding: Finding, names: Names) -> Any:
    for each in finding.inner:
        if isinstance(each.rule, Group):
            yield from _flat(each, names)
        else:
            actual = "" if each.actual is None else str(each.actual)
            actual = names.of(each.actual) if actual and each.kind is Kind.PARTY else actual
            yield {"path": each.rule.path, "holds": each.holds, "actual": actual, "problem": each.problem}
