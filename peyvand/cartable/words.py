"""What the ways are called on which requests come in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEDIUMS: dict[str, Promise] = {
    "mail": _("E-mail"),
    "form": _("Web form"),
    "phone": _("Phone call"),
    "letter": _("Letter"),
    "fax": _("Fax"),
    "visit": pgettext_lazy("medium", "Visit"),
    "sms": _("Text message"),
}
