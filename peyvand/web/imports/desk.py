"""One import while its owner maps it: the file, its columns, the plan as it is kept or as it was just chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import cached_property

from peyvand.accounts.models import User
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.imports import mappings, services
from peyvand.core.imports.kinds import Importer, ImportField, Key
from peyvand.core.imports.types import BLOCK, Column, Plan
from peyvand.core.models import Import
from peyvand.web.access import signed_in
from peyvand.web.imports.plans import settled
from peyvand.web.imports.reached import own

MOST_CHECKED = 100_000  # rows that are all checked without being asked for


@dataclass
class Desk:
    """The parts; faults: why the plan that was just chosen is not kept."""

    user: User
    item: Import
    importer: Importer
    plan: Plan
    faults: Sequence[str] = ()

    @cached_property
    def fields(self) -> dict[str, ImportField]:
        return {each.key: each for each in self.importer.fields(self.user)}

    @cached_property
    def keys(self) -> Sequence[Key]:
        return self.importer.keys(self.user)

    @cached_property
    def columns(self) -> list[Column]:
        return [Column.from_json(each) for each in self.item.columns]

    @property
    def first_number(self) -> int:
        return first_number(self.item)

    def keep(self, plan: Plan, version: int | None = None) -> bool:
        """Keep the plan, or say why it cannot be kept; it is shown in any case."""
        self.plan = plan
        try:
            self.item = services.save_plan(actor=self.user, import_id=self.item.pk, plan=plan, version=version)
        except (Invalid, Conflict) as error:
            self.faults = [error.message]
        return not self.faults

    def check_all(self) -> None:
        """Have all rows checked in the background, when the first block is not the whole file."""
        if BLOCK < self.item.total <= MOST_CHECKED:
            self.item.check_job = services.start_check(actor=self.user, import_id=self.item.pk)


def first_number(item: Import) -> int:
    """What the first row is called in the file: rows are counted from 1, with the heading and what is above it."""
    return 1 + int(item.shape.get("drop") or 0)


def desk_of(request: HttpRequest, import_id: int) -> Desk | None:
    """The import as its owner works on it; None when it is not, or no longer, a time for that."""
    item, importer = own(request, import_id)
    if item.state != Import.State.READY:
        return None
    desk = Desk(signed_in(request), item, importer, mappings.proposed_plan(signed_in(request), item))
    if not item.plan:
        desk.plan = settled(desk.plan, desk.keys)
    return desk


def version_of(request: HttpRequest) -> int | None:
    """The version that the page was made of."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
