"""Acts on a deal: won, lost, opened again, given away, asked for, cut and joined, deleted."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.core.errors import Conflict, Invalid
from peyvand.sales import services
from peyvand.sales.forms import LossForm, OwnerForm, PartForm
from peyvand.sales.models import Deal, Stage, StageApproval
from peyvand.sales.permissions import APPROVE, ASSIGN, CHANGE, DELETE
from peyvand.sales.selectors.deal import visible_deal
from peyvand.sales.selectors.pipelines import lost_reasons
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.views.shared import address_of, back_to, dialog, number_in, say, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt
from peyvand.web.toasts import toast


def _tried(request: HttpRequest, deal_id: int, act: Callable[[], object], text: str, undo: str = "") -> HttpResponse:
    """Do it, say so or why not, and show the deal."""
    try:
        act()
    except (Conflict, Invalid) as error:
        say(request, error)
    else:
        toast(request, text, undo_url=undo or None)
    return back_to(request, deal_id)


@require_POST
@page(CHANGE)
def win(request: HttpRequest, deal_id: int) -> HttpResponse:
    """A deal is won; the toast takes it back."""
    actor, version, undo = signed_in(request), version_in(request), reverse("sales:reopen", args=[deal_id])
    return _tried(
        request,
        deal_id,
        lambda: services.win_deal(actor=actor, deal_id=deal_id, version=version),
        _("Won. Congratulations!"),
        undo,
    )


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def lose(request: HttpRequest, deal_id: int) -> HttpResponse:
    """A deal is lost: for which reason, to whom."""
    found, actor, version = visible_deal(request.user, deal_id), signed_in(request), version_in(request)
    form = LossForm(request.POST if request.method == "POST" else None, reasons=lost_reasons())
    if form.is_valid():
        loss = form.loss()
        if attempt(form, lambda: services.lose_deal(actor=actor, deal_id=deal_id, loss=loss, version=version)):
            toast(request, _("It is written down as lost."), undo_url=reverse("sales:reopen", args=[deal_id]))
            return redirect(request, address_of(deal_id))
    context = {"form": form, "deal": found}
    status = 422 if form.is_bound else 200
    return dialog(request, "_lose", context, back=address_of(found), title=_("Lost"), status=status)


@require_POST
@page(CHANGE)
def reopen(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Work on a deal again."""
    actor, version = signed_in(request), version_in(request)
    if request.headers.get("X-Requested-With") == "fetch":
        services.reopen_deal(actor=actor, deal_id=deal_id, version=version)
        return HttpResponse(status=204)
    act = lambda: services.reopen_deal(actor=actor, deal_id=deal_id, version=version)  # noqa: E731
    return _tried(request, deal_id, act, _("It is open again."))


@require_http_methods(["GET", "POST"])
@page(ASSIGN)
def assign(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Give a deal to somebody else."""
    found, actor = visible_deal(request.user, deal_id), signed_in(request)
    data = request.POST if request.method == "POST" else None
    form = OwnerForm(data, people=sellers(actor), initial={"owner": found.owner_id, "version": found.version})
    if form.is_valid():
        owner, version = number_in(form.cleaned_data["owner"]), form.cleaned_data["version"]
        given = attempt(
            form, lambda: services.assign_deal(actor=actor, deal_id=deal_id, owner_id=owner, version=version)
        )
        if given is not None:
            toast(request, _("Saved"))
            return redirect(request, address_of(deal_id))
    context = {"form": form, "deal": found}
    status = 422 if form.is_bound else 200
    return dialog(request, "_assign", context, back=address_of(found), title=_("Responsible"), status=status)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def ask(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Ask whether a deal may come to a stage that needs an approval."""
    found, actor = visible_deal(request.user, deal_id), signed_in(request)
    stage_id = number_in(request.POST.get("stage") or request.GET.get("stage"))
    stage = get_object_or_404(Stage, pk=stage_id or 0, pipeline=found.pipeline_id, deleted_at=None)
    if request.method == "POST":
        act = lambda: services.ask_approval(actor=actor, deal_id=deal_id, stage_id=stage.pk)  # noqa: E731
        return _tried(request, deal_id, act, _("The approval was asked for."))
    context = {"deal": found, "stage": stage}
    return dialog(request, "_ask", context, back=address_of(found), title=_("Ask for the approval"))


@require_POST
@page(APPROVE)
def decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Approve or refuse that a deal comes to a stage."""
    actor, is_approved = signed_in(request), request.POST.get("answer") == "yes"
    visible = StageApproval.objects.filter(deal__in=Deal.objects.visible_to(actor))
    deal_id, remark = get_object_or_404(visible, pk=approval_id).deal_id, request.POST.get("remark", "")
    text = _("Approved; it stands there now.") if is_approved else _("Refused.")

    def act() -> None:
        services.decide_approval(actor=actor, approval_id=approval_id, is_approved=is_approved, remark=remark)

    return _tried(request, deal_id, act, text)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def split(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Cut a part off a deal."""
    found, actor, version = visible_deal(request.user, deal_id), signed_in(request), version_in(request)
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = form.cleaned_data
        part = attempt(
            form,
            lambda: services.split_deal(
                actor=actor, deal_id=deal_id, name=values["name"], amount=values["amount"], version=version
            ),
        )
        if part is not None:
            toast(request, _("The part stands beside it now."))
            return redirect(request, address_of(part))
    context = {"form": form, "deal": found}
    status = 422 if form.is_bound else 200
    return dialog(request, "_split", context, back=address_of(found), title=_("Cut a part off"), status=status)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def join(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Take other open deals of the same customer in."""
    found, actor, version = visible_deal(request.user, deal_id), signed_in(request), version_in(request)
    if request.method == "POST":
        others = [pk for each in request.POST.getlist("other") if (pk := number_in(each))]
        act = lambda: services.join_deals(actor=actor, deal_id=deal_id, others=others, version=version)  # noqa: E731
        return _tried(request, deal_id, act, _("They are one now."))
    rows = Deal.objects.visible_to(actor).filter(party=found.party_id, state=Deal.State.OPEN).exclude(pk=deal_id)
    context = {"deal": found, "others": rows.select_related("stage").order_by("-opened_at", "-id")[:50]}
    return dialog(request, "_join", context, back=address_of(found), title=_("Join deals"))


@require_POST
@page(CHANGE)
def separate(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Take a joined deal out again."""
    actor = signed_in(request)
    act = lambda: services.separate_deal(actor=actor, deal_id=deal_id)  # noqa: E731
    return _tried(request, deal_id, act, _("It stands alone again."))


@require_POST
@page(DELETE)
def delete(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Put a deal into the trash; the toast takes it back."""
    services.delete_deal(actor=signed_in(request), deal_id=deal_id, version=version_in(request))
    toast(request, _("It was deleted."), undo_url=reverse("sales:restore", args=[deal_id]))
    return redirect(request, reverse("sales:board"))


@require_POST
@page(DELETE)
def restore(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Take a deal out of the trash."""
    services.restore_deal(actor=signed_in(request), deal_id=deal_id)
    toast(request, _("It is back."))
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return back_to(request, deal_id)


@require_GET
@page(DELETE)
def trash(request: HttpRequest) -> HttpResponse:
    """Deleted leads and deals wait here."""
    rows = Deal.objects.trash_of(signed_in(request)).select_related("party", "stage").order_by("-deleted_at", "-id")
    return render(request, "sales/trash.html", {"rows": rows[:200]})
