"""A custom field that is removed while views, filters and segments name it: a clear answer, nothing lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.core.custom_fields import key_of
from peyvand.core.errors import Invalid
from peyvand.core.list_state import BadListState, Condition, ListState, apply, check
from peyvand.core.models import CustomField, SavedView
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, Segment
from peyvand.parties.segments.stored import segment_condition
from peyvand.parties.services import custom_fields as services
from peyvand.parties.tests.conftest import make_branch, make_user
from peyvand.parties.tests.test_shape import K, a_field, a_party


@pytest.fixture
def ada(db: None) -> User:
    names = ("view", "change", "shape", "segments", "segment")
    return make_user("ada", make_branch("مرکز"), {f"parties.{name}": "all" for name in names})


@pytest.fixture
def field(ada: User) -> CustomField:
    made = a_field(ada, K.TEXT, "رنگ بدنه")
    a_party(custom={str(made.pk): "آبی"})
    a_party("بابک")
    return made


def asking(field: CustomField) -> ListState:
    return ListState(filters=(Condition(key_of(field), "is", ("آبی",)),), columns=("name", key_of(field)))


def segment_of(field: CustomField) -> Segment:
    rule: dict[str, Any] = {"field": key_of(field), "op": "is", "values": ["آبی"]}
    return Segment.objects.create(name="آبی‌ها", rule={"match": "all", "rules": [rule]})


def test_a_state_says_what_is_gone_and_reaches_no_row(ada: User, field: CustomField) -> None:
    asked = asked_by(ada)
    assert [each.name for each in apply(asking(field), Party.objects.all(), HOST, asked)] == ["سارا"]
    services.remove_custom_field(actor=ada, custom=field)
    problems = check(asking(field), HOST, asked).problems
    assert {(each.part, each.code) for each in problems} == {("filter", "unknown"), ("column", "unknown")}
    with pytest.raises(BadListState):
        apply(asking(field), Party.objects.all(), HOST, asked)
    services.restore_custom_field(actor=ada, custom=field)
    assert [each.name for each in apply(asking(field), Party.objects.all(), HOST, asked)] == ["سارا"]


def test_a_list_and_a_view_that_name_it_open_and_say_so(client: Client, ada: User, field: CustomField) -> None:
    view = SavedView.objects.create(list="customers", name="آبی‌ها", owner=ada, state=asking(field).to_json())
    client.force_login(ada)
    services.remove_custom_field(actor=ada, custom=field)
    for query in (asking(field).to_query(), f"view={view.pk}", f"sort={key_of(field)}"):
        answer = client.get(f"{reverse('parties:list')}?{query}")
        assert answer.status_code in (200, 422)
        text = answer.content.decode()
        assert "سارا" in text or answer.status_code == 422
    text = client.get(f"{reverse('parties:list')}?{asking(field).to_query()}").content.decode()
    assert "رنگ بدنه" in text
    view.refresh_from_db()
    assert view.state == asking(field).to_json()


def test_a_segment_that_names_it_says_so_and_stays(client: Client, ada: User, field: CustomField) -> None:
    segment = segment_of(field)
    asked = asked_by(ada)
    found = Party.objects.filter(segment_condition(segment.pk, asked))
    assert [each.name for each in found] == ["سارا"]
    services.remove_custom_field(actor=ada, custom=field)
    with pytest.raises(Invalid):
        segment_condition(segment.pk, asked_by(ada))
    client.force_login(ada)
    assert client.get(reverse("parties:list"), {"segment": segment.pk}).status_code in (200, 422)
    segment.refresh_from_db()
    services.restore_custom_field(actor=ada, custom=field)
    assert Party.objects.filter(segment_condition(segment.pk, asked_by(ada))).count() == 1
    assert segment.deleted_at is None and timezone.now() > segment.created_at
