"""Rules of segments: what SQL finds is what the rule says, whatever tree it is."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peyvand.accounts.models import Branch, User
from peyvand.accounts.policies import asked_by
from peyvand.core.errors import Invalid
from peyvand.core.models import CustomField
from peyvand.core.record_fields import Asked
from peyvand.core.text import sort_key
from peyvand.parties.models import (
    Category,
    Party,
    PartyFacts,
    PartyNote,
    Profile,
    Relation,
    RelationType,
    Tag,
)
from peyvand.parties.segments import Compiler, Everyone, condition_of, count, read
from peyvand.parties.segments.bits import CONSENTS, ROLES
from peyvand.parties.segments.counting import of_groups, parts
from peyvand.parties.types import Role

pytestmark = pytest.mark.django_db
CITIES = ("تهران", "شیراز", "")
CYCLES = ("potential", "current", "lost")


class People:
    """Twenty parties that differ in everything that the rules ask, with their child rows."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.tags = [Tag.objects.create(name=f"t{n}", norm=f"t{n}") for n in range(3)]
        self.category = Category.objects.create(name="c", norm="c")
        self.kind = RelationType.objects.create(
            code="x_friend", name_fa="x", name_en="x", inverse_fa="y", inverse_en="y"
        )
        self.all = [self._party(n) for n in range(20)]
        self.links = {(a, b) for a, b in ((0, 1), (1, 2), (3, 1), (5, 9), (9, 0), (11, 12))}
        for a, b in self.links:
            Relation.objects.create(type=self.kind, source=self.all[a], target=self.all[b])

    def _party(self, n: int) -> Party:
        party = Party.objects.create(
            name=f"p{n}",
            sort_key=sort_key(f"p{n}"),
            search=f"p{n}",
            city=CITIES[n % 3],
            life_cycle=CYCLES[n % 3 if n % 2 else 0],
            roles=[role for at, role in enumerate(("lead", "customer", "partner")) if n >> at & 1],
            consents=["sms:marketing"] * (n % 2) + ["email:survey"] * (n % 5 == 0),
            tag_ids=[tag.pk for at, tag in enumerate(self.tags) if n >> (at + 1) & 1],
            category=self.category if n % 4 == 1 else None,
            last_contact_at=self.now - dt.timedelta(days=n) if n % 3 else None,
            is_provisional=n % 7 == 0,
            completeness=n * 5,
        )
        if n % 3 != 2:
            born = dt.date(1960 + n, 1, 1) if n % 2 else None
            Profile.objects.create(party=party, birth_date=born, gender="woman" if n % 5 else "")
        for back in range(n % 4):
            note = PartyNote.objects.create(party=party, body="n")
            PartyNote.objects.filter(pk=note.pk).update(created_at=self.now - dt.timedelta(days=back * 10 + n))
        return party

    def holds(self, rule: dict[str, Any], n: int) -> bool:
        """The same question answered without a database."""
        if "field" in rule:
            return FIELDS[rule["field"]](self, n, rule["op"], rule["values"])
        if "aggregate" in rule:
            return self._noted(rule, n)
        if "relation" in rule:
            return self._linked(rule, n)
        asks = [self.holds(each, n) for each in rule["rules"] if not each.get("except") and says(each)]
        found = (any if rule["match"] == "any" else all)(asks) if asks else True
        return found and not any(self.holds(each, n) for each in rule["rules"] if each.get("except") and says(each))

    def _noted(self, rule: dict[str, Any], n: int) -> bool:
        ages = [back * 10 + n for back in range(n % 4)]
        window = rule.get("days")
        number = sum(1 for age in ages if window is None or age < window)
        value = int(rule["values"][0])
        return {"more": number > value, "less": number < value, "is": number == value}[rule["op"]]

    def _linked(self, rule: dict[str, Any], n: int) -> bool:
        others = {b for a, b in self.links if a == n} if rule["side"] in {"from", "both"} else set()
        others |= {a for a, b in self.links if b == n} if rule["side"] in {"to", "both"} else set()
        where = rule.get("where")
        some = any(where is None or self.holds(where, other) for other in others)
        return some if rule["have"] == "some" else not some


def says(rule: dict[str, Any]) -> bool:
    return "rules" not in rule or any(says(each) for each in rule["rules"])


