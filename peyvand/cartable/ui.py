"""What the cartable puts into the shell: its entries, its commands, its slots in other pages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.cartable import code, elsewhere
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.folders import Folder, in_folder
from peyvand.core.text import search_norm
from peyvand.web import nav, palette

__all__ = ["elsewhere", "found", "waiting"]

SHORTEST = 3
MOST = 6
MOST_COUNTED = 99


def found(user: User, query: str) -> Iterator[palette.Entry]:
    """Requests by follow-up code or by words of subject and customer."""
    rows = Request.objects.visible_to(user).select_related("party")
    number = code.parse(query)
    wanted = search_norm(query)
    if number:
        rows = rows.filter(code=number)
    elif len(wanted) >= SHORTEST:
        rows = rows.filter(search__contains=wanted).order_by("-last_activity_at")
    else:
        return
    for each in rows[:MOST]:
        yield palette.Entry(
            title=each.subject or each.code,
            subtitle=f"{each.party.name if each.party else ''} · {each.code}",
            url=reverse("cartable:any", args=[each.code]),
            icon="inbox",
        )


def waiting(user: User) -> int:
    """How much stands in one's own folder; the badge says no more than 99."""
    return in_folder(user, Folder.MINE).order_by()[:MOST_COUNTED].count()


nav.register(
    nav.NavItem(
        key="cartable",
        label=_("Cartable"),
        url_name="cartable:home",
        icon="inbox",
        order=10,
        permission="cartable.view",
        count=waiting,
        phone=True,
        shortcut="KeyI",
    )
)
nav.register(
    nav.NavItem(
        key="new-request",
        label=pgettext_lazy("add", "Request"),
        url_name="cartable:new",
        icon="inbox",
        section="create",
        order=10,
        permission="cartable.register",
        shortcut="KeyR",
    )
)
palette.register(_("Requests"), found, order=20)
