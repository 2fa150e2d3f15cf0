"""Who may do what to an activity: pure."""

from django.db.models import Q

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who, fields_q, reach_of, within
from peyvand.accounts.types import ScopeFields
from peyvand.activities.models import Activity

VIEW, PLAN, DELETE = "activities.view", "activities.plan", "activities.delete"
DOER = ScopeFields(own=("id",), department="department_id", branch="branch_id")


def reached_by(who: Who, permission: str) -> Q:
    """The people whom `who` reaches with `permission`, and himself; whoever reaches all reaches everybody."""
    wanted = fields_q(who, permission, DOER)
    return wanted | Q(pk=reach_of(who).user_id) if wanted else wanted  # Q() | x would be x alone


def may_plan_for(who: Who, owner: User) -> bool:
    """May `who` plan something that `owner` does? For himself, and for those whom his permission reaches."""
    return may(who, PLAN) and (owner.pk == reach_of(who).user_id or within(who, PLAN, owner, DOER))


def may_change(who: Who, activity: Activity) -> bool:
    """May `who` change, complete, cancel and move this activity? Who is only invited may answer and nothing else."""
    return within(who, PLAN, activity)


def may_delete(who: Who, activity: Activity) -> bool:
    """May `who` put this activity into the trash?"""
    return within(who, DELETE, activity)