def _listed(read_: Callable[[People, int], set[str]]) -> Callable[[People, int, str, list[str]], bool]:
    def compare(people: People, n: int, op: str, values: list[str]) -> bool:
        mine = read_(people, n)
        found = {"any_of": bool(mine & set(values)), "is": values[:1] == list(mine)[:1] and bool(mine)}
        found |= {"none_of": not found["any_of"], "is_not": not found["is"], "empty": not mine, "filled": bool(mine)}
        return found[op]

    return compare


def _age(people: People, n: int, op: str, values: list[str]) -> bool:
    born = dt.date(1960 + n, 1, 1) if n % 3 != 2 and n % 2 else None
    if op in {"empty", "filled"}:
        return (born is None) == (op == "empty")
    age = None if born is None else timezone.localdate().year - born.year
    return age is not None and (age > int(values[0]) if op == "more" else age < int(values[0]))


def _number(people: People, n: int, op: str, values: list[str]) -> bool:
    return n * 5 > int(values[0]) if op == "more" else n * 5 < int(values[0])


def _contact(people: People, n: int, op: str, values: list[str]) -> bool:
    if op in {"empty", "filled"}:
        return (n % 3 == 0) == (op == "empty")
    return bool(n % 3) and (n <= int(values[0]) if op == "last_days" else n > int(values[0]))


def _name(people: People, n: int, op: str, values: list[str]) -> bool:
    found = {"contains": values[0] in f"p{n}", "is": values[0] == f"p{n}"}
    return not found["is"] if op == "is_not" else found[op]


FIELDS: dict[str, Callable[[People, int, str, list[str]], bool]] = {
    "city": _listed(lambda people, n: {CITIES[n % 3]} - {""}),
    "life_cycle": _listed(lambda people, n: {CYCLES[n % 3 if n % 2 else 0]}),
    "roles": _listed(lambda people, n: {r for at, r in enumerate(("lead", "customer", "partner")) if n >> at & 1}),
    "consents": _listed(
        lambda p, n: ({"sms:marketing"} if n % 2 else set()) | ({"email:survey"} if n % 5 == 0 else set())
    ),
    "category": _listed(lambda people, n: {str(people.category.pk)} if n % 4 == 1 else set()),
    "gender": _listed(lambda people, n: {"woman"} if n % 3 != 2 and n % 5 else set()),
    "age": _age,
    "completeness": _number,
    "last_contact_at": _contact,
    "name": _name,
}
MANY = ("any_of", "none_of", "empty", "filled")
ONE = ("is", "is_not", *MANY)


