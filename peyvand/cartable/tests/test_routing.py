"""Where a new request goes."""

from peyvand.cartable.routing import Asked, ChannelFacts, KindFacts, Places, kind_of, route
from peyvand.core.text import search_norm

KINDS = [
    KindFacts(id=1, department_id=30, words=("شکایت", "اعتراض")),
    KindFacts(id=2, department_id=None, words=("قیمت",)),
]
PLACES = Places(departments={10: 1, 20: 1, 30: 1, 40: 2}, officers=frozenset({5}))
RELATIONS = ChannelFacts(branch_id=1, department_id=10, officer_id=5)


def test_words_name_the_kind_but_not_inside_other_words() -> None:
    assert kind_of(search_norm("سلام، شكايت دارم"), KINDS) == KINDS[0]
    assert kind_of(search_norm("بی‌قیمت"), [KindFacts(id=2, words=("یمت",))]) is None
    assert kind_of("", KINDS) is None


def test_the_channels_department_reads_first_and_the_kind_is_noted() -> None:
    found = route(Asked(text="شکایت از تاخیر"), RELATIONS, KINDS, PLACES)
    assert found is not None
    assert (found.department_id, found.branch_id, found.kind_id, found.officer_id, found.reason) == (
        10,
        1,
        1,
        5,
        "channel",
    )


def test_kinds_decide_where_the_channel_says_so() -> None:
    channel = ChannelFacts(branch_id=1, department_id=10, kinds_decide=True)
    found = route(Asked(text="شکایت"), channel, KINDS, PLACES)
    assert found is not None and (found.department_id, found.reason) == (30, "kind")


def test_what_was_asked_for_comes_first() -> None:
    found = route(Asked(text="شکایت", department_id=40, kind_id=2), RELATIONS, KINDS, PLACES)
    assert found is not None and (found.department_id, found.branch_id, found.kind_id) == (40, 2, 2)


def test_closed_departments_and_gone_officers_receive_nothing() -> None:
    channel = ChannelFacts(branch_id=2, department_id=99, officer_id=6)
    found = route(Asked(department_id=98), channel, KINDS, PLACES)
    assert found is not None and (found.department_id, found.officer_id, found.reason) == (40, None, "branch")


def test_work_never_falls_into_a_hole() -> None:
    assert route(Asked(), None, [], PLACES) is not None
    lost = ChannelFacts(branch_id=9)
    assert route(Asked(party_branch_id=2), lost, [], PLACES).department_id == 40  # type: ignore[union-attr]
    assert route(Asked(), lost, [], Places()) is None
