"""What may be done with requests."""

from django.utils.translation import gettext_lazy as _

from peyvand.accounts.permissions import ONLY_ALL, PLACES, Permission, register
from peyvand.accounts.types import Scope

CONFIGURE = "cartable.configure"
FROM_TEAM = (Scope.TEAM, *PLACES)

register(
    "cartable",
    _("Requests"),
    (
        Permission("cartable.view", _("See requests")),
        Permission("cartable.register", _("Register a request by hand")),
        Permission("cartable.handle", _("Take a request, change its kind and priority, write notes")),
        Permission("cartable.refer", _("Refer a request")),
        Permission("cartable.see_blind", _("See the blind copies of others")),
        Permission("cartable.draft", _("Draft an answer")),
        Permission("cartable.approve", _("Approve or return a draft answer")),
        Permission("cartable.send", _("Send an answer without approval of another")),
        Permission("cartable.close", _("Close and reopen requests")),
        Permission("cartable.review_unread", _("Open messages that could not be read"), PLACES),
        Permission("cartable.export", _("Export lists")),
        Permission("cartable.confide", _("Make a request confidential and name who may see it")),
        Permission("cartable.texts", _("Write canned answers and signatures for others"), FROM_TEAM),
        Permission("cartable.knowledge", _("Write articles of the knowledge base"), ONLY_ALL),
        Permission(CONFIGURE, _("Define kinds of requests and deadlines"), ONLY_ALL),
    ),
)
