"""The state of a list: it survives every way of writing, and names nothing that it may not."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import Q
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from peyvand.core import list_state
from peyvand.core.field_values import canonical, parse_value
from peyvand.core.list_state import BadListState, Condition, ListState, apply, check
from peyvand.core.models import Setting
from peyvand.core.record_fields import Asked, Kind, Op, RecordField, register

HOST = "tests.ListState"
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
NOBODY = Asked(who=None, now=NOW)
TRUSTED = Asked(who=None, now=NOW, may=lambda permission: permission == "tests.secret")


def _condition(op: Op, value: Any, asked: Asked) -> Q:
    return Q(name__in=value if isinstance(value, list) else [str(value)])


FIELDS = (
    RecordField(key="name", label="Name", kind=Kind.TEXT, read=str, condition=_condition, order=("name",)),
    RecordField(
        key="colour",
        label="Colour",
        kind=Kind.CHOICE,
        read=str,
        condition=_condition,
        choices=lambda asked: [("red", "Red"), ("blue", "Blue")],
    ),
    RecordField(key="size", label="Size", kind=Kind.NUMBER, read=str, condition=_condition),
    RecordField(key="price", label="Price", kind=Kind.MONEY, read=str, condition=_condition),
    RecordField(key="born", label="Born", kind=Kind.DATE, read=str, condition=_condition),
    RecordField(
        key="secret",
        label="Secret",
        kind=Kind.TEXT,
        read=str,
        condition=_condition,
        order=("value",),
        permission="tests.secret",
    ),
    RecordField(key="shown", label="Shown", kind=Kind.TEXT, read=str),
)
register(HOST, *FIELDS)
BY_KEY = {field.key: field for field in FIELDS}

texts = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=30)
words = st.from_regex(r"[a-z_:0-9]{1,20}", fullmatch=True)
conditions = st.builds(Condition, words, words, st.lists(texts, max_size=4).map(tuple))
states = st.builds(
    ListState,
    filters=st.lists(conditions, max_size=5).map(tuple),
    sort=words,
    columns=st.lists(words, max_size=5, unique=True).map(tuple),
    q=texts.map(str.strip).filter(bool),
    segment=st.none() | st.integers(1, 10**9),
    view=st.just("") | words,
)


@given(states)
def test_a_state_survives_its_address(state: ListState) -> None:
    assert ListState.from_query(QueryDict(state.to_query())) == state


@given(states)
def test_a_state_survives_json(state: ListState) -> None:
    assert ListState.from_json(state.to_json(), view=state.view) == state


@given(texts)
def test_any_text_is_read_without_an_error(text: str) -> None:
    state = ListState.from_query(QueryDict(f"f={text}&sort={text}&cols={text}&segment={text}&q={text}&view={text}"))
    check(state, HOST, NOBODY)


@given(st.recursive(st.none() | st.integers() | texts, lambda s: st.lists(s) | st.dictionaries(texts, s), max_leaves=8))
def test_json_of_any_shape_is_read_without_an_error(data: Any) -> None:
    keys = ("filters", "sort", "columns", "q", "segment")
    check(ListState.from_json(dict.fromkeys(keys, data)), HOST, NOBODY)


def test_an_address_lays_over_a_view_only_what_it_speaks_of() -> None:
    view = ListState(filters=(Condition("name", "is", ("a",)),), sort="-name", columns=("name",))
    assert ListState.from_query(QueryDict("view=3"), view) == view.but(view="3")
    without = ListState.from_query(QueryDict("view=3&f="), view)
    assert (without.filters, without.sort) == ((), "-name")
    assert ListState.from_query(QueryDict(without.to_query()), view) == without


@pytest.mark.parametrize(
    "name",
    ["password", "owner__password", "__class__", "name__regex", "name; DROP TABLE core_setting", "name' OR 1=1--", "*"],
)
def test_what_a_list_does_not_offer_reaches_no_query(name: str) -> None:
    for state in (ListState(sort=name), ListState(sort=f"-{name}"), ListState(columns=(name,))):
        assert [each.code for each in check(state, HOST, TRUSTED).problems] == ["unknown"]
    found = check(ListState(filters=(Condition(name, "is", ("x",)),)), HOST, TRUSTED)
    assert [(each.part, each.code) for each in found.problems] == [("filter", "unknown")]
    assert found.conditions == [None]
    with pytest.raises(BadListState) as refused:
        apply(ListState(sort=name), Setting.objects.all(), HOST, TRUSTED)
    assert refused.value.status == 422


def test_a_field_that_needs_a_permission_is_refused_without_it() -> None:
    state = ListState(filters=(Condition("secret", "is", ("x",)),), sort="secret", columns=("secret",))
    assert {each.code for each in check(state, HOST, NOBODY).problems} == {"forbidden"}
    assert check(state, HOST, TRUSTED).problems == []
    assert check(state, HOST, TRUSTED).order() == ["value"]


@pytest.mark.parametrize(
    ("asks", "code"),
    [
        (Condition("name", "more", ("1",)), "operator"),
        (Condition("name", "__gt", ("1",)), "operator"),
        (Condition("shown", "is", ("1",)), "operator"),
        (Condition("name", "is", ()), "value"),
        (Condition("name", "is", ("x" * 201,)), "value"),
        (Condition("colour", "any_of", tuple("abc" * 20)), "too_many"),
        (Condition("colour", "is", ("green",)), "value"),
        (Condition("size", "more", ("ten",)), "value"),
        (Condition("size", "between", ("1",)), "value"),
        (Condition("born", "after", ("1405/13/01",)), "value"),
        (Condition("born", "last_days", ("-3",)), "value"),
    ],
)
def test_a_wrong_operator_or_value_is_told(asks: Condition, code: str) -> None:
    problems = check(ListState(filters=(asks,)), HOST, NOBODY).problems
    assert [(each.code, each.at) for each in problems] == [(code, 0)]
    assert problems[0].message


def test_more_filters_than_allowed_are_told() -> None:
    state = ListState(filters=(Condition("name", "is", ("a",)),) * 21)
    assert [each.code for each in check(state, HOST, NOBODY).problems] == ["too_many"]


def test_a_list_that_knows_no_segments_says_so() -> None:
    found = check(ListState(segment=5), HOST, NOBODY)
    assert [each.part for each in found.problems] == ["segment"]


@pytest.mark.django_db
def test_a_segment_that_cannot_be_used_has_nobody() -> None:
    Setting.objects.create(name="list.a", value=1)
    found = check(ListState(segment=5), HOST, NOBODY)
    assert not found.apply(Setting.objects.all(), HOST, NOBODY).exists() and found.state.segment == 5
    with pytest.raises(BadListState):
        apply(ListState(segment=5), Setting.objects.all(), HOST, NOBODY)


def test_values_are_read_as_people_type_them() -> None:
    def read(key: str, op: Op, *values: str) -> Any:
        return parse_value(BY_KEY[key], op, values, NOBODY)

    assert read("size", Op.MORE, "۱٬۲۰۰") == 1200
    assert read("size", Op.BETWEEN, "9", "۳") == [3, 9]
    assert read("price", Op.MORE, "۵۰۰٬۰۰۰ تومان") == 5_000_000
    assert read("born", Op.AFTER, "۱۴۰۵/۰۹/۰۱") == dt.date(2026, 11, 22)
    assert read("born", Op.LAST_DAYS, "۷") == 7
    assert read("colour", Op.ANY_OF, "red", "blue") == ["red", "blue"]
    assert read("name", Op.EMPTY, "whatever") is None


def test_an_address_keeps_values_without_language_and_unit() -> None:
    assert canonical(BY_KEY["price"], Op.MORE, ["500 toman"], NOBODY) == ("5000 rial",)
    assert canonical(BY_KEY["born"], Op.BETWEEN, ["۱ آذر ۱۴۰۵", "1405/08/01"], NOBODY) == ("2026-10-23", "2026-11-22")
    assert canonical(BY_KEY["name"], Op.FILLED, ["x"], NOBODY) == ()


@pytest.mark.django_db
def test_a_state_narrows_a_list_in_its_order() -> None:
    for name in ("list.a", "list.b", "list.c"):
        Setting.objects.create(name=name, value=1)
    state = ListState(filters=(Condition("name", "is", ("list.b",)),), sort="-name")
    rows = apply(state, Setting.objects.all(), HOST, NOBODY)
    assert [row.name for row in rows] == ["list.b"]
    assert check(state, HOST, NOBODY).order() == ["-name"]


def test_a_registered_reader_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = list_state.Reader(search=lambda qs, words, asked: [words], segment=lambda pk, asked: Q(pk=pk))
    monkeypatch.setitem(list_state._readers, HOST, reader)
    assert apply(ListState(q="سلام"), Setting.objects.none(), HOST, NOBODY) == ["سلام"]
