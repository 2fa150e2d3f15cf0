"""Activities of requests: planned from the cartable, listed there, and taken along when requests are merged."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities import selectors, services
from peyvand.activities.models import Activity, Link
from peyvand.activities.types import About, Planned
from peyvand.cartable.events import RequestsMerged
from peyvand.cartable.tests.desk import mailbox, opened
from peyvand.cartable.tests.regrouping import merged, taken_back
from peyvand.core.events import publish
from peyvand.core.models import OutboxDelivery
from tests.cast import Cast
from tests.permissions.house import make_house

KIND = "cartable.Request"
Login = Callable[..., Client]


def test_a_task_is_made_from_a_request_and_listed_there(
    cast: Cast, logged_in: Login, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    request = make_house(cast).request
    page = logged_in(cast.alice)
    place = page.get(reverse("cartable:any", args=[request.code]), follow=True).content.decode()
    address = reverse("activities:about", args=[KIND, request.pk])
    assert address in place
    form = page.get(reverse("activities:new"), {"kind": "task", "about": f"{KIND}:{request.pk}"})
    data = {"kind": "task", "subject": "نقشه فرستاده شود", "owner": cast.alice.pk, "priority": "normal"}
    made = page.post(form.wsgi_request.get_full_path(), data)
    assert made.status_code == 303
    activity = Activity.objects.get(subject="نقشه فرستاده شود")
    assert (activity.party_id, Link.objects.get(activity=activity).record) == (request.party_id, request.pk)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert "نقشه فرستاده شود" in page.get(address).content.decode()
    (linked,) = selectors.linked_records(cast.alice, activity)
    assert request.code in linked.title
    assert selectors.linked_records(cast.charlie, activity) == []
    assert logged_in(cast.charlie).get(address).status_code == 404
    assert page.get(reverse("activities:about", args=["no.Such", 1])).status_code == 404


def test_merged_requests_take_their_activities_along(cast: Cast, drain: Callable[[], int]) -> None:
    request = make_house(cast).request
    planned = Planned(kind="call", subject="تماس", at=timezone.now(), about=[About(kind=KIND, id=request.pk)])
    activity = services.plan(actor=Actor(cast.alice), planned=planned)
    publish(RequestsMerged(request_id=request.pk + 1, merged_ids=(request.pk,), regrouping_id=1))
    drain()
    assert [one.record for one in activity.links.all()] == [request.pk + 1]


def test_a_merge_taken_back_gives_requests_their_activities_back(cast: Cast, drain: Callable[[], int]) -> None:
    channel = mailbox(cast)
    request, other = opened(channel), opened(channel, "another@else.example", subject="بار دوم", text="همان")

    def planned(*about: int) -> Activity:
        links = [About(kind=KIND, id=pk) for pk in about]
        wanted = Planned(kind="call", subject="x", at=timezone.now(), about=links, owner_id=cast.alice.pk)
        return services.plan(actor=None, planned=wanted)

    mine, both, unlinked = planned(other.pk), planned(other.pk, request.pk), planned(other.pk)
    drain()
    made = merged(cast.olivia, request, other)
    drain()
    assert {one.record for one in Link.objects.all()} == {request.pk}
    services.unlink(actor=Actor(cast.alice), activity_id=unlinked.pk, about=About(kind=KIND, id=request.pk))
    taken_back(cast.olivia, made)
    OutboxDelivery.objects.update(state="pending", due_at=timezone.now())  # also when it is delivered once more
    drain()
    drain()
    assert sorted(Link.objects.values_list("activity_id", "record")) == sorted(
        [(mine.pk, other.pk), (both.pk, other.pk), (both.pk, request.pk)]
    )