def _condition(key: str, ops: tuple[str, ...], values: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    def make(op: str, first: str, second: str) -> dict[str, Any]:
        given_ = [] if op in {"empty", "filled"} else [first, second] if op in {"any_of", "none_of"} else [first]
        return {"field": key, "op": op, "values": given_}

    return st.builds(make, st.sampled_from(ops), values, values)


def _rules() -> st.SearchStrategy[dict[str, Any]]:
    leaves = st.one_of(
        _condition("city", ONE, st.sampled_from(CITIES[:2])),
        _condition("life_cycle", ONE[:4], st.sampled_from(CYCLES)),
        _condition("roles", MANY, st.sampled_from(("lead", "customer", "supplier"))),
        _condition("consents", MANY, st.sampled_from(("sms:marketing", "email:survey", "letter:survey"))),
        _condition("gender", ONE, st.sampled_from(("woman", "man"))),
        _condition("age", ("more", "less", "empty", "filled"), st.sampled_from(("50", "60"))),
        _condition("completeness", ("more", "less"), st.sampled_from(("10", "50", "90"))),
        _condition("last_contact_at", ("last_days", "older_days", "empty", "filled"), st.sampled_from(("3", "12"))),
        _condition("name", ("contains", "is", "is_not"), st.sampled_from(("p1", "p7", "zzz"))),
        st.builds(
            lambda op, n, days: {"aggregate": "notes", "op": op, "values": [str(n)]} | ({"days": days} if days else {}),
            st.sampled_from(("more", "less", "is")), st.integers(0, 3), st.sampled_from((None, 5, 20)),
        ),
    )  # fmt: skip
    related = st.builds(
        lambda side, have, where: {"relation": "x_friend", "side": side, "have": have, "where": where},
        st.sampled_from(("from", "to", "both")), st.sampled_from(("some", "none")),
        st.one_of(st.none(), st.builds(lambda leaf: {"match": "all", "rules": [leaf]}, leaves)),
    )  # fmt: skip

    def group(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.builds(
            lambda match, rules, is_except: {"match": match, "rules": rules, "except": is_except},
            st.sampled_from(("all", "any")), st.lists(inner, max_size=4), st.booleans(),
        )  # fmt: skip

    leaf = leaves | related
    return group(leaf | group(leaf | group(leaf)))


@pytest.fixture
def people(db: None) -> Iterator[People]:
    yield People()


def everyone() -> Asked:
    return Asked(who=Everyone(), now=timezone.now())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=_rules())
def test_the_database_finds_whom_the_rule_means(people: People, rule: dict[str, Any]) -> None:
    expected = {people.all[n].pk for n in range(20) if people.holds(rule | {"except": False}, n)}
    group = read(rule | {"except": False})
    assert set(Party.objects.filter(condition_of(group, everyone())).values_list("pk", flat=True)) == expected
    assert count(group, everyone()) == len(expected) == sum(parts(group, everyone()).values())
    whole, _groups = of_groups(group, everyone())
    assert whole == 20


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    (
                        "match",
                        "rules",
                        "except",
                        "field",
                        "op",
                        "values",
                        "relation",
                        "where",
                        "aggregate",
                        "days",
                        "name",
                    )
                ),
                inner
                | st.sampled_from(("all", "any", "city", "is", "notes", "more", "x_friend", "id", "owner__password")),
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_sent_as_a_rule_is_counted_or_refused(data: Any, db: None) -> None:
    try:
        count(read(data), everyone())
    except Invalid as error:
        assert error.fields


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"field": "no_such", "op": "is", "values": ["1"]}, "rules.0"),
        ({"field": "owner__password", "op": "is", "values": ["1"]}, "rules.0"),
        ({"field": "city", "op": "more", "values": ["1"]}, "rules.0"),
        ({"field": "age", "op": "more", "values": ["many"]}, "rules.0"),
        ({"field": "life_cycle", "op": "is", "values": ["asleep"]}, "rules.0"),
        ({"aggregate": "no_such", "op": "more", "values": ["1"]}, "rules.0"),
        ({"aggregate": "people", "op": "more", "values": ["1"], "days": 5}, "rules.0"),
        ({"relation": "no_such"}, "rules.0"),
        ({"relation": "any", "where": {"rules": [{"field": "no_such", "op": "is"}]}}, "rules.0.where.rules.0"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named_by_its_path(rule: dict[str, Any], path: str) -> None:
    with pytest.raises(Invalid) as caught:
        count(read({"rules": [rule]}), everyone())
    assert path in caught.value.fields


def test_groups_deeper_than_four_and_more_than_sixty_conditions_are_refused() -> None:
    deep: dict[str, Any] = {"rules": []}
    for _n in range(4):
        deep = {"rules": [deep]}
    with pytest.raises(Invalid):
        read(deep)
    one = {"field": "city", "op": "is", "values": ["x"]}
    assert read({"rules": [one] * 60})
    with pytest.raises(Invalid):
        read({"rules": [{"rules": [one] * 31}, {"rules": [one] * 30}]})
    with pytest.raises(Invalid):
        read({"rules": [{"field": "city", "op": "is", "values": ["x" * 201]}]})


def test_what_is_read_is_written_back() -> None:
    data = {
        "match": "any",
        "rules": [
            {"field": "city", "op": "is", "values": ["x"]},
            {"aggregate": "notes", "op": "more", "values": ["1"], "days": 9},
            {"relation": "any", "side": "to", "have": "none", "where": {"match": "all", "rules": []}},
            {"match": "all", "rules": [], "except": True, "name": "n"},
        ],
    }
    assert read(data).to_json() == data
    assert read({"rules": [{"field": "age", "op": "more", "value": 3}]}).to_json()["rules"][0]["values"] == ["3"]


def test_every_role_and_consent_has_its_bit(db: None) -> None:
    assert set(ROLES) == {str(role) for role in Role}
    party = Party.objects.create(name="p")
    for column, words in (("roles", ROLES), ("consents", CONSENTS)):
        for at, word in enumerate(words):
            Party.objects.filter(pk=party.pk).update(**{column: [word]})
            assert getattr(PartyFacts.objects.get(pk=party.pk), f"{column[:-1]}_bits") == 1 << at


def test_the_copy_follows_the_party_and_goes_with_it(people: People) -> None:
    party = people.all[0]
    Party.objects.filter(pk=party.pk).update(city="قم", tag_ids=[5])
    facts = PartyFacts.objects.get(pk=party.pk)
    assert (facts.city, facts.tag_ids) == ("قم", [5])
    Party.objects.filter(pk=party.pk).update(deleted_at=timezone.now())
    assert count(read({}), everyone()) == 19
    party.delete()
    assert PartyFacts.objects.count() == 19


def test_a_reader_counts_only_whom_he_sees(people: People, charlie: Any) -> None:
    asked = asked_by(charlie)
    assert count(read({}), asked) == 0
    Party.objects.filter(pk=people.all[1].pk).update(branch=charlie.branch)
    assert count(read({}), asked) == 1
    # the other side of a relation must be visible too
    linked = {"rules": [{"relation": "x_friend"}]}
    assert count(read(linked), asked) == 0
    Party.objects.filter(pk=people.all[0].pk).update(branch=charlie.branch)
    assert count(read(linked), asked) == 2


def test_unless_keeps_those_who_lack_a_custom_field(people: People) -> None:
    number = CustomField.objects.create(host="parties.Party", kind="number", label="n", norm="n")
    choices = [{"id": 1, "fa": "a", "en": "a"}, {"id": 2, "fa": "b", "en": "b"}]
    choice = CustomField.objects.create(host="parties.Party", kind="choice", label="c", norm="c", choices=choices)
    for n, value in ((1, {str(number.pk): 5, str(choice.pk): 1}), (2, {str(number.pk): 50, str(choice.pk): 2})):
        Party.objects.filter(pk=people.all[n].pk).update(custom=value)
    more = {"field": f"custom:{number.pk}", "op": "more", "values": ["10"]}
    either = {"field": f"custom:{choice.pk}", "op": "any_of", "values": ["1", "2"]}
    one = {"field": f"custom:{choice.pk}", "op": "none_of", "values": ["1"]}
    for condition, expected in ((more, 1), (either, 2), (one, 19)):
        assert count(read({"rules": [condition]}), everyone()) == expected
        assert count(read({"rules": [{"except": True, "rules": [condition]}]}), everyone()) == 20 - expected
        whole = Compiler(everyone()).checked(read({"rules": [{"except": True, "rules": [condition]}]}))
        assert Party.objects.filter(whole).count() == 20 - expected


@pytest.mark.parametrize(
    ("field", "op", "values"),
    [
        ("life_cycle", "any_of", ["lost"]),
        ("roles", "none_of", ["lead"]),
        ("consents", "any_of", ["sms:marketing"]),
        ("tags", "none_of", ["1"]),
        ("category", "empty", []),
        ("branch", "any_of", ["1"]),
        ("owner", "none_of", ["1"]),
        ("age", "more", ["20"]),
        ("created_at", "last_days", ["9"]),
        ("last_contact_at", "empty", []),
        ("custom", "any_of", ["1", "2"]),
    ],
)
def test_what_segments_ask_most_is_asked_of_the_narrow_copy_alone(
    people: People, field: str, op: str, values: list[str]
) -> None:
    choices = [{"id": 1, "fa": "a", "en": "a"}, {"id": 2, "fa": "b", "en": "b"}]
    choice = CustomField.objects.create(host="parties.Party", kind="choice", label="c", norm="c", choices=choices)
    known = {"tags": str(people.tags[0].pk), "branch": str(Branch.objects.create(name="b", path="/b/").pk)}
    known["owner"] = str(User.objects.create(username="u").pk)
    key = f"custom:{choice.pk}" if field == "custom" else field
    rule = read({"rules": [{"field": key, "op": op, "values": [known.get(field, each) for each in values]}]})
    assert "EXISTS" not in str(PartyFacts.objects.filter(Compiler(everyone(), of_facts=True).checked(rule)).query)
