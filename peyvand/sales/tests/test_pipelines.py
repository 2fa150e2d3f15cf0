"""Pipelines that a business makes and changes while deals stand in them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.core.errors import Invalid, NotAllowed, NotFound
from peyvand.sales import services
from peyvand.sales.errors import DealChanged, LastStage, NameTaken, PipelineInUse, StageInUse
from peyvand.sales.models import Deal, DealPassage, DealSpan, LostReason, Pipeline, Stage
from peyvand.sales.selectors.pipelines import chosen, pipelines
from peyvand.sales.tests.selling import deal, house
from peyvand.sales.types import LeadFormDetails, PipelineDetails, StageDetails
from tests.cast import Cast


def as_written(pipeline: Pipeline) -> PipelineDetails:
    stages = Stage.objects.filter(pipeline=pipeline, deleted_at=None).order_by("position")
    rows = [
        StageDetails(
            id=each.pk, name=each.name, probability=each.probability, required=each.required, checks=each.checks
        )
        for each in stages
    ]
    return PipelineDetails(name=pipeline.name, kind=pipeline.kind, stages=rows)


def test_only_who_configures_everywhere_changes_pipelines(cast: Cast) -> None:
    wanted = PipelineDetails(name="خدمات", stages=[StageDetails(name="یک")])
    for somebody in (cast.alice, cast.bob, cast.olivia, cast.charlie):
        with pytest.raises(NotAllowed):
            services.create_pipeline(actor=somebody, details=wanted)
    made = services.create_pipeline(actor=cast.ada, details=wanted)
    with pytest.raises(NameTaken):
        services.create_pipeline(actor=cast.ada, details=wanted)
    assert made.stages.get().position == 1


def test_stages_change_names_and_order_at_once(cast: Cast) -> None:
    place = house(cast)
    wanted = as_written(place.deals)
    first, need, offer, contract = wanted.stages
    turned = [offer, replace(need, name="first"), replace(first, name="need"), contract]
    services.change_pipeline(actor=cast.ada, pipeline_id=place.deals.pk, details=replace(wanted, stages=turned))
    names = Stage.objects.filter(pipeline=place.deals).order_by("position").values_list("name", "pk")
    assert list(names) == [("offer", offer.id), ("first", need.id), ("need", first.id), ("contract", contract.id)]


def test_a_stage_in_use_goes_only_when_it_is_said_where_its_deals_stand_then(cast: Cast) -> None:
    place = house(cast)
    one, two = deal(place), deal(place, "دور")
    services.delete_deal(actor=cast.bob, deal_id=two.pk)
    wanted = as_written(place.deals)
    gone, *rest = wanted.stages
    change = replace(wanted, stages=rest)
    with pytest.raises(StageInUse, match="2.*«first»"):
        services.change_pipeline(actor=cast.ada, pipeline_id=place.deals.pk, details=change)
    need = place.stage("need")
    services.change_pipeline(
        actor=cast.ada, pipeline_id=place.deals.pk, details=change, goes_to={gone.id or 0: need.pk}
    )
    assert set(Deal.objects.values_list("stage", flat=True)) == {need.pk}
    assert DealSpan.objects.filter(until=None, stage=need).count() == 2 and DealSpan.objects.count() == 4
    assert set(DealPassage.objects.values_list("furthest", flat=True)) == {need.pk}
    services.restore_deal(actor=cast.bob, deal_id=two.pk)
    assert Deal.objects.get(pk=one.pk).stage == need


def test_a_pipeline_with_open_deals_stays(cast: Cast, logged_in: Callable[..., Client]) -> None:
    place = house(cast)
    one = deal(place)
    with pytest.raises(PipelineInUse, match="1.*«فروش»"):
        services.delete_pipeline(actor=cast.ada, pipeline_id=place.deals.pk)
    page = logged_in(cast.ada).get(reverse("sales:pipeline", args=[place.deals.pk])).content.decode()
    way = f"?f=state~is~open&amp;f=pipeline~is~{place.deals.pk}"
    listed = logged_in(cast.ada).get(reverse("sales:list") + way.replace("&amp;", "&")).content.decode()
    assert way in page and one.name in listed
    services.win_deal(actor=cast.alice, deal_id=one.pk)
    services.delete_pipeline(actor=cast.ada, pipeline_id=place.deals.pk)
    assert [each.name for each in pipelines()] == ["سرنخ"] and chosen(pipelines(), place.deals.pk) == place.leads
    services.restore_pipeline(actor=cast.ada, pipeline_id=place.deals.pk)
    assert chosen(pipelines(), None) == place.deals


def test_a_pipeline_to_which_a_form_brings_leads_stays(cast: Cast) -> None:
    place = house(cast)
    wanted = LeadFormDetails(name="وب‌گاه", pipeline_id=place.leads.pk, branch_id=cast.tehran.pk)
    form = services.save_lead_form(actor=cast.ada, details=wanted)
    with pytest.raises(PipelineInUse, match="وب‌گاه"):
        services.delete_pipeline(actor=cast.ada, pipeline_id=place.leads.pk)
    services.delete_lead_form(actor=cast.ada, form_id=form.pk)
    services.delete_pipeline(actor=cast.ada, pipeline_id=place.leads.pk)


def test_bad_input_names_what_is_wrong(cast: Cast) -> None:
    place = house(cast)
    wanted = as_written(place.deals)
    with pytest.raises(LastStage):
        services.change_pipeline(actor=cast.ada, pipeline_id=place.deals.pk, details=replace(wanted, stages=[]))
    for odd in (
        StageDetails(name=" "),
        StageDetails(name="first"),
        StageDetails(name="x", probability=101),
        StageDetails(name="x", rot_days=0),
        StageDetails(name="x", required=["password"]),
        StageDetails(name="x", checks=["no such"]),
        StageDetails(name="x", tone="javascript:"),
    ):
        change = replace(wanted, stages=[*wanted.stages, odd])
        with pytest.raises(Invalid) as told:
            services.change_pipeline(actor=cast.ada, pipeline_id=place.deals.pk, details=change)
        assert told.value.fields
    for strange in (replace(wanted, stages=[StageDetails(name="x", id=place.stage("lead").pk)]),):
        with pytest.raises(NotFound):
            services.change_pipeline(actor=cast.ada, pipeline_id=place.deals.pk, details=strange)
    with pytest.raises(DealChanged):
        services.change_pipeline(actor=cast.ada, pipeline_id=place.deals.pk, details=wanted, version=99)
    assert as_written(place.deals).stages == wanted.stages


def test_an_empty_installation_starts_with_pipelines_once(cast: Cast) -> None:
    services.ensure_starter_pipelines()
    services.ensure_starter_pipelines()
    lead, sale = pipelines()
    assert lead.kind == "lead" and lead.next_pipeline == sale and len(sale.stages.all()) == 5
    assert LostReason.objects.count() == 6
