"""The list of customers on the kit of lists: what it shows first, how its own cells are written, its first views."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.list_state import Condition, ListState, Reader, register_reader
from peyvand.core.record_fields import Asked, Choice, Kind
from peyvand.core.record_links import now_of
from peyvand.parties import policies, selectors
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, Segment
from peyvand.parties.segments.stored import segment_condition
from peyvand.web.addresses import by_number
from peyvand.web.lists import Lookup, Pen, RecordList, Starter, register, register_lookup, titled
from peyvand.web.lists.cells import avatar, meter

FOUND = 20
address = by_number("parties:detail")  # the page of a customer
TONES = {
    Party.LifeCycle.POTENTIAL: "info",
    Party.LifeCycle.CURRENT: "ok",
    Party.LifeCycle.DISSATISFIED: "late",
    Party.LifeCycle.LOST: "n",
}


def _visible(user: User) -> QuerySet[Party]:
    return selectors.visible_to(user)


def _load(parties: QuerySet[Party]) -> QuerySet[Party]:
    """Load the second line of a customer: how many people an organisation has; where a person works is in `names`."""
    people = Party.objects.filter(organisation=OuterRef("pk"), deleted_at=None).order_by().values("organisation")
    counted = Subquery(people.annotate(number=Count("pk")).values("number"))
    return parties.annotate(people_known=counted).defer(*_unread())


@cache
def _unread() -> list[str]:
    """Columns that no cell reads: of an owner only his name is shown."""
    owner = {each.name for each in User._meta.concrete_fields} - {"id", "full_name", "username"}
    return ["search", *(f"owner__{name}" for name in owner)]


def _customer(party: Party, pen: Pen) -> SafeString:
    is_place = party.kind != Party.Kind.PERSON
    mark = avatar(party.name, party.pk, 28, is_square=is_place)
    return titled(address(party.pk), mark, party.name, _second_line(party, pen))


def _second_line(party: Party, pen: Pen) -> str:
    if party.kind == Party.Kind.PERSON:
        text = pen.names.seen(party.organisation_id) or party.job_title or pen.word(Party.Kind(party.kind))
    else:
        text = pen.word(Party.Kind(party.kind))
        people = getattr(party, "people_known", None)
        if people:
            text = f"{text} · " + ngettext("%(n)s person", "%(n)s people", people) % {"n": pen.number(people)}
    return f"{text} · {_now('Not confirmed yet')}" if party.is_provisional else text


def _life_cycle(party: Party, pen: Pen) -> SafeString:
    state = Party.LifeCycle(party.life_cycle)
    chip = f'<span class="pv-chip" data-c="{TONES[state]}" data-dot>{escape(pen.word(state))}</span>'
    return mark_safe(chip)  # noqa: S308 - words of ours


def _quality(party: Party, pen: Pen) -> SafeString:
    return meter(party.completeness, pen)


def _missing(party: Party) -> Sequence[str]:
    return party.missing


def _may_edit(user: User) -> bool:
    return may(user, policies.CHANGE)


CUSTOMERS = register(
    RecordList(
        key="customers",
        host=HOST,
        title=_("Customers"),
        search_label=_("Name, number or e-mail"),
        url_name="parties:list",
        permission=policies.VIEW,
        rows=_visible,
        columns=("name", "category", "phone", "city", "life_cycle", "last_contact_at", "completeness", "owner"),
        sort="name",
        title_cell="name",
        address=address,
        change_address=by_number("parties:change"),
        starters=(
            Starter(key="all", name=_("All customers")),
            Starter(
                key="leads",
                name=_("Leads of this week"),
                state=ListState(
                    filters=(Condition("roles", "any_of", ("lead",)), Condition("created_at", "last_days", ("7",))),
                    sort="-created_at",
                ),
            ),
            Starter(
                key="dissatisfied",
                name=_("Dissatisfied customers"),
                state=ListState(filters=(Condition("life_cycle", "any_of", ("dissatisfied",)),)),
            ),
            Starter(
                key="incomplete",
                name=_("Incomplete data"),
                state=ListState(filters=(Condition("completeness", "less", ("60",)),), sort="completeness"),
            ),
        ),
        labels={"name": _("Customer"), "completeness": _("Data quality")},
        cells={"name": _customer, "life_cycle": _life_cycle, "completeness": _quality},
        missing=_missing,
        may_edit=_may_edit,
        load=_load,
        names=("organisation",),
        first_use="parties/_customers_first.html",
    )
)


def _search(parties: Any, words: str, asked: Asked) -> QuerySet[Any]:
    return selectors.fitting(parties, asked.who, words)


def _find(asked: Asked, words: str, key: str) -> Iterable[Choice]:
    found = selectors.search(asked.who, words).order_by("sort_key", "id")
    if key == "organisation":
        found = found.filter(kind=Party.Kind.ORGANISATION)
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")[:FOUND]]


def _names(asked: Asked, keys: Sequence[str]) -> dict[str, str]:
    known = {key: now_of(Kind.PARTY, int(key)) for key in keys if key.isascii() and key.isdigit() and len(key) < 19}
    names = dict(selectors.visible_to(asked.who).filter(pk__in=set(known.values())).values_list("pk", "name"))
    return {key: names[pk] for key, pk in known.items() if pk in names}


def _segment_name(segment_id: int, asked: Asked) -> str:
    names = Segment.objects.visible_to(asked.who).filter(pk=segment_id).values_list("name", flat=True)
    return next(iter(names), "")


register_reader(HOST, Reader(search=_search, segment=segment_condition, segment_name=_segment_name))
register_lookup(Kind.PARTY, Lookup(find=_find, names=_names))
