"""Sales in the API."""

from peyvand.sales.api import bulk
from peyvand.sales.api.capture import forms, rules
from peyvand.sales.api.channels import channels, partners, registrations
from peyvand.sales.api.deals import deals, decisions
from peyvand.sales.api.pipelines import ways

__all__ = ["ROUTERS", "bulk"]

ROUTERS = {
    "/deals": deals,
    "/pipelines": ways,
    "/stage-approvals": decisions,
    "/assignment-rules": rules,
    "/lead-forms": forms,
    "/sales-channels": channels,
    "/sales-partners": partners,
    "/deal-registrations": registrations,
}
