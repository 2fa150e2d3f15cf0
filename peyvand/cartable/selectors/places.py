"""What the name of a place in the cartable means for a user: a folder, or one department's work."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.utils import timezone

from peyvand.accounts.models import Department, User
from peyvand.accounts.prepared import form_of
from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.copies import has_copies, newest_copies, numbered_copies
from peyvand.cartable.selectors.folders import BY_ACTIVITY, Folder, departments_of, folders_of, in_folder
from peyvand.core.errors import NotFound
from peyvand.core.lookups import AnyOf
from peyvand.core.paging import Page, page_of_rows, position_of
from peyvand.core.prepared import Given, Kept, Statement, statement_of


def folder_at(who: User, slug: str) -> tuple[Folder, Department | None]:
    """The folder of «mine», the department of «department-3». Raises NotFound for what the user does not have."""
    name, _dash, number = slug.partition("-")
    if not number:
        folder = next((one for one in folders_of(who) if one == name), None)
        if folder is None:
            raise NotFound
        return folder, None
    found = next((each for each in departments_of(who) if str(each.pk) == number), None)
    if name != Folder.DEPARTMENT or found is None:
        raise NotFound
    return Folder.ALL, found


def rows_at(who: User, slug: str) -> QuerySet[Request]:
    """The requests of a place that the user sees. Raises NotFound."""
    folder, department = folder_at(who, slug)
    return rows_in(who, folder, department.pk if department else None)


def rows_in(who: Who, folder: Folder, department_id: Any = None, *, now: Any = None) -> QuerySet[Request]:
    """The requests of a folder, or those of a department that are not on a reviewer's desk; now: as `in_folder`."""
    rows = in_folder(who, folder, department_id=department_id, now=now)
    return rows if department_id is None else rows.exclude(status=Request.Status.REVIEW)


_lists: Kept[Statement] = Kept()
_numbers: Kept[Statement] = Kept()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which first page: of which folder or department, in which order, with which columns."""

    folder: Folder
    department_id: int | None
    order: tuple[str, ...]
    columns: tuple[str, ...]


def first_page(who: Who, asked: Asked, *, size: int, most: int) -> tuple[Page[Request], int]:
    """The first page of a place, and how much is in it, at most `most`: one statement, two where there is more.

    Their texts are written once per form of reach: Django needs longer to write them than PostgreSQL to answer.
    """
    form, given = form_of(who), {"now": timezone.now(), "department": asked.department_id}
    key = (form.key, asked.folder, asked.department_id is None, asked.order)
    listed = _lists.get((*key, size), lambda: statement_of(_listed(form.stand_in(), asked, size + 1)))
    page = page_of_rows(Request.objects.all(), listed.rows(given, form.stand_ins), order=asked.order, size=size)
    if page.next is None:
        return page, len(page.items)
    number = _numbers.get(
        (*key, most), lambda: statement_of(_numbered(form.stand_in(), asked, most), "SELECT count(*) FROM ({}) counted")
    )
    return page, number.rows(given, form.stand_ins)[0][0]


def older_copies(who: Who, after: str, *, size: int) -> QuerySet[Request]:
    """The requests among which the page of the copies behind a cursor is, as `keyset_page` takes them; the latest news
    first. Raises BadCursor.
    """
    at, number = position_of(Request.objects.all(), BY_ACTIVITY, after)
    return newest_copies(who, size + 1, (at, number)) if has_copies(who) else Request.objects.none()


def _rows(who: Who, asked: Asked) -> QuerySet[Request]:
    department = None if asked.department_id is None else Given("department")
    return rows_in(who, asked.folder, department, now=Given("now"))


def _listed(who: Who, asked: Asked, size: int) -> QuerySet[Request]:
    """Which ones first, then what is shown of them: all that a folder holds would be joined before it is sorted."""
    in_copies = asked.folder is Folder.COPIES and asked.order == BY_ACTIVITY and has_copies(who)
    rows = newest_copies(who, size) if in_copies else _rows(who, asked)
    shown = Request.objects.filter(AnyOf(F("pk"), ArraySubquery(rows.order_by(*asked.order).values("pk")[:size])))
    return shown.select_related("party", "kind").only(*asked.columns).order_by(*asked.order)


def _numbered(who: Who, asked: Asked, most: int) -> QuerySet[Any, Any]:
    if asked.folder is Folder.COPIES and has_copies(who):
        return numbered_copies(who, most)
    return _rows(who, asked).order_by().values_list("pk")[:most]
