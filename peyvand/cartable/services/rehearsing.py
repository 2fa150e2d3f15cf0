"""The dry run of a rule: the requests of the last 90 days are asked as if it were on, and nothing is changed."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.cartable.models import Request, RoutingRule
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.routing_rules import Decision, Rule, decide
from peyvand.cartable.selectors.rehearsal import KIND, asked_of, first_messages, rehearsed, since
from peyvand.cartable.selectors.routing import channel_facts, ready, rules_in_order, world_of
from peyvand.cartable.services.opening import words_of
from peyvand.cartable.services.placing import incoming_of
from peyvand.channels.models import Channel
from peyvand.core import long_jobs
from peyvand.core.errors import NotFound
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob

PORTION = 500  # requests that are read at a time
SAMPLED = 40  # requests that the result names: the newest that the rule would take


@transaction.atomic
def start_rehearsal(*, actor: User, rule_id: int) -> LongJob:
    """Try a rule on what came in during the last 90 days, in the background. Errors: NotAllowed, NotFound, TooMany.

    Only what the actor sees is looked at, so that no number tells him of confidential requests.
    """
    require_everywhere(actor, CONFIGURE)
    rule = RoutingRule.objects.filter(pk=rule_id, deleted_at=None).first()
    if rule is None:
        raise NotFound
    params = {"rule": rule.pk, "version": rule.version, "after": since(timezone.now()).isoformat()}
    title = _("Dry run of the rule «%(name)s»") % {"name": rule.name}
    return long_jobs.start(kind=KIND, owner_id=actor.pk, title=title, params=params)


@long_job(
    KIND,
    label=gettext_lazy("Dry run of a rule"),
    figures=(
        Figure(key="looked", label=gettext_lazy("Requests looked at")),
        Figure(key="taken", label=gettext_lazy("It would take"), tone="info"),
        Figure(key="elsewhere", label=gettext_lazy("Would go elsewhere than they went"), tone="warn"),
    ),
    tells_after=10,
)
def rehearsal_slice(job: LongJob) -> Slice:
    """Ask the rules of the next requests, newest first; what was found is added up in the job's result."""
    rules = _rules_with(job.params["rule"])
    world = world_of(Channel.objects.all(), rules)
    wanted = rehearsed(job.owner, datetime.fromisoformat(job.params["after"]))
    end, found, done, finished = long_jobs.slice_end(), _Found(job), 0, False
    at, total = job.cursor.get("at"), job.total or wanted.order_by().count()
    while not finished and (not done or time.monotonic() < end):
        rows = list((wanted if at is None else wanted.filter(pk__lt=at)).order_by("-pk")[:PORTION])
        messages = first_messages(rows)
        for request in rows:
            if request.pk in messages:
                message = messages[request.pk]
                asked = asked_of(request, message, words_of(message))
                incoming = incoming_of(message, asked, request.opened_at)
                found.add(request, decide(asked, incoming, channel_facts(message.channel), world))
        done, finished = done + len(rows), len(rows) < PORTION
        at = rows[-1].pk if rows else at
    return Slice(cursor={"at": at}, done=done, finished=finished, total=total, result=found.result())


def _rules_with(rule_id: int) -> Sequence[Rule]:
    """The rules that are on and the one that is tried, each in its place."""
    return [ready(rule) for rule in rules_in_order() if rule.is_active or rule.pk == rule_id]


class _Found:
    """What was counted so far: how many would go where, from where they went; and the newest that it would take."""

    def __init__(self, job: LongJob) -> None:
        self.rule_id = job.params["rule"]
        self.counts = Counter({key: job.result.get(key, 0) for key in ("looked", "taken", "elsewhere", "passed")})
        self.moves: Counter[str] = Counter(job.result.get("moves", {}))
        self.sample: list[list[Any]] = list(job.result.get("sample", []))

    def add(self, request: Request, decision: Decision | None) -> None:
        """Count one request; «3>5» is how one went to 3 and would go to 5."""
        self.counts["looked"] += 1
        if decision is None:
            return
        self.counts["passed"] += any(each.rule_id == self.rule_id for each in decision.skipped)
        if decision.rule is None or decision.rule.id != self.rule_id:
            return
        went: int = getattr(request, "went", None) or request.department_id
        goes = decision.route.department_id
        self.counts["taken"] += 1
        self.counts["elsewhere"] += went != goes
        self.moves[f"{went}>{goes}"] += 1
        if len(self.sample) < SAMPLED:
            self.sample.append([request.pk, went, goes])

    def result(self) -> dict[str, Any]:
        return {**self.counts, "moves": dict(self.moves.most_common(100)), "sample": self.sample}
