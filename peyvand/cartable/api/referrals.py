"""Referrals: what who received one, or who made one, does about it."""

from django.utils import timezone

from peyvand.api.kit import ApiRequest, Id, router, seen_version, visible
from peyvand.cartable import services
from peyvand.cartable.api.referral_schemas import ActionOut, TreeOut
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import DoneOut, ReasonIn, RemarkIn
from peyvand.cartable.models import ConfidentialView, ReferralAction, Request
from peyvand.cartable.selectors.reading import read_request
from peyvand.cartable.selectors.tree import Tree, tree_of
from peyvand.cartable.types import Undoable

referrals = router(tag="referrals", permission="cartable.view")


@referrals.get("/actions", response=list[ActionOut])
def list_actions(request: ApiRequest) -> list[ReferralAction]:
    """What a referral can ask for."""
    return list(ReferralAction.objects.filter(is_active=True).order_by("position", "id"))


@requests.get("/{int:id}/tree", response=TreeOut)
def tree(request: ApiRequest, id: Id) -> Tree:
    """The referrals that I may know of as a tree, who holds the request now, and each holder's working minutes."""
    found = read_request(request.auth, visible(Request.objects.visible_to(request.auth), id).code)
    services.note_view(actor=request.auth, request=found.request, what=ConfidentialView.What.HISTORY)
    return tree_of(found, timezone.now())


@referrals.post("/{int:id}/return", response=DoneOut, status=200, versioned="optional")
def give_back(request: ApiRequest, id: Id, payload: ReasonIn) -> Undoable:
    """Send a referral back with a remark: it is not for me."""
    version = seen_version(request)
    return services.return_referral(actor=request.auth, referral_id=id, remark=payload.remark, expected_version=version)


@referrals.post("/{int:id}/finish", response=DoneOut, status=200, versioned="optional")
def finish(request: ApiRequest, id: Id, payload: RemarkIn) -> Undoable:
    """I have done what was asked without drafting an answer."""
    version = seen_version(request)
    return services.finish_referral(actor=request.auth, referral_id=id, remark=payload.remark, expected_version=version)


@referrals.post("/{int:id}/recall", response=DoneOut, status=200, versioned="optional")
def recall(request: ApiRequest, id: Id) -> Undoable:
    """Take back a referral of mine before it is read."""
    return services.recall_referral(actor=request.auth, referral_id=id, expected_version=seen_version(request))
