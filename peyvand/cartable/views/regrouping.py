"""The dialogs of merging, splitting and moving, and of taking it back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from peyvand.cartable.errors import WouldWiden
from peyvand.cartable.models import Regrouping, Request, RequestMessage
from peyvand.cartable.regrouping_forms import MessagesForm, MoveForm, SplitForm
from peyvand.cartable.selectors.merge_preview import preview_of
from peyvand.cartable.selectors.others import by_codes, others_for
from peyvand.cartable.selectors.regroupings import later_messages
from peyvand.cartable.selectors.ties import ties_of
from peyvand.cartable.services.regrouping import merge as merge_requests
from peyvand.cartable.services.regrouping import move_messages, split_off, undo_regrouping
from peyvand.cartable.views.answering import actor_of, address_of, dialog, find, me, seen_version
from peyvand.channels.models import Message
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.core.text import isolated
from peyvand.web.access import page
from peyvand.web.http import redirect
from peyvand.web.toasts import toast

MOST_OTHERS = 20
LONGEST_VERSION = 9
LONGEST_ID = 18


@page("cartable.handle")
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Choose other requests, look at what would become of them, merge."""
    found = find(request, code)
    typed = request.POST if request.method == "POST" else request.GET
    chosen = [one for one in by_codes(me(request), typed.getlist("other")[:MOST_OTHERS]) if one.pk != found.pk]
    if not chosen or "choose" in typed:
        return _choose(request, found, chosen)
    survivor = next((one for one in chosen if one.code == typed.get("survivor")), found)
    sources = [one for one in (found, *chosen) if one.pk != survivor.pk]
    if request.method != "POST":
        return _preview(request, found, survivor, sources)
    try:
        made = merge_requests(
            actor=actor_of(request),
            survivor_id=survivor.pk,
            request_ids=[one.pk for one in sources],
            agreed="agreed" in typed,
            versions=_versions(request, [survivor, *sources]),
        )
    except PeyvandError as problem:
        return _again(request, found, survivor, sources, problem)
    said = _("%(n)s requests are one now: %(code)s.") % {"n": len(sources) + 1, "code": isolated(survivor.code)}
    return _regrouped(request, made, said, survivor.code)


def _again(
    request: HttpRequest, found: Request, survivor: Request, sources: list[Request], problem: PeyvandError
) -> HttpResponse:
    """Show the preview as things stand now, with the reason why it was not done."""
    codes = [one.code for one in (survivor, *sources) if one.pk != found.pk]
    fresh = {one.code: one for one in (find(request, found.code), *by_codes(me(request), codes))}
    kept = fresh.get(survivor.code, found)
    rest = [one for code, one in fresh.items() if one.pk != kept.pk]
    return _preview(request, found, kept, rest, problem)


def _choose(request: HttpRequest, found: Request, chosen: list[Request]) -> HttpResponse:
    typed = request.GET.get("q", "")
    rows = [one for one in others_for(me(request), found, typed, same_whole=True) if one not in chosen]
    context = {
        "title": _("Merge request %(code)s with others") % {"code": isolated(found.code)},
        "chosen": chosen,
        "others": rows,
        "q": typed,
        "many": True,
    }
    return dialog(request, found, "cartable/_merge_choose.html", context)


def _preview(
    request: HttpRequest,
    found: Request,
    survivor: Request,
    sources: list[Request],
    problem: PeyvandError | None = None,
) -> HttpResponse:
    context = {
        "title": _("Merge requests"),
        "preview": preview_of(survivor, sources),
        "agreed": "agreed" in request.POST,
        "problem": problem.message if problem is not None else "",
    }
    return dialog(
        request, found, "cartable/_merge_preview.html", context, status=problem.status if problem is not None else 200
    )


def _versions(request: HttpRequest, requests: list[Request]) -> dict[int, int]:
    """The version of each request as the preview showed it."""
    typed = {one.pk: request.POST.get(f"version-{one.code}", "") for one in requests}
    return {pk: int(text) for pk, text in typed.items() if text.isdecimal() and len(text) <= LONGEST_VERSION}


def _regrouped(request: HttpRequest, made: Regrouping, said: str, code: str) -> HttpResponse:
    """Go to the request where the messages are now; the toast takes it back."""
    toast(request, said, undo_url=reverse("cartable:regrouping_undo", args=[code, made.pk]))
    return redirect(request, address_of(code))


def _messages(found: Request) -> list[Message]:
    rows = RequestMessage.objects.filter(request=found).select_related("message").order_by("at", "pk")
    return [one.message for one in rows]


