"""Colleagues who can do something or be invited."""

from django.db.models import QuerySet

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who
from peyvand.activities.policies import PLAN, reached_by
from peyvand.core.text import search_norm


def doers_for(who: Who) -> QuerySet[User]:
    """The active people for whom `who` may plan: himself, and those whom his permission reaches."""
    return User.objects.filter(reached_by(who, PLAN), is_active=True).order_by("sort_key", "pk")


def invitable() -> QuerySet[User]:
    """Everybody who works here can be invited."""
    return User.objects.filter(is_active=True).order_by("sort_key", "pk")


def named(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name or login holds these words."""
    return people.filter(search__contains=search_norm(words)) if words.strip() else people
