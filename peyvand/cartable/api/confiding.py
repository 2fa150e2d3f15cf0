"""Confidential requests: the mark, those named, and who looked."""

from peyvand.accounts.models import User
from peyvand.api.kit import ApiRequest, Id, Person, seen_version, visible
from peyvand.cartable import policies, services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import ConfideIn, DoneOut, LookOut
from peyvand.cartable.models import ConfidentialView, Request
from peyvand.cartable.selectors.insiders import confidants_of, views_of
from peyvand.cartable.types import Undoable
from peyvand.core.errors import NotAllowed

CONFIDE = "cartable.confide"


def _found(request: ApiRequest, id: int) -> Request:
    found = visible(Request.objects.visible_to(request.auth), id)
    if not policies.may_act(request.auth, CONFIDE, found):
        raise NotAllowed
    return found


@requests.put("/{int:id}/confidential", response=DoneOut, permission=CONFIDE, versioned="optional")
def confide(request: ApiRequest, id: Id, payload: ConfideIn) -> Undoable:
    """Make a request confidential, name who else may see it, or open it again; I am always among those named."""
    version = seen_version(request)
    return services.confide(
        actor=request.auth,
        request_id=id,
        confidential=payload.confidential,
        people=payload.people,
        expected_version=version,
    )


@requests.get("/{int:id}/confidants", response=list[Person], permission=CONFIDE)
def confidants(request: ApiRequest, id: Id) -> list[User]:
    """Those named on a request, besides who holds it, sent or received it."""
    return confidants_of(_found(request, id))


@requests.get("/{int:id}/views", response=list[LookOut], permission=CONFIDE)
def views(request: ApiRequest, id: Id) -> list[ConfidentialView]:
    """Who looked at a confidential request, the latest first, at most 100."""
    return views_of(_found(request, id))
