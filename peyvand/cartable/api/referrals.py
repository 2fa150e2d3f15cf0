"""Referrals: what who received one, or who made one, does about it."""

from peyvand.api.kit import ApiRequest, Id, router, seen_version
from peyvand.cartable import services
from peyvand.cartable.api.schemas import ActionOut, DoneOut, ReasonIn, RemarkIn
from peyvand.cartable.models import ReferralAction
from peyvand.cartable.types import Undoable

referrals = router(tag="referrals", permission="cartable.view")


@referrals.get("/actions", response=list[ActionOut])
def list_actions(request: ApiRequest) -> list[ReferralAction]:
    """What a referral can ask for."""
    return list(ReferralAction.objects.filter(is_active=True).order_by("position", "id"))


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
