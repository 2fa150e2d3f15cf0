"""What an app needs to offer endpoints: import from here only.

users = router(tag="users", permission="accounts.manage")

@users.get("/{int:id}", response=UserOut)
def show(request: ApiRequest, id: Id) -> User:
    "One user."
    return visible(User.objects.visible_to(request.auth.user), id)
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from peyvand.api.auth import SIGNED_IN, ApiRequest
from peyvand.api.errors import VersionNeeded, VersionOutdated
from peyvand.api.router import Endpoints, expected_version, router, seen_version
from peyvand.api.schemas import (
    BodyId,
    CustomIn,
    FileId,
    Flag,
    Id,
    In,
    Line,
    LongText,
    Moment,
    Out,
    Paged,
    PageQuery,
    Person,
    Ref,
)
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.paging import Page, keyset_page
from peyvand.core.record_links import answering

M = TypeVar("M", bound=Model)


def page(qs: QuerySet[M], query: PageQuery, *, order: Sequence[str]) -> Page[M]:
    """The page of a list that the query asks for."""
    return keyset_page(qs, order=order, after=query.after, before=query.before, size=query.size)


def visible(qs: QuerySet[M], pk: Any) -> M:
    """The row of a list that is already cut to what the caller may see. Raises NotFound."""
    found = qs.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def named(qs: QuerySet[M], pk: Any, *, field: str) -> M:
    """The row that a body's `field` names, from a list cut to what the caller may see. Raises Invalid.

    The old number of a merged record means the one that it was merged into: take the row that is returned.
    """
    found = answering(qs, pk)
    if found is None:
        raise Invalid(fields={field: _("There is no such record, or you may not see it.")})
    return found


def named_or_none(qs: QuerySet[M], pk: Any, *, field: str) -> M | None:
    """The same for a field that may be left out."""
    return None if pk is None else named(qs, pk, field=field)


def download(data: bytes, *, name: str, content_type: str = "application/octet-stream") -> HttpResponse:
    """A file as an attachment that no browser will run."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


__all__ = [
    "SIGNED_IN",
    "ApiRequest",
    "BodyId",
    "CustomIn",
    "Endpoints",
    "FileId",
    "Flag",
    "Id",
    "In",
    "Line",
    "LongText",
    "Moment",
    "Out",
    "Page",
    "PageQuery",
    "Paged",
    "Person",
    "Ref",
    "VersionNeeded",
    "VersionOutdated",
    "download",
    "expected_version",
    "named",
    "named_or_none",
    "page",
    "router",
    "seen_version",
    "visible",
]
