"""Segments, merges, the trash and the log of access as tables that are taken out; every taking out is noted."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.sheets import Cell
from peyvand.parties.models import Party
from peyvand.parties.policies import AUDIT, DELETE, MERGE
from peyvand.parties.selectors.access import access_rows
from peyvand.parties.selectors.merges import merges_seen_by
from peyvand.parties.selectors.segments import sees_everybody, segments_for
from peyvand.parties.selectors.trash import in_trash
from peyvand.parties.services.access_log import note_export
from peyvand.parties.services.exporting import EXPORT
from peyvand.web.plain_lists import PlainList, day, number_in, register_log, register_plain_list

register_log(note_export)


def _segments(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    words, all_seen = query.get("q", "").strip()[:100].replace("\x00", ""), sees_everybody(user)
    rows = segments_for(user).filter(name__icontains=words) if words else segments_for(user)
    for one in rows.order_by("name", "id"):
        size = one.size if all_seen else None  # a stored figure counts everybody
        owner = one.owner.full_name if one.owner else ""
        yield [one.pk, one.name, one.description, str(one.get_kind_display()), size, owner]


def _merges(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    rows = merges_seen_by(user, party_id=number_in(query, "party")).order_by("-at", "-id")
    for one in rows.iterator(1000):
        others = "، ".join(each.party.name for each in one.sources.all())
        yield [one.survivor.name, others, one.by.full_name if one.by else "", day(one.at), day(one.undone_at)]


def _access(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    who, party = number_in(query, "user"), number_in(query, "party")
    rows = access_rows(act=query.get("act", ""), user_id=who, party_id=party).order_by("-at", "-id")
    for one in rows.iterator(2000):
        name = one.party.name if one.party else ""
        yield [day(one.at), one.user.full_name if one.user else "", str(one.get_act_display()), name, one.count]


def _trash(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    rows = in_trash(user, question=query.get("q", ""), by=query.get("by", "")).order_by("-deleted_at", "-id")
    for one in rows.iterator(2000):
        who = one.deleted_by.full_name if one.deleted_by else ""
        yield [one.pk, one.name, str(Party.Kind(one.kind).label), one.city, day(one.deleted_at), who]


register_plain_list(
    PlainList(
        key="segments",
        permissions=("parties.segments", EXPORT),
        heads=lambda: [_("Our number"), _("Name"), _("Description"), _("Kind"), _("Size"), _("Owner")],
        rows=_segments,
    )
)
register_plain_list(
    PlainList(
        key="merges",
        permissions=(MERGE, EXPORT),
        heads=lambda: [_("Customer"), _("Merged into it"), _("Who"), _("When"), _("Taken back")],
        rows=_merges,
    )
)
register_plain_list(
    PlainList(
        key="access",
        permissions=(AUDIT, EXPORT),
        heads=lambda: [_("When"), _("Who"), _("Act"), _("Customer"), _("Records")],
        rows=_access,
    )
)
register_plain_list(
    PlainList(
        key="trash",
        permissions=(DELETE, EXPORT),
        heads=lambda: [_("Our number"), _("Name"), _("Kind"), _("City"), _("When"), _("Who")],
        rows=_trash,
    )
)
