"""Leads and deals in the API."""

from django.db.models import QuerySet
from ninja import Query

from peyvand.accounts.models import User
from peyvand.api.kit import (
    ApiRequest,
    Id,
    Paged,
    expected_version,
    named,
    named_or_none,
    page,
    router,
    seen_version,
    visible,
)
from peyvand.core.errors import NotFound
from peyvand.core.paging import Page
from peyvand.parties.models import Party
from peyvand.parties.selectors.aliases import survivor_of
from peyvand.sales import services
from peyvand.sales.api.capture_schemas import FromRequestIn
from peyvand.sales.api.channel_schemas import DealPartnersIn
from peyvand.sales.api.schemas import (
    ApprovalAskIn,
    ApprovalDecisionIn,
    DealFields,
    DealIn,
    DealJoinIn,
    DealLossIn,
    DealMovedOut,
    DealMoveIn,
    DealOut,
    DealOwnerIn,
    DealPartIn,
    DealPeopleIn,
    DealPersonOut,
    DealQuery,
    DealSharesIn,
    DealTagsIn,
    DealUndoIn,
    StageApprovalOut,
)
from peyvand.sales.models import Deal, DealPartner, DealPerson, LostReason, StageApproval
from peyvand.sales.permissions import APPROVE, ASSIGN, CHANGE, DELETE, VIEW
from peyvand.sales.types import Loss, PersonDetails

deals = router(tag="deals", permission=VIEW)
decisions = router(tag="deals", permission=VIEW)


def _seen(request: ApiRequest) -> QuerySet[Deal]:
    return Deal.objects.visible_to(request.auth).select_related("party", "pipeline", "stage")


def _of(request: ApiRequest, deal: Deal) -> Deal:
    return visible(_seen(request), deal.pk)


@deals.get("", response=Paged[DealOut])
def index(request: ApiRequest, query: Query[DealQuery]) -> Page[Deal]:
    """Leads and deals, the newest first."""
    of = query.party_id
    wanted = {
        "party": of and (survivor_of(of) or of), "pipeline": query.pipeline_id, "stage": query.stage_id,
        "state": query.state, "pipeline__kind": query.kind, "channel": query.channel,
    }  # fmt: skip
    rows = _seen(request).filter(**{name: value for name, value in wanted.items() if value is not None})
    if query.partner_id is not None:
        rows = rows.filter(pk__in=DealPartner.objects.filter(partner=query.partner_id).values("deal"))
    return page(rows, query, order=("-opened_at", "-id"))


@deals.get("/{int:id}", response=DealOut)
def show(request: ApiRequest, id: Id) -> Deal:
    """One lead or deal."""
    return visible(_seen(request), id)


@deals.post("", response=DealOut, permission=CHANGE)
def create(request: ApiRequest, payload: DealIn) -> Deal:
    """Write down a lead or a deal of a customer."""
    named(Party.objects.visible_to(request.auth), payload.party_id, field="party_id")
    named_or_none(User.objects.filter(is_active=True), payload.owner_id, field="owner_id")
    made = services.open_deal(
        actor=request.auth.user,
        party_id=payload.party_id,
        stage_id=payload.stage_id,
        pipeline_id=payload.pipeline_id,
        owner_id=payload.owner_id,
        details=payload.details(request.auth.user),
    )
    return _of(request, made)


@deals.post("/from-request", response=DealOut, permission=CHANGE, status=200)
def from_request(request: ApiRequest, payload: FromRequestIn) -> Deal:
    """Make a lead of a request of the cartable; asked twice it is the same."""
    made = services.open_from_request(actor=request.auth.user, request_id=payload.request_id)
    return _of(request, made)


@deals.patch("/{int:id}", response=DealOut, permission=CHANGE, versioned="required")
def change(request: ApiRequest, id: Id, payload: DealFields) -> Deal:
    """Change what is written about it; what is left out is as in a new one, but custom values stay."""
    visible(_seen(request), id)
    version, details = expected_version(request), payload.details(request.auth.user)
    services.change_deal(actor=request.auth.user, deal_id=id, details=details, version=version)
    return visible(_seen(request), id)


