"""The dialogs of a referral: to whom, return, finish, recall."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from peyvand.accounts.selectors import referral_targets
from peyvand.cartable import policies, selectors, services
from peyvand.cartable.forms import ReferForm, RemarkForm
from peyvand.cartable.models import OPEN_REFERRAL, Referral, Request
from peyvand.cartable.selectors.choices import referral_actions
from peyvand.cartable.selectors.people import named
from peyvand.cartable.types import Target, Undoable
from peyvand.cartable.views.answering import (
    acted,
    actor_of,
    attempt,
    dialog,
    find,
    find_referral,
    me,
    seen_version,
    status_of,
)
from peyvand.cartable.views.thread import target_of
from peyvand.core.errors import Invalid
from peyvand.core.text import isolated
from peyvand.web.access import page

MOST_TARGETS = 12
MOST_COPIES = 49


def _targets(request: HttpRequest, typed: str) -> list[dict[str, Any]]:
    chosen = request.POST.get("to", "")
    if chosen and chosen == request.POST.get("add"):
        chosen = ""
    found = referral_targets(me(request), typed, workload=selectors.workload, limit=MOST_TARGETS)
    return [
        {"kind": each.kind, "id": each.id, "label": each.label, "detail": each.detail, "hue": each.hue,
         "load": each.load, "away": each.away, "chosen": f"{each.kind}:{each.id}" == chosen}
        for each in found
    ]  # fmt: skip


def chosen_copies(typed: QueryDict) -> list[dict[str, Any]]:
    """Those chosen for a copy so far, as the dialog holds them, with the one just added and without the one dropped."""
    wanted = [*typed.getlist("copy"), *typed.getlist("add")]
    texts = [text for text in dict.fromkeys(wanted) if text != typed.get("drop")][:MOST_COPIES]
    targets = [target for text in texts if (target := _parsed(text)) is not None]
    return [
        {"value": str(each.target), "label": each.label, "detail": each.detail, "kind": each.target.kind,
         "id": each.target.id, "blind": typed.get(f"role-{each.target}") == "blind",
         "action": typed.get(f"action-{each.target}", "")}
        for each in named(targets)
    ]  # fmt: skip


def _parsed(text: str) -> Target | None:
    try:
        return Target.parse(text)
    except Invalid:
        return None


@page("cartable.refer")
@require_GET
def targets(request: HttpRequest, code: str) -> HttpResponse:
    """Those who fit what was typed, with their open work."""
    find(request, code)
    return render(request, "cartable/_targets.html", {"targets": _targets(request, request.GET.get("who", ""))})


@page("cartable.refer")
def refer(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a request to somebody with an instruction and a deadline, and send copies of it to others."""
    found = find(request, code)
    choosing = bool({"add", "drop"} & request.POST.keys())
    form = ReferForm(None if choosing else request.POST or None, initial=request.POST.dict() if choosing else {})
    if request.method == "POST" and not choosing and form.is_valid() and (undo := _referred(request, found, form)):
        return acted(request, code, _("Request %(code)s was referred.") % {"code": isolated(code)}, undo)
    typed = request.POST.get("who", request.GET.get("who", ""))
    context = {
        "title": _("Refer request %(code)s") % {"code": isolated(code)},
        "form": form,
        "targets": _targets(request, typed),
        "copies": chosen_copies(request.POST),
        "actions": [each for each in referral_actions().values() if each.is_active],
        "who": typed,
    }
    return dialog(request, found, "cartable/_refer.html", context, status=status_of(form))


def _referred(request: HttpRequest, found: Request, form: ReferForm) -> Undoable | None:
    """Refer, or put what the service does not accept under the form and return None."""
    act = partial(
        services.refer,
        actor=actor_of(request),
        request_id=found.pk,
        to=form.cleaned_data["to"],
        order=form.order(),
        copies=form.copies(),
        expected_version=seen_version(request),
    )
    try:
        return attempt(form, found, act)
    except Invalid as problem:
        form.add_error("due_day" if "due_at" in problem.fields else "to", problem.message)
        return None


@page("cartable.view")
@require_GET
def referral(request: HttpRequest, code: str, referral: int) -> HttpResponse:
    """One referral with its instruction and whether it was read."""
    found = find(request, code)
    one = find_referral(me(request), found, referral)
    is_open = one.state in OPEN_REFERRAL
    context = {
        "title": _("Referral"),
        "referral": one,
        "target": target_of(one),
        "can_return": is_open and policies.is_addressee(me(request), one),
        "can_recall": one.state == Referral.State.WAITING and policies.is_sender(me(request), one),
    }
    return dialog(request, found, "cartable/_referral_detail.html", context)


def _ask_remark(request: HttpRequest, found: Request, form: RemarkForm, texts: dict[str, str]) -> HttpResponse:
    context = {"form": form, "action": request.path, "version": found.version, **texts}
    return dialog(request, found, "cartable/_form.html", context, status=status_of(form))


def _ended(
    request: HttpRequest, found: Request, form: RemarkForm, act: Callable[..., Undoable], referral_id: int
) -> Undoable | None:
    """End a referral with the remark that was typed, on the version that the dialog showed."""
    remark, version = form.cleaned_data["remark"], seen_version(request)
    return attempt(
        form,
        found,
        partial(act, actor=actor_of(request), referral_id=referral_id, remark=remark, expected_version=version),
    )


@page("cartable.view")
def return_referral(request: HttpRequest, code: str, referral: int) -> HttpResponse:
    """Send a referral back with a reason."""
    found = find(request, code)
    one = find_referral(me(request), found, referral)
    form = RemarkForm(request.POST or None)
    end = services.return_referral
    if request.method == "POST" and form.is_valid() and (undo := _ended(request, found, form, end, one.pk)):
        return acted(request, code, _("The referral was returned."), undo)
    texts = {"title": _("Return the referral"), "submit_text": pgettext("verb", "Return"), "icon_name": "arrow-back-up"}
    return _ask_remark(request, found, form, texts)


FINISH = (gettext_lazy("Finish the referral"), gettext_lazy("Finish"), gettext_lazy("The referral was finished."))
PUT_AWAY = (gettext_lazy("Put the copy away"), gettext_lazy("Put away"), gettext_lazy("The copy was put away."))


@page("cartable.view")
def finish_referral(request: HttpRequest, code: str, referral: int) -> HttpResponse:
    """Say that what was asked is done, with a word on it; of a copy, what one thinks."""
    found = find(request, code)
    one = find_referral(me(request), found, referral)
    title, button, said = FINISH if one.is_original else PUT_AWAY
    form = RemarkForm(request.POST or None)
    form.fields["remark"].required = False
    form.fields["remark"].label = _("Remark") if one.is_original else _("Your opinion")
    end = services.finish_referral
    if request.method == "POST" and form.is_valid() and (undo := _ended(request, found, form, end, one.pk)):
        return acted(request, code, said, undo)
    texts = {"title": str(title), "submit_text": str(button), "icon_name": "circle-check"}
    return _ask_remark(request, found, form, texts)


@page("cartable.view")
def recall_referral(request: HttpRequest, code: str, referral: int) -> HttpResponse:
    """Take a referral back before it is read."""
    found = find(request, code)
    one = find_referral(me(request), found, referral)
    if request.method == "POST":
        version = seen_version(request)
        undo = services.recall_referral(actor=actor_of(request), referral_id=one.pk, expected_version=version)
        return acted(request, code, _("The referral was recalled."), undo)
    context = {"title": _("Recall the referral"), "action": reverse("cartable:recall", args=[code, one.pk])}
    return dialog(request, found, "cartable/_recall.html", {**context, "target": target_of(one)})
