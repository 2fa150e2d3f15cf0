"""Tags of customers in the API."""

from typing import Annotated

from ninja import Query
from pydantic import Field

from peyvand.api.jobs import JobOut
from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    expected_version,
    named,
    page,
    router,
    visible,
)  # fmt: skip
from peyvand.core.models import LongJob
from peyvand.parties.models import Tag
from peyvand.parties.services import tags as services

tags = router(tag="tags", permission="parties.view")
SHAPE = "parties.shape"

Word = Annotated[str, Field(min_length=1, max_length=60)]
Hue = Annotated[int, Field(strict=True, ge=1, le=6)]


class TagOut(Out):
    id: int
    name: str
    hue: int
    version: int


class TagIn(In):
    name: Word
    hue: Hue = 1


class TagChange(In):
    name: Word | None = None
    hue: Hue | None = None


class TagMerge(In):
    into_id: BodyId


@tags.get("", response=Paged[TagOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Tag]:
    """All tags, by name."""
    return page(Tag.objects.all(), query, order=("norm", "id"))


@tags.get("/{int:id}", response=TagOut)
def show(request: ApiRequest, id: Id) -> Tag:
    """One tag."""
    return visible(Tag.objects.all(), id)


@tags.post("", response=TagOut, permission=SHAPE)
def create(request: ApiRequest, payload: TagIn) -> Tag:
    """Add a tag."""
    return services.create_tag(actor=request.auth.user, name=payload.name, hue=payload.hue)


@tags.patch("/{int:id}", response=TagOut, permission=SHAPE, versioned="required")
def change(request: ApiRequest, id: Id, payload: TagChange) -> Tag:
    """Rename or colour a tag."""
    tag = visible(Tag.objects.all(), id)
    name, hue = payload.name or tag.name, payload.hue or tag.hue
    return services.change_tag(actor=request.auth.user, tag=tag, name=name, hue=hue, version=expected_version(request))


@tags.post("/{int:id}/merge", response=JobOut | None, permission=SHAPE, status=200)
def merge(request: ApiRequest, id: Id, payload: TagMerge) -> LongJob | None:
    """Give the customers of a tag another one, and forget the first. Answers with the work, null when nobody had it."""
    into = named(Tag.objects.all(), payload.into_id, field="into_id")
    return services.merge_tags(actor=request.auth.user, tag=visible(Tag.objects.all(), id), into=into)


@tags.post("/{int:id}/remove", response=JobOut | None, permission=SHAPE, status=200)
def remove(request: ApiRequest, id: Id) -> LongJob | None:
    """Take a tag off every customer and forget it."""
    return services.remove_tag(actor=request.auth.user, tag=visible(Tag.objects.all(), id))
