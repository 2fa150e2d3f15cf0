"""`{% load party_quality %}{% quality party %}`: how much is known of a customer, and what is missing."""

from typing import Any

from django import template
from django.urls import reverse

from peyvand.core.record_fields import fields_of
from peyvand.parties.completeness import gaps_of, tone_of
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party

register = template.Library()


@register.inclusion_tag("parties/_quality.html")
def quality(party: Party, *, link: bool = True, short: bool = False) -> dict[str, Any]:
    """Show the meter of a customer, and «what is missing» unless `short`; `link`: each leads to its input."""
    return {
        "percent": party.completeness,
        "tone": tone_of(party.completeness),
        "gaps": [] if short or not party.missing else gaps_of(party.missing, fields_of(HOST)),
        "url": reverse("parties:change", args=[party.pk]) if link else "",
    }
