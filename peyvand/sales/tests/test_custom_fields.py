"""Fields that the business adds to deals: written, asked for by stages, listed, taken in and out, brought back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.api.testing import Caller
from peyvand.core.custom_fields import key_of
from peyvand.core.errors import Invalid
from peyvand.core.imports.types import Action, ColumnPlan, Mode, Plan, Row
from peyvand.core.list_state import Condition, may_use
from peyvand.core.models import CustomField, LongJob
from peyvand.core.record_fields import Asked, Everyone, fields_of
from peyvand.parties.models import Party
from peyvand.parties.registry import references
from peyvand.parties.segments import condition_of, count, read
from peyvand.parties.services import custom_fields, field_kinds
from peyvand.parties.shapes import ChoiceDetails, FieldDetails
from peyvand.sales import checks, services
from peyvand.sales.deal_fields import HOST
from peyvand.sales.errors import MoveBlocked
from peyvand.sales.importing import importer
from peyvand.sales.models import Deal, Stage
from peyvand.sales.party_deal_fields import key_for
from peyvand.sales.selectors.deal import visible_deal
from peyvand.sales.tests.selling import MILLION, House, allow, customer, deal, house
from peyvand.sales.types import DealDetails
from tests.cast import Cast

Login = Callable[[User], Client]
JOB = LongJob()


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def field(label: str = "ظرفیت خط", kind: str = "number", **more: Any) -> CustomField:
    details = FieldDetails(label=label, label_en=more.pop("label_en", ""), **more)
    return custom_fields.create_custom_field(actor=None, kind=kind, details=details, host=HOST)


def ask(stage: Stage, custom: CustomField) -> None:
    Stage.objects.filter(pk=stage.pk).update(required=[key_of(custom)])


def test_values_are_laid_over_those_that_are_there(place: House) -> None:
    size, town = field(), field("شهر کارگاه", "text")
    one = deal(place, custom={str(size.pk): 12, str(town.pk): "یزد"})
    services.change_deal(
        actor=place.cast.alice, deal_id=one.pk, details=DealDetails(name="خط دوم", custom={str(size.pk): None})
    )
    one.refresh_from_db()
    assert one.custom == {str(town.pk): "یزد"}
    for bad in ({"999999": 1}, {str(size.pk): "much"}):
        with pytest.raises(Invalid):
            services.change_deal(actor=place.cast.alice, deal_id=one.pk, details=DealDetails(name="x", custom=bad))


def test_a_stage_asks_for_a_field_and_says_its_name(place: House, logged_in: Login) -> None:
    size, need = field(), place.stage("need")
    ask(need, size)
    one = deal(place)
    with pytest.raises(MoveBlocked, match="«ظرفیت خط»"):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=need.pk)
    refused = logged_in(place.cast.alice).post(reverse("sales:move", args=[one.pk]), {"stage": need.pk}, follow=True)
    assert "ظرفیت خط" in refused.content.decode()
    one.refresh_from_db()
    assert one.stage.name == "first"
    services.change_deal(
        actor=place.cast.alice, deal_id=one.pk, details=DealDetails(name="خط دوم", custom={str(size.pk): 0})
    )
    services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=need.pk)


def test_a_removed_field_is_asked_for_no_more_until_it_is_back(place: House) -> None:
    size, need = field(), place.stage("need")
    ask(need, size)
    allow(place.cast.ada, "parties.shape")
    one = deal(place, custom={str(size.pk): 3})
    custom_fields.remove_custom_field(actor=place.cast.ada, custom=size)
    assert place.stage("need").required == [] and key_of(size) not in fields_of(HOST)
    kept = DealDetails(name="خط دوم", custom={})
    services.change_deal(actor=place.cast.alice, deal_id=one.pk, details=kept)
    size.refresh_from_db()
    custom_fields.restore_custom_field(actor=place.cast.ada, custom=size)
    one.refresh_from_db()
    assert place.stage("need").required == [key_of(size)] and one.custom == {str(size.pk): 3}
    assert key_of(size) in {each.key for each in checks.fields()}


def test_a_change_of_type_converts_the_values_of_deals_and_is_taken_back(place: House) -> None:
    town = field("شهر", "text")
    one, other = (deal(place, name, custom={str(town.pk): value}) for name, value in (("a", "یزد"), ("b", "قم")))
    allow(place.cast.ada, "parties.shape")
    job = field_kinds.change_kind(actor=place.cast.ada, custom=town, kind="choice", version=None)
    one.refresh_from_db()
    town.refresh_from_db()
    assert town.kind == "choice" and isinstance(one.custom[str(town.pk)], int) and one.version == 2
    field_kinds.undo_kind(actor=place.cast.ada, job=job)
    for each, value in ((one, "یزد"), (other, "قم")):
        each.refresh_from_db()
        assert each.custom == {str(town.pk): value}


def test_the_form_the_page_the_card_and_the_history_show_it(place: House, logged_in: Login) -> None:
    size = field()
    kinds = field("نوع", "choice", choices=[ChoiceDetails(fa="برشی"), ChoiceDetails(fa="خمشی")])
    one, client = deal(place), logged_in(place.cast.alice)
    assert f"custom_{size.pk}" in client.get(reverse("sales:new")).content.decode()
    form = {"name": "خط دوم", "channel": "direct", "version": one.version}
    url = reverse("sales:edit", args=[one.pk])
    bad = client.post(url, form | {f"custom_{size.pk}": "much"})
    assert bad.status_code == 422
    client.post(url, form | {f"custom_{size.pk}": "۱۲۰۰", f"custom_{kinds.pk}": "2"})
    one.refresh_from_db()
    assert one.custom == {str(size.pk): 1200, str(kinds.pk): 2}
    text = client.get(reverse("sales:deal", args=[one.pk])).content.decode()
    assert "ظرفیت خط" in text and "۱٬۲۰۰" in text and "خمشی" in text
    card = reverse("sales:card", args=[one.pk])
    assert f'name="custom_{size.pk}"' in client.get(card).content.decode()
    sent = {"amount": "1000000", "owner": place.cast.alice.pk, "version": one.version}
    client.post(card, sent | {f"custom_{size.pk}": "5", f"custom_{kinds.pk}": "2"})
    one.refresh_from_db()
    assert one.custom[str(size.pk)] == 5 and one.amount == MILLION
    told = client.get(reverse("sales:history", args=[one.pk])).content.decode()
    assert "ظرفیت خط: ۱٬۲۰۰" in told and "نوع: خمشی" in told


def test_the_quick_form_holds_what_stages_ask_for_before_others(place: House, logged_in: Login) -> None:
    many = [field(f"فیلد {number}", "text") for number in range(9)]
    ask(place.stage("offer"), many[-1])
    text = logged_in(place.cast.alice).get(reverse("sales:card", args=[deal(place).pk])).content.decode()
    assert f'name="custom_{many[-1].pk}"' in text and f'name="custom_{many[0].pk}"' in text
    assert f'name="custom_{many[-2].pk}"' not in text


def test_the_list_is_narrowed_by_it_and_writes_it_out(place: House, logged_in: Login) -> None:
    size = field()
    deal(place, "بزرگ", custom={str(size.pk): 900})
    deal(place, "کوچک", custom={str(size.pk): 3})
    allow(place.cast.alice, "sales.export")
    client = logged_in(place.cast.alice)
    wanted = {"f": Condition(key_of(size), "more", ("100",)).write(), "cols": f"name,{key_of(size)}"}
    text = client.get(reverse("sales:list"), wanted).content.decode()
    assert "بزرگ" in text and "کوچک" not in text and "۹۰۰" in text and "ظرفیت خط" in text
    columns = {"list": "deals", "format": "csv", "columns": f"name,{key_of(size)}", "query": ""}
    told = client.post(reverse("sales:export"), columns)
    text = b"".join(told.streaming_content).decode() if told.streaming else told.content.decode()  # type: ignore[attr-defined]
    assert "900" in text.replace("٬", "").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))


def test_a_file_brings_it_and_taking_back_takes_it_away(place: House) -> None:
    size = field()
    one = deal(place, custom={})
    columns = [ColumnPlan(index=0, field="id"), ColumnPlan(index=1, field=key_of(size))]
    wanted = Plan(mode=Mode.BOTH, key="id", columns=columns)
    assert key_of(size) in {each.key for each in importer.fields(place.cast.bob)}
    [verdict] = importer.check(place.cast.bob, wanted, [Row(0, (str(one.pk), "much"))])
    assert verdict.action is Action.REFUSE
    line = [Row(0, (str(one.pk), "۴۲"))]
    made = importer.apply(place.cast.bob, wanted, line, JOB)
    one.refresh_from_db()
    assert one.custom == {str(size.pk): 42}
    again = importer.apply(place.cast.bob, wanted, line, JOB)
    assert [row.action for row in again.rows] == [Action.UNCHANGED]
    importer.undo(place.cast.bob, made, JOB)
    one.refresh_from_db()
    assert one.custom == {}
    fields = ("name", "customer", key_of(size))
    fresh = Plan(mode=Mode.ADD, key="same", columns=[ColumnPlan(index=at, field=one) for at, one in enumerate(fields)])
    importer.apply(place.cast.bob, fresh, [Row(0, ("تازه", place.party.name, "7"))], JOB)
    assert Deal.objects.get(name="تازه").custom == {str(size.pk): 7}


def test_a_part_of_a_deal_has_its_fields_and_an_erased_person_none(place: House) -> None:
    size = field()
    one = deal(place, amount=2 * MILLION, custom={str(size.pk): 5})
    part = services.split_deal(actor=place.cast.alice, deal_id=one.pk, name="جزء", amount=MILLION)
    assert part.custom == {str(size.pk): 5}
    erase = next(each.erase for each in references() if each.key == "sales.Deal.party")
    assert erase is not None
    assert [erase(place.party.pk)["sales.Deal"] for _again in range(2)] == [2, 0]
    assert not Deal.objects.exclude(custom={}).exists()


def test_the_api_gives_it_and_takes_it(place: House) -> None:
    size, price = field(), field("بهای رقیب", "money")
    client = Caller(place.cast.alice)
    made = client.post("/deals", {"name": "خط", "party_id": place.party.pk, "custom": {str(size.pk): 12}})
    assert made.status_code == 201 and made.json()["custom"] == {str(size.pk): 12}
    url, version = f"/deals/{made.json()['id']}", made.json()["version"]
    body = {"name": "خط", "custom": {key_of(price): 5 * MILLION, str(size.pk): None}}
    changed = client("PATCH", url, body, if_match=f'"{version}"')
    assert changed.json()["custom"] == {str(price.pk): 5 * MILLION}
    bad = {"name": "خط", "custom": {str(size.pk): "much"}}
    wrong = client("PATCH", url, bad, if_match=f'"{changed.json()["version"]}"')
    assert wrong.status_code == 422 and str(size.pk) in wrong.content.decode()
    assert visible_deal(place.cast.alice, made.json()["id"]).custom == {str(price.pk): 5 * MILLION}


def test_settings_hold_the_fields_of_each_kind_of_record(place: House, logged_in: Login) -> None:
    allow(place.cast.ada, "parties.shape")
    client, home = logged_in(place.cast.ada), reverse("parties:custom_fields")
    new = reverse("parties:new_field")
    kinds = client.get(new, {"host": HOST}).content.decode()
    assert "kind=number" in kinds and "kind=national_id" not in kinds
    client.post(f"{new}?host={HOST}&kind=text", {"label": "کارگاه", "version": 1})
    made = CustomField.objects.get(label="کارگاه")
    assert made.host == HOST
    assert "کارگاه" in client.get(home, {"host": HOST}).content.decode()
    assert "کارگاه" not in client.get(home).content.decode()
    ask(place.stage("need"), made)
    assert "need (فروش)" in client.get(reverse("parties:remove_field", args=[made.pk])).content.decode()
    assert client.get(home, {"host": "no.Such"}).status_code == 404
    with pytest.raises(Invalid):
        custom_fields.create_custom_field(actor=None, kind="national_id", details=FieldDetails(label="کد"), host=HOST)
    assert apps.get_model("sales", "DealEvent")._meta.get_field("custom") is not None


def test_deals_that_somebody_does_not_see_tell_him_nothing_at_their_customer(place: House, logged_in: Login) -> None:
    town, alice = field("شهر کارگاه", "text"), place.cast.alice
    deal(place, by=place.cast.charlie, custom={str(town.pk): "کارگاه پنهان"})
    shown, page = fields_of("parties.Party")[key_for(town)], reverse("parties:tab", args=[place.party.pk, "details"])
    for scope, is_open in (("own", False), ("all", True)):
        allow(alice, "parties.view")
        allow(alice, "sales.view", scope=scope)
        assert may_use(shown, asked_by(alice)) is is_open
        assert ("کارگاه پنهان" in logged_in(alice).get(page).content.decode()) is is_open


def test_segments_and_lists_of_customers_ask_for_it(place: House, logged_in: Login) -> None:
    size, town = field(), field("شهر کارگاه", "text")
    first, other = place.party, customer("دیگری", place.cast.alice)
    deal(place, "یکم", custom={str(size.pk): 12})
    deal(place, "دوم", custom={str(size.pk): 40, str(town.pk): "یزد"})
    gone = deal(place, "سوم", custom={str(size.pk): 99})
    Deal.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())

    def found(custom: CustomField, op: str, *values: str) -> set[int]:
        rule = {"rules": [{"field": key_for(custom), "op": op, "values": list(values)}]}
        wanted = condition_of(read(rule), Asked(who=Everyone(), now=timezone.now()))
        ids = set(Party.objects.filter(wanted, pk__in=[first.pk, other.pk]).values_list("pk", flat=True))
        assert count(read(rule), Asked(who=Everyone(), now=timezone.now())) >= len(ids)
        return ids

    assert found(size, "more", "20") == {first.pk} and found(size, "more", "50") == set()
    assert found(size, "is", "12") == {first.pk}
    assert found(town, "is", "یزد") == {first.pk} and found(town, "is_not", "یزد") == {other.pk}
    assert found(town, "empty") == {other.pk} and found(town, "filled") == {first.pk}
    shown = fields_of("parties.Party")[key_for(size)]
    assert shown.load is not None and shown.bulk is not None and shown.bulk.load is not None
    assert shown.read(shown.load(Party.objects.filter(pk=first.pk)).get()) == 40
    assert shown.bulk.made is not None
    assert {pk: shown.bulk.made(value) for pk, value in shown.bulk.load([first.pk, other.pk]).items()} == {first.pk: 40}
    allow(place.cast.alice, "parties.view", "sales.view")
    assert logged_in(place.cast.alice).get("/customers/", {"columns": key_for(size)}).status_code == 200
    custom_fields.remove_custom_field(actor=place.cast.ada, custom=size)
    with pytest.raises(Invalid):
        found(size, "more", "20")
