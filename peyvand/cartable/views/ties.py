"""What a request is tied to: the panel, links, child requests, closing over open parts, one answer to all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import may
from peyvand.accounts.selectors import referral_targets
from peyvand.cartable import policies, selectors, services
from peyvand.cartable.models import Request
from peyvand.cartable.regrouping_forms import AnswerAllForm, CloseAnywayForm, PartForm, TieForm
from peyvand.cartable.selectors.others import by_codes, others_for
from peyvand.cartable.selectors.ties import ties_of
from peyvand.cartable.services import incidents, parts, tying
from peyvand.cartable.views.answering import (
    acted,
    actor_of,
    attempt,
    dialog,
    find,
    me,
    seen_version,
    status_of,
)
from peyvand.cartable.views.wording import STATUS_COLOURS
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.core.text import isolated
from peyvand.web.access import page

MOST_TARGETS = 12


@page("cartable.view")
@require_GET
def ties(request: HttpRequest, code: str) -> HttpResponse:
    """The panel that the page of a tied request asks for; a page of its own without scripts."""
    who, found = me(request), find(request, code)
    found_ties = ties_of(who, found)
    context = {
        "opened": found,
        "ties": found_ties,
        "may": {
            "edit": policies.may_act(me(request), "cartable.handle", found),
            "send": may(me(request), "cartable.send"),
        },
        "colours": STATUS_COLOURS,
    }
    if getattr(request, "htmx", None):
        return render(request, "cartable/_ties.html", context)
    context |= {"title": _("What request %(code)s is tied to") % {"code": isolated(code)}}
    return dialog(request, found, "cartable/_ties.html", context)


@page("cartable.handle")
def tie(request: HttpRequest, code: str) -> HttpResponse:
    """Link a request with another."""
    found = find(request, code)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _tied(request, found, form):
        return acted(request, code, _("The requests are linked."))
    typed, chosen = request.POST.get("q", request.GET.get("q", "")), request.POST.get("other", "")
    context = {
        "title": _("Link request %(code)s with another") % {"code": isolated(code)},
        "form": form,
        "others": by_codes(me(request), [chosen]) if chosen else others_for(me(request), found, typed),
        "q": typed,
        "chosen_code": chosen,
    }
    return dialog(request, found, "cartable/_tie.html", context, status=status_of(form))


def _tied(request: HttpRequest, found: Request, form: TieForm) -> bool:
    other = next(iter(by_codes(me(request), [form.cleaned_data["other"]])), None)
    try:
        if other is None:
            raise NotFound
        tying.tie(
            actor=actor_of(request), request_id=found.pk, other_id=other.pk, kind=form.cleaned_data["kind"],
            expected_version=seen_version(request),
        )  # fmt: skip
    except PeyvandError as problem:
        form.add_error(None, problem.message)
        return False
    return True


@page("cartable.handle")
@require_POST
def untie(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a link away."""
    found = find(request, code)
    tying.untie(actor=actor_of(request), request_id=found.pk, tie_id=pk)
    return acted(request, code, _("The link was taken away."))


@page("cartable.refer")
def part(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a part of a request on as a child request."""
    found = find(request, code)
    form = PartForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _opened(request, found, form)):
        said = _("Child request %(code)s was made; this one waits for it.")
        return acted(request, code, said % {"code": isolated(made.code)})
    typed = request.POST.get("who", request.GET.get("who", ""))
    context = {
        "title": _("Child request of %(code)s") % {"code": isolated(code)},
        "form": form,
        "targets": _targets(request, typed),
        "who": typed,
        "without_copies": True,
    }
    return dialog(request, found, "cartable/_part.html", context, status=status_of(form))


def _targets(request: HttpRequest, typed: str) -> list[dict[str, Any]]:
    chosen = request.POST.get("to", "")
    found = referral_targets(me(request), typed, workload=selectors.workload, limit=MOST_TARGETS)
    return [
        {"kind": each.kind, "id": each.id, "label": each.label, "detail": each.detail, "hue": each.hue,
         "load": each.load, "chosen": f"{each.kind}:{each.id}" == chosen}
        for each in found
    ]  # fmt: skip


def _opened(request: HttpRequest, found: Request, form: PartForm) -> Request | None:
    try:
        return parts.open_part(
            actor=actor_of(request), request_id=found.pk, part=form.order(), expected_version=seen_version(request)
        )
    except PeyvandError as problem:
        form.add_error("due_day" if "due_at" in problem.fields else None, problem.message)
        return None


@page("cartable.close")
def close_anyway(request: HttpRequest, code: str) -> HttpResponse:
    """Close a request over its open parts, with the reason."""
    found = find(request, code)
    form = CloseAnywayForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (undo := _closed(request, found, form)):
        return acted(request, code, _("Request %(code)s was closed.") % {"code": isolated(code)}, undo)
    return ask_reason(request, found, form)


def ask_reason(request: HttpRequest, found: Request, form: CloseAnywayForm) -> HttpResponse:
    """Ask why a request is closed although it waits for parts of itself."""
    code, waits = found.code, ties_of(me(request), found).waits_for
    context = {
        "title": _("Close request %(code)s") % {"code": isolated(code)},
        "form": form,
        "action": reverse("cartable:close_anyway", args=[code]),
        "version": found.version,
        "waits": waits,
    }
    return dialog(request, found, "cartable/_close_anyway.html", context, status=status_of(form))


def _closed(request: HttpRequest, found: Request, form: CloseAnywayForm) -> Any:
    version, remark = seen_version(request), form.cleaned_data["remark"]
    return attempt(
        form,
        found,
        lambda: services.close(
            actor=actor_of(request), request_id=found.pk, remark=remark, despite_parts=True, expected_version=version
        ),
    )


@page("cartable.send")
def answer_all(request: HttpRequest, code: str) -> HttpResponse:
    """One answer to everybody of an incident, after one has seen to whom it goes."""
    found = find(request, code)
    form = AnswerAllForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = incidents.answer_all(actor=actor_of(request), request_id=found.pk, **form.cleaned_data)
        if not done.left:
            said = ngettext("The answer went to %(n)s customer.", "The answer went to %(n)s customers.", len(done.sent))
            return acted(request, code, said % {"n": len(done.sent)})
        context = {"title": _("The answer went out"), "done": done}
        return dialog(request, found, "cartable/_answered_all.html", context)
    context = {
        "title": _("One answer to all of incident %(code)s") % {"code": isolated(code)},
        "form": form,
        "members": incidents.members_of(actor_of(request), found.pk),
    }
    return dialog(request, found, "cartable/_answer_all.html", context, status=status_of(form))
