"""A small house that sells, for tests."""

from dataclasses import dataclass
from typing import Any

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import Party
from peyvand.parties.services import people
from peyvand.parties.types import PartyDetails
from peyvand.sales import services
from peyvand.sales.models import Deal, Pipeline, Stage
from peyvand.sales.types import DealDetails, PipelineDetails, StageDetails
from tests.cast import Cast

MILLION = 10_000_000  # Rial: a million Toman


@dataclass(frozen=True)
class House:
    """Pipelines with their stages by name, and a customer."""

    cast: Cast
    leads: Pipeline
    deals: Pipeline
    party: Party

    def stage(self, name: str) -> Stage:
        return Stage.objects.get(name=name, deleted_at=None)


def house(cast: Cast) -> House:
    """alice and charlie sell on their own, bob decides for his department, ada administers."""
    deals = services.create_pipeline(
        actor=None,
        details=PipelineDetails(
            name="فروش",
            stages=(
                StageDetails(name="first", probability=10, rot_days=5),
                StageDetails(name="need", probability=30, required=("amount",)),
                StageDetails(name="offer", probability=60, needs_approval=True),
                StageDetails(name="contract", probability=90, required=("close_on",)),
            ),
        ),
    )
    leads = services.create_pipeline(
        actor=None,
        details=PipelineDetails(
            name="سرنخ",
            kind="lead",
            next_pipeline_id=deals.pk,
            stages=(StageDetails(name="contact"), StageDetails(name="lead", checks=("reachable",))),
        ),
    )
    services.add_lost_reason(actor=None, name="بها")
    return House(cast, leads, deals, customer("کارخانهٔ نور", cast.alice))


def customer(name: str, owner: User) -> Party:
    """An organisation of the owner's branch."""
    party = people.create_party(actor=None, details=PartyDetails(kind="organisation", name=name))
    Party.objects.filter(pk=party.pk).update(branch=owner.branch, owner=owner)
    return party


def deal(house: House, name: str = "خط دوم", *, by: User | None = None, stage: str = "first", **more: Any) -> Deal:
    """A deal of alice's, or of somebody else's."""
    owner = by or house.cast.alice
    return services.open_deal(
        actor=None,
        party_id=more.pop("party_id", house.party.pk),
        stage_id=house.stage(stage).pk,
        owner_id=owner.pk,
        details=DealDetails(name=name, **more),
    )


def allow(user: User, *permissions: str, scope: str = "all") -> None:
    """Let a person do more than his role says."""
    role = user.grants.get().role
    for name in permissions:
        RolePermission.objects.update_or_create(role=role, permission=name, defaults={"scope": scope})
    user.reach = None
