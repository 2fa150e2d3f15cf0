"""The queue of pairs that may be one customer, and what a person decides about them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import may, may_everywhere
from peyvand.core.errors import PeyvandError
from peyvand.core.models import LongJob
from peyvand.core.totals import estimated
from peyvand.parties.matching import POSSIBLE, PROBABLE
from peyvand.parties.matching.wording import REASONS
from peyvand.parties.models import DuplicateMark, DuplicatePair
from peyvand.parties.policies import MERGE
from peyvand.parties.selectors.duplicates import Wanted, groups_of, queue_of
from peyvand.parties.services import duplicates as services
from peyvand.parties.services.duplicates.joining import LEAST_MANY
from peyvand.parties.services.duplicates.scanning import SCAN
from peyvand.parties.views.duplicates.shown import shown
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.paging import links, page_of
from peyvand.web.toasts import toast

DUPLICATES = "parties.duplicates"
GROUPS = 10  # on a page
SCORES = (POSSIBLE, PROBABLE, 75, 90)
MOST_CHOSEN = 200
State = DuplicatePair.State


@require_GET
@page(DUPLICATES)
def queue(request: HttpRequest) -> HttpResponse:
    """Pairs by their points, those that hang together as one card."""
    user, wanted = signed_in(request), wanted_of(request.GET)
    pairs = queue_of(user, wanted)
    order = ("-score", "-id") if wanted.state == State.OPEN else ("-decided_at", "-id")
    found = page_of(request, pairs.select_related("decided_by"), order=order, size=GROUPS)
    groups = [shown(group, user) for group in groups_of(user, found.items, wanted.least)]
    context = _choices(user, wanted) | {
        "groups": groups,
        "links": links(request, found),
        "total": estimated(pairs),
        "mark": DuplicateMark.objects.first(),
        "scan": LongJob.objects.filter(kind=SCAN, state__in=("waiting", "running", "paused")).first(),
    }
    return fragment(request, "parties/duplicates/queue.html", context, "duplicates")


def _choices(user: User, wanted: Wanted) -> dict[str, Any]:
    branches = Branch.objects.filter(is_active=True).order_by("path").values_list("pk", "name")
    return {
        "wanted": wanted,
        "states": [(state.value, state.label) for state in State],
        "scores": SCORES,
        "reasons": REASONS.items(),
        "branches": branches,
        "may_merge": may(user, MERGE),
        "may_scan": may_everywhere(user, DUPLICATES),
        "least_many": max(LEAST_MANY, wanted.least),
    }


def wanted_of(query: QueryDict) -> Wanted:
    """What an address narrows the queue to; what is none of the choices is left out."""
    least, branch, state, reason = (str(query.get(name, "")) for name in ("score", "branch", "state", "reason"))
    return Wanted(
        state=state if state in State.values else State.OPEN,
        least=int(least) if least.isascii() and least.isdigit() and int(least) <= 100 else PROBABLE,
        reason=reason if reason in REASONS else "",
        branch=int(branch) if branch.isascii() and branch.isdigit() and len(branch) < 19 else None,
    )


@require_POST
@page(DUPLICATES)
def decide(request: HttpRequest) -> HttpResponse:
    """Note that the chosen pairs are not the same, with the way back."""
    ids = services.decide_not_same(actor=signed_in(request), pair_ids=_chosen(request))
    if ids:
        text = ngettext("Kept apart.", "%(n)s pairs are kept apart.", len(ids)) % {"n": len(ids)}
        toast(request, text, undo_url=f"{reverse('parties:duplicates_reopen')}?{_query(ids)}")
    return redirect(request, _back(request))


@require_POST
@page(DUPLICATES)
def reopen(request: HttpRequest) -> HttpResponse:
    """Take «not the same» back."""
    ids = _numbers(request.GET.getlist("pair") + request.POST.getlist("pair"))
    services.reopen_pairs(actor=signed_in(request), pair_ids=ids)
    toast(request, _("The pair waits for a decision again."))
    return redirect(request, _back(request))


@require_POST
@page(MERGE)
def merge(request: HttpRequest) -> HttpResponse:
    """Merge a group with what is proposed, with the way back."""
    user = signed_in(request)
    try:
        made = services.merge_group(actor=user, party_ids=_numbers(request.POST.getlist("id")))
    except PeyvandError as error:
        if error.status in {403, 404}:
            raise
        toast(request, error.message, level="bad")
        return redirect(request, _back(request))
    text = _("Merged into «%(name)s».") % {"name": made.survivor.name}
    toast(request, text, undo_url=reverse("parties:merge_undo", args=[made.pk]))
    return redirect(request, _back(request))


@require_http_methods(["GET", "POST"])
@page(MERGE)
def merge_many(request: HttpRequest) -> HttpResponse:
    """Show what would be merged above a score (GET), and begin with it (POST)."""
    user = signed_in(request)
    given = request.POST if request.method == "POST" else request.GET
    least = max(LEAST_MANY, wanted_of(given).least)
    if request.method == "POST":
        return redirect(request, reverse("jobs:job", args=[services.merge_above(actor=user, least=least).pk]))
    pairs = services.mergeable_pairs(user, least).select_related("first", "second").order_by("-score", "-pk")
    context = {"least": least, "pairs": pairs[:50], "total": estimated(pairs), "scores": [75, 80, 85, 90, 95, 100]}
    return fragment(request, "parties/duplicates/merge_many.html", context, "merge-many")


@require_POST
@page(DUPLICATES)
def scan(request: HttpRequest) -> HttpResponse:
    """Look through all customers in the background."""
    job = services.start_scan(actor=signed_in(request))
    return redirect(request, reverse("jobs:job", args=[job.pk]))


def _chosen(request: HttpRequest) -> list[int]:
    return _numbers(request.POST.getlist("pair"))[:MOST_CHOSEN]


def _numbers(texts: list[str]) -> list[int]:
    return [
        int(text) for part in texts for text in part.split(",") if text.isascii() and text.isdigit() and len(text) < 19
    ]


def _query(ids: list[int]) -> str:
    return "&".join(f"pair={pk}" for pk in ids)


def _back(request: HttpRequest) -> str:
    """The queue with the filters that the reader had."""
    kept = QueryDict(request.POST.get("back", "")[:300], mutable=True)
    wanted = wanted_of(kept)
    query = QueryDict(mutable=True)
    for name, value in (("state", wanted.state), ("score", wanted.least), ("reason", wanted.reason),
                        ("branch", wanted.branch)):  # fmt: skip
        if value and value not in (State.OPEN, PROBABLE):
            query[name] = str(value)
    return f"{reverse('parties:duplicates')}{'?' if query else ''}{query.urlencode()}"
