"""Custom fields in the API."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

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
    page,
    router,
    seen_version,
    visible,
)  # fmt: skip
from peyvand.core.custom_fields import key_of
from peyvand.core.models import CustomField, LongJob
from peyvand.parties.api.categories import UsageOut
from peyvand.parties.selectors import shape
from peyvand.parties.services import custom_fields as services
from peyvand.parties.services import field_kinds
from peyvand.parties.shapes import ChoiceDetails, Conversion, FieldDetails, Usage

fields = router(tag="custom_fields", permission="parties.view")
SHAPE = "parties.shape"

FieldKind = CustomField.Kind
Label = Annotated[str, Field(min_length=1, max_length=80)]
English = Annotated[str, Field(max_length=80)]


class ChoiceOut(Out):
    id: int
    fa: str
    en: str
    off: bool


class CustomFieldOut(Out):
    id: int
    key: str
    host: str
    kind: FieldKind
    label: str
    label_en: str
    help: str
    choices: list[ChoiceOut]
    categories: list[int]
    order: int
    version: int
    removed_at: datetime | None

    @staticmethod
    def resolve_key(custom: CustomField) -> str:
        return key_of(custom)

    @staticmethod
    def resolve_categories(custom: CustomField) -> list[int]:
        limits: dict[int, list[int]] = getattr(custom, "limits", None) or shape.categories_of_fields()
        return limits.get(custom.pk, [])


class ChoiceIn(In):
    id: BodyId | None = None
    fa: English = ""
    en: English = ""
    off: Flag = False


Host = Annotated[str, Field(max_length=60, description="The kind of record: parties.Party, sales.Deal …")]


class CustomFieldIn(In):
    """A national ID only customers have. categories: for fields of customers."""

    host: Host = "parties.Party"
    kind: FieldKind
    label: Label
    label_en: English = ""
    help: Annotated[str, Field(max_length=200)] = ""
    choices: list[ChoiceIn] = Field(default_factory=list, max_length=300)
    categories: list[BodyId] = Field(default_factory=list, max_length=1000)


class CustomFieldChange(In):
    label: Label | None = None
    label_en: English | None = None
    help: Annotated[str, Field(max_length=200)] | None = None
    choices: list[ChoiceIn] | None = Field(None, max_length=300)
    categories: list[BodyId] | None = Field(None, max_length=1000)


class FieldQuery(PageQuery):
    host: Host = "parties.Party"
    removed: bool = False


class FieldOrder(In):
    host: Host = "parties.Party"
    ids: list[BodyId] = Field(max_length=1000)


class KindQuery(In):
    kind: FieldKind


class KindIn(In):
    kind: FieldKind


class ConvertedOut(Out):
    before: str
    after: str
    reason: str
    count: int


class ConversionOut(Out):
    fits: int
    fails: int
    is_whole: bool
    good: list[ConvertedOut]
    bad: list[ConvertedOut]
    new_choices: list[str]


def _all(*, removed: bool = False) -> QuerySet[CustomField]:
    return CustomField.objects.filter(removed_at__isnull=not removed)


@fields.get("", response=Paged[CustomFieldOut])
def index(request: ApiRequest, query: Query[FieldQuery]) -> Page[CustomField]:
    """The custom fields of a kind of record, in their order; with `removed` those that were removed."""
    rows, limits = _all(removed=query.removed).filter(host=query.host), shape.categories_of_fields()
    found = page(rows, query, order=("order", "id"))
    for custom in found.items:
        custom.limits = limits or {0: []}  # type: ignore[attr-defined]  # read once for the page
    return found


@fields.get("/{int:id}", response=CustomFieldOut)
def show(request: ApiRequest, id: Id) -> CustomField:
    """One custom field."""
    return visible(CustomField.objects.all(), id)


@fields.get("/{int:id}/usage", response=UsageOut, permission=SHAPE)
def usage(request: ApiRequest, id: Id) -> Usage:
    """Where a field is used: how many records have a value, which views, segments, categories or stages name it."""
    return shape.field_usage(visible(_all(), id))


@fields.get("/{int:id}/conversion", response=ConversionOut, permission=SHAPE)
def conversion(request: ApiRequest, id: Id, query: Query[KindQuery]) -> Conversion:
    """What a change of type would do to the values."""
    return field_kinds.preview_kind(actor=request.auth.user, custom=visible(_all(), id), kind=query.kind)


@fields.post("", response=CustomFieldOut, permission=SHAPE)
def create(request: ApiRequest, payload: CustomFieldIn) -> CustomField:
    """Add a field to a kind of record; one of customers for all or for those of the given categories."""
    given, actor = payload.model_dump(exclude={"kind", "host"}), request.auth.user
    return services.create_custom_field(actor=actor, kind=payload.kind, details=_details(given), host=payload.host)


@fields.patch("/{int:id}", response=CustomFieldOut, permission=SHAPE, versioned="required")
def change(request: ApiRequest, id: Id, payload: CustomFieldChange) -> CustomField:
    """Change the given parts; `choices` replaces all, those that are left out are switched off."""
    custom = visible(_all(), id)
    kept: dict[str, Any] = {
        "label": custom.label,
        "label_en": custom.label_en,
        "help": custom.help,
        "choices": custom.choices,
        "categories": shape.categories_of_fields().get(custom.pk, []),
    }
    details = _details(kept | payload.model_dump(exclude_none=True))
    return services.change_custom_field(
        actor=request.auth.user, custom=custom, details=details, version=expected_version(request)
    )


@fields.post("/order", response=list[CustomFieldOut], permission=SHAPE, status=200)
def order(request: ApiRequest, payload: FieldOrder) -> list[CustomField]:
    """Put fields in order."""
    services.order_custom_fields(actor=request.auth.user, ids=payload.ids, host=payload.host)
    return list(_all().filter(host=payload.host).order_by("order", "id"))


@fields.delete("/{int:id}", permission=SHAPE, versioned="optional")
def delete(request: ApiRequest, id: Id) -> None:
    """Remove a field; its values are kept for 30 days."""
    services.remove_custom_field(actor=request.auth.user, custom=visible(_all(), id), version=seen_version(request))


@fields.post("/{int:id}/restore", response=CustomFieldOut, permission=SHAPE, status=200)
def restore(request: ApiRequest, id: Id) -> CustomField:
    """Bring a removed field back with its values."""
    return services.restore_custom_field(actor=request.auth.user, custom=visible(_all(removed=True), id))


@fields.post("/{int:id}/convert", response=JobOut, permission=SHAPE, status=200, versioned="optional")
def convert(request: ApiRequest, id: Id, payload: KindIn) -> LongJob:
    """Change the type of a field; the work lists what could not be converted, and can be undone."""
    return field_kinds.change_kind(
        actor=request.auth.user, custom=visible(_all(), id), kind=payload.kind, version=seen_version(request)
    )


def _details(given: dict[str, Any]) -> FieldDetails:
    choices = [ChoiceDetails(**row) for row in given["choices"]]
    return replace(FieldDetails(label=""), **(given | {"choices": choices}))
