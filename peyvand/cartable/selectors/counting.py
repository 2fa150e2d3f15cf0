"""How much is in each folder and department: two statements, whose texts are written once per form of reach.

Django needs many times as long to write these texts as PostgreSQL needs to answer them, and every open page asks again
at each piece of news.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from peyvand.accounts.models import Department
from peyvand.accounts.prepared import form_of
from peyvand.accounts.scoping import Who
from peyvand.cartable.models import IS_ACTIVE, Request, insider_q
from peyvand.cartable.selectors.copies import has_copies, numbered_copies
from peyvand.cartable.selectors.folders import CAP, Folder, departments_of, folders_of, in_folder
from peyvand.core.prepared import Given, Kept, Statement, is_any, statement_of

UNCOUNTED = (Folder.CLOSED, Folder.ANSWERED, Folder.ALL)
DEPARTMENT_COUNTS = """
    SELECT department.id, counted.n FROM unnest(%s::bigint[]) AS department (id), LATERAL (
        SELECT count(*) AS n FROM (
            SELECT 1 FROM cartable_request request WHERE request.department_id = department.id
            AND request.status IN ('new', 'open', 'referred') AND NOT request.confidential LIMIT %s
        ) AS found
    ) AS counted
"""
_folders: Kept[Statement] = Kept()
_secrets: Kept[Statement] = Kept()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much is in each folder that the user has, and in each department he sees; at most `CAP`."""

    folders: dict[Folder, int]
    departments: dict[int, int]


def counts(who: Who, departments: Sequence[Department] | None = None) -> Counts:
    """Count every folder with work in it and every department in sight: two statements, capped.

    departments: `departments_of(who)`, when the caller has read them already.
    """
    departments = departments_of(who) if departments is None else departments
    shown = [folder for folder in folders_of(who) if folder not in UNCOUNTED]
    return Counts(
        folders=dict(zip(shown, _count_each(who, shown, CAP), strict=True)),
        departments=department_counts(who, [department.pk for department in departments]),
    )


def number_in(who: Who, folder: Folder, most: int) -> int:
    """How much is in one folder, at most `most`: one statement."""
    return _count_each(who, [folder], most)[0]


def _count_each(who: Who, shown: Sequence[Folder], most: int) -> list[int]:
    """Count these folders in one statement, each at most to the cap."""
    if not shown:
        return []
    form = form_of(who)
    statement = _folders.get(
        (form.key, tuple(shown), most),
        lambda: _together([_ids_in(form.stand_in(), each, most) for each in shown]),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.bound({"now": timezone.now()}, form.stand_ins))
        return [int(number) for number in cursor.fetchone()]


def _ids_in(who: Who, folder: Folder, most: int) -> QuerySet[Any, Any]:
    """The ids of a folder, at most so many."""
    if folder is Folder.COPIES and has_copies(who):
        return numbered_copies(who, most)
    return in_folder(who, folder, now=Given("now")).order_by().values_list("pk")[:most]


def _together(querysets: Sequence[QuerySet[Any, Any]]) -> Statement:
    """One text that counts many lists."""
    columns: list[str] = []
    values: list[Any] = []
    for rows in querysets:
        each = statement_of(rows)
        columns.append(f"(SELECT count(*) FROM ({each.text or 'SELECT 1 WHERE false'}) counted)")  # noqa: S608 -- of the ORM
        values += each.parameters
    return Statement(f"SELECT {', '.join(columns)}", tuple(values), [])


def department_counts(who: Who, department_ids: Iterable[int]) -> dict[int, int]:
    """How much work stands in each department as `who` sees it, capped: one statement."""
    ids = list(department_ids)
    if not ids:
        return {}
    form = form_of(who)
    secret = _secrets.get(form.key, lambda: statement_of(_secret(form.stand_in())))
    text = f"{DEPARTMENT_COUNTS} UNION ALL ({secret.text})" if secret.text else DEPARTMENT_COUNTS
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(text, [ids, CAP, *secret.bound({"ids": ids}, form.stand_ins)])
        for number, count in cursor.fetchall():
            found[number] = min(found.get(number, 0) + count, CAP)
    return found


def _secret(who: Who) -> QuerySet[Request, tuple[int, int]]:
    """The confidential work of each department that `who` is an insider of."""
    rows = Request.objects.filter(IS_ACTIVE, insider_q(who), is_any("department_id", "ids"), confidential=True)
    rows = rows.exclude(status=Request.Status.REVIEW).order_by()
    return rows.values("department").annotate(n=Count("pk")).values_list("department", "n")
