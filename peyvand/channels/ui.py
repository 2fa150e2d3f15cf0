"""What channels add to the shell."""

from django.utils.translation import gettext_lazy as _

from peyvand.channels import permissions, policies
from peyvand.channels.first_ways import ways
from peyvand.web import nav, slots

__all__ = ["permissions"]

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
