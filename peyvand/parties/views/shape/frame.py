"""What the pages of the shape have in common: the frame of the settings, moving a row, going to long work."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peyvand.core.models import LongJob
from peyvand.web.access import signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.toasts import toast

PERMISSION = "parties.shape"


def show(
    request: HttpRequest, template: str, section: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `parties/shape/<template>.html` inside the settings, with `section` marked as the current page."""
    frame = {"sections": sections_for(signed_in(request)), "section": section}
    return render(request, f"parties/shape/{template}.html", frame | context, status=status)


def moved(ids: Sequence[int], pk: int, *, up: bool) -> list[int]:
    """Return the order after one of them went one place up or down."""
    found = list(ids)
    if pk in found:
        at = found.index(pk)
        to = max(at - 1, 0) if up else min(at + 1, len(found) - 1)
        found.insert(to, found.pop(at))
    return found


def after_job(request: HttpRequest, job: LongJob | None, done: str, url: str) -> HttpResponse:
    """Say `done` when the work is done, otherwise lead to the page of the work."""
    if job is not None and job.state != LongJob.State.DONE:
        toast(request, _("The work goes on in the background."))
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    toast(request, done)
    return redirect(request, url)
