"""What channels add to the shell."""

from django.utils.translation import gettext_lazy as _

from peyvand.channels import permissions, policies
from peyvand.channels.first_ways import ways
from peyvand.channels.services.account_letters import can_send, send_about_account
from peyvand.web import account_mail, nav, slots

__all__ = ["permissions"]

account_mail.register(account_mail.Sender(can_send=can_send, send=send_about_account))
slots.register("customers.ways", slots.template("channels/_ways.html", ways))
nav.register(
    nav.NavItem(
        key="channels",
        label=_("Channels"),
        url_name="channels:list",
        icon="plug-connected",
        section="foot",
        order=40,
        permission=policies.VIEW,
    )  # fmt: skip
)
