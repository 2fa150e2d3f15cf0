"""Views that people keep: their own to change, read by those they are shared with."""

import pytest

from peyvand.api.testing import make_department, make_user
from peyvand.core import saved_views
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.list_state import Condition, ListState
from peyvand.core.saved_views import (
    NameTaken,
    SavedList,
    change_view,
    create_view,
    delete_view,
    order_views,
    restore_view,
    state_of,
    views_of,
)

pytestmark = pytest.mark.django_db
STATE = ListState(filters=(Condition("city", "is", ("تهران",)),), sort="-name", columns=("name", "city"))


@pytest.fixture(autouse=True)
def known_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(saved_views._lists, "sample", SavedList("sample", "tests.Sample", ""))


def test_a_view_keeps_its_state() -> None:
    alice = make_user()
    view = create_view(owner=alice, list_key="sample", name="  تهران ", state=STATE)
    assert (view.name, state_of(view)) == ("تهران", STATE.but(view=str(view.pk)))


def test_a_view_is_read_by_those_it_is_shared_with() -> None:
    tehran, shiraz = make_department(), make_department()
    alice, bob, charlie = make_user(tehran), make_user(tehran), make_user(shiraz)
    for shared, readers in (
        ("nobody", {alice}),
        ("department", {alice, bob}),
        ("branch", {alice, bob}),
        ("all", {alice, bob, charlie}),
    ):
        view = create_view(owner=alice, list_key="sample", name=shared, state=STATE, shared=shared)
        assert {user for user in (alice, bob, charlie) if view in views_of(user, "sample")} == readers, shared


def test_only_the_owner_changes_a_view() -> None:
    department = make_department()
    alice, bob = make_user(department), make_user(department)
    view = create_view(owner=alice, list_key="sample", name="a", state=STATE, shared="all")
    for attempt in (
        lambda: change_view(owner=bob, view_id=view.pk, name="b"),
        lambda: delete_view(owner=bob, view_id=view.pk),
        lambda: order_views(owner=bob, list_key="sample", view_ids=[view.pk]),
    ):
        with pytest.raises(NotFound):
            attempt()
    changed = change_view(owner=alice, view_id=view.pk, version=1, name="b", state=ListState(), shared="nobody")
    assert (changed.name, changed.version, changed.place_id) == ("b", 2, None)
    with pytest.raises(Conflict):
        change_view(owner=alice, view_id=view.pk, version=1, name="c")


def test_a_deleted_view_comes_back_beside_a_newer_one_of_its_name() -> None:
    alice, bob = make_user(), make_user()
    view = create_view(owner=alice, list_key="sample", name="a", state=STATE, shared="all")
    delete_view(owner=alice, view_id=view.pk)
    assert not views_of(alice, "sample").exists()
    with pytest.raises(NotFound):
        restore_view(owner=bob, view_id=view.pk)
    create_view(owner=alice, list_key="sample", name="a", state=STATE)
    assert restore_view(owner=alice, view_id=view.pk).name == "a 2"
    with pytest.raises(NotFound):
        restore_view(owner=alice, view_id=view.pk)


def test_views_stand_in_the_order_their_owner_chose() -> None:
    alice = make_user()
    first, second, third = (create_view(owner=alice, list_key="sample", name=n, state=STATE) for n in "abc")
    order_views(owner=alice, list_key="sample", view_ids=[third.pk, first.pk])
    assert list(views_of(alice, "sample")) == [third, first, second]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 81}, {"name": "\u200f \x00"}, {"shared": "world"}, {"list_key": "nothing"}],
)
def test_what_is_no_view_is_refused(wrong: dict[str, str]) -> None:
    given = {"name": "a", "shared": "nobody", "list_key": "sample"} | wrong
    with pytest.raises(Invalid):
        create_view(owner=make_user(), state=STATE, **given)


def test_a_name_is_used_once() -> None:
    alice = make_user()
    create_view(owner=alice, list_key="sample", name="a", state=STATE)
    with pytest.raises(NameTaken):
        create_view(owner=alice, list_key="sample", name=" a ", state=STATE)


def test_who_has_no_place_shares_with_everybody_or_nobody() -> None:
    alice = make_user()
    alice.department_id = alice.branch_id = None
    with pytest.raises(Invalid):
        create_view(owner=alice, list_key="sample", name="a", state=STATE, shared="branch")
