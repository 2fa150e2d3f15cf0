"""`{% load party_employer %}{% employer party as at %}`: where somebody works, if the reader may see it."""

from typing import Any

from django import template
from django.template import Context

from peyvand.parties.models import Party
from peyvand.parties.policies import employer_of

register = template.Library()


@register.simple_tag(takes_context=True)
def employer(context: Context, party: Party) -> Party | None:
    """Return the organisation that a page may name, or None."""
    request: Any = context.get("request")
    return None if request is None else employer_of(request.user, party)
