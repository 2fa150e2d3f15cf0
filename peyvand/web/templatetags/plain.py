"""The menu that takes a plain list out; `{% load plain %}`."""

from typing import Any

from django import template
from django.urls import reverse

from peyvand.web import plain_lists

register = template.Library()


@register.inclusion_tag("web/_take_out.html", takes_context=True)
def take_out(context: template.Context, key: str) -> dict[str, Any]:
    """`{% take_out "users" %}`: a plain list as it is shown now; nothing for who may not take it out."""
    request = context["request"]
    if not plain_lists.may_take_out(request.user, key):
        return {"export": None}
    url, query = reverse("lists:take_out", args=[key]), request.GET.urlencode()
    export = {"url": url, "query": query, "choices": plain_lists.FILES}
    return {"export": export, "csrf_token": context.get("csrf_token")}
