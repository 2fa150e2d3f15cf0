"""Administration of routing: the rules in their order, one rule, its history and its dry run."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.history import readable
from peyvand.accounts.models import User
from peyvand.cartable import routing_words as words
from peyvand.cartable.models import Request, RoutingRule
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.routing_forms import RuleForm
from peyvand.cartable.selectors.choices import departments_by_id
from peyvand.cartable.selectors.named_things import Things, lost_of, things_of
from peyvand.cartable.selectors.rehearsal import runs_of, taken_lately
from peyvand.cartable.selectors.routing import ready, rules_in_order
from peyvand.cartable.services import ruling as services
from peyvand.cartable.services.rehearsing import start_rehearsal
from peyvand.core.models import LongJob
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt
from peyvand.web.toasts import toast

SECTION = "routing"
MOST_VERSIONS = 20


@dataclass(frozen=True)
class Shown:
    """A rule as the list shows it."""

    rule: RoutingRule
    conditions: list[words.Said]
    outcome: list[words.Said]
    is_lost: bool
    taken: int = 0


def shown(rule: RoutingRule, things: Things, taken: int = 0) -> Shown:
    """The words of a rule, with what it names that is gone."""
    made = ready(rule)
    lost = lost_of(made.conditions, made.outcome, things)
    return Shown(
        rule,
        words.conditions_said(made.conditions, things, lost),
        words.outcome_said(made.outcome, things, lost),
        bool(lost),
        taken,
    )


def frame(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of this section."""
    place = {"sections": sections_for(signed_in(request)), "section": SECTION}
    return render(request, f"cartable/routing/{template}.html", place | context, status=status)


def _home() -> str:
    return reverse("cartable:rules")


@require_GET
@page(CONFIGURE)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in the order in which they are asked, with what each took lately, and those in the trash."""
    found = rules_in_order()
    things, taken = things_of(found), taken_lately(found)
    trash = RoutingRule.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]
    return frame(
        request, "rules", {"rows": [shown(each, things, taken.get(each.pk, 0)) for each in found], "trash": trash}
    )


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def new_rule(request: HttpRequest) -> HttpResponse:
    """Add a rule; it is off at first."""
    things = things_of([], with_people=True)
    form = RuleForm(request.POST if request.method == "POST" else None, things=things, rule=None, ready=None)
    actor = signed_in(request)
    if form.is_valid():
        made = attempt(form, lambda: services.create_rule(actor=actor, wanted=form.wanted()))
        if made is not None:
            toast(request, _("The rule was added. It is off: try it on the last 90 days, then switch it on."))
            return redirect(request, reverse("cartable:rule", args=[made.pk]))
    return frame(request, "rule", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: what it says, what it names that is gone, its dry run, its earlier versions."""
    found = get_object_or_404(RoutingRule, pk=pk, deleted_at=None)
    things, actor = things_of([found], with_people=True), signed_in(request)
    form = RuleForm(request.POST if request.method == "POST" else None, things=things, rule=found, ready=ready(found))
    if form.is_valid():
        version = form.cleaned_data["version"]
        wanted = form.wanted()
        saved = attempt(form, lambda: services.change_rule(actor=actor, rule_id=pk, wanted=wanted, version=version))
        if saved is not None:
            toast(request, _("Saved"), undo_url=_back_to(found))
            return redirect(request, reverse("cartable:rule", args=[pk]))
    context = {"form": form, "rule": found, "shown": shown(found, things), "run": _run(actor, found)}
    return frame(request, "rule", context | {"versions": _versions(found)}, status=422 if form.is_bound else 200)


def _back_to(found: RoutingRule) -> str:
    return reverse("cartable:rule_back", args=[found.pk, found.version])


def _versions(found: RoutingRule) -> list[tuple[int, Any]]:
    """The changes of a rule, newest first, each with its version."""
    events = apps.get_model("cartable", "RoutingRuleEvent")._default_manager.select_related("pgh_context")
    rows = list(events.filter(pgh_obj_id=found.pk).order_by("-pgh_id")[:MOST_VERSIONS])
    return [(row.version, change) for row, change in zip(rows, readable(rows), strict=True)]


@dataclass(frozen=True)
class Run:
    """The newest dry run of a rule: where requests went and would go, and some of them by name."""

    job: LongJob
    is_over: bool
    is_old: bool
    moves: list[tuple[str, str, int]]
    sample: list[tuple[Request, str, str]]


def _run(who: User, found: RoutingRule) -> Run | None:
    job = runs_of(who, found)
    if job is None:
        return None
    moves = [(*map(int, key.split(">")), count) for key, count in job.result.get("moves", {}).items()]
    sample = job.result.get("sample", [])
    names = departments_by_id({pk for went, goes, _n in moves for pk in (went, goes)})
    seen = Request.objects.visible_to(who).in_bulk([row[0] for row in sample])
    return Run(
        job=job,
        is_over=job.state == LongJob.State.DONE,
        is_old=job.params.get("version") != found.version,
        moves=[(str(names.get(went, "")), str(names.get(goes, "")), n) for went, goes, n in moves],
        sample=[(seen[pk], str(names.get(a, "")), str(names.get(b, ""))) for pk, a, b in sample if pk in seen],
    )


@require_POST
@page(CONFIGURE)
def rehearse(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a dry run in the background."""
    start_rehearsal(actor=signed_in(request), rule_id=pk)
    return redirect(request, f"{reverse('cartable:rule', args=[pk])}#dry-run")


@require_POST
@page(CONFIGURE)
def switch_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    wanted = bool(request.POST.get("on"))
    services.switch_rule(actor=signed_in(request), rule_id=pk, is_active=wanted)
    toast(request, _("The rule is on.") if wanted else _("The rule is off."))
    return redirect(request, reverse("cartable:rule", args=[pk]) if request.POST.get("stay") else _home())


@require_POST
@page(CONFIGURE)
def order_rules(request: HttpRequest) -> HttpResponse:
    """Put the rules into the order of the page, or one of them a place up or down («move»: «12:up»)."""
    ids = [int(each) for each in request.POST.getlist("rule") if each.isascii() and each.isdigit()]
    number, _colon, way = request.POST.get("move", "").partition(":")
    if number.isascii() and number.isdigit() and int(number) in ids:
        at = ids.index(int(number))
        to = max(0, at - 1) if way == "up" else min(len(ids) - 1, at + 1)
        ids.insert(to, ids.pop(at))
    services.order_rules(actor=signed_in(request), ids=ids)
    return redirect(request, _home())


@require_POST
@page(CONFIGURE)
def delete_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a rule into the trash; the toast takes it back."""
    services.delete_rule(actor=signed_in(request), rule_id=pk)
    toast(request, _("The rule was deleted."), undo_url=reverse("cartable:rule_restore", args=[pk]))
    return redirect(request, _home())


@require_POST
@page(CONFIGURE)
def restore_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule out of the trash."""
    services.restore_rule(actor=signed_in(request), rule_id=pk)
    toast(request, _("The rule is back."))
    return redirect(request, _home())


@require_POST
@page(CONFIGURE)
def back(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Give a rule the words of an earlier version."""
    services.go_back(actor=signed_in(request), rule_id=pk, version=version)
    toast(request, _("The rule is as it was."))
    return redirect(request, reverse("cartable:rule", args=[pk]))
