"""A page of customers as JSON that PostgreSQL writes: no records, no models in between.

What comes out is what `PartyOut` would say (there is a test), in one statement.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Func, OuterRef, Subquery, TextField
from django.db.models.functions import JSONObject
from django.http import HttpResponse

from peyvand.accounts.scoping import Who
from peyvand.api.kit import PageQuery, page
from peyvand.parties.models import Party

REF = "(SELECT json_build_object('id', o.id, 'name', o.{name}) FROM {table} o WHERE o.id = parties_party.{column})"
MOMENT = """replace(to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""
VERIFIED = MOMENT.format(name="c.verified_at")
POINTS = """(
  SELECT coalesce(json_agg(json_build_object(
    'id', c.id, 'kind', c.kind, 'use', c.use, 'typed', c.typed, 'value', c.value, 'identifies', c.identifies,
    'is_primary', c.is_primary, 'is_verified', c.is_verified, 'verified_at', {verified}
  ) ORDER BY c.is_primary DESC, c.kind, c.id), '[]'::json)
  FROM parties_contactpoint c WHERE c.party_id = parties_party.id)""".replace("{verified}", VERIFIED)
OWNER = """(SELECT json_build_object('id', o.id, 'full_name', o.full_name) FROM accounts_user o
  WHERE o.id = parties_party.owner_id)"""
PLAIN = ("id", "kind", "name", "first_name", "last_name", "honorific", "job_title", "province", "city", "life_cycle")
PARTS = (
    *((name, f"parties_party.{name}") for name in (*PLAIN, "roles")),
    ("category", REF.format(name="name", table="parties_category", column="category_id")),
    ("tag_ids", "parties_party.tag_ids"),
    ("consents", "parties_party.consents"),
    ("branch", REF.format(name="name", table="accounts_branch", column="branch_id")),
    ("owner", OWNER),
    *((name, f"parties_party.{name}") for name in ("completeness", "missing", "is_provisional")),
    ("contact_points", POINTS),
    ("last_contact_at", MOMENT.format(name="parties_party.last_contact_at")),
    ("version", "parties_party.version"),
    *((name, MOMENT.format(name=f"parties_party.{name}")) for name in ("created_at", "changed_at")),
)
SHOWN = "json_build_object({}{{}})::text".format(", ".join(f"'{name}', {text}" for name, text in PARTS))


class _Shown(Func):
    """The object of a customer, with his employer as far as the caller may see that one."""

    template = SHOWN.format(", 'organisation', (%(expressions)s)")
    output_field = TextField()


def as_json(who: Who, found: Any, query: PageQuery, *, order: Sequence[str]) -> HttpResponse:
    """Answer with the page of these customers that the query asks for, as `Paged[PartyOut]`."""
    employer = Party.objects.visible_to(who).filter(pk=OuterRef("organisation_id"))
    shown = _Shown(Subquery(employer.values_list(JSONObject(id="pk", name="name"))))
    own = [name.lstrip("-").removeprefix("facts__") for name in order]  # the copy is read from the customer itself
    seen = page(found.annotate(shown_=shown).only("pk", *own), query, order=order)
    items = ",".join(party.shown_ for party in seen.items)
    body = f'{{"items":[{items}],"next":{json.dumps(seen.next)},"previous":{json.dumps(seen.previous)}}}'
    return HttpResponse(body, content_type="application/json")