def _messages_dialog(
    request: HttpRequest, found: Request, form: MessagesForm, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    whole = {"form": form, "messages": _messages(found), "picked": typed.getlist("messages"), **context}
    return dialog(request, found, template, whole, status=status)


def _tried(form: MessagesForm, act: Callable[[], Regrouping]) -> Regrouping | None:
    """Act; when the service refuses, say why in the form."""
    try:
        return act()
    except PeyvandError as problem:
        form.add_error(None, problem.message)
        form.refused = problem  # type: ignore[attr-defined]  # so that the dialog asks what it must
        return None


def _status(form: MessagesForm) -> int:
    refused: PeyvandError | None = getattr(form, "refused", None)
    if refused is not None:
        return refused.status
    return 422 if form.is_bound else 200


@page("cartable.handle")
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Make messages a request of their own."""
    found = find(request, code)
    numbers = [one.pk for one in _messages(found)]
    form = SplitForm(request.POST or None, messages=numbers)
    if request.method == "POST" and form.is_valid() and (made := _split(request, found, form)):
        said = _("The messages are request %(code)s now; you hold it.") % {"code": isolated(made.target.code)}
        return _regrouped(request, made, said, made.target.code)
    context = {"title": _("Split messages off request %(code)s") % {"code": isolated(code)}}
    return _messages_dialog(request, found, form, "cartable/_split.html", context, _status(form))


def _split(request: HttpRequest, found: Request, form: SplitForm) -> Regrouping | None:
    data = form.cleaned_data
    return _tried(
        form,
        lambda: split_off(
            actor=actor_of(request),
            request_id=found.pk,
            message_ids=data["messages"],
            subject=data["subject"],
            tell_customer=data["tell_customer"],
            expected_version=seen_version(request),
        ),
    )


@page("cartable.handle")
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Move messages to the request where they belong."""
    found = find(request, code)
    form = MoveForm(request.POST or None, messages=[one.pk for one in _messages(found)])
    if request.method == "POST" and form.is_valid() and (made := _moved(request, found, form)):
        said = _("The messages are in request %(code)s now.") % {"code": isolated(made.target.code)}
        return _regrouped(request, made, said, made.target.code)
    typed = request.POST.get("q", request.GET.get("q", ""))
    chosen = request.POST.get("other", "")
    rows = by_codes(me(request), [chosen]) if chosen else others_for(me(request), found, typed, same_whole=True)
    context = {
        "title": _("Move messages of request %(code)s") % {"code": isolated(code)},
        "others": rows,
        "q": typed,
        "chosen_code": chosen,
        "must_agree": isinstance(getattr(form, "refused", None), WouldWiden),
    }
    return _messages_dialog(request, found, form, "cartable/_move.html", context, _status(form))


def _moved(request: HttpRequest, found: Request, form: MoveForm) -> Regrouping | None:
    data = form.cleaned_data
    other = next(iter(by_codes(me(request), [data["other"]])), None)
    if other is None:
        form.add_error("other", NotFound().message)
        return None
    version = seen_version(request)
    return _tried(
        form,
        lambda: move_messages(
            actor=actor_of(request),
            request_id=found.pk,
            message_ids=data["messages"],
            to_id=other.pk,
            agreed=data["agreed"],
            versions={found.pk: version} if version is not None else None,
        ),
    )


def _regrouping(request: HttpRequest, found: Request, pk: int) -> Regrouping:
    """A regrouping of this request of which the reader may know all. Raises NotFound."""
    known = next((one for one in ties_of(me(request), found).regroupings if one.pk == pk), None)
    if known is None:
        raise NotFound
    return known


@page("cartable.handle")
def regrouping_undo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a regrouping back: at once from the toast, from the panel after one has said where later messages go."""
    found = find(request, code)
    made = _regrouping(request, found, pk)
    if request.method == "POST":
        undo_regrouping(actor=actor_of(request), regrouping_id=made.pk, places=_places(request))
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=204)
        toast(request, _("It was taken back."))
        return redirect(request, address_of(code))
    context = {
        "title": _("Take it back"),
        "made": made,
        "later": later_messages(made) if made.kind == Regrouping.Kind.MERGE else [],
        "places": [made.target, *made.sources.all()],
    }
    return dialog(request, found, "cartable/_regrouping_undo.html", context)


def _places(request: HttpRequest) -> dict[int, int]:
    """Where later messages go, as the dialog says: «place-12» holds the number of a request."""
    named = {key.removeprefix("place-"): request.POST.get(key, "") for key in request.POST if key.startswith("place-")}
    return {
        int(message): int(place)
        for message, place in named.items()
        if message.isdecimal() and place.isdecimal() and max(len(message), len(place)) <= LONGEST_ID
    }
