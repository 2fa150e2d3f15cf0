"""Reading and keeping what somebody is writing in the composer."""

from django.http import HttpRequest

from peyvand.cartable import services
from peyvand.cartable.forms import DraftForm
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.views.answering import actor_of, me
from peyvand.core import files
from peyvand.core.errors import Invalid, NotFound


def read_draft(request: HttpRequest) -> DraftForm:
    """The typed draft. Raises Invalid."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise Invalid(fields={name: " ".join(map(str, texts)) for name, texts in form.errors.items()})
    return form


def save(request: HttpRequest, found: Request, form: DraftForm) -> Answer:
    """Store what was written, with the files that came in the same form (as without a script)."""
    kept = request.POST.getlist("file_ids") + _stored_uploads(request)
    return services.save_draft(
        actor=actor_of(request),
        request_id=found.pk,
        draft=form.draft(kept),
        expected_version=form.cleaned_data["version"],
    )


def keep(request: HttpRequest, found: Request) -> None:
    """Store what stands in the composer, if it was sent along."""
    if "body" in request.POST:
        save(request, found, read_draft(request))


def find_answer(found: Request, answer_id: int) -> Answer:
    """An answer of this request. Raises NotFound."""
    answer = found.answers.filter(pk=answer_id).first()
    if answer is None:
        raise NotFound
    return answer


def _stored_uploads(request: HttpRequest) -> list[str]:
    uploads = request.FILES.getlist("uploads")
    return [files.store_upload(each, user_id=me(request).pk).pk for each in uploads]
