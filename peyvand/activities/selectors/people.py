"""Colleagues who can do something or be invited."""

from django.db.models import Q, QuerySet

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.activities.policies import DOER, PLAN
from peyvand.core.text import search_norm


def doers_for(who: Who) -> QuerySet[User]:
    """The active people for whom `who` may plan: himself, and those whom his permission reaches."""
    within = fields_q(who, PLAN, DOER) | Q(pk=reach_of(who).user_id)
    return User.objects.filter(within, is_active=True).order_by("sort_key", "pk")


def invitable() -> QuerySet[User]:
    """Everybody who works here can be invited."""
    return User.objects.filter(is_active=True).order_by("sort_key", "pk")


def named(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name or login holds these words."""
    return people.filter(search__contains=search_norm(words)) if words.strip() else people
