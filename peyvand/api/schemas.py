"""Shapes that every app's endpoints share: strict input, explicit output, pages, problems."""

from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, StrictBool

T = TypeVar("T")
LARGEST_ID = 2**63 - 1
DEFAULT_SIZE = 50


def _only_text(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError("not a time")
    return value


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]  # in a path or a query
BodyId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
CustomIn = Annotated[  # values of custom fields, by the number or the key of the field
    dict[Annotated[str, Field(max_length=40)], str | int | float | bool | list[str | int] | None], Field(max_length=200)
]
FileId = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
Flag = StrictBool
Moment = Annotated[AwareDatetime, BeforeValidator(_only_text)]
Line = Annotated[str, Field(max_length=300)]
LongText = Annotated[str, Field(max_length=200_000)]


class In(Schema):
    """Input: a field that is not declared is refused, so nothing can be slipped in."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Out(Schema):
    """Output: only declared fields ever leave the house."""


class Ref(Out):
    """Something referred to: its number and what it is called."""

    id: int
    name: str


class Person(Out):
    """A colleague, as others see him."""

    id: int
    full_name: str


class PageQuery(Schema):
    """Which page of a list: the cursor that an earlier page gave as `next` (after) or `previous` (before)."""

    after: str | None = Field(None, max_length=4000)
    before: str | None = Field(None, max_length=4000)
    size: int = Field(DEFAULT_SIZE, ge=1, le=200)


class Paged(Out, Generic[T]):
    """One page of a list and the cursors of its neighbours."""

    items: list[T]
    next: str | None = None
    previous: str | None = None


class ProblemField(Out):
    """A value that was refused."""

    name: str
    detail: str
    code: str = ""


class Problem(Out):
    """RFC 9457 with a short `code`, the refused `fields`, and a `tracking` code for faults on our side."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: list[ProblemField]
    tracking: str
