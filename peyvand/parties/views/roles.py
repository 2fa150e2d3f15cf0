"""The dialog of a customer's roles and of where it stands in its life with us."""

from typing import Any

from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peyvand.core.errors import PeyvandError
from peyvand.parties import policies, selectors
from peyvand.parties.forms.rows import LifeCycleForm, RoleForm
from peyvand.parties.models import Party
from peyvand.parties.services.roles import set_standing
from peyvand.parties.views.dialogs import acted
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment

MOST = 30
RoleRows = formset_factory(RoleForm, extra=2, max_num=MOST, absolute_max=MOST + 2)


@require_http_methods(["GET", "POST"])
@page(policies.CHANGE)
def roles(request: HttpRequest, party_id: int) -> HttpResponse:
    """What a customer is to us, since when and until when, and where it stands."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    policies.require_change(user, party)
    form, rows = _forms(request, party)
    if request.method == "POST" and form.is_valid() and rows.is_valid() and _saved(request, party, form, rows):
        return acted(request, party, _("Saved."))
    context = {
        "party": party,
        "back": reverse("parties:detail", args=[party.pk]),
        "form": form,
        "rows": rows,
        "version": request.POST.get("version", party.version),
        "title": _("Roles and life cycle"),
        "body": "parties/form_roles.html",
    }
    return fragment(
        request, "parties/form_dialog.html", context, "dialog", status=422 if request.method == "POST" else 200
    )


def _forms(request: HttpRequest, party: Party) -> tuple[LifeCycleForm, Any]:
    data = request.POST if request.method == "POST" else None
    since = party.life_cycle_since
    stands = {"life_cycle": party.life_cycle, "life_cycle_since": timezone.localdate(since) if since else None}
    periods = list(party.role_periods.order_by("since", "pk").values("role", "since", "until"))
    rows = RoleRows(data, prefix="roles", initial=periods)
    return LifeCycleForm(data, initial=stands), rows


def _saved(request: HttpRequest, party: Party, form: LifeCycleForm, rows: Any) -> bool:
    """Write both; a broken rule is shown beside its row."""
    version = request.POST.get("version", "")
    try:
        set_standing(
            actor=signed_in(request),
            party=party,
            life_cycle=form.cleaned_data["life_cycle"],
            since=form.since() if "life_cycle_since" in form.changed_data else None,
            roles=[row.details() for row in rows if row.cleaned_data.get("role")],
            version=int(version) if version.isascii() and version.isdigit() else None,
        )
    except PeyvandError as error:
        if error.status in {403, 404}:
            raise
        wrong = [row for row in rows if any(field.startswith(f"{row.prefix}-") for field in error.fields)]
        for one in wrong or [form]:
            one.show(error)
        return False
    return True
