"""Questions about leave: who is away, who stands in, for whom."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from peyvand.accounts.models import Substitution, User, now_running
from peyvand.accounts.scoping import fields_q
from peyvand.accounts.types import Away
from peyvand.core.known import Known

MANAGE = "accounts.manage"
KEPT = timedelta(days=90)  # how long a page shows what is over


def _away(_key: None) -> dict[int, Away]:
    rows = Substitution.objects.filter(now_running(), person__is_active=True, substitute__is_active=True)
    found: dict[int, Away] = {}
    for one in rows.select_related("substitute").order_by("work", "pk"):  # who takes the requests comes first
        found.setdefault(one.person_id, _as_away(one))
    return found


def _as_away(one: Substitution) -> Away:
    return Away(
        person_id=one.person_id, until=one.last_day, substitute_id=one.substitute_id, substitute=str(one.substitute),
        work=one.work,
    )  # fmt: skip


_known_away = Known(_away)


def away_today() -> dict[int, Away]:
    """Who is on leave today and has a substitute, by person; believed for a few seconds, for what is shown and told.

    What somebody may do is asked of his reach, which is read anew in every request.
    """
    return _known_away(None)


def forget_away() -> None:
    """Ask again at the next question: this process has just written."""
    _known_away.forget()


def substitutions_visible_to(user: User) -> QuerySet[Substitution]:
    """One's own substitutes, those for whom one stands in, and those of the people that one manages."""
    own = Q(person=user) | Q(substitute=user)
    rows = Substitution.objects.filter(own | fields_q(user, MANAGE, Substitution.scope_fields))
    return rows.select_related("person", "substitute")


def substitutions_around(person: User) -> list[Substitution]:
    """Who stands in for a person and for whom he does, the latest first; what has long been over is left out."""
    rows = Substitution.objects.filter(Q(person=person) | Q(substitute=person))
    recent = rows.filter(last_day__gte=timezone.localdate() - KEPT).select_related("person", "substitute")
    return list(recent.order_by("-first_day", "-pk"))


def is_over(one: Substitution) -> bool:
    """Whether a substitution was ended or its last day has passed."""
    return one.ended_at is not None or one.last_day < timezone.localdate()


def unsettled() -> QuerySet[Substitution]:
    """Substitutions that are over and after which nobody has yet looked what is to be given back."""
    over = Q(last_day__lt=timezone.localdate()) | Q(ended_at__isnull=False)
    return Substitution.objects.filter(over, settled_at=None).order_by("pk")
