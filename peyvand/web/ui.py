"""The web kit's own entries: settings and administration."""

from django.utils.translation import gettext_lazy as _

from peyvand.web import nav, slots
from peyvand.web.administration import taken_out
from peyvand.web.administration.sections import Section, addresses, register
from peyvand.web.notifications.views import bell

__all__ = ["taken_out"]

nav.register(
    nav.NavItem(
        key="settings",
        label=_("Settings"),
        url_name="administration:home",
        icon="settings",
        section="foot",
        within=addresses,
    )
)
nav.register(
    nav.NavItem(key="profile", label=_("Profile"), url_name="profile:preferences", icon="user-cog", section="user")
)
nav.register(
    nav.NavItem(key="jobs", label=_("Long work"), url_name="jobs:list", icon="stack-2", section="user", order=110)
)
slots.register("shell.top", bell)
for order, (key, label, url_name, icon, permission) in enumerate(
    (
        ("users", _("Users"), "administration:users", "users", "accounts.manage"),
        ("branches", _("Branches"), "administration:branches", "building", "accounts.manage"),
        ("departments", _("Departments"), "administration:departments", "sitemap", "accounts.manage"),
        ("roles", _("Roles"), "administration:roles", "key", "accounts.manage"),
        ("organisation", _("Organisation and working hours"), "administration:organisation", "clock", "core.operate"),
        ("holidays", _("Holidays"), "administration:holidays", "calendar-off", "core.operate"),
        ("queue", _("Queue and health"), "administration:queue", "heartbeat", "core.operate"),
        ("audit", _("Log of changes"), "administration:audit", "history", "accounts.audit"),
        ("moving", _("Whole export"), "administration:moving", "database-export", "core.move"),
    )
):
    register(Section(key=key, label=label, url_name=url_name, icon=icon, permission=permission, order=(order + 1) * 10))
