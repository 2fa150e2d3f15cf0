"""Customers in the API."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse, JsonResponse
from ninja import Query

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import asked_by
from peyvand.api.kit import (
    ApiRequest,
    Id,
    Page,
    Paged,
    expected_version,
    named_or_none,
    page,
    router,
    visible,
)
from peyvand.core.errors import NotFound
from peyvand.core.list_state import BadListState, Checked, Condition, ListState, check
from peyvand.core.record_fields import Asked, Kind, RecordField
from peyvand.core.record_links import Names
from peyvand.parties import services
from peyvand.parties.api.listed import as_json
from peyvand.parties.api.shapes import (
    AddressQuery,
    IdentifierQuery,
    IdentifyIn,
    PartyChange,
    PartyFull,
    PartyIn,
    PartyOut,
    PartyQuery,
    raws_of,
    with_full,
)
from peyvand.parties.errors import AddressTaken, MergedAlready
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party
from peyvand.parties.policies import may_view
from peyvand.parties.selectors import by_address, search, visible_to, with_contacts
from peyvand.parties.selectors.aliases import survivor_for
from peyvand.parties.selectors.identifiers import find_by_identifier
from peyvand.parties.services.records import Rows, add_record, change_record

parties = router(tag="parties", permission="parties.view")
CHANGE = "parties.change"
ORDERS = {"name": ["sort_key", "id"], "newest": ["-id"]}


def shown(user: User, party_id: int) -> Party:
    """One visible customer with what its answer needs."""
    return visible(with_full(with_contacts(visible_to(user))), party_id)  # type: ignore[no-any-return]  # a Party


def answering(request: ApiRequest, party_id: int) -> int:
    """The number of the customer that a merged one, who is hidden, lives on in. Raises NotFound when there is none.

    Reads follow a merge; a write to a merged customer is refused (MergedAlready), because its writer saw another.
    """
    survivor = survivor_for(request.auth.user, party_id)
    if survivor is None:
        raise NotFound
    if request.method not in ("GET", "HEAD"):
        raise MergedAlready(fields={"id": str(survivor)})
    return survivor


def present(request: ApiRequest, party_id: int) -> Party:
    """One visible customer by its number or by one that was merged into it. Raises NotFound, MergedAlready."""
    seen = visible_to(request.auth.user)
    found = seen.filter(pk=party_id).first()
    return found or seen.get(pk=answering(request, party_id))


def _places(user: User, given: PartyIn | PartyChange) -> None:
    """Refuse an organisation that the caller does not see, and branches and owners that are not there."""
    named_or_none(visible_to(user), given.organisation_id, field="organisation_id")
    named_or_none(Branch.objects.filter(is_active=True), given.branch_id, field="branch_id")
    named_or_none(User.objects.filter(is_active=True), given.owner_id, field="owner_id")


@parties.get("", response=Paged[PartyOut])
def index(request: ApiRequest, query: Query[PartyQuery]) -> Any:
    """Customers; `q` finds words of names, places and addresses.

    `f=city~is~تهران` filters by any field (may be repeated), `sort=-created_at` orders, `segment=5` narrows to a
    segment; `fields=name,city` answers with these fields only. What cannot be used is refused with 422.
    """
    user = request.auth.user
    asked = asked_by(user)
    state = _checked(query, asked)
    found = search(user, query.q) if query.q else visible_to(user)
    found = state.apply(found, HOST, asked)
    if query.kind:
        found = found.filter(kind=query.kind)
    order = state.order() or ORDERS[query.order]
    if query.fields:
        return _selected(page(_loaded(found, state), query, order=order), state, Names(user))
    return as_json(user, found, query, order=order)


def _checked(query: PartyQuery, asked: Asked) -> Checked:
    """The filters, order and fields that were asked for. Raises BadListState."""
    columns = tuple(dict.fromkeys(key for key in query.fields.split(",") if key))
    filters = tuple(Condition.read(each) for each in query.f)
    state = ListState(filters=filters, sort=query.sort, columns=columns, segment=query.segment)
    checked = check(state, HOST, asked)
    if checked.problems:
        raise BadListState(checked.problems)
    return checked


def _loaded(found: Any, state: Checked) -> Any:
    for key in state.columns:
        load = state.fields[key].load
        found = load(found) if load else found
    return found.defer("search")


def _selected(found: Page[Party], state: Checked, names: Names) -> JsonResponse:
    """Only the asked fields of each customer, with its id and version."""
    fields = {key: state.fields[key] for key in state.columns}
    names.learn_all(fields.values(), found.items)
    rows = [
        {
            "id": party.pk,
            "version": party.version,
            **{key: _value(each, each.read(party), names) for key, each in fields.items()},
        }
        for party in found.items
    ]
    return JsonResponse({"items": rows, "next": found.next, "previous": found.previous})


def _value(field: RecordField, value: Any, names: Names) -> Any:
    """A value as JSON; a linked record as its number and name, null when it is not for the caller."""
    if field.kind is not Kind.PARTY:
        return _plain(value)
    name = names.seen(value)
    return {"id": value, "name": name} if name else None


def _plain(value: Any) -> Any:
    """A value of the registry as JSON has it; a record as its number and name."""
    if isinstance(value, Model):
        return {"id": value.pk, "name": str(value)}
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


@parties.get("/by-address", response=PartyFull)
def find(request: ApiRequest, query: Query[AddressQuery]) -> Party:
    """The customer who is known by an address."""
    found = by_address(request.auth.user, query.kind, query.value)
    if found is None:
        raise NotFound
    return shown(request.auth.user, found.pk)


@parties.get("/by-identifier", response=Paged[PartyOut])
def find_by_number(request: ApiRequest, query: Query[IdentifierQuery]) -> HttpResponse:
    """Customers who have exactly this number of the state, a bank or another office."""
    user = request.auth.user
    found = find_by_identifier(user, query.kind, query.value)
    return as_json(user, found, query, order=["id"])


@parties.get("/{int:id}", response=PartyFull)
def show(request: ApiRequest, id: Id) -> Party:
    """One customer with everything that belongs to it. A merged number answers with the customer it lives on in."""
    try:
        return shown(request.auth.user, id)
    except NotFound:
        return shown(request.auth.user, answering(request, id))


@parties.post("", response=PartyFull, permission=CHANGE)
def create(request: ApiRequest, payload: PartyIn) -> Party:
    """Add a person, an organisation or a household with everything that belongs to it."""
    user = request.auth.user
    _places(user, payload)
    rows = Rows(
        contacts=[each.details() for each in payload.contacts],
        addresses=[each.details() for each in payload.addresses] or None,
        role_periods=[each.details() for each in payload.roles] or None,
        numbers=[each.details() for each in payload.identifiers],
        consents=[each.details() for each in payload.consents],
    )
    made = add_record(actor=user, kind=payload.kind, raws=raws_of(payload), rows=rows)
    if not made.is_bare or not may_view(user, made):
        return shown(user, made.pk)
    if made.owner_id == user.pk:
        made.owner = user
    return made


@parties.patch("/{int:id}", response=PartyFull, permission=CHANGE, versioned="required")
def change(request: ApiRequest, id: Id, payload: PartyChange) -> Party:
    """Change the given fields; `contacts`, `addresses` and `roles` replace all that there are."""
    user = request.auth.user
    party = present(request, id)
    _places(user, payload)
    rows = Rows(
        contacts=None if payload.contacts is None else [each.details() for each in payload.contacts],
        addresses=None if payload.addresses is None else [each.details() for each in payload.addresses],
        role_periods=None if payload.roles is None else [each.details() for each in payload.roles],
    )
    change_record(actor=user, party=party, raws=raws_of(payload), rows=rows, version=expected_version(request))
    return shown(user, id)


@parties.post("/{int:id}/confirm", response=PartyFull, permission=CHANGE, status=200)
def confirm(request: ApiRequest, id: Id) -> Party:
    """Say that a customer whom a channel made is one."""
    services.confirm_party(actor=request.auth.user, party=present(request, id))
    return shown(request.auth.user, id)


@parties.post("/identify", response=PartyFull, permission=CHANGE, status=200)
def identify(request: ApiRequest, payload: IdentifyIn) -> Party:
    """Find the customer who is known by an address, or make a provisional one. Another's customer: 409."""
    user = request.auth.user
    with transaction.atomic():
        found = services.identify(payload.kind, payload.value, name=payload.name, branch=user.branch_id)
        try:
            return shown(user, found.party_id)
        except NotFound as error:
            raise AddressTaken from error
