"""Requests as routing would see them today, for the dry run of a rule; and what such a run found."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.cartable.models import Request, RequestMessage, Routed, RoutingRule, Step
from peyvand.cartable.routing import Asked
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message
from peyvand.core.models import LongJob

DAYS = 90
KIND = "cartable.rehearse_rule"


def since(now: datetime) -> datetime:
    """The moment from which requests are looked at."""
    return now - timedelta(days=DAYS)


def rehearsed(who: User, after: datetime) -> QuerySet[Request]:
    """The requests of that time that `who` sees and that came in by themselves, with where they went at first."""
    first = Step.objects.filter(request=OuterRef("pk"), kind=StepKind.OPENED).order_by("pk")
    return (
        Request.objects.visible_to(who)
        .filter(opened_at__gte=after, created_by=None)
        .select_related("party", "channel")
        .only(
            "code", "subject", "department", "branch", "opened_at", "party__branch_id", "party__category_id",
            "channel__settings", "channel__branch_id", "channel__department_id",
        )
        .annotate(went=Subquery(first.values("details__department")[:1]))
    )  # fmt: skip


def first_messages(requests: Iterable[Request]) -> dict[int, Message]:
    """The messages that opened these requests, by request."""
    rows = RequestMessage.objects.filter(request__in=[one.pk for one in requests], opens=True)
    wanted = rows.select_related("message", "message__channel").defer("message__html", "message__quoted")
    return {row.request_id: row.message for row in wanted}


def asked_of(request: Request, message: Message, text: str) -> Asked:
    """What was known of a request when it came, as far as it is still known."""
    kind, department = message.details.get("kind_id"), message.details.get("department_id")
    party = request.party
    return Asked(
        text=text,
        kind_id=kind if isinstance(kind, int) else None,
        department_id=department if isinstance(department, int) else None,
        party_branch_id=party.branch_id if party else None,
        party_category_id=party.category_id if party else None,
    )


def runs_of(who: User, rule: RoutingRule) -> LongJob | None:
    """The newest dry run of a rule that this person asked for."""
    mine = LongJob.objects.filter(owner=who, kind=KIND, params__rule=rule.pk)
    return mine.order_by("-pk").first()


def taken_lately(rules: Sequence[RoutingRule], days: int = 30) -> dict[int, int]:
    """How many requests each of these rules took in the last days."""
    rows = Routed.objects.filter(rule__in=rules, at__gte=timezone.now() - timedelta(days=days))
    return dict(rows.order_by().values("rule").annotate(n=Count("pk")).values_list("rule", "n"))
