"""The lists of deals and leads on the kit of lists."""

from html import escape

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.list_state import Condition, ListState
from peyvand.core.loading import all_but
from peyvand.core.lookups import AnyOf
from peyvand.parties.models import Party
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal, Pipeline
from peyvand.sales.permissions import CHANGE, VIEW
from peyvand.web.addresses import by_number
from peyvand.web.lists import Pen, RecordList, Starter, register, titled

TONES = {Deal.State.OPEN: "info", Deal.State.WON: "ok", Deal.State.LOST: "late", Deal.State.JOINED: "n"}
address = by_number("sales:deal")  # the page of a deal
_UNREAD = (*all_but(Party, "party", "name", "kind"), *all_but(User, "owner", "full_name", "username"))


def _of_kind(user: User, kind: Pipeline.Kind) -> QuerySet[Deal]:
    """Those of the pipelines of a kind, read first: a join would hide from the planner how many that are."""
    pipelines = ArraySubquery(Pipeline.objects.filter(kind=kind).values("pk"))
    return Deal.objects.visible_to(user).filter(AnyOf(F("pipeline_id"), pipelines))


def _deals(user: User) -> QuerySet[Deal]:
    return _of_kind(user, Pipeline.Kind.DEAL)


def _leads(user: User) -> QuerySet[Deal]:
    return _of_kind(user, Pipeline.Kind.LEAD)


def _name(deal: Deal, pen: Pen) -> SafeString:
    return titled(address(deal.pk), "", deal.name, deal.party.name)


def _state(deal: Deal, pen: Pen) -> SafeString:
    state = Deal.State(deal.state)
    chip = f'<span class="pv-chip" data-c="{TONES[state]}" data-dot>{escape(pen.word(state))}</span>'
    return mark_safe(chip)  # noqa: S308 - words of ours


def _load(rows: QuerySet[Deal]) -> QuerySet[Deal]:
    return rows.select_related("party", "owner").defer("search", "note", *_UNREAD)


def _may_edit(user: User) -> bool:
    return may(user, CHANGE)


def _open(sort: str) -> ListState:
    return ListState(filters=(Condition("state", "any_of", ("open",)),), sort=sort)


_STARTERS = (
    Starter(key="all", name=_("All")),
    Starter(key="open", name=pgettext_lazy("deal", "Open"), state=_open("-opened_at")),
    Starter(
        key="won", name=_("Won"), state=ListState(filters=(Condition("state", "any_of", ("won",)),), sort="-opened_at")
    ),
    Starter(
        key="lost",
        name=_("Lost"),
        state=ListState(filters=(Condition("state", "any_of", ("lost",)),), sort="-opened_at"),
    ),
)
_COLUMNS = ("name", "amount", "stage", "state", "owner", "close_on", "opened_at")


DEALS = register(
    RecordList(
        key="deals",
        host=HOST,
        title=_("Deals"),
        search_label=_("Name or source"),
        url_name="sales:list",
        permission=VIEW,
        rows=_deals,
        columns=_COLUMNS,
        sort="-opened_at",
        title_cell="name",
        address=address,
        change_address=by_number("sales:edit"),
        starters=_STARTERS,
        cells={"name": _name, "state": _state},
        may_edit=_may_edit,
        load=_load,
        first_use="sales/_deals_first.html",
    )
)
LEADS = register(
    RecordList(
        key="leads",
        host=HOST,
        title=_("Leads"),
        search_label=_("Name or source"),
        url_name="sales:leads",
        permission=VIEW,
        rows=_leads,
        columns=_COLUMNS,
        sort="-opened_at",
        title_cell="name",
        address=address,
        change_address=by_number("sales:edit"),
        starters=_STARTERS,
        labels={"name": _("Lead")},
        cells={"name": _name, "state": _state},
        may_edit=_may_edit,
        load=_load,
        first_use="sales/_deals_first.html",
    )
)
