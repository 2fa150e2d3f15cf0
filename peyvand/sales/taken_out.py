"""Partners and their registrations as tables that are taken out."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from peyvand.accounts.models import User
from peyvand.core.sheets import Cell
from peyvand.sales.permissions import EXPORT, MANAGE_PARTNERS, PARTNERS
from peyvand.sales.selectors.channels import partners_shown, visible_registrations
from peyvand.web.plain_lists import PlainList, day, register_plain_list


def _partners(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    one: Any  # with the figures that are annotated
    for one in partners_shown(user).order_by("-is_active", "-pk").iterator(2000):
        owner = one.owner.full_name if one.owner else ""
        level, contract = str(one.get_level_display()), day(one.contract_to, with_time=False)
        yield [one.party.name, one.channel.name, level, owner, one.open_deals, one.won, contract, one.is_active]


def _registrations(user: User, query: QueryDict) -> Iterator[list[Cell]]:
    for one in visible_registrations(user).order_by("received_at", "pk").iterator(2000):
        state = str(one.get_state_display())
        yield [day(one.received_at), one.partner.party.name, one.name, one.city, one.product, one.amount, state]


register_plain_list(
    PlainList(
        key="partners",
        permissions=(PARTNERS, EXPORT),
        heads=lambda: [
            _("Sales partner"), _("Sales channel"), pgettext("partner", "Level"), _("Who of us cares for it"),
            _("Open deals"), _("Won, in rial"), _("Contract until"), _("Sells"),
        ],
        rows=_partners,
    )
)  # fmt: skip
register_plain_list(
    PlainList(
        key="registrations",
        permissions=(MANAGE_PARTNERS, EXPORT),
        heads=lambda: [
            _("Date"), _("Sales partner"), _("Customer"), _("City"), _("What it is about"), _("Amount in rial"),
            _("State"),
        ],
        rows=_registrations,
    )
)  # fmt: skip
