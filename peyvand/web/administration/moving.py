"""The whole installation as one file, for who may take all of it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from peyvand.accounts.services.moving import MOVE, start_whole_export
from peyvand.core.models import LongJob
from peyvand.core.moving.sealing import SHORTEST
from peyvand.web.access import page
from peyvand.web.administration.frame import show
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded
from peyvand.web.views import signed_in

HIDDEN = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class PassphraseForm(forms.Form):
    """A passphrase, written twice."""

    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase of the file"), min_length=SHORTEST, max_length=200, strip=False, widget=HIDDEN
    )
    again = forms.CharField(label=gettext_lazy("The passphrase once more"), max_length=200, strip=False, widget=HIDDEN)

    def clean(self) -> dict[str, Any]:
        if "passphrase" in self.cleaned_data and self.cleaned_data["passphrase"] != self.cleaned_data.get("again"):
            self.add_error("again", _("The two are not the same."))
        return self.cleaned_data


@require_http_methods(["GET", "POST"])
@page(MOVE)
def whole_export(request: HttpRequest) -> HttpResponse:
    """Begin to write the whole installation into one file."""
    form, started = PassphraseForm(request.POST if request.method == "POST" else None), list[LongJob]()
    if form.is_valid() and succeeded(form, lambda: started.append(_start(request, form))):
        return redirect(request, reverse("jobs:job", args=[started[0].pk]))
    return show(request, "moving", "moving", {"form": form}, status=422 if form.is_bound else 200)


def _start(request: HttpRequest, form: forms.Form) -> LongJob:
    return start_whole_export(actor=signed_in(request), passphrase=form.cleaned_data["passphrase"])
