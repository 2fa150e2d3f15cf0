"""The bar over the chosen requests of a list: what may be done with them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from peyvand.accounts.policies import may
from peyvand.cartable.selectors.choices import tags
from peyvand.cartable.services.bulk import How
from peyvand.cartable.services.bulk.changes import PERMISSIONS
from peyvand.cartable.views.answering import me
from peyvand.cartable.views.folder import Place


@dataclass(frozen=True)
class Act:
    """One button: what it asks for."""

    label: str
    icon: str
    how: How
    is_bad: bool = False


def bulk_bar(request: HttpRequest, place: Place, query: str, total: int | None, most: int) -> dict[str, Any] | None:
    """The bar, None for who may do nothing to many; total: how many the list finds, at most `most`."""
    acts = [each for each in _acts() if may(me(request), PERMISSIONS[each.how])]
    if not acts:
        return None
    total = total or 0
    number = f"{most - 1:,}+" if total >= most else f"{total:,}"
    text = ngettext("Choose the %(n)s request of this list", "Choose all %(n)s requests of this list", total)
    return {
        "key": f"requests-{place.slug}",
        "place": place.slug,
        "query": query,
        "total": total,
        "all_text": text % {"n": number},
        "acts": acts,
        "url": reverse("cartable:bulk_ask"),
    }


def _acts() -> list[Act]:
    found = [
        Act(_("Refer"), "arrow-ramp-right", How.REFER),
        Act(_("Assign"), "user-check", How.ASSIGN),
        Act(pgettext("request", "Close"), "check", How.CLOSE),
        Act(_("Snooze"), "clock-pause", How.SNOOZE),
    ]
    return [*found, Act(_("Tag"), "tag", How.TAG)] if tags() else found
