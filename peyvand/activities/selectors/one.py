"""One activity with what its page shows around it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity, Invitee, Step
from peyvand.core.prepared import Given, Prepared
from peyvand.parties.models import Party

STEPS = 50
BESIDE = ("party", "owner", "outcome", "done_by", "created_by", "follows", "series", "outside")


def _seen(narrow: Callable[[QuerySet[Activity]], QuerySet[Activity]]) -> PreparedFor:
    return PreparedFor(lambda who: narrow(Activity.objects.visible_to(who)))


def _steps() -> QuerySet[Any]:
    rows = Step.objects.filter(activity=Given("activity")).select_related("actor")
    return rows.defer("actor__password", "actor__search", "actor__preferences").order_by("-pk")[:STEPS]


_ONE = _seen(lambda rows: rows.filter(pk=Given("activity")).select_related(*BESIDE))
_FOLLOWER = _seen(lambda rows: rows.filter(follows=Given("activity")).only("subject", "at").order_by("pk")[:1])
_PARTY = PreparedFor(lambda who: Party.objects.visible_to(who).filter(pk=Given("party")).only("name", "kind"))
_INVITEES = Prepared(
    lambda: Invitee.objects.filter(activity=Given("activity")).select_related("user", "party").order_by("pk")
)
_STEPS = Prepared(_steps)


def one_of(who: Who, activity_id: int) -> Activity | None:
    """The activity of this number that the reader may see."""
    found: Activity | None = _ONE.first(who, activity=activity_id)
    return found


def follower_of(who: Who, activity: Activity) -> Activity | None:
    """The first activity that was planned after this one, if the reader may see it."""
    found: Activity | None = _FOLLOWER.first(who, activity=activity.pk)
    return found


def party_of(who: Who, activity: Activity) -> Party | None:
    """The customer, for who may open his file; others read only his name."""
    found: Party | None = _PARTY.first(who, party=activity.party_id) if activity.party_id else None
    return found


def invitees_of(activity: Activity) -> list[Invitee]:
    """Those who are invited, in the order in which they were."""
    return _INVITEES.all(activity=activity.pk)


def steps_of(activity: Activity) -> list[Step]:
    """The latest lines of its history, the newest first."""
    return _STEPS.all(activity=activity.pk)
