"""Administration of channels, and the work list of registrations that wait for a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.policies import may
from peyvand.core.errors import Conflict, Invalid
from peyvand.sales import services
from peyvand.sales.channel_forms import ChannelForm, VerdictForm
from peyvand.sales.models import Deal, SalesChannel
from peyvand.sales.permissions import CONFIGURE, MANAGE_PARTNERS
from peyvand.sales.selectors.channels import channels_shown, decided_lately, waiting_registrations
from peyvand.sales.views.shared import say
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.paging import links, page_of
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast

MOST_DECIDED = 20


@require_GET
@page(CONFIGURE)
def channels(request: HttpRequest) -> HttpResponse:
    """The channels through which others sell for us."""
    context = {"rows": channels_shown(), "sections": sections_for(signed_in(request)), "section": "sales-channels"}
    return render(request, "sales/settings/channels.html", context)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def new_channel(request: HttpRequest) -> HttpResponse:
    """Make a channel."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def channel(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Change a channel."""
    return _edit(request, get_object_or_404(SalesChannel, pk=channel_id, deleted_at=None))


def _edit(request: HttpRequest, found: SalesChannel | None) -> HttpResponse:
    actor, form = signed_in(request), ChannelForm(request.POST if request.method == "POST" else None, channel=found)
    if form.is_valid():
        pk, version = found.pk if found else None, form.cleaned_data["version"]
        saved = attempt(
            form, lambda: services.save_channel(actor=actor, details=form.details(), channel_id=pk, version=version)
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:channels"))
    context = {"form": form, "channel": found, "sections": sections_for(actor), "section": "sales-channels"}
    return render(request, "sales/settings/channel.html", context, status=422 if form.errors else 200)


@require_POST
@page(CONFIGURE)
def delete_channel(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Offer a channel no longer."""
    actor = signed_in(request)
    tell(request, _("It was deleted."), lambda: services.delete_channel(actor=actor, channel_id=channel_id))
    return redirect(request, reverse("sales:channels"))


@require_GET
@page(MANAGE_PARTNERS)
def registrations(request: HttpRequest) -> HttpResponse:
    """What partners registered and waits for a person, with both sides."""
    user = signed_in(request)
    rows = waiting_registrations(user)
    shown = page_of(request, rows, order=("received_at", "pk"))
    rivals = {pk for one in shown.items for pk in (one.rival_deal_id,) if pk is not None}
    seen = set(Deal.objects.visible_to(user).filter(pk__in=rivals).values_list("pk", flat=True))
    items = [(one, one.rival_deal_id in seen, may(user, MANAGE_PARTNERS, one.partner)) for one in shown.items]
    decided = decided_lately(user, timezone.now() - services.UNDO_FOR)[:MOST_DECIDED]
    again = [(one, may(user, MANAGE_PARTNERS, one.partner)) for one in decided]
    context = {"rows": items, "links": links(request, shown), "decided": again}
    return render(request, "sales/partners/registrations.html", context)


@require_POST
@page(MANAGE_PARTNERS)
def decide(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Decide a registration."""
    actor, form = signed_in(request), VerdictForm(request.POST)
    if form.is_valid():
        try:
            services.decide_registration(
                actor=actor,
                registration_id=registration_id,
                verdict=form.verdict(),
                version=form.cleaned_data["version"],
            )
            undo_url = reverse("sales:undo_decision", args=[registration_id])
            toast(request, _("It was decided; the partners are told."), undo_url=undo_url)
        except (Invalid, Conflict) as error:
            say(request, error)
    return redirect(request, reverse("sales:registrations"))


@require_POST
@page(MANAGE_PARTNERS)
def undo_decision(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Let a decided registration wait again; the news at the foot of a page want no page, and hear why it cannot be."""
    actor = signed_in(request)
    if request.headers.get("X-Requested-With") == "fetch":
        services.take_decision_back(actor=actor, registration_id=registration_id)
        return HttpResponse(status=204)
    text = _("The decision was taken back; the partners are told.")
    tell(request, text, lambda: services.take_decision_back(actor=actor, registration_id=registration_id))
    return redirect(request, reverse("sales:registrations"))
