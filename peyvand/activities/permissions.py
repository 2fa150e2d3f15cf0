"""What may be done with activities."""

from django.utils.translation import gettext_lazy as _

from peyvand.accounts.permissions import ONLY_ALL, Permission, register

VIEW = "activities.view"
PLAN = "activities.plan"
DELETE = "activities.delete"
EXPORT = "activities.export"
IMPORT = "activities.import"
CONFIGURE = "activities.configure"

register(
    "activities",
    _("Activities"),
    (
        Permission(VIEW, _("See calls, meetings, visits and tasks")),
        Permission(PLAN, _("Plan, change and complete activities")),
        Permission(DELETE, _("Delete activities")),
        Permission(EXPORT, _("Export activities")),
        Permission(IMPORT, _("Import activities"), ONLY_ALL),
        Permission(CONFIGURE, _("Define outcomes and what follows them"), ONLY_ALL),
    ),
)
