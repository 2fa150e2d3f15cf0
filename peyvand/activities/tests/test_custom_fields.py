"""Fields that the business adds to activities: planned, shown, listed, written out, taken back, kept by a series."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.services import create_role
from peyvand.accounts.types import Scope
from peyvand.activities import importing, selectors, services
from peyvand.activities.fields import HOST
from peyvand.activities.models import Activity
from peyvand.activities.recurrence import Every, Rule
from peyvand.activities.types import Planned
from peyvand.api.testing import Caller
from peyvand.core.custom_fields import key_of
from peyvand.core.imports.types import Action, ColumnPlan, Mode, Plan, Row
from peyvand.core.list_state import Condition
from peyvand.core.models import CustomField, LongJob
from peyvand.parties.services import custom_fields, field_kinds
from peyvand.parties.shapes import FieldDetails
from tests.cast import Cast, make_user

Login = Callable[..., Client]


def field(label: str = "کیلومتر", kind: str = "number") -> CustomField:
    details = FieldDetails(label=label)
    return custom_fields.create_custom_field(actor=None, kind=kind, details=details, host=HOST)


def planned(custom: CustomField, value: object = 12, **more: object) -> Planned:
    at = timezone.now() + timedelta(days=1)
    values = {"kind": "visit", "subject": "بازدید", "at": at, "custom": {str(custom.pk): value}} | more
    return Planned(**values)  # type: ignore[arg-type]


def test_the_form_and_the_page_hold_it(cast: Cast, logged_in: Login) -> None:
    way, client = field(), logged_in(cast.alice)
    sent = {
        "kind": "visit", "subject": "بازدید کارگاه", "day": "1405/09/15", "begins": "10:00", "owner": cast.alice.pk,
        "priority": "normal", "zone": "Asia/Tehran",
    }  # fmt: skip
    assert client.post(reverse("activities:new"), sent | {f"custom_{way.pk}": "much"}).status_code == 422
    client.post(reverse("activities:new"), sent | {f"custom_{way.pk}": "۴۲"})
    made = Activity.objects.get()
    assert made.custom == {str(way.pk): 42}
    text = client.get(reverse("activities:activity", args=[made.pk])).content.decode()
    assert "کیلومتر" in text and "۴۲" in text
    assert 'value="42"' in client.get(reverse("activities:edit", args=[made.pk])).content.decode()


def test_the_list_is_narrowed_by_it(cast: Cast, logged_in: Login) -> None:
    way, actor = field(), Actor(cast.alice)
    services.plan(actor=actor, planned=planned(way, 900, subject="دور"))
    services.plan(actor=actor, planned=planned(way, 3, subject="نزدیک"))
    wanted = {"f": Condition(key_of(way), "more", ("100",)).write(), "cols": f"subject,{key_of(way)}"}
    text = logged_in(cast.alice).get(reverse("activities:list"), wanted).content.decode()
    assert "دور" in text and "نزدیک" not in text and "۹۰۰" in text


def test_an_edit_is_taken_back_and_a_series_keeps_it(cast: Cast) -> None:
    way, actor = field(), Actor(cast.alice)
    one = services.plan(actor=actor, planned=planned(way, at=timezone.now() + timedelta(days=2)))
    done = services.edit(actor=actor, activity_id=one.pk, planned=planned(way, None))
    assert Activity.objects.get(pk=one.pk).custom == {}
    services.undo(actor=actor, token=done.undo)
    assert Activity.objects.get(pk=one.pk).custom == {str(way.pk): 12}
    first = services.plan_series(actor=actor, planned=planned(way, 7), rule=Rule(every=Every.DAY, most=3))
    of_series = Activity.objects.filter(series=first.series_id)
    assert [each.custom for each in of_series] == [{str(way.pk): 7}] * 3
    assert selectors.planned_of(first).custom == {str(way.pk): 7}


def test_the_api_gives_it_and_a_change_of_type_reaches_it(cast: Cast) -> None:
    way, client = field("شهر", "text"), Caller(cast.alice)
    body = {"kind": "task", "subject": "پیگیری", "custom": {key_of(way): "یزد"}}
    made = client.post("/activities", body)
    assert made.status_code == 201 and made.json()["custom"] == {str(way.pk): "یزد"}
    assert client.post("/activities", body | {"custom": {"999999": 1}}).status_code == 422
    custom_fields.remove_custom_field(actor=cast.ada, custom=way)
    custom_fields.restore_custom_field(actor=cast.ada, custom=CustomField.objects.get(pk=way.pk))
    field_kinds.change_kind(actor=cast.ada, custom=way, kind="choice", version=None)
    assert isinstance(Activity.objects.get().custom[str(way.pk)], int)


def test_an_import_reads_it_and_refuses_what_does_not_fit(cast: Cast) -> None:
    way = field()
    wanted = ("activities.view", "activities.plan", "activities.import")
    role = create_role(actor=None, name="واردکننده", permissions=dict.fromkeys(wanted, Scope.ALL))
    ira = make_user("ira", department=cast.sales, roles=[role])
    key = key_of(way)
    assert key in {one.key for one in importing.fields(ira)}
    columns = [ColumnPlan(index=number, field=name) for number, name in enumerate(("subject", "day", key))]
    plan = Plan(mode=Mode.ADD, columns=columns)
    rows = [Row(number, ["بازدید", "1404/05/10", said]) for number, said in enumerate(("۴۲", "", "much"))]
    checked = importing.check(ira, plan, rows)
    assert [bool(one.problems) for one in checked] == [False, False, True]
    outcome = importing.apply(ira, plan, rows, LongJob())
    assert [one.action for one in outcome.rows] == [Action.ADD, Action.ADD, Action.REFUSE]
    values = [one.custom for one in Activity.objects.order_by("pk")]
    assert values == [{str(way.pk): 42}, {}]
