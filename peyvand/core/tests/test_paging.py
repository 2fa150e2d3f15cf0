"""Keyset paging: nothing shown twice, nothing left out, in both directions, whatever is inserted meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from peyvand.core.models import OutboxDelivery, OutboxEvent
from peyvand.core.paging import BadCursor, Page, keyset_page

pytestmark = pytest.mark.django_db
ORDERS = [
    ("id",),
    ("-id",),
    ("claimed_at", "id"),
    ("-claimed_at", "id"),
    ("claimed_at", "-reaction"),
    ("event__name", "-claimed_at"),
    ("attempt", "done_at"),
]


def deliveries(count: int = 23) -> None:
    now = timezone.now()
    events = [OutboxEvent.objects.create(name=name, payload={}) for name in ("b", "a", "c")]
    OutboxDelivery.objects.bulk_create(
        OutboxDelivery(
            event=events[i % 3],
            reaction=f"r{i:03}",
            queue="inbound",
            attempt=i % 2,
            due_at=now,
            claimed_at=None if i % 4 == 0 else now + timedelta(seconds=i % 5),
        )
        for i in range(count)
    )


def page(order: tuple[str, ...], **kwargs: Any) -> Page[OutboxDelivery]:
    return keyset_page(OutboxDelivery.objects.select_related("event"), order=order, size=5, **kwargs)


@pytest.mark.parametrize("empty_last", [False, True])
@pytest.mark.parametrize("order", ORDERS)
def test_every_row_comes_once_forward_and_the_same_way_back(order: tuple[str, ...], empty_last: bool) -> None:
    deliveries()
    rows = OutboxDelivery.objects.all()
    full = [d.pk for d in keyset_page(rows, order=order, size=200, empty_last=empty_last).items]
    assert len(full) == 23
    pages, at = [page(order, empty_last=empty_last)], None
    while pages[-1].next:
        at = pages[-1].next
        pages.append(page(order, after=at, empty_last=empty_last))
    assert [d.pk for p in pages for d in p.items] == full
    back = [pages[-1]]
    while back[-1].previous:
        back.append(page(order, before=back[-1].previous, empty_last=empty_last))
    assert [d.pk for p in reversed(back) for d in p.items] == full
    assert pages[0].previous is None and back[-1].previous is None


def test_rows_inserted_and_deleted_meanwhile_move_nothing() -> None:
    deliveries()
    first = page(("reaction",))
    event = OutboxEvent.objects.create(name="d", payload={})
    OutboxDelivery.objects.create(event=event, reaction="r0000", queue="inbound", due_at=timezone.now())
    first.items[-1].delete()
    second = page(("reaction",), after=first.next)
    assert [d.reaction for d in second.items] == ["r005", "r006", "r007", "r008", "r009"]


def test_nulls_come_last_ascending_and_first_descending() -> None:
    deliveries(8)
    rows = OutboxDelivery.objects.all()
    assert [d.claimed_at is None for d in keyset_page(rows, order=("claimed_at",)).items] == [False] * 6 + [True] * 2
    assert [d.claimed_at is None for d in keyset_page(rows, order=("-claimed_at",)).items] == [True] * 2 + [False] * 6


def test_nulls_can_come_last_in_both_directions() -> None:
    deliveries(8)
    for order in ("claimed_at",), ("-claimed_at",):
        found = keyset_page(OutboxDelivery.objects.all(), order=order, empty_last=True)
        assert [d.claimed_at is None for d in found.items] == [False] * 6 + [True] * 2


def test_a_page_is_one_query_without_count(django_assert_num_queries: object) -> None:
    deliveries()
    after = page(("claimed_at",)).next
    with django_assert_num_queries(1) as seen:  # type: ignore[operator]  # a pytest fixture
        page(("claimed_at",), after=after)
    assert "COUNT" not in seen.captured_queries[0]["sql"].upper()


@pytest.mark.parametrize("broken", ["x", "a:b", "", "\x00", "é" * 50])
def test_a_forged_cursor_is_refused(broken: str) -> None:
    deliveries(6)
    genuine = page(("id",)).next
    assert genuine
    with pytest.raises(BadCursor):
        page(("id",), after=genuine + (broken or "A"))


def test_a_cursor_of_another_order_is_refused() -> None:
    deliveries(6)
    with pytest.raises(BadCursor):
        page(("-id",), after=page(("id",)).next)
    with pytest.raises(BadCursor):
        keyset_page(OutboxEvent.objects.all(), order=("id",), after=page(("id",)).next)


def test_an_empty_list_has_no_neighbours_and_size_is_bounded() -> None:
    assert page(("id",)) == Page()
    deliveries(6)
    assert len(keyset_page(OutboxDelivery.objects.all(), order=("id",), size=0).items) == 1
    assert len(keyset_page(OutboxDelivery.objects.all(), order=("id",), size=10**9).items) == 6
