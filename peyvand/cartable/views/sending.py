"""How answers go out: addressed, taken back while they wait, sent to another address; and two people at once."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peyvand.cartable import services
from peyvand.cartable.errors import AnsweredMeanwhile, DraftChanged
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.selectors.answer_ways import answer_ways
from peyvand.cartable.views.answering import NEWS, acted, actor_of, address_of, dialog, find
from peyvand.cartable.views.drafts import find_answer, keep
from peyvand.channels.models import Message
from peyvand.core.errors import Invalid, NotFound
from peyvand.web.access import page
from peyvand.web.http import done, wants_fragment
from peyvand.web.toasts import toast

HOW = {"reply", "all", "forward"}


def let_out(request: HttpRequest, code: str, answer: Answer) -> HttpResponse:
    """Say what became of an answer that was approved; while it waits, offer to take it back."""
    answer.refresh_from_db()
    if answer.state == Answer.State.REVIEW:
        text = _("Your approval was noted; the answer goes out when the others have approved it, too.")
        return acted(request, code, text)
    seconds = answer_ways().undo_seconds
    if answer.medium != Message.Medium.MAIL or not seconds:
        return acted(request, code, _("The answer is on its way."))
    undo_url = reverse("cartable:take_back", args=[code, answer.pk])
    toast(request, _("The answer goes out in a moment."), undo_url=undo_url, seconds=seconds)
    return done(request, NEWS, url=address_of(code))


@page("cartable.view")
@require_POST
def take_back(request: HttpRequest, code: str, answer: int) -> HttpResponse:
    """Take an answer back before it goes out; it is a draft again."""
    one = find_answer(find(request, code), answer)
    services.take_back(actor=actor_of(request), answer_id=one.pk)
    return acted(request, code, _("The answer was taken back and is a draft again."))


@page("cartable.draft")
@require_POST
def address(request: HttpRequest, code: str, message: int, how: str) -> HttpResponse:
    """Address the draft as an answer, an answer to all, or a message passed on; what was typed is kept first."""
    found = find(request, code)
    if how not in HOW:
        raise NotFound
    keep(request, found)
    services.address(actor=actor_of(request), request_id=found.pk, how=how, message_id=message)  # type: ignore[arg-type]  # one of HOW
    return done(request, NEWS, "pv:compose", url=address_of(code))


@page("cartable.draft")
@require_POST
def address_new(request: HttpRequest, code: str) -> HttpResponse:
    """Address the draft as a new message to the customer, on a thread of its own."""
    found = find(request, code)
    keep(request, found)
    services.address(actor=actor_of(request), request_id=found.pk, how="new")
    return done(request, NEWS, "pv:compose", url=address_of(code))


@page("cartable.view")
@require_POST
def resend_to(request: HttpRequest, code: str, message: int) -> HttpResponse:
    """Send an answer that did not arrive to another address."""
    found = find(request, code)
    typed = request.POST.get("recipient", "")
    if not typed.strip():
        raise Invalid(_("Write the address."))
    services.resend_to(actor=actor_of(request), request_id=found.pk, message_id=message, recipient=typed)
    return let_out(request, code, found.answers.filter(message__isnull=False).latest("decided_at"))


def clash(
    request: HttpRequest, found: Request, problem: AnsweredMeanwhile | DraftChanged, mine: str, version: int | None
) -> HttpResponse:
    """Two people at once: show both texts in a dialog, and let the second decide; his text stays where he wrote it.

    version: of his own draft, which was kept before this was found out; None leaves the page's.
    """
    theirs = problem.theirs if isinstance(problem, AnsweredMeanwhile) else problem.stored
    context = {
        "title": _("Two versions"),
        "problem": problem.message,
        "theirs": theirs,
        "mine": mine,
        "scripted": wants_fragment(request),
        "kept_version": version,
        "seen": problem.step_id if isinstance(problem, AnsweredMeanwhile) else None,
        "newer": theirs.version if isinstance(problem, DraftChanged) else None,
    }
    response = dialog(request, found, "cartable/_clash.html", context, status=409)
    response["HX-Retarget"], response["HX-Reswap"] = "#dialog", "innerHTML"
    return response
