"""What the name of a place in the cartable means for a user: a folder, or one department's work."""

from django.db.models import QuerySet

from peyvand.accounts.models import Department, User
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.folders import Folder, departments_of, folders_of, in_folder
from peyvand.core.errors import NotFound


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
    rows = in_folder(who, folder, department_id=department.pk if department else None)
    return rows if department is None else rows.exclude(status=Request.Status.REVIEW)
