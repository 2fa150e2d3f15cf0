"""What an empty list of customers offers: channels that bring customers by themselves."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.channels import policies
from peyvand.channels.models import Channel


def ways(_list: Any, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """Cards for who may open channels."""
    user = None if request is None else request.user
    if not isinstance(user, User) or not policies.may_manage(user):
        return None
    kinds = (
        (Channel.Kind.EMAIL, "mail", _("Connect your e-mail"), _("Requests come to the cartable by themselves")),
        (Channel.Kind.WEB_FORM, "forms", _("Make a web form"), _("Take leads from your site")),
    )
    return {"ways": [(reverse("channels:create", args=[kind]), icon, name, text) for kind, icon, name, text in kinds]}
