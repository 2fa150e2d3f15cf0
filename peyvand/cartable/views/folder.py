"""The folders of the cartable as the page shows them: their names, icons and counts, and what an address means."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Department, User
from peyvand.cartable.models import Request
from peyvand.cartable.request_fields import LIST, PLACE
from peyvand.cartable.selectors.counting import Counts, counts
from peyvand.cartable.selectors.folders import CAP, Folder, departments_of, folders_of
from peyvand.cartable.selectors.places import folder_at, rows_at
from peyvand.cartable.views.narrowing import query_of
from peyvand.core.models import SavedView
from peyvand.core.saved_views import state_of, views_of

TITLES: dict[Folder, tuple[Promise, str]] = {
    Folder.MINE: (pgettext_lazy("folder", "Mine"), "inbox"),
    Folder.DEPARTMENT: (_("My department"), "building"),
    Folder.REVIEW: (_("Awaiting review"), "user-check"),
    Folder.OVERDUE: (_("Overdue"), "alarm"),
    Folder.REFERRED: (_("Referred by me"), "arrow-ramp-right"),
    Folder.MENTIONS: (_("Mentions"), "at"),
    Folder.SNOOZED: (_("Snoozed"), "clock-pause"),
    Folder.COPIES: (_("Copies to me"), "copy"),
    Folder.UNREAD: (_("Unreadable"), "mail-question"),
    Folder.ANSWERED: (pgettext_lazy("folder", "Answered"), "message-check"),
    Folder.CLOSED: (pgettext_lazy("folder", "Closed"), "circle-check"),
    Folder.ALL: (_("All work"), "stack-2"),
}


DEALT_WITH = (_("The cartable is empty."), _("Every request here has been dealt with."))
EMPTY: dict[Folder, tuple[str | Promise, str | Promise]] = {
    Folder.REVIEW: (_("Nothing awaits your approval."), _("Answers whose reviewer you are come here.")),
    Folder.OVERDUE: (_("Nothing is overdue."), _("A request whose deadline has passed comes here.")),
    Folder.REFERRED: (_("You wait for nobody."), _("What you referred to others stays here until it is back.")),
    Folder.MENTIONS: (_("Nobody has asked you."), _("A request comes here when a note names you with @.")),
    Folder.SNOOZED: (_("Nothing is snoozed."), _("What you snooze with S waits here and comes back by itself.")),
    Folder.COPIES: (_("There is no copy for you."), _("Copies for your information or your opinion come here.")),
    Folder.UNREAD: (_("Every message could be read."), _("A message that could not be taken apart comes here.")),
    Folder.ANSWERED: (_("No answer waits for its customer."), _("Answered requests stay here until they are closed.")),
    Folder.CLOSED: (_("Nothing is closed yet."), _("Closed requests stay here and can be opened again.")),
}


@dataclass(frozen=True)
class Place:
    """Where the reader stands: a folder, perhaps narrowed to one department."""

    slug: str
    folder: Folder
    title: str
    department_id: int | None = None

    @property
    def inside(self) -> str:
        """The title as it reads after «in»."""
        return _now("answers awaiting review") if self.folder is Folder.REVIEW else self.title

    @property
    def empty(self) -> tuple[str | Promise, str | Promise]:
        """What is said of it when nothing is in it: a title, and what comes here."""
        return EMPTY.get(self.folder, DEALT_WITH)

    @property
    def takes_work(self) -> bool:
        """Whether a request that one registers may show up here."""
        return self.folder not in EMPTY

    def rows(self, who: User) -> QuerySet[Request]:
        """The requests of this place."""
        return rows_at(who, self.slug)


@dataclass(frozen=True)
class Item:
    """An entry of the folder list."""

    slug: str
    title: str
    icon: str = ""
    hue: int = 0
    count: int = 0

    @property
    def count_text(self) -> str:
        """The count, capped: «999+»."""
        return f"{CAP - 1:,}+" if self.count >= CAP else f"{self.count:,}"


def place_of(who: User, slug: str) -> Place:
    """What the folder part of an address means for this reader. Raises NotFound for what he does not have."""
    folder, department = folder_at(who, slug)
    if department is not None:
        return Place(slug, folder, department.name, department.pk)
    return Place(slug, folder, str(TITLES[folder][0]))


@dataclass(frozen=True)
class Panel:
    """The left panel: folders and departments, each with its count, and the views that one may use."""

    folders: list[Item]
    departments: list[Item]
    saved: list[Item]


def panel_of(who: User, *, counted: bool) -> Panel:
    """Read the panel of a user; without counts it has only the folders, for a page that asks for the rest."""
    in_sight = departments_of(who) if counted else []
    numbers = counts(who, in_sight) if counted else Counts(folders={}, departments={})
    folders = [
        Item(str(folder), str(TITLES[folder][0]), TITLES[folder][1], count=numbers.folders.get(folder, 0))
        for folder in folders_of(who)
    ]
    departments = [_department_item(each, numbers.departments.get(each.pk, 0)) for each in in_sight]
    return Panel(folders, departments, saved_items(who) if counted else [])


def saved_items(who: User) -> list[Item]:
    """The saved views that a user may use, each with its address."""
    return [Item(address_of_view(each), each.name, icon="bookmark") for each in views_of(who, LIST)]


def address_of_view(view: SavedView) -> str:
    """The address that shows a saved view."""
    state = state_of(view)
    folder = next((each.values[0] for each in state.filters if each.key == PLACE and each.values), str(Folder.MINE))
    known = folder if folder.partition("-")[0] in set(Folder) else str(Folder.MINE)
    return f"{reverse('cartable:folder', args=[known])}?{query_of(state, view=view.pk)}"


def _department_item(department: Department, count: int) -> Item:
    return Item(f"department-{department.pk}", department.name, hue=department.hue, count=count)
