"""Telling colleagues what happened to work that they referred."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.services.notifications import forget, notify
from peyvand.cartable.events import ReferralEnded
from peyvand.cartable.models import Referral, Request
from peyvand.cartable.selectors.insiders import insiders_of

KIND = "referral"
SENTENCES = {
    Referral.State.DONE: gettext_noop("%(who)s has finished what you referred: %(subject)s"),
    Referral.State.RETURNED: gettext_noop("%(who)s has returned what you referred: %(subject)s"),
}


def tell_referrer(event: ReferralEnded) -> None:
    """Tell the referrer who asked for it («tell me when done») that his referral was finished or returned.

    What was recalled, or opened again by undo, is no news; nor is a request that he may not see any more.
    """
    rows = Referral.objects.select_related(
        "request", "by", "instead_of", "to_user", "to_post", "to_department", "to_branch"
    )
    referral = rows.filter(pk=event.referral_id, tell_when_done=True, state__in=list(SENTENCES)).first()
    if referral is not None:
        tell(referral.owner, referral.request, SENTENCES[Referral.State(referral.state)], who=receiver_name(referral))


def tell(user: User, request: Request, sentence: str, *, kind: str = KIND, **values: str) -> None:
    """Put a sentence about a request under a colleague's bell, if he may see the request."""
    if Request.objects.visible_to(user).filter(pk=request.pk).exists():
        data = {"subject": request.subject, "code": request.code, **values}
        notify(users=[user], kind=kind, text=sentence, data=data, url=reverse("cartable:any", args=[request.code]))


def untell(request: Request) -> int:
    """Take what stands under bells about a request that became confidential from all but its insiders: it names its
    subject. Returns how many lines. They do not come back.
    """
    insiders = insiders_of(request).values_list("pk", flat=True)
    return forget(pages=[reverse("cartable:any", args=[request.code])], but=list(insiders))


def receiver_name(referral: Referral) -> str:
    """Who received a referral, by name."""
    return str(referral.to_user or referral.to_post or referral.to_branch or referral.to_department)
