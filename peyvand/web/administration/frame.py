"""What every page of the area has: the list of pages beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peyvand.web.administration.sections import sections_for
from peyvand.web.views import signed_in


def show(
    request: HttpRequest, template: str, section: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `administration/<template>.html` with `section` marked as the current page."""
    frame = {"sections": sections_for(signed_in(request)), "section": section}
    return render(request, f"administration/{template}.html", frame | context, status=status)


def number_of(text: str) -> int | None:
    """An id from a form's choice; None for «none»."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