@deals.post("/{int:id}/tags", response=DealOut, permission=CHANGE, status=200, versioned="optional")
def tag(request: ApiRequest, id: Id, payload: DealTagsIn) -> Deal:
    """Hang tags on it and take others off; 404 for a tag that there is not."""
    visible(_seen(request), id)
    version = seen_version(request)
    services.tag_deal(actor=request.auth.user, deal_id=id, add=payload.add, remove=payload.remove, version=version)
    return visible(_seen(request), id)


@deals.put("/{int:id}/partners", response=DealOut, permission=CHANGE, versioned="optional")
def set_partners(request: ApiRequest, id: Id, payload: DealPartnersIn) -> Deal:
    """Say through which partners it goes and with which shares; none makes it direct."""
    visible(_seen(request), id)
    shares = {one.partner_id: one.percent for one in payload.partners}
    version = seen_version(request)
    services.set_deal_partners(actor=request.auth.user, deal_id=id, partners=shares, version=version)
    return visible(_seen(request), id)


@deals.post("/{int:id}/move", response=DealMovedOut, permission=CHANGE, status=200, versioned="optional")
def move(request: ApiRequest, id: Id, payload: DealMoveIn) -> dict[str, object]:
    """Put it into a stage; 422 says what is missing for it, 409 that an approval is needed."""
    visible(_seen(request), id)
    moved = services.move_deal(
        actor=request.auth.user,
        deal_id=id,
        stage_id=payload.stage_id,
        below_id=payload.below_id,
        version=seen_version(request),
    )
    return {"deal": visible(_seen(request), id), "undo": moved.undo}


@deals.post("/undo", response=DealOut, permission=CHANGE, status=200)
def undo(request: ApiRequest, payload: DealUndoIn) -> Deal:
    """Take a move back, while nobody changed the deal since."""
    return _of(request, services.undo_move(actor=request.auth.user, token=payload.undo))


@deals.post("/{int:id}/win", response=DealOut, permission=CHANGE, status=200, versioned="optional")
def win(request: ApiRequest, id: Id) -> Deal:
    """It was won."""
    visible(_seen(request), id)
    return _of(request, services.win_deal(actor=request.auth.user, deal_id=id, version=seen_version(request)))


@deals.post("/{int:id}/lose", response=DealOut, permission=CHANGE, status=200, versioned="optional")
def lose(request: ApiRequest, id: Id, payload: DealLossIn) -> Deal:
    """It was lost, for a reason."""
    visible(_seen(request), id)
    named(LostReason.objects.filter(deleted_at=None), payload.reason_id, field="reason_id")
    loss = Loss(**payload.model_dump())
    version = seen_version(request)
    return _of(request, services.lose_deal(actor=request.auth.user, deal_id=id, loss=loss, version=version))


@deals.post("/{int:id}/reopen", response=DealOut, permission=CHANGE, status=200, versioned="optional")
def reopen(request: ApiRequest, id: Id) -> Deal:
    """Work on it again."""
    visible(_seen(request), id)
    return _of(request, services.reopen_deal(actor=request.auth.user, deal_id=id, version=seen_version(request)))


@deals.post("/{int:id}/assign", response=DealOut, permission=ASSIGN, status=200, versioned="optional")
def assign(request: ApiRequest, id: Id, payload: DealOwnerIn) -> Deal:
    """Give it to somebody else, or to nobody."""
    visible(_seen(request), id)
    named_or_none(User.objects.filter(is_active=True), payload.owner_id, field="owner_id")
    owner, version = payload.owner_id, seen_version(request)
    return _of(request, services.assign_deal(actor=request.auth.user, deal_id=id, owner_id=owner, version=version))


