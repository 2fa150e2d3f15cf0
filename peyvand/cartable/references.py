"""The cartable's rows that belong to a customer, and messages that are for the insiders of a request alone."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.selectors.owners import place_requests, words_of_requests
from peyvand.cartable.services.erasing import erase_requests, hand_over_files, hand_over_requests
from peyvand.channels.selectors import withhold
from peyvand.parties.linking import LinkKind, link_to
from peyvand.parties.registry import refers_to_party


def of_confidential_requests(who: Who) -> Q:
    """The messages of confidential requests that `who` may not see: no channel shows them to him."""
    secret = RequestMessage.objects.filter(message=OuterRef("pk"), request__confidential=True)
    return Q(Exists(secret.exclude(request__in=Request.objects.visible_to(who))))


refers_to_party(
    "cartable.Request",
    "party",
    label=_("Requests"),
    hand_over=hand_over_requests,
    files=hand_over_files,
    erase=erase_requests,
    place=place_requests,
    words=words_of_requests,
)
refers_to_party("cartable.RequestMessage", "party", stays=True)  # a trigger has it follow its request
withhold(of_confidential_requests)
link_to(
    LinkKind(
        key="cartable.Request",
        label=_("Request"),
        icon="inbox",
        seen=lambda who: Request.objects.visible_to(who),
        title=lambda request: f"{request.code} · {request.subject}" if request.subject else request.code,
        address=lambda request: reverse("cartable:any", args=[request.code]),
        party=lambda request: request.party_id,
        permission="cartable.view",
        messages=lambda request: RequestMessage.objects.filter(request=request).values_list("message_id", flat=True),
        is_confidential=lambda request: bool(request.confidential),
    )
)
