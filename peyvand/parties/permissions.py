"""What may be done with customers."""

from django.utils.translation import gettext_lazy as _

from peyvand.accounts.permissions import ONLY_ALL, Permission, register

register(
    "parties",
    _("Customers"),
    (
        Permission("parties.view", _("See customers")),
        Permission("parties.change", _("Add and change customers")),
        Permission("parties.bulk", _("Change many customers at once")),
        Permission("parties.delete", _("Delete customers and restore them")),
        Permission("parties.export", _("Export customers")),
        Permission("parties.import", _("Import customers from files")),
        Permission("parties.reveal", _("See protected numbers (national ID, card, Sheba)")),
        Permission("parties.merge", _("Merge duplicate customers")),
        Permission("parties.duplicates", _("See and decide probable duplicates")),
        Permission("parties.quality", _("See the quality of the data")),
        Permission("parties.segments", _("See segments")),
        Permission("parties.segment", _("Make and change segments")),
        Permission("parties.shape", _("Manage categories, custom fields, tags and kinds of relations"), ONLY_ALL),
        Permission("parties.audit", _("Read who viewed and exported personal data"), ONLY_ALL),
        Permission("parties.erase", _("Export and erase all data of a person"), ONLY_ALL),
    ),
)
