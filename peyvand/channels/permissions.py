"""What may be done with channels."""

from django.utils.translation import gettext_lazy as _

from peyvand.accounts.permissions import PLACES, Permission, register

register(
    "channels",
    _("Channels"),
    (
        Permission("channels.view", _("See channels and their state"), PLACES),
        Permission("channels.manage", _("Add and change channels"), PLACES),
    ),
)
