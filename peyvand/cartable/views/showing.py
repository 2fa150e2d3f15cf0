"""One request: its page, its live news, its history, its printed form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.cartable import policies, services
from peyvand.cartable.models import ConfidentialView, Referral, Request
from peyvand.cartable.selectors.folders import Folder, folders_of
from peyvand.cartable.selectors.mentions import waiting_in
from peyvand.cartable.selectors.reading import RequestPage, earlier_of, identity_of, read_request, survivor_code
from peyvand.cartable.views import chain, composing, identity, thread
from peyvand.cartable.views.answering import actor_of, address_of, dialog, find, me
from peyvand.cartable.views.folder import Place, place_of
from peyvand.cartable.views.listing import kept_query, list_permissions, panel_context
from peyvand.cartable.views.row import Row
from peyvand.core.text import isolated
from peyvand.web.access import page
from peyvand.web.http import fragment, redirect, wants_fragment
from peyvand.web.paging import with_query


def permissions_of(who: User, request: Request) -> dict[str, bool]:
    """What the reader may do with a request now; the services decide again."""
    is_closed = request.status == Request.Status.CLOSED
    names = ("handle", "refer", "draft", "approve", "send", "close", "confide")
    held = {name: policies.may_act(who, f"cartable.{name}", request) for name in names}
    return {
        "take": held["handle"] and not is_closed and request.assignee_id != who.pk,
        "refer": held["refer"] and not is_closed,
        "close": held["close"] and not is_closed,
        "reopen": held["close"] and is_closed,
        "edit": held["handle"],
        "snooze": held["handle"] and request.is_active,
        "confide": held["confide"],
        "link": held["handle"] and may(who, "parties.view"),
        "draft": held["draft"],
        "note": True,
        "send": held["send"],
        "resend": held["send"] or held["approve"],
        "review": may(who, "cartable.review_unread"),
    }


def detail_context(request: HttpRequest, place: Place, found: RequestPage, *, with_earlier: bool) -> dict[str, Any]:
    """Everything that the detail of a request shows; without the earlier requests it asks for them when it stands."""
    who, opened = me(request), found.request
    allowed = permissions_of(who, opened)
    known = identity_of(who, opened, with_earlier=with_earlier)
    desk = composing.desk_of(who, found, known.points, may_draft=allowed["draft"])
    tab = "note" if request.GET.get("compose") == "note" or not (allowed["draft"] or desk.reviews) else "reply"
    mine = found.referral_for(who)
    return {
        "folder": place,
        "opened": opened,
        "step_query": kept_query(request),
        "head": Row(opened),
        "may": allowed | list_permissions(request),
        "chain": chain.chain_of(opened, found.referrals, found.answer),
        "thread": thread.build(found),
        "stamp": thread.stamp(found),
        "ident": identity.describe(who, opened, known),
        "takeable": _takeable(who, found, resends=allowed["resend"]),
        "composer": composing.composer_of(opened, desk, tab=tab),
        "perhaps_of": _perhaps(who, opened),
        "stands_in_for": _stands_in_for(who, opened),
        "raw_messages": [each.pk for each in found.messages if each.raw_id] if opened.needs_review else [],
        "mentions": waiting_in(who, found),
        "copies": [(each, thread.target_of(each)) for each in found.copies_for(who)],
        "returnable": mine.pk if mine else None,
        "recallable": _recallable(who, found),
    }


def _takeable(who: User, found: RequestPage, *, resends: bool) -> set[int]:
    """Messages that the reader may take back while they wait: his own, or all when he may let answers out."""
    return {one.message_id for one in found.answers if one.message_id and (resends or one.author_id == who.pk)}


def _perhaps(who: User, opened: Request) -> Request | None:
    """The request that this one may continue, if the reader may see it and nobody has decided."""
    if opened.perhaps_of_id is None or opened.merged_into_id is not None:
        return None
    return Request.objects.visible_to(who).filter(pk=opened.perhaps_of_id).first()


def _stands_in_for(who: User, opened: Request) -> User | None:
    """The colleague on leave in whose place the reader would act; asks only for who stands in for somebody."""
    person = policies.instead_of(who, opened)
    return None if person is None else User.objects.filter(pk=person).first()


def _recallable(who: User, found: RequestPage) -> int | None:
    inner = found.innermost
    is_mine = inner is not None and policies.is_sender(who, inner) and inner.state == Referral.State.WAITING
    return inner.pk if inner is not None and is_mine else None


def _read_by(request: HttpRequest, code: str) -> RequestPage:
    """Read a request for somebody who opens it: from now on it is read, and so is the referral that waits for him."""
    who = me(request)
    found = read_request(who, code)
    mine = [found.referral_for(who), *found.copies_for(who)]
    if any(one is not None and one.state == Referral.State.WAITING for one in mine):
        services.read_referral(actor=actor_of(request), request_id=found.request.pk)
        found = read_request(who, code)
    services.mark_read(actor=actor_of(request), request_id=found.request.pk, seen=found.request.last_activity_at)
    services.note_view(actor=actor_of(request), request=found.request, what=ConfidentialView.What.PAGE)
    return found


@page("cartable.view")
@require_GET
def show_request(request: HttpRequest, folder: str, code: str) -> HttpResponse:
    """One request; the page then asks for the list of its folder. Whoever opens it has read it."""
    place = place_of(me(request), folder)
    found = _read_by(request, code)
    survivor = survivor_code(me(request), found.request)
    if survivor is not None or found.request.code != code:
        return redirect(request, address_of(survivor or found.request.code))
    context = detail_context(request, place, found, with_earlier=False)
    if any(one.read_at is None for one in context["mentions"]):
        services.read_mentions(actor=actor_of(request), request_id=found.request.pk)
    if not wants_fragment(request):
        context |= panel_context(request) | {"list_query": with_query(request, pane="list", compose=None)}
    return fragment(request, "cartable/page.html", context, "detail")


@page("cartable.view")
@require_GET
def any_folder(request: HttpRequest, code: str) -> HttpResponse:
    """One request in the first folder that holds it for the reader."""
    opened = find(request, code)
    who = me(request)
    places = [place_of(who, str(folder)) for folder in folders_of(who)]
    place = next((each for each in places if each.rows(who).filter(pk=opened.pk).exists()), None)
    slug = place.slug if place else str(Folder.MINE)
    return redirect(request, reverse("cartable:request", args=[slug, code]))


@page("cartable.view")
@require_GET
def live(request: HttpRequest, code: str) -> HttpResponse:
    """What changed in an open request: nothing, or its parts anew; the composer only when it must."""
    place = place_of(me(request), request.GET.get("folder", Folder.MINE))
    found = read_request(me(request), code)
    context = detail_context(request, place, found, with_earlier=True)
    redraw = context["composer"].key != request.GET.get("composer", "")
    if not redraw and context["stamp"] == request.GET.get("stamp", ""):
        return HttpResponse(status=204)
    services.mark_read(actor=actor_of(request), request_id=found.request.pk, seen=found.request.last_activity_at)
    return fragment(request, "cartable/page.html", context | {"redraw_composer": redraw, "oob": True}, "live")


@page("cartable.view")
@require_GET
def earlier(request: HttpRequest, code: str) -> HttpResponse:
    """The customer's earlier requests, for the identity panel of an open one."""
    place = place_of(me(request), request.GET.get("folder", Folder.MINE))
    opened = find(request, code)
    context = {"folder": place, "opened": opened, "earlier": identity.Earlier.of(earlier_of(me(request), opened))}
    return render(request, "cartable/page.html#earlier", context)


@page("cartable.view")
@require_GET
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Every step with who and when."""
    found = read_request(me(request), code)
    services.note_view(actor=actor_of(request), request=found.request, what=ConfidentialView.What.HISTORY)
    context = {"title": _("History of request %(code)s") % {"code": isolated(code)}, "history": thread.history(found)}
    return dialog(request, found.request, "cartable/_history.html", context)


@page("cartable.view")
@require_GET
def print_request(request: HttpRequest, code: str) -> HttpResponse:
    """A page for paper."""
    found = read_request(me(request), code)
    opened = found.request
    services.note_view(actor=actor_of(request), request=opened, what=ConfidentialView.What.PRINT)
    context = {
        "opened": opened,
        "head": Row(opened),
        "thread": thread.build(found),
        "ident": identity.describe(me(request), opened, identity_of(me(request), opened, with_earlier=False)),
    }
    return render(request, "cartable/print.html", context)
