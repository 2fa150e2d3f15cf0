"""Files: every download asks the record that holds the file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peyvand.accounts.models import User
from peyvand.core import files
from peyvand.core.errors import NotFound
from peyvand.web.access import page


@require_safe
@page()
def download(request: HttpRequest, file_id: str) -> HttpResponse:
    """A file as a download, when something that holds it may be seen."""
    if not isinstance(request.user, User):
        raise NotFound
    return files.download(files.open_for(request.user, file_id))


@require_safe
@page()
def picture(request: HttpRequest, file_id: str) -> HttpResponse:
    """A picture, made anew from its pixels, for showing in a page."""
    if not isinstance(request.user, User):
        raise NotFound
    return files.show(files.open_for(request.user, file_id))
