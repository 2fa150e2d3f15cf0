"""Administration of channels: list, forms, the ledger, what could not be sent."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.channels import policies, selectors, services
from peyvand.channels.channel_forms import FORMS, ChannelForm
from peyvand.channels.models import Channel, Message, Sighting
from peyvand.channels.types import Ledger
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.web.access import page
from peyvand.web.http import redirect
from peyvand.web.paging import links, page_of
from peyvand.web.toasts import toast

KIND_NAMES = {
    Channel.Kind.EMAIL: gettext_lazy("Mailbox"),
    Channel.Kind.WEB_FORM: gettext_lazy("Web form"),
    Channel.Kind.MANUAL: gettext_lazy("Register of what people write down"),
}
TROUBLED = (Message.State.UNCERTAIN, Message.State.FAILED)
LEDGER_DAYS = 30
LINES = 20


@dataclass(frozen=True)
class Row:
    """A channel in the list, with its books."""

    channel: Channel
    ledger: Ledger
    may_manage: bool

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[Channel.Kind(self.channel.kind)])


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise NotFound
    return request.user


def _channel(request: HttpRequest, channel_id: int) -> Channel:
    seen = selectors.channels_for(_user(request)).select_related("branch", "department")
    channel = seen.filter(pk=channel_id).first()
    if channel is None:
        raise NotFound
    return channel


@require_GET
@page("channels.view")
def channels(request: HttpRequest) -> HttpResponse:
    """All channels that the reader may see; a red one has books that do not balance."""
    user = _user(request)
    seen = selectors.channels_for(user).select_related("branch", "department")[:100]
    rows = [
        Row(each, selectors.mailbox_ledger(each, days=LEDGER_DAYS), policies.may_manage(user, each)) for each in seen
    ]
    troubled = selectors.messages_for(user).filter(state__in=TROUBLED).count()
    may_create = policies.may_manage(user)
    context = {
        "rows": rows,
        "may_create": may_create,
        "kinds": KIND_NAMES.items(),
        "troubled": troubled,
        "refused": selectors.refused_at_the_door() if may_create else {},
    }
    return render(request, "channels/list.html", context)


@require_GET
@page("channels.view")
def detail(request: HttpRequest, channel_id: int) -> HttpResponse:
    """One channel: what it saw and what became of it, and how to put its form on a site."""
    channel = _channel(request, channel_id)
    lines = (
        Sighting.objects.filter(channel=channel).exclude(outcome=Sighting.Outcome.STORED).order_by("-seen_at", "-pk")
    )
    context = {
        "channel": channel,
        "ledger": selectors.mailbox_ledger(channel, days=LEDGER_DAYS),
        "days": LEDGER_DAYS,
        "lines": lines[:LINES],
        "may_manage": policies.may_manage(_user(request), channel),
        "form_url": request.build_absolute_uri(reverse("channels:form", args=[channel.token])),
        "embed_url": request.build_absolute_uri(reverse("channels:form-embed", args=[channel.token])),
    }
    return render(request, "channels/detail.html", context)


@require_http_methods(["GET", "POST"])
@page("channels.manage")
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a channel of a kind."""
    if kind not in FORMS:
        raise NotFound
    return _edit(request, FORMS[kind], None)


@require_http_methods(["GET", "POST"])
@page("channels.manage")
def change(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Change a channel; stored passwords are not shown."""
    channel = _channel(request, channel_id)
    require(_user(request), policies.MANAGE, channel)
    return _edit(request, FORMS[channel.kind], channel)


def _edit(request: HttpRequest, form_class: type[ChannelForm], channel: Channel | None) -> HttpResponse:
    form = form_class(request.POST if request.method == "POST" else None, user=_user(request), channel=channel)
    if form.is_bound and form.is_valid():
        try:
            saved = _save(_user(request), form, channel)
        except PeyvandError as error:
            for field, text in error.fields.items():
                form.add_error(field if field in form.fields else None, text)
            if not error.fields:
                form.add_error(None, error.message)
        else:
            toast(request, _("Saved."))
            return redirect(request, reverse("channels:detail", args=[saved.pk]))
    context = {"form": form, "channel": channel, "kind": form_class.kind}
    return render(request, "channels/edit.html", context, status=422 if form.is_bound else 200)


def _save(user: User, form: ChannelForm, channel: Channel | None) -> Channel:
    if channel is None:
        return services.create_channel(who=user, details=form.details())
    return services.change_channel(who=user, channel=channel, details=form.details())


@require_POST
@page("channels.manage")
def set_active(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Take a channel out of service, or put it back (`active=1`); its messages stay."""
    channel = _channel(request, channel_id)
    if request.POST.get("active") == "1":
        services.activate_channel(who=_user(request), channel=channel)
        toast(request, _("The channel is in service."))
    else:
        services.deactivate_channel(who=_user(request), channel=channel)
        toast(request, _("The channel is out of service."))
    return redirect(request, reverse("channels:detail", args=[channel.pk]))


@require_POST
@page("channels.manage")
def test(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Log in to the channel's servers and say what happened."""
    channel = _channel(request, channel_id)
    results = services.check_channel(who=_user(request), channel=channel)
    return render(request, "channels/_test.html", {"results": results, "channel": channel})


@require_GET
@page("channels.manage")
def outgoing(request: HttpRequest) -> HttpResponse:
    """Answers that did not go out, or whose fate is unknown: a person decides."""
    seen = selectors.messages_for(_user(request)).filter(state__in=TROUBLED)
    found = page_of(request, seen.select_related("channel").defer("html", "quoted"), order=["-id"])
    return render(request, "channels/outgoing.html", {"page": found, "links": links(request, found)})


@require_POST
@page("channels.manage")
def decide(request: HttpRequest, message_id: int, decision: str) -> HttpResponse:
    """Settle a message of unknown outcome: it arrived, or it is sent once more."""
    user = _user(request)
    seen = selectors.messages_for(user).select_related("channel")
    message = seen.filter(pk=message_id).first()
    if message is None or decision not in {"sent", "resend"}:
        raise NotFound
    require(user, policies.MANAGE, message.channel)
    services.resolve_uncertain(message_id=message.pk, outcome=decision, by=user)
    toast(request, _("Noted as sent.") if decision == "sent" else _("It is being sent again."))
    return redirect(request, reverse("channels:outgoing"))
