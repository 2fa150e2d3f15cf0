"""Users and the log of changes as tables that are taken out."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from peyvand.accounts import audit, selectors
from peyvand.accounts.models import User
from peyvand.core.sheets import Cell
from peyvand.web.administration import listing
from peyvand.web.administration.words import FIELDS, KINDS
from peyvand.web.plain_lists import PlainList, day, number_in, register_plain_list


def _narrowed(rows: QuerySet[User], query: QueryDict) -> QuerySet[User]:
    for one in listing.FILTERS.filters:
        value = query.get(one.key, "").strip()
        is_one = one.is_search or value in {str(key) for key, _label in one.options()}
        rows = one.apply(rows, value) if value and is_one else rows
    return rows


def _users(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    for one in _narrowed(selectors.users_visible_to(user), query).order_by("sort_key", "id").distinct():
        place = " · ".join(each.name for each in (one.department, one.branch) if each is not None)
        roles = "، ".join(str(grant.role.label) for grant in one.grants.all())
        access = _("Open access") if one.is_active else _("Closed")
        yield [one.full_name, one.username, one.email, place, roles, day(one.last_login), access]


def _changes(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    kind, who, before = query.get("kind", ""), number_in(query, "who"), ""  # from the newest on, as every list
    while True:
        found = audit.changes(kind=kind, who=who, before=before)
        for each in found.items:
            said = [f"{FIELDS.get(name, name)}: {was} → {now}" for name, was, now in each.fields]
            yield [day(each.at), each.who, each.act, f"{KINDS[each.kind]} {each.thing}", "\n".join(said)]
        before = found.next
        if not before:
            return


register_plain_list(
    PlainList(
        key="users",
        permissions=("accounts.manage",),
        heads=lambda: [_("Name"), _("Login"), _("E-mail"), _("Place"), _("Roles"), _("Last login"), _("Access")],
        rows=_users,
    )
)
register_plain_list(
    PlainList(
        key="audit",
        permissions=("accounts.audit",),
        heads=lambda: [_("When"), _("Who"), _("Act"), _("What"), _("Change")],
        rows=_changes,
    )
)
