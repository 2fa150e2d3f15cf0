"""The tree of referrals with who holds the request now, and the working time of every holder."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from peyvand.cartable import services
from peyvand.cartable.models import ConfidentialView, Referral
from peyvand.cartable.selectors.reading import read_request
from peyvand.cartable.selectors.ties import parts_of
from peyvand.cartable.selectors.tree import Node, tree_of
from peyvand.cartable.views.answering import actor_of, dialog, me
from peyvand.cartable.views.thread import target_of
from peyvand.cartable.views.wording import STATUS_COLOURS
from peyvand.core.text import isolated
from peyvand.web.access import page


@dataclass(frozen=True)
class Branch:
    """A node as the page draws it."""

    node: Node
    referral: Referral
    target: str
    spent: str
    children: Sequence["Branch"]


def spent_text(minutes: int) -> str:
    """Working time as people read it: «2 h 5 min»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def _drawn(nodes: Sequence[Node]) -> list[Branch]:
    return [
        Branch(each, each.referral, target_of(each.referral), spent_text(each.minutes), _drawn(each.children))
        for each in nodes
    ]


@page("cartable.view")
@require_GET
def tree(request: HttpRequest, code: str) -> HttpResponse:
    """All referrals of a request as a nested list, and how long each holder had it."""
    found = read_request(me(request), code)
    services.note_view(actor=actor_of(request), request=found.request, what=ConfidentialView.What.HISTORY)
    drawn = tree_of(found, timezone.now())
    context = {
        "title": _("Referrals of request %(code)s") % {"code": isolated(code)},
        "nodes": _drawn(drawn.nodes),
        "parts": parts_of(me(request), found.request) if found.request.tied else [],
        "colours": STATUS_COLOURS,
        "holders": [(each, spent_text(each.minutes)) for each in drawn.holders],
    }
    return dialog(request, found.request, "cartable/_tree.html", context)
