"""Saved views: made, changed, shared, deleted and restored by their owner; read by the place they are shared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.list_state import ListState
from peyvand.core.models import SavedView
from peyvand.core.prepared import Given, Prepared
from peyvand.core.record_fields import refuse_kept_numbers
from peyvand.core.text import display_norm

LONGEST_NAME = 80
MOST_VIEWS = 60
Shared = SavedView.Shared


class Reader(Protocol):
    """Who reads and keeps views: a user with his place."""

    pk: Any
    department_id: int | None
    branch_id: int | None


class NameTaken(Invalid):
    """You have a view of this name in this list already."""

    code = "view_named"


class TooManyViews(Invalid):
    """These are too many views; delete some first."""

    code = "too_many_views"


@dataclass(frozen=True)
class SavedList:
    """A list that keeps views: its kind of record, and the permission that its readers hold."""

    key: str
    host: str
    permission: str


_lists: dict[str, SavedList] = {}


def register_list(saved: SavedList) -> None:
    """Make a list known, so that pages and the API keep views of it."""
    _lists[saved.key] = saved


def saved_lists() -> dict[str, SavedList]:
    """Return the lists that keep views, by their keys."""
    return dict(_lists)


def views_of(reader: Reader, list_key: str = "") -> QuerySet[SavedView]:
    """The views that `reader` may use: his own, and those shared with his department, his branch or everybody."""
    mine = Q(owner_id=reader.pk) | Q(shared=Shared.ALL)
    if reader.department_id:
        mine |= Q(shared=Shared.DEPARTMENT, place_id=reader.department_id)
    if reader.branch_id:
        mine |= Q(shared=Shared.BRANCH, place_id=reader.branch_id)
    found = SavedView.objects.filter(mine, deleted_at=None)
    return (found.filter(list=list_key) if list_key else found).order_by("order", "id")


def _for_reader() -> QuerySet[SavedView]:
    mine = Q(owner_id=Given("owner")) | Q(shared=Shared.ALL)
    mine |= Q(shared=Shared.DEPARTMENT, place_id=Given("department"))
    mine |= Q(shared=Shared.BRANCH, place_id=Given("branch"))
    return SavedView.objects.filter(mine, deleted_at=None, list=Given("list")).order_by("order", "id")


_FOR_READER = Prepared(_for_reader)


def views_in(reader: Reader, list_key: str) -> list[SavedView]:
    """The same of one list, for its page, which asks it each time."""
    places = {"department": reader.department_id, "branch": reader.branch_id}
    return _FOR_READER.all(owner=reader.pk, list=list_key, **places)


@transaction.atomic
def create_view(*, owner: Reader, list_key: str, name: str, state: ListState, shared: str = Shared.NOBODY) -> SavedView:
    """Keep a list as it is shown now under a name. Errors: Invalid, NameTaken, TooManyViews."""
    if list_key not in _lists:
        raise Invalid(fields={"list": _("There is no such list.")})
    own = SavedView.objects.filter(owner_id=owner.pk, list=list_key, deleted_at=None)
    if own.count() >= MOST_VIEWS:
        raise TooManyViews
    _refuse_numbers(list_key, state)
    view = SavedView(list=list_key, owner_id=owner.pk, state=state.to_json())
    view.name = _named(owner, list_key, name)
    _share(view, owner, shared)
    last = own.order_by("-order").values_list("order", flat=True).first()
    view.order = min((last or 0) + 10, 30_000)
    view.save()
    return view


@transaction.atomic
def change_view(
    *,
    owner: Reader,
    view_id: int,
    version: int | None = None,
    name: str | None = None,
    state: ListState | None = None,
    shared: str | None = None,
) -> SavedView:
    """Rename a view of one's own, let it show something else, or share it. Errors: NotFound, Conflict, Invalid."""
    view = _own(owner, view_id, version)
    if name is not None:
        view.name = _named(owner, view.list, name, but=view.pk)
    if state is not None:
        _refuse_numbers(view.list, state)
        view.state = state.to_json()
    if shared is not None:
        _share(view, owner, shared)
    view.version += 1
    view.save()
    return view


@transaction.atomic
def order_views(*, owner: Reader, list_key: str, view_ids: Sequence[int]) -> None:
    """Put one's own views of a list into this order; those not named follow. Errors: NotFound."""
    views = {view.pk: view for view in views_of(owner, list_key).filter(owner_id=owner.pk).select_for_update()}
    if any(pk not in views for pk in view_ids):
        raise NotFound
    wanted = [*dict.fromkeys(view_ids), *(pk for pk in views if pk not in view_ids)]
    for place, pk in enumerate(wanted, 1):
        if views[pk].order != place * 10:
            views[pk].order = place * 10
            views[pk].version += 1
            views[pk].save(update_fields=["order", "version"])


@transaction.atomic
def delete_view(*, owner: Reader, view_id: int, version: int | None = None) -> SavedView:
    """Take a view of one's own away; it can be restored. Errors: NotFound, Conflict."""
    view = _own(owner, view_id, version)
    view.deleted_at = timezone.now()
    view.version += 1
    view.save(update_fields=["deleted_at", "version"])
    return view


@transaction.atomic
def restore_view(*, owner: Reader, view_id: int) -> SavedView:
    """Bring a deleted view of one's own back; beside a newer one of its name it gets a number. Errors: NotFound."""
    view = _own(owner, view_id, None, deleted=True)
    taken = set(views_of(owner, view.list).filter(owner_id=owner.pk).values_list("name", flat=True))
    free = (f"{view.name[: LONGEST_NAME - 5]} {number}" for number in range(2, MOST_VIEWS + 3))
    view.name = view.name if view.name not in taken else next(name for name in free if name not in taken)
    view.deleted_at = None
    view.version += 1
    view.save(update_fields=["deleted_at", "name", "version"])
    return view


def state_of(view: SavedView) -> ListState:
    """Return what a view shows."""
    return ListState.from_json(view.state, view=str(view.pk))


def _own(owner: Reader, view_id: int, version: int | None, *, deleted: bool = False) -> SavedView:
    found = SavedView.objects.select_for_update().filter(pk=view_id, owner_id=owner.pk, deleted_at__isnull=not deleted)
    view = found.first()
    if view is None:
        raise NotFound
    if version is not None and view.version != version:
        raise Conflict
    return view


def _refuse_numbers(list_key: str, state: ListState) -> None:
    refuse_kept_numbers(_lists[list_key].host, [(each.key, each.values) for each in state.filters])


def _named(owner: Reader, list_key: str, name: str, but: int | None = None) -> str:
    clean = display_norm(name)
    if not clean or len(clean) > LONGEST_NAME:
        raise Invalid(fields={"name": _("Write a name of up to 80 letters.")})
    others = SavedView.objects.filter(owner_id=owner.pk, list=list_key, name=clean, deleted_at=None)
    if others.exclude(pk=but or 0).exists():
        raise NameTaken(fields={"name": str(NameTaken())})
    return clean


def _share(view: SavedView, owner: Reader, shared: str) -> None:
    """Share with the owner's own place only. Errors: Invalid."""
    if shared not in Shared.values:
        raise Invalid(fields={"shared": _("There is no such choice any more.")})
    places = {Shared.DEPARTMENT: owner.department_id, Shared.BRANCH: owner.branch_id}
    view.shared = shared
    view.place_id = places.get(Shared(shared))
    if shared in places and view.place_id is None:
        raise Invalid(fields={"shared": _("You belong to no such place; share it with everybody or nobody.")})
