"""Sales in the API."""

from peyvand.sales.api.deals import deals, decisions
from peyvand.sales.api.pipelines import ways

__all__ = ["ROUTERS"]

ROUTERS = {"/deals": deals, "/pipelines": ways, "/stage-approvals": decisions}
