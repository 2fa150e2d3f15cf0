"""The steps of an import as every page of it shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.core.imports.kinds import Importer
from peyvand.core.imports.types import Plan
from peyvand.core.models import Import
from peyvand.web.templatetags.pv import filesize, grouped

State = Import.State
FILE, COLUMNS, DUPLICATES, RUN = 1, 2, 3, 4


@dataclass(frozen=True)
class Step:
    """A step; state: done, on or empty. url: where it can be gone back to."""

    number: int
    label: str
    says: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class Wizard:
    """Head and steps of one import, or of one that is about to begin."""

    title: str
    key: str
    steps: list[Step]
    pk: int | None = None
    file_name: str = ""
    rows: int = 0


def wizard_of(importer: Importer, row: Import | None, at: int, plan: Plan | None = None) -> Wizard:
    """What stands above the page of step `at`. plan: as it was just chosen, when it is not the one that is kept."""
    title = _("Import: %(what)s") % {"what": importer.label}
    if row is None:
        return Wizard(title, importer.host, _steps(importer, None, at, None))
    return Wizard(title, importer.host, _steps(importer, row, at, plan), row.pk, row.file_name, row.total)


def _steps(importer: Importer, row: Import | None, at: int, plan: Plan | None) -> list[Step]:
    plan = plan or (Plan.from_json(row.plan) if row and row.plan else Plan())
    named = (
        (FILE, _("File"), _file(row), ""),
        (COLUMNS, _("Match the columns"), _columns(row, plan), "imports:columns"),
        (DUPLICATES, _("Duplicates"), _key(importer, row, plan), "imports:duplicates"),
        (RUN, _("Bring in"), "", ""),
    )
    may_go = row is not None and row.state == State.READY
    return [
        Step(
            number,
            label,
            says,
            "done" if number < at else "on" if number == at else "",
            reverse(url, args=[row.pk]) if row and url and may_go and number < at else "",
        )
        for number, label, says, url in named
    ]


def _file(row: Import | None) -> str:
    if row is None:
        return ""
    kind = row.get_format_display() if row.format else ""
    return " · ".join(part for part in (str(kind), filesize(row.size)) if part)


def _columns(row: Import | None, plan: Plan) -> str:
    if row is None or not row.columns:
        return ""
    total = len(row.columns)
    values: dict[str, Any] = {
        "mapped": grouped(sum(bool(each.field) for each in plan.columns)),
        "total": grouped(total),
    }
    return ngettext("%(mapped)s of %(total)s column", "%(mapped)s of %(total)s columns", total) % values


def _key(importer: Importer, row: Import | None, plan: Plan) -> str:
    if row is None or not plan.key:
        return ""
    return next((str(each.label) for each in importer.keys(row.owner) if each.key == plan.key), "")
