"""What channels add to the shell."""

from django.utils.translation import gettext_lazy as _

from peyvand.channels import permissions, policies
from peyvand.web import nav

__all__ = ["permissions"]

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