@deals.post("/{int:id}/split", response=DealOut, permission=CHANGE, versioned="optional")
def split(request: ApiRequest, id: Id, payload: DealPartIn) -> Deal:
    """Cut a part off; the answer is the part."""
    visible(_seen(request), id)
    version, given = seen_version(request), payload.model_dump()
    return _of(request, services.split_deal(actor=request.auth.user, deal_id=id, version=version, **given))


@deals.post("/{int:id}/join", response=DealOut, permission=CHANGE, status=200, versioned="optional")
def join(request: ApiRequest, id: Id, payload: DealJoinIn) -> Deal:
    """Take other open deals of the same customer in."""
    visible(_seen(request), id)
    version = seen_version(request)
    return _of(
        request, services.join_deals(actor=request.auth.user, deal_id=id, others=payload.others, version=version)
    )


@deals.post("/{int:id}/separate", response=DealOut, permission=CHANGE, status=200)
def separate(request: ApiRequest, id: Id) -> Deal:
    """Take a joined deal out again."""
    visible(_seen(request), id)
    return _of(request, services.separate_deal(actor=request.auth.user, deal_id=id))


@deals.delete("/{int:id}", permission=DELETE, versioned="optional")
def delete(request: ApiRequest, id: Id) -> None:
    """Put it into the trash."""
    visible(_seen(request), id)
    services.delete_deal(actor=request.auth.user, deal_id=id, version=seen_version(request))


@deals.post("/{int:id}/restore", response=DealOut, permission=DELETE, status=200)
def restore(request: ApiRequest, id: Id) -> Deal:
    """Take it out of the trash."""
    return _of(request, services.restore_deal(actor=request.auth.user, deal_id=id))


@deals.get("/{int:id}/people", response=list[DealPersonOut])
def people(request: ApiRequest, id: Id) -> QuerySet[DealPerson]:
    """Who takes part on the customer's side, of those whom the caller may see."""
    found = visible(_seen(request), id)
    seen = DealPerson.objects.filter(deal=found, party__in=Party.objects.visible_to(request.auth))
    return seen.select_related("party").order_by("position", "id")


@deals.put("/{int:id}/people", response=DealOut, permission=CHANGE, versioned="optional")
def set_people(request: ApiRequest, id: Id, payload: DealPeopleIn) -> Deal:
    """Say who takes part on the customer's side, instead of those before."""
    visible(_seen(request), id)
    rows = [PersonDetails(**dict(one)) for one in payload.people]
    version = seen_version(request)
    return _of(request, services.set_people(actor=request.auth.user, deal_id=id, people=rows, version=version))


@deals.put("/{int:id}/shares", response=DealOut, permission=CHANGE, versioned="optional")
def set_shares(request: ApiRequest, id: Id, payload: DealSharesIn) -> Deal:
    """Say who of us sells along and with how many percent; the owner has what is left."""
    visible(_seen(request), id)
    shares, version = {one.user_id: one.percent for one in payload.shares}, seen_version(request)
    return _of(request, services.set_shares(actor=request.auth.user, deal_id=id, shares=shares, version=version))


@deals.post("/{int:id}/approvals", response=StageApprovalOut, permission=CHANGE)
def ask(request: ApiRequest, id: Id, payload: ApprovalAskIn) -> StageApproval:
    """Ask whether it may come to a stage that needs an approval."""
    visible(_seen(request), id)
    return services.ask_approval(actor=request.auth.user, deal_id=id, stage_id=payload.stage_id)


@decisions.post("/{int:id}/decide", response=StageApprovalOut, permission=APPROVE, status=200)
def decide(request: ApiRequest, id: Id, payload: ApprovalDecisionIn) -> StageApproval:
    """Say whether a deal may come to the stage; approved, it is moved at once."""
    found = StageApproval.objects.filter(deal__in=Deal.objects.visible_to(request.auth), pk=id).first()
    if found is None:
        raise NotFound
    return services.decide_approval(actor=request.auth.user, approval_id=id, **payload.model_dump())
