"""Writing an answer: kept every two seconds, sent for approval, approved or returned."""

from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from peyvand.accounts.policies import may
from peyvand.cartable import services
from peyvand.cartable.errors import AnsweredMeanwhile, DraftChanged
from peyvand.cartable.forms import ApproveForm, DraftForm, RemarkForm
from peyvand.cartable.models import Answer
from peyvand.cartable.selectors.approvals import rule_for
from peyvand.cartable.types import Undoable
from peyvand.cartable.views.answering import (
    NEWS,
    acted,
    actor_of,
    address_of,
    attempt,
    dialog,
    find,
    me,
    seen_step,
    seen_version,
    status_of,
    stored_upload,
)
from peyvand.cartable.views.drafts import find_answer, read_draft, save
from peyvand.cartable.views.sending import clash, let_out
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.web.access import page
from peyvand.web.http import done
from peyvand.web.toasts import toast


def _refused(problem: PeyvandError) -> JsonResponse:
    """Why the draft was not kept; when another window changed it, also what stands there now."""
    answer: dict[str, str | int] = {"detail": problem.message, "code": problem.code}
    if isinstance(problem, DraftChanged):
        answer |= {"stored": problem.stored.body, "version": problem.stored.version if problem.stored.pk else 0}
    return JsonResponse(answer, status=problem.status)


@page("cartable.draft")
@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the draft; the page's script asks for JSON, a button without script for the page."""
    found = find(request, code)
    quiet = "application/json" in request.headers.get("Accept", "")
    try:
        answer = save(request, found, read_draft(request))
    except PeyvandError as problem:
        if not quiet:
            raise
        return _refused(problem)
    if quiet:
        return JsonResponse({"version": answer.version, "answer": answer.pk})
    toast(request, _("The draft was saved."))
    return done(request, NEWS, url=address_of(code))


@page("cartable.draft")
@require_POST
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Send the draft to its reviewer, or out at once when that is allowed and no reviewer is named."""
    found = find(request, code)
    form = read_draft(request)
    answer = None
    try:
        answer = save(request, found, form)
        return _sent_on(request, code, answer, form)
    except (AnsweredMeanwhile, DraftChanged) as problem:
        return clash(request, found, problem, form.cleaned_data["body"], answer.version if answer else None)


def _sent_on(request: HttpRequest, code: str, answer: Answer, form: DraftForm) -> HttpResponse:
    reviewer: int | None = form.cleaned_data["reviewer"]
    seen = seen_step(request)
    if reviewer is None and may(me(request), "cartable.send") and rule_for(answer.request, answer.body) is None:
        services.approve_and_send(
            actor=actor_of(request), answer_id=answer.pk, approval=services.Approval(seen_step=seen)
        )
        return let_out(request, code, answer)
    services.submit_draft(actor=actor_of(request), answer_id=answer.pk, reviewer_id=reviewer, seen_step=seen)
    return acted(request, code, _("The answer was sent for approval."))


@page("cartable.draft")
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Store one attachment of a draft; the page's script keeps its id in the form."""
    find(request, code)
    return stored_upload(request)


@page("cartable.approve")
@require_POST
def approve(request: HttpRequest, code: str, answer: int) -> HttpResponse:
    """Approve an answer as it stands in the reviewer's form, and send it."""
    found = find(request, code)
    one = find_answer(found, answer)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Write the answer first."))
    try:
        services.approve_and_send(
            actor=actor_of(request),
            answer_id=one.pk,
            approval=services.Approval(body=form.cleaned_data["body"], seen_step=seen_step(request)),
            expected_version=form.cleaned_data["version"],
        )
    except (AnsweredMeanwhile, DraftChanged) as problem:
        return clash(request, found, problem, form.cleaned_data["body"], None)
    return let_out(request, code, one)


@page("cartable.approve")
def return_answer(request: HttpRequest, code: str, answer: int) -> HttpResponse:
    """Give a draft back to its author with a reason."""
    found = find(request, code)
    one = find_answer(found, answer)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _returned(request, one, form):
        return acted(request, code, _("The draft went back to its author."))
    context = {
        "title": _("Return the draft"),
        "form": form,
        "action": request.path,
        "version": one.version,
        "submit_text": pgettext("verb", "Return"),
        "icon_name": "arrow-back-up",
    }
    return dialog(request, found, "cartable/_form.html", context, status=status_of(form))


def _returned(request: HttpRequest, one: Answer, form: RemarkForm) -> Undoable | None:
    """Return the draft that the dialog showed."""
    act = partial(
        services.return_answer,
        actor=actor_of(request),
        answer_id=one.pk,
        remark=form.cleaned_data["remark"],
        expected_version=seen_version(request),
    )
    return attempt(form, one, act)
