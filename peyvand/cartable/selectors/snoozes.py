"""What somebody has put aside for a while."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery

from peyvand.accounts.scoping import Who, reach_of
from peyvand.cartable.models import Snooze
from peyvand.core.lookups import AnyOf


def snoozed_q(who: Who, now: Any) -> Q:
    """The condition for requests that `who` has put aside and whose moment has not come at `now`."""
    aside = Snooze.objects.filter(user=reach_of(who).user_id, until__gt=now)
    return Q(AnyOf(F("pk"), ArraySubquery(aside.values("request_id"))))


def snoozed_until(who: Who, now: Any) -> Subquery:
    """Until when `who` has put a request aside at `now`, null when he has not."""
    aside = Snooze.objects.filter(user=reach_of(who).user_id, request=OuterRef("pk"), until__gt=now)
    return Subquery(aside.values("until")[:1])
