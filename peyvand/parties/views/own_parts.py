"""The figures and tabs that a customer's file has by itself."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core.list_state import may_use
from peyvand.core.record_fields import Asked, RecordField, fields_of
from peyvand.parties.fields import HOST
from peyvand.parties.file_parts import Figure, Tab
from peyvand.parties.models import Party
from peyvand.parties.selectors.merges import origins_of
from peyvand.parties.selectors.papers import count_files
from peyvand.parties.views import shown_file as shown
from peyvand.parties.views.papers import files_tab
from peyvand.parties.views.relations import relations_tab
from peyvand.web import prefs
from peyvand.web.access import signed_in
from peyvand.web.lists.bound import joined, labels_of
from peyvand.web.lists.cells import Pen, cell
from peyvand.web.templatetags.pv import ago, localised, percent

POOR = 40
SHOWN_ELSEWHERE = frozenset(
    {"name", "phone", "email", "completeness", "missing", "is_provisional", "consents", "tags", "is_bounced"}
    | {"has_invalid_contact", "has_flawed_number", "is_verified", "last_touched"}
)


def figures(user: User, party: Party) -> Iterator[Figure]:
    """How well the customer is known, and when we last spoke."""
    if party.last_contact_at:
        yield Figure(label=_("Last contact"), value=ago(party.last_contact_at))
    lacking = len(party.missing)
    note = ngettext("%(n)s value is missing", "%(n)s values are missing", lacking) % {"n": lacking} if lacking else ""
    tone = "bad" if party.completeness < POOR else "warn" if lacking else "ok"
    yield Figure(
        label=_("Data quality"), value=percent(party.completeness), note=localised(note or _("complete")), tone=tone
    )


def details_tab(request: HttpRequest, party: Party) -> str:
    """Everything that is known, in the groups of the fields."""
    user = signed_in(request)
    side = shown.side_of(user, party)
    points = list(party.contact_points.order_by("-is_primary", "kind", "id"))
    origins = origins_of(party)
    context = {
        "party": party,
        "points": [(point, origins.get(point.pk, "")) for point in points],
        "addresses": list(party.addresses.order_by("-is_primary", "id")),
        "groups": facts_of(user, party),
        "side": side,
        "head": {"may": shown.may_of(user, party)},
    }
    return render_to_string("parties/file/_details_tab.html", context, request=request)


def facts_of(user: User, party: Party) -> list[tuple[str, list[tuple[str | Promise, Any]]]]:
    """The filled fields that this reader may see, by their groups."""
    asked = asked_by(user)
    shown_fields = [one for one in fields_of(HOST).values() if _is_shown(one, asked)]
    party = _loaded(party, shown_fields)
    pen = Pen(prefs.current(), asked, labels_of(shown_fields, asked))
    groups: dict[str, list[tuple[str | Promise, Any]]] = {}
    for one in shown_fields:
        value = cell(party, one, pen)
        if value:
            group = str(one.group or pgettext("customer file", "Details"))
            groups.setdefault(group, []).append((one.label, joined([value])))
    return list(groups.items())


def _is_shown(one: RecordField, asked: Asked) -> bool:
    return one.key not in SHOWN_ELSEWHERE and may_use(one, asked)


def _loaded(party: Party, fields: list[RecordField]) -> Party:
    """The party with what its fields read, in as many queries as a list takes for a page."""
    rows = Party.objects.filter(pk=party.pk)
    for one in fields:
        rows = one.load(rows) if one.load else rows
    return rows.first() or party


TABS = (
    Tab(key="files", label=gettext_lazy("Files"), render=files_tab, count=count_files, order=60),
    Tab(key="relations", label=gettext_lazy("Relations"), render=relations_tab, order=70),
    Tab(key="details", label=pgettext_lazy("customer file", "Details"), render=details_tab, order=80),
)
