"""Relations: both sides, periods, loops, and the organisation that follows them."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone, translation

from peyvand.accounts.models import User
from peyvand.core.errors import NotAllowed
from peyvand.parties.errors import EndsBeforeStart, RelatedAlready, RelationLoop, RelationMisfit, RelationOfOne
from peyvand.parties.models import Party, Relation, RelationType
from peyvand.parties.selectors.relations import choices_for, links_of
from peyvand.parties.services.relations import (
    Terms,
    change_relation,
    end_relation,
    ensure_relation_types,
    relate,
    remove_relation,
)

Make = Callable[..., Party]


@pytest.fixture
def make(alice: User) -> Make:
    """Make a customer of alice's branch."""
    ensure_relation_types()

    def build(name: str, kind: str = "person", **values: object) -> Party:
        fields = {"branch": alice.branch, "owner": alice} | values
        return Party.objects.create(name=name, kind=kind, sort_key=name, **fields)

    return build


def labels(who: User, party: Party) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(link.label, link.other.name) for link in links_of(who, party)]


def test_a_relation_reads_from_both_sides(alice: User, make: Make) -> None:
    sara, arman = make("sara"), make("arman", "organisation")
    relate(actor=alice, party=sara, other=arman, code="employee", is_source=False)
    assert labels(alice, sara) == [("Employer", "arman")]
    assert labels(alice, arman) == [("Employee", "sara")]


def test_the_organisation_of_a_person_follows_the_relation(alice: User, make: Make) -> None:
    sara, arman, other = make("sara"), make("arman", "organisation"), make("other", "organisation")
    relation = relate(actor=alice, party=arman, other=sara, code="employee", is_source=True)
    sara.refresh_from_db()
    assert sara.organisation == arman
    end_relation(actor=alice, party=sara, relation=relation)
    sara.refresh_from_db()
    assert sara.organisation is None
    for employer in (other, arman):
        relate(actor=alice, party=sara, other=employer, code="employee", is_source=False)
    sara.refresh_from_db()
    assert sara.organisation == arman


def test_a_symmetric_relation_is_stored_once(alice: User, make: Make) -> None:
    sara, reza = make("sara"), make("reza")
    relate(actor=alice, party=reza, other=sara, code="spouse", is_source=True)
    with pytest.raises(RelatedAlready):
        relate(actor=alice, party=sara, other=reza, code="spouse", is_source=True)
    assert labels(alice, sara) == [("Spouse", "reza")]


def test_a_circle_is_refused_in_a_tree_and_only_while_it_would_hold(alice: User, make: Make) -> None:
    one, two, three = (make(name, "organisation") for name in ("one", "two", "three"))
    relate(actor=alice, party=two, other=one, code="parent_company", is_source=True)
    chain = relate(actor=alice, party=three, other=two, code="parent_company", is_source=True)
    with pytest.raises(RelationLoop):
        relate(actor=alice, party=one, other=three, code="parent_company", is_source=True)
    end_relation(actor=alice, party=three, relation=chain)
    relate(actor=alice, party=one, other=three, code="parent_company", is_source=True)


def test_what_makes_no_sense_is_refused(alice: User, make: Make) -> None:
    sara, reza = make("sara"), make("reza")
    with pytest.raises(RelationMisfit):
        relate(actor=alice, party=sara, other=reza, code="employee", is_source=False)
    with pytest.raises(RelationOfOne):
        relate(actor=alice, party=sara, other=sara, code="spouse", is_source=False)
    relation = relate(actor=alice, party=sara, other=reza, code="friend", is_source=False)
    today = timezone.localdate()
    with pytest.raises(EndsBeforeStart):
        terms = Terms(since=today, until=today - dt.timedelta(days=1))
        change_relation(actor=alice, party=sara, relation=relation, terms=terms)


def test_both_sides_must_be_in_sight(alice: User, charlie: User, make: Make) -> None:
    sara, far = make("sara"), make("far", branch=charlie.branch, owner=charlie)
    for actor, party, other in ((alice, sara, far), (alice, far, sara), (charlie, sara, far)):
        with pytest.raises(NotAllowed):
            relate(actor=actor, party=party, other=other, code="friend", is_source=False)
    relation = relate(actor=None, party=sara, other=far, code="friend", is_source=False)
    assert labels(alice, sara) == []
    with pytest.raises(NotAllowed):
        remove_relation(actor=alice, party=sara, relation=relation)
    assert Relation.objects.count() == 1


def test_what_another_may_be_fits_the_kind_of_the_customer(make: Make) -> None:
    with translation.override("en"):
        household = dict(choices_for(make("home", "household")))
        person = dict(choices_for(make("sara")))
    assert household["member:in"] == "Member of household" and "member:out" not in household
    assert person["employee:out"] == "Employer" and "employee:in" not in person


def test_starting_kinds_are_made_once_and_stay_as_they_were_changed(make: Make) -> None:
    ensure_relation_types()
    RelationType.objects.filter(code="friend").update(name_en="Pal")
    ensure_relation_types()
    assert RelationType.objects.get(code="friend").name_en == "Pal"
