"""Relations of a customer, in dialogs."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.parties import policies, selectors
from peyvand.parties.forms.relations import RelationForm, TermsForm
from peyvand.parties.models import Party
from peyvand.parties.selectors.relations import Link, get_link, links_of
from peyvand.parties.services import relations as services
from peyvand.parties.views import shown_file as shown
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, fragment
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast

CHANGED = ("pv:party:relations", "pv:party:changed")
MOST = 12


@require_http_methods(["GET", "POST"])
@page("parties.change")
def new_relation(request: HttpRequest, party_id: int) -> HttpResponse:
    """Note what somebody else is to this customer."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    policies.require_change(user, party)
    form = RelationForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid() and _related(request, party, form):
        toast(request, _("The relation was noted."))
        return done(request, *CHANGED, url=_file(party))
    who = request.POST.get("who", request.GET.get("who", ""))
    context = {"form": form, "who": who, "others": _others(request, party, who), "chosen": form.data.get("other", "")}
    return _dialog(request, party, _("Add a relation"), context, is_bad=form.is_bound)


def _related(request: HttpRequest, party: Party, form: RelationForm) -> bool:
    other = selectors.visible_to(signed_in(request)).filter(pk=form.cleaned_data["other"]).first()
    if other is None:
        form.add_error("other", _("There is no such record, or you may not see it."))
        return False
    code, _colon, side = form.cleaned_data["kind"].partition(":")
    act = partial(
        services.relate,
        actor=signed_in(request), party=party, other=other, code=code, is_source=side == "in", terms=form.terms(),
    )  # fmt: skip
    return succeeded(form, act)


@require_http_methods(["GET", "POST"])
@page("parties.change")
def relation(request: HttpRequest, party_id: int, relation_id: int) -> HttpResponse:
    """Change, end or remove a relation."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    policies.require_change(user, party)
    link = get_link(user, party, relation_id)
    row = link.relation
    form = TermsForm(request.POST or None, initial={"since": row.since, "until": row.until, "note": row.note})
    if request.method == "POST" and form.is_valid() and _acted(request, party, link, form):
        return done(request, *CHANGED, url=_file(party))
    context = {"form": form, "link": link}
    return _dialog(request, party, _("Change the relation"), context, is_bad=form.is_bound)


def _acted(request: HttpRequest, party: Party, link: Link, form: TermsForm) -> bool:
    """Do what the pressed button says."""
    user, row = signed_in(request), link.relation
    act = request.POST.get("act")
    if act == "remove":
        undo = reverse("parties:restore_relation", args=[party.pk]) + f"?was={services.memory_of(row)}"
        services.remove_relation(actor=user, party=party, relation=row)
        toast(request, _("The relation was removed."), undo_url=undo)
    elif act == "end":
        services.end_relation(actor=user, party=party, relation=row)
        toast(request, _("The relation has ended."))
    else:
        save = partial(services.change_relation, actor=user, party=party, relation=row, terms=form.terms())
        if not succeeded(form, save):
            return False
        toast(request, _("Saved."))
    return True


@require_POST
@page("parties.change")
def restore_relation(request: HttpRequest, party_id: int) -> HttpResponse:
    """Bring back a relation that was just removed."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    services.restore_relation(actor=user, party=party, memory=request.GET.get("was", ""))
    return done(request, *CHANGED, url=_file(party))


@require_GET
@page("parties.change")
def relatable(request: HttpRequest, party_id: int) -> HttpResponse:
    """Customers that fit what was typed, to relate to."""
    party = selectors.get_visible(signed_in(request), party_id)
    who = request.GET.get("who", "")
    return render(request, "parties/file/_relatable.html", {"others": _others(request, party, who), "who": who})


@require_GET
@page("parties.view")
def relations_card(request: HttpRequest, party_id: int) -> HttpResponse:
    """The card of relations beside the timeline."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    context = {"party": party, "side": shown.side_of(user, party), "head": {"may": shown.may_of(user, party)}}
    return render(request, "parties/file/_relations.html", context)


def relations_tab(request: HttpRequest, party: Party) -> str:
    """The tab of relations: those that hold, and those that have ended."""
    user = signed_in(request)
    links = links_of(user, party)
    context = {
        "party": party,
        "held": [link for link in links if link.is_open],
        "ended": [link for link in links if not link.is_open],
        "head": {"may": shown.may_of(user, party)},
    }
    return render_to_string("parties/file/_relations_tab.html", context, request=request)


def _others(request: HttpRequest, party: Party, who: str) -> list[Party]:
    typed = who.replace("\x00", "").strip()[:80]
    if not typed:
        return []
    hits = selectors.ranked(signed_in(request), typed, MOST + 1)
    return [hit.party for hit in hits if hit.party.pk != party.pk][:MOST]


def _dialog(request: HttpRequest, party: Party, title: str, context: dict[str, Any], *, is_bad: bool) -> HttpResponse:
    whole = context | {
        "title": title, "content": "parties/file/_relation_form.html", "party": party, "action": request.path,
        "back": _file(party),
    }  # fmt: skip
    return fragment(request, "parties/file/dialog.html", whole, "dialog", status=422 if is_bad else 200)


def _file(party: Party) -> str:
    return reverse("parties:tab", args=[party.pk, "relations"])
