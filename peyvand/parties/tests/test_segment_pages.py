"""Pages of segments: the list, the builder, why somebody is in one, versions, members."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from peyvand.accounts.models import Branch, User
from peyvand.core.record_fields import Asked
from peyvand.parties.models import Party, Segment
from peyvand.parties.segments import Compiler
from peyvand.parties.selectors import segments as selectors
from peyvand.parties.services import segments as services
from peyvand.parties.services.segments import SegmentDetails
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.views.segments.posted import acted

pytestmark = pytest.mark.django_db
RULE = {"rules": [{"rules": [{"field": "city", "op": "is", "values": ["تهران"]}]}]}
HTMX = {"HX-Request": "true"}
LIST_QUERIES = 8
LIVE_QUERIES = 16


@pytest.fixture
def sara(tehran: Branch) -> User:
    scopes = {"parties.view": "branch", "parties.segments": "branch", "parties.segment": "branch"}
    return make_user("sara", tehran, scopes)


@pytest.fixture
def darius(tabriz: Branch) -> User:
    scopes = {"parties.view": "branch", "parties.segments": "branch", "parties.segment": "branch"}
    return make_user("darius", tabriz, scopes)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(user: User, name: str = "تهرانی‌ها", rule: dict | None = None) -> Segment:  # type: ignore[type-arg]
    return services.make_segment(actor=user, details=SegmentDetails(name=name, rule=rule or RULE))


def party(user: User, name: str, city: str = "تهران") -> Party:
    return Party.objects.create(name=name, sort_key=name, search=name, city=city, branch=user.branch)


def form(**more: str) -> dict[str, str | list[str]]:
    return {
        ":match": "all",
        "node": ["rules.0", "rules.0.rules.0"],
        "rules.0:is": "group",
        "rules.0:match": "all",
        "rules.0.rules.0:is": "field:city",
        "rules.0.rules.0:op": "is",
        "rules.0.rules.0:v": "تهران",
        **more,
    }


def test_a_segment_is_built_saved_and_shown(sara: User) -> None:
    client = logged_in(sara)
    answer = client.post(reverse("parties:new_segment"), form(name="تهرانی‌ها", description="d"))
    assert answer.status_code == 303
    segment = Segment.objects.get()
    condition = {"field": "city", "op": "is", "values": ["تهران"]}
    assert segment.rule == {"match": "all", "rules": [{"match": "all", "rules": [condition]}]}
    page = client.get(reverse("parties:segment", args=[segment.pk])).content.decode()
    assert "تهرانی‌ها" in page and 'value="تهران"' in page
    assert "تهرانی‌ها" in client.get(reverse("parties:segments")).content.decode()


def test_a_rule_that_cannot_be_saved_comes_back_with_its_reason_and_loses_nothing(sara: User) -> None:
    client = logged_in(sara)
    answer = client.post(reverse("parties:new_segment"), form(name="x") | {"rules.0.rules.0:is": "field:gone"})
    assert answer.status_code == 422 and 'value="x"' in answer.content.decode()
    assert client.post(reverse("parties:new_segment"), {"name": "x"}).status_code == 422
    assert client.post(reverse("parties:new_segment"), form(name="")).status_code == 422
    assert not Segment.objects.exists()


def test_somebody_elses_change_is_not_written_over(sara: User) -> None:
    segment = made(sara)
    url = reverse("parties:segment", args=[segment.pk])
    assert logged_in(sara).post(url, form(name="a", version="1")).status_code == 303
    assert logged_in(sara).post(url, form(name="b", version="1")).status_code == 409
    segment.refresh_from_db()
    assert segment.name == "a"


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("add:rules.0:field~life_cycle", "field:life_cycle"),
        ("add:rules.0:aggregate~notes", "aggregate:notes"),
        ("add:rules.0:relation~any~both", "relation:any"),
        ("add::except", "rules.1:except"),
        ("copy:rules.0.rules.0", "rules.0.rules.1:v"),
        ("what:rules.0.rules.0:field~tags", "field:tags"),
    ],
)
def test_the_buttons_of_the_builder_change_the_rule(sara: User, act: str, expected: str) -> None:
    answer = logged_in(sara).post(reverse("parties:segment_build"), form(act=act), headers=HTMX)
    assert answer.status_code == 200 and expected in answer.content.decode()
    assert "pv:built" in answer["HX-Trigger"]


@pytest.mark.parametrize("act", ["remove:rules.9", "add:rules.0:field~nothing", "boom", "match:where:any", "x:" * 50])
def test_a_button_of_another_page_changes_nothing(sara: User, act: str) -> None:
    answer = logged_in(sara).post(reverse("parties:segment_build"), form(act=act), headers=HTMX)
    assert answer.status_code == 200 and 'value="تهران"' in answer.content.decode()


def moved(act: str) -> list[list[str]]:
    """The fields of two groups after a condition was dragged."""
    keys = [["city", "name", "kind"], ["roles"]]
    rule = {"match": "all", "rules": [{"rules": [{"field": key} for key in group]} for group in keys]}
    after = acted(rule, act, Compiler(Asked(who=None, now=timezone.now()), fields={}, aggregates={}))
    return [[each["field"] for each in group["rules"]] for group in after["rules"]]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("rules.0.rules.0", [["kind", "city", "name"], ["roles"]]),
        ("rules.0.rules.1", [["city", "kind", "name"], ["roles"]]),
        ("rules.0.rules.3", [["city", "name", "kind"], ["roles"]]),
        ("rules.1.rules.0", [["city", "name"], ["kind", "roles"]]),
        ("rules.1.rules.999", [["city", "name"], ["roles", "kind"]]),
        ("rules.0.rules.2.rules.0", [["city", "name", "kind"], ["roles"]]),  # into itself
        ("owner__password", [["city", "name", "kind"], ["roles"]]),
    ],
)
def test_a_condition_is_dragged_to_another_place(place: str, expected: list[list[str]]) -> None:
    assert moved(f"move:rules.0.rules.2:{place}") == expected


def test_a_condition_is_dragged_down_in_its_group() -> None:
    assert moved("move:rules.0.rules.0:rules.0.rules.2") == [["name", "city", "kind"], ["roles"]]


def test_the_live_count_is_exact_and_only_over_what_the_reader_sees(
    sara: User, darius: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    party(sara, "one"), party(sara, "two"), party(sara, "three", "شیراز"), party(darius, "zahhak")
    client = logged_in(sara)
    with django_assert_max_num_queries(LIVE_QUERIES):
        text = client.post(reverse("parties:segment_live"), form(), headers=HTMX).content.decode()
    assert "<b>۲</b>" in text and "one" in text and "zahhak" not in text and "three" not in text
    assert 'id="count-rules-0"' in text


def test_a_condition_without_its_value_is_left_out_of_the_live_count(sara: User) -> None:
    party(sara, "one")
    text = logged_in(sara).post(reverse("parties:segment_live"), form() | {"rules.0.rules.0:v": ""}).content.decode()
    assert "<b>۱</b>" in text


def test_a_broken_rule_is_named_beside_its_condition(sara: User) -> None:
    data = form() | {"rules.0.rules.0:is": "field:gone"}
    text = logged_in(sara).post(reverse("parties:segment_live"), data, headers=HTMX).content.decode()
    assert 'id="why-rules-0-rules-0"' in text and "<b>" not in text.split("why-rules")[0].split("pv-live-n")[1][:40]


def test_why_in_says_what_the_customer_really_has(sara: User, darius: User) -> None:
    member, other, hidden = party(sara, "one"), party(sara, "two", "شیراز"), party(darius, "hidden")
    client = logged_in(sara)
    ask = reverse("parties:segment_why")
    text = client.post(ask, form(party=str(member.pk)), headers=HTMX).content.decode()
    assert 'data-c="ok"' in text
    text = client.post(ask, form(party=str(other.pk)), headers=HTMX).content.decode()
    assert "شیراز" in text and 'data-c="ok"' not in text
    assert client.post(ask, form(party=str(hidden.pk)), headers=HTMX).status_code == 404


def test_segments_of_another_branch_are_not_there(sara: User, darius: User) -> None:
    segment = made(sara)
    client = logged_in(darius)
    assert "تهرانی‌ها" not in client.get(reverse("parties:segments")).content.decode()
    for name in ("segment", "segment_size", "segment_members", "segment_versions"):
        assert client.get(reverse(f"parties:{name}", args=[segment.pk])).status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_many_segments(
    sara: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        made(sara, f"s{n}")
    client = logged_in(sara)
    with django_assert_max_num_queries(LIST_QUERIES):
        client.get(reverse("parties:segments"))


def test_delete_is_undone_and_a_former_version_comes_back(sara: User) -> None:
    segment = made(sara)
    client = logged_in(sara)
    client.post(reverse("parties:delete_segment", args=[segment.pk]))
    assert client.get(reverse("parties:segment", args=[segment.pk])).status_code == 404
    client.post(reverse("parties:restore_segment", args=[segment.pk]))
    client.post(reverse("parties:segment", args=[segment.pk]), form(name="other"))
    text = client.get(reverse("parties:segment_versions", args=[segment.pk])).content.decode()
    assert "تهرانی‌ها" in text and "sara" in text
    former = selectors.versions(segment)[-1]
    client.post(reverse("parties:restore_segment_version", args=[segment.pk, former.id]))
    segment.refresh_from_db()
    assert segment.name == "تهرانی‌ها"


def test_a_static_segment_has_whom_one_chose(sara: User, darius: User) -> None:
    one, two = party(sara, "one"), party(sara, "two")
    segment = made(sara)
    client = logged_in(sara)
    client.post(reverse("parties:freeze_segment", args=[segment.pk]))
    url = reverse("parties:segment_members", args=[segment.pk])
    assert "one" in client.get(url).content.decode()
    client.post(url, {"act": "remove", "party": one.pk})
    text = client.get(url).content.decode()
    assert "two" in text and ">one<" not in text
    hidden = party(darius, "hidden")
    assert client.post(url, {"act": "add", "party": hidden.pk}).status_code == 404
    assert [row.party_id for row in segment.members.all()] == [two.pk]


def test_the_file_of_a_customer_shows_its_segments(sara: User) -> None:
    member, other = party(sara, "one"), party(sara, "two", "شیراز")
    made(sara)
    client = logged_in(sara)
    assert "تهرانی‌ها" in client.get(reverse("parties:segments_of", args=[member.pk])).content.decode()
    assert "تهرانی‌ها" not in client.get(reverse("parties:segments_of", args=[other.pk])).content.decode()


def test_the_filters_of_a_list_become_a_segment(sara: User) -> None:
    text = logged_in(sara).get(reverse("parties:new_segment") + "?f=city~is~شیراز").content.decode()
    assert 'value="شیراز"' in text
