"""Customers who are like the one that is being typed."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from peyvand.parties.matching import Record, make_record
from peyvand.parties.matching.wording import said
from peyvand.parties.models import Identifier, Party
from peyvand.parties.numbers import digest_of
from peyvand.parties.selectors.duplicates import has_unseen, likely_for
from peyvand.parties.selectors.likeness import born_on
from peyvand.parties.types import normalise_address
from peyvand.web.access import page, signed_in

ROWS = 30
LEAST_NAME = 3


@require_POST
@page("parties.change")
def likely(request: HttpRequest) -> HttpResponse:
    """Say who is like what stands in the form; nothing is written."""
    user, record = signed_in(request), typed_record(request.POST)
    found = likely_for(user, record) if record else []
    rows = [(each.party, each.verdict.score, said(each.verdict.reasons)) for each in found]
    unseen = has_unseen(user, record) if record else False
    return render(request, "parties/duplicates/_likely.html", {"rows": rows, "unseen": unseen})


def typed_record(posted: QueryDict) -> Record | None:
    """What is compared of a form; None while it says too little."""
    name = posted.get("name", "").strip()
    name = name or f"{posted.get('first_name', '')} {posted.get('last_name', '')}".strip()
    addresses = [
        found
        for row in range(ROWS)
        if (typed := posted.get(f"contacts-{row}-typed", "").strip()[:320])
        and (found := normalise_address(posted.get(f"contacts-{row}-kind", ""), typed))
    ]
    numbers = _numbers(posted)
    if len(name) < LEAST_NAME and not addresses and not numbers:
        return None
    kind, own = posted.get("kind", ""), posted.get("party", "")
    return make_record(
        id=int(own) if own.isascii() and own.isdigit() and len(own) < 19 else 0,
        kind=kind if kind in Party.Kind.values else "person",
        name=name[:200],
        honorific=posted.get("honorific", "")[:40],
        city=posted.get("addresses-0-city", "")[:80],
        phones=frozenset(each.value for each in addresses if each.kind in {"mobile", "phone", "fax"}),
        emails=frozenset(each.value for each in addresses if each.kind == "email"),
        numbers=numbers,
        born=born_on(posted.get("birth_date", "")),
    )


def _numbers(posted: QueryDict) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in range(ROWS):
        kind, typed = posted.get(f"numbers-{row}-kind", ""), posted.get(f"numbers-{row}-typed", "").strip()[:40]
        if typed and kind in Identifier.Kind.values:
            found[kind] = found.get(kind, frozenset()) | {digest_of(kind, typed)}
    return found
