"""What may be done with leads and deals."""

from django.utils.translation import gettext_lazy as _

from peyvand.accounts.permissions import ONLY_ALL, Permission, register

VIEW = "sales.view"
CHANGE = "sales.change"
ASSIGN = "sales.assign"
APPROVE = "sales.approve"
DELETE = "sales.delete"
EXPORT = "sales.export"
PARTNERS = "sales.partners"
MANAGE_PARTNERS = "sales.manage_partners"
CONFIGURE = "sales.configure"

register(
    "sales",
    _("Sales"),
    (
        Permission(VIEW, _("See leads and deals")),
        Permission(CHANGE, _("Add, change and move leads and deals")),
        Permission(ASSIGN, _("Give leads and deals to somebody else")),
        Permission(APPROVE, _("Approve that a deal moves on")),
        Permission(DELETE, _("Delete leads and deals and restore them")),
        Permission(EXPORT, _("Export leads and deals")),
        Permission(PARTNERS, _("See sales partners and their statements")),
        Permission(MANAGE_PARTNERS, _("Manage sales partners, decide registrations and confirm commissions")),
        Permission(CONFIGURE, _("Manage pipelines, stages and lost reasons"), ONLY_ALL),
    ),
)
