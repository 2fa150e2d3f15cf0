"""Categories in the API: the business's own kinds of customers."""

from dataclasses import replace
from typing import Annotated, Literal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from peyvand.api.jobs import JobOut
from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    Flag,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    expected_version,
    named_or_none,
    page,
    router,
    seen_version,
    visible,
)  # fmt: skip
from peyvand.core.models import LongJob
from peyvand.parties.models import Category
from peyvand.parties.selectors import shape
from peyvand.parties.services import categories as services
from peyvand.parties.shapes import CategoryDetails, Usage

categories = router(tag="categories", permission="parties.view")
SHAPE = "parties.shape"

AppliesTo = Literal["all", "person", "organisation", "household"]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Key = Annotated[str, Field(min_length=1, max_length=40)]
Hue = Annotated[int, Field(strict=True, ge=1, le=6)]


class CategoryOut(Out):
    id: int
    name: str
    description: str
    applies_to: AppliesTo
    required: list[str]
    fields: list[int]
    hue: int
    order: int
    is_active: bool
    version: int

    @staticmethod
    def resolve_fields(category: Category) -> list[int]:
        return sorted(row.field_id for row in category.fields.all())


class CategoryIn(In):
    name: Name
    description: Annotated[str, Field(max_length=300)] = ""
    applies_to: AppliesTo = "all"
    required: list[Key] = Field(default_factory=lambda: ["name", "email", "phone"], max_length=100)
    fields: list[BodyId] = Field(default_factory=list, max_length=200)
    hue: Hue = 1


class CategoryChange(In):
    name: Name | None = None
    description: Annotated[str, Field(max_length=300)] | None = None
    applies_to: AppliesTo | None = None
    required: list[Key] | None = Field(None, max_length=100)
    fields: list[BodyId] | None = Field(None, max_length=200)
    hue: Hue | None = None
    is_active: Flag | None = None


class CategoryRemoval(In):
    to_id: BodyId | None = None
    leave_none: Flag = False


class CategoryOrder(In):
    ids: list[BodyId] = Field(max_length=1000)


class UsageOut(Out):
    customers: int
    views: int
    segments: list[str]
    categories: list[str]


def _all() -> QuerySet[Category]:
    return Category.objects.prefetch_related("fields")


@categories.get("", response=Paged[CategoryOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Category]:
    """All categories, in the order of the business."""
    return page(_all(), query, order=("order", "id"))


@categories.get("/{int:id}", response=CategoryOut)
def show(request: ApiRequest, id: Id) -> Category:
    """One category."""
    return visible(_all(), id)


@categories.get("/{int:id}/usage", response=UsageOut, permission=SHAPE)
def usage(request: ApiRequest, id: Id) -> Usage:
    """Where a category is used."""
    return shape.category_usage(visible(_all(), id))


@categories.post("", response=CategoryOut, permission=SHAPE)
def create(request: ApiRequest, payload: CategoryIn) -> Category:
    """Add a category."""
    made = services.create_category(actor=request.auth.user, details=CategoryDetails(**payload.model_dump()))
    return visible(_all(), made.pk)


@categories.patch("/{int:id}", response=CategoryOut, permission=SHAPE, versioned="required")
def change(request: ApiRequest, id: Id, payload: CategoryChange) -> Category:
    """Change the given fields of a category; a new minimum is counted again for its customers."""
    category, given = visible(_all(), id), payload.model_dump(exclude_none=True)
    is_active = given.pop("is_active", None)
    version: int | None = expected_version(request)
    if given:
        details = replace(_details(category), **given)
        services.change_category(actor=request.auth.user, category=category, details=details, version=version)
        version = None
    if is_active is not None:
        services.set_category_active(actor=request.auth.user, category=category, is_active=is_active, version=version)
    return visible(_all(), id)


@categories.post("/order", response=list[CategoryOut], permission=SHAPE, status=200)
def order(request: ApiRequest, payload: CategoryOrder) -> list[Category]:
    """Put categories in order."""
    services.order_categories(actor=request.auth.user, ids=payload.ids)
    return list(_all().order_by("order", "id"))


@categories.post("/{int:id}/remove", response=JobOut | None, permission=SHAPE, status=200, versioned="optional")
def remove(request: ApiRequest, id: Id, payload: CategoryRemoval) -> LongJob | None:
    """Remove a category; its customers get `to_id`, or none with `leave_none`. The answer is the work that does it."""
    category = visible(_all(), id)
    return services.remove_category(
        actor=request.auth.user,
        category=category,
        to=named_or_none(_all(), payload.to_id, field="to_id"),
        leave_none=payload.leave_none,
        version=seen_version(request),
    )


def _details(category: Category) -> CategoryDetails:
    return CategoryDetails(
        name=category.name,
        description=category.description,
        applies_to=category.applies_to,
        required=category.required,
        hue=category.hue,
    )
