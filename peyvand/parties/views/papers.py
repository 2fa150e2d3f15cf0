"""Files of a customer."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.core import files as stored
from peyvand.parties import selectors
from peyvand.parties.models import Party, PartyFile
from peyvand.parties.selectors.papers import files_of, get_paper
from peyvand.parties.services import papers
from peyvand.parties.views.shown_file import may_of
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, fragment, redirect
from peyvand.web.paging import links, page_of
from peyvand.web.toasts import toast

CHANGED = "pv:party:files"
MARKS = {
    "application/pdf": "file-type-pdf",
    "text/plain": "file-text",
    "text/csv": "file-spreadsheet",
    "application/zip": "file-zip",
}


class LabelForm(forms.Form):
    """Under which words a file is found."""

    label = forms.CharField(
        label=gettext_lazy("Label"), max_length=120, required=False, widget=forms.TextInput({"class": "pv-in"})
    )


@require_http_methods(["GET", "POST"])
@page("parties.view")
def files(request: HttpRequest, party_id: int) -> HttpResponse:
    """The files of a customer; a post puts one in."""
    party = selectors.get_visible(signed_in(request), party_id)
    if request.method == "POST":
        return _uploaded(request, party)
    return HttpResponse(files_tab(request, party))


def files_tab(request: HttpRequest, party: Party) -> str:
    """The tab of files."""
    found = page_of(request, files_of(party), order=("-created_at", "-id"))
    for paper in found.items:
        paper.mark = mark_of(paper.file.content_type)  # type: ignore[attr-defined]  # for the template only
    may = may_of(signed_in(request), party)
    context: dict[str, Any] = {"party": party, "papers": found.items, "links": links(request, found)}
    return render_to_string("parties/file/_files_tab.html", context | {"head": {"may": may}}, request=request)


def mark_of(content_type: str) -> str:
    """The icon of a kind of file."""
    if content_type.startswith("image/"):
        return "photo"
    if "sheet" in content_type or "excel" in content_type:
        return "file-spreadsheet"
    return MARKS.get(content_type, "file")


def _uploaded(request: HttpRequest, party: Party) -> HttpResponse:
    paper = papers.add_file(actor=signed_in(request), party=party, upload=request.FILES.get("file"))
    if request.accepts("text/html") and "application/json" not in request.headers.get("Accept", ""):
        toast(request, _("The file was added."))
        return redirect(request, reverse("parties:tab", args=[party.pk, "files"]))
    return JsonResponse({"id": paper.file_id, "name": paper.file.name, "size": paper.file.size})


@require_GET
@page("parties.view")
def file(request: HttpRequest, party_id: int, file_id: str) -> HttpResponse:
    """One file, as a download; who may not see the customer gets nothing."""
    party = selectors.get_visible(signed_in(request), party_id)
    return stored.download(get_paper(party, file_id).file)


@require_http_methods(["GET", "POST"])
@page("parties.view")
def label_file(request: HttpRequest, party_id: int, file_id: str) -> HttpResponse:
    """Give a file another label, in a dialog."""
    party, paper = _find(request, party_id, file_id)
    form = LabelForm(request.POST or None, initial={"label": paper.label})
    back = reverse("parties:tab", args=[party.pk, "files"])
    if request.method == "POST" and form.is_valid():
        papers.label_file(actor=signed_in(request), paper=paper, label=form.cleaned_data["label"])
        toast(request, _("Saved."))
        return done(request, CHANGED, url=back)
    context = {
        "title": _("Label of the file"), "content": "parties/file/_label_form.html", "form": form,
        "action": request.path, "back": back,
    }  # fmt: skip
    return fragment(request, "parties/file/dialog.html", context, "dialog", status=422 if form.errors else 200)


@require_POST
@page("parties.view")
def delete_file(request: HttpRequest, party_id: int, file_id: str) -> HttpResponse:
    """Take a file away; the toast brings it back."""
    party, paper = _find(request, party_id, file_id)
    papers.delete_file(actor=signed_in(request), paper=paper)
    toast(request, _("The file was deleted."), undo_url=reverse("parties:restore_file", args=[party.pk, file_id]))
    return done(request, CHANGED, url=reverse("parties:tab", args=[party.pk, "files"]))


@require_POST
@page("parties.view")
def restore_file(request: HttpRequest, party_id: int, file_id: str) -> HttpResponse:
    """Bring a deleted file back."""
    party = selectors.get_visible(signed_in(request), party_id)
    papers.restore_file(actor=signed_in(request), paper=get_paper(party, file_id, deleted=True))
    return done(request, CHANGED, url=reverse("parties:tab", args=[party.pk, "files"]))


def _find(request: HttpRequest, party_id: int, file_id: str) -> tuple[Party, PartyFile]:
    party = selectors.get_visible(signed_in(request), party_id)
    return party, get_paper(party, file_id)
