"""The builder of a segment: its form, the buttons of its rows, the live count."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, may
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.list_state import ListState
from peyvand.parties.models import Segment
from peyvand.parties.segments import BadRule, Compiler, Group, read
from peyvand.parties.segments.rules import finished
from peyvand.parties.selectors import segments as selectors
from peyvand.parties.services import segments as services
from peyvand.parties.services.segments import SegmentDetails
from peyvand.parties.views.segments import curves, posted
from peyvand.parties.views.segments.shown import Box, Painter, first_rule, pickables, problems_of
from peyvand.parties.views.segments.words import Speaker
from peyvand.web import prefs
from peyvand.web.access import page, signed_in
from peyvand.web.http import add_event, fragment, redirect
from peyvand.web.lists.cells import Pen
from peyvand.web.toasts import toast


@dataclass(frozen=True)
class Bench:
    """What every page of the builder needs of its reader."""

    user: User
    compiler: Compiler
    pen: Pen

    def painted(self, rule: Group) -> Box:
        """Return a rule as boxes, with what is wrong beside each finished condition."""
        shown = read(first_rule(rule).to_json())
        problems = problems_of(finished(shown), Compiler(self.compiler.asked, of_facts=True))
        return Painter(self.compiler, self.pen, problems).box(shown)

    def posted(self, post: QueryDict) -> dict[str, Any]:
        """Return the rule of a form as JSON."""
        return posted.settle(posted.rule_of(post), self.compiler.asked, self.compiler)


def bench_of(request: HttpRequest) -> Bench:
    """Return what the builder needs for who asks."""
    user = signed_in(request)
    asked = asked_by(user)
    return Bench(user, Compiler(asked), Pen(prefs.current(), asked))


@require_http_methods(["GET", "POST"])
@page("parties.segment")
def create(request: HttpRequest) -> HttpResponse:
    """Make a segment; `?f=…` starts with the filters of a list."""
    if request.method == "POST":
        return _save(request, None)
    state = ListState.from_query(request.GET)
    filters = [{"field": each.key, "op": each.op, "values": list(each.values)} for each in state.filters]
    return _page(request, None, {"rules": filters})


@require_http_methods(["GET", "POST"])
@page("parties.segments")
def segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    """One segment: its builder for who may change it, its rule in words for who may see it."""
    found = selectors.get_segment(signed_in(request), segment_id)
    if request.method == "POST":
        return _save(request, found)
    return _page(request, found, found.rule)


def _page(request: HttpRequest, found: Segment | None, rule: Any, *, error: PeyvandError | None = None) -> HttpResponse:
    bench = bench_of(request)
    draft = request.POST if request.method == "POST" else {}
    context = {
        "segment": found,
        "name": draft.get("name", found.name if found else ""),
        "description": draft.get("description", found.description if found else ""),
        "error": error,
        "may_change": may(bench.user, services.CHANGE, found) if found else True,
        "may_make": may(bench.user, services.CHANGE),
        "is_static": found is not None and found.kind == Segment.Kind.STATIC,
    } | _rule_context(bench, rule)
    status = 422 if error else 200
    return fragment(request, "parties/segments/page.html", context, "segment-page", status=status)


def _rule_context(bench: Bench, rule: Any) -> dict[str, Any]:
    try:
        group = read(rule)
        return {
            "box": bench.painted(group),
            "outline": Speaker(Painter(bench.compiler, bench.pen)).outline(group),
        }
    except Invalid as error:
        return {"box": bench.painted(Group()), "unreadable": error.message}


def _save(request: HttpRequest, found: Segment | None) -> HttpResponse:
    bench = bench_of(request)
    rule = bench.posted(request.POST) if found is None or found.kind == Segment.Kind.LIVE else found.rule
    details = SegmentDetails(
        name=request.POST.get("name", ""), description=request.POST.get("description", ""), rule=rule
    )
    try:
        if found is None:
            saved = services.make_segment(actor=bench.user, details=details)
        else:
            version = request.POST.get("version", "")
            saved = services.change_segment(
                actor=bench.user, segment=found, details=details, version=int(version) if version.isdigit() else None
            )
    except Invalid as error:
        return _page(request, found, rule, error=error)
    toast(request, _("Saved."))
    return redirect(request, reverse("parties:segment", args=[saved.pk]))


@require_POST
@page("parties.segment")
def build(request: HttpRequest) -> HttpResponse:
    """The rows of the builder after one of its buttons; nothing is saved."""
    bench = bench_of(request)
    rule = bench.posted(request.POST)
    try:
        rule = posted.acted(rule, request.POST.get("act", ""), bench.compiler)
        box = bench.painted(read(rule))
    except Invalid as error:
        toast(request, error.message, level="warn")
        box = bench.painted(read(bench.posted(request.POST)))
    response = fragment(request, "parties/segments/rules.html", {"box": box, "may_change": True}, "segment-rules")
    return add_event(response, "pv:built")


@require_POST
@page("parties.segments")
def live(request: HttpRequest) -> HttpResponse:
    """The figures of the rule in the form, exact and for who asks; conditions without their value are left out."""
    bench = bench_of(request)
    stored = request.POST.get("segment", "")
    found = selectors.get_segment(bench.user, int(stored)) if stored.isdigit() and len(stored) < 19 else None
    context: dict[str, Any] = {"segment": found}
    try:
        context |= _figures(bench, request.POST, found)
    except PeyvandError as error:
        context["error"] = error
    if found is not None and selectors.sees_everybody(bench.user):
        context["curve"] = curves.curve_of(selectors.curve(found))
    return render(request, "parties/segments/_live.html", context)


def _figures(bench: Bench, post: QueryDict, found: Segment | None) -> dict[str, Any]:
    """The figures of a form, or of a stored segment that is only looked at."""
    if found is not None and "node" not in post:
        if found.kind == Segment.Kind.STATIC:
            return _shown(selectors.live_of_static(found, bench.compiler.asked))
        return _shown(selectors.live(read(found.rule), bench.compiler.asked))
    whole = read(bench.posted(post))
    rule = finished(whole)
    problems = problems_of(rule, Compiler(bench.compiler.asked, of_facts=True))
    whys = [(each.path.replace(".", "-"), problems.get(each.path, "")) for each in whole.conditions()]
    if problems:
        return {"whys": whys, "error": BadRule(next(iter(problems.values())))}
    return {"whys": whys, "is_everybody": rule.is_empty, **_shown(selectors.live(rule, bench.compiler.asked))}


def _shown(found: selectors.Live) -> dict[str, Any]:
    return {
        "live": found,
        "share": _share(found.size, found.whole),
        "life_cycles": _parts(found.life_cycles, found.size),
        "categories": _parts(found.categories, found.size),
        "counted": [(path.replace(".", "-"), number) for path, number in found.groups.items()],
    }


def _share(part: int, whole: int) -> float:
    """Percent with one digit where it is small."""
    share = 100 * part / whole if whole else 0
    return round(share) if share >= 10 else round(share, 1)


def _parts(parts: list[tuple[str, int]], whole: int) -> list[tuple[str, int, int]]:
    return [(name, number, round(100 * number / whole) if whole else 0) for name, number in parts]


@require_GET
@page("parties.segment")
def picker(request: HttpRequest) -> HttpResponse:
    """What a condition can be about, in a dialog; `act` is what choosing does («add:rules.0»)."""
    act = request.GET.get("act", "")[:200]
    context = {"groups": pickables(bench_of(request).compiler), "act": act, "back": reverse("parties:segments")}
    return fragment(request, "parties/segments/picker.html", context, "dialog")
