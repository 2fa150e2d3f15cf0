"""What may be done with customers."""

from django.utils.translation import gettext_lazy as _

from peyvand.accounts.permissions import Permission, register

register(
    "parties",
    _("Customers"),
    (
        Permission("parties.view", _("See customers")),
        Permission("parties.change", _("Add and change customers")),
        Permission("parties.merge", _("Merge duplicate customers")),
    ),
)
