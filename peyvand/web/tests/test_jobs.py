"""Pages of long work: one's own, in few questions, and the news of its end."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from peyvand.accounts.models import Notification, User
from peyvand.core.long_jobs import LongJobEnded
from peyvand.core.models import LongJob
from peyvand.web.jobs.shown import ShownJob, duration
from peyvand.web.jobs.telling import tell_owner
from tests.cast import Cast

Login = Callable[[User], Client]
LIST_QUERIES, PAGE_QUERIES = 9, 10


def made(owner: User, **fields: object) -> LongJob:
    values = {"kind": "parties.bulk_edit", "title": "تغییر ۳", "state": "running", "total": 10, "done": 4, "pace": 2.0}
    return LongJob.objects.create(owner=owner, **(values | fields))


def test_a_job_says_how_far_it_is_and_how_long_it_takes(cast: Cast) -> None:
    shown = ShownJob(made(cast.alice, failed=1))
    assert (shown.share, shown.worked, shown.is_open) == (50, 5, True)
    assert shown.left and shown.pace
    assert ShownJob(made(cast.alice, state="done")).share == 100
    assert ShownJob(made(cast.alice, total=None)).share is None


def test_a_length_of_time_is_told_in_one_unit() -> None:
    assert [duration(seconds).split()[0] for seconds in (0, 40, 180, 7200)] == ["۱", "۴۰", "۳", "۲"]


def test_everybody_sees_his_own_work_only(cast: Cast, logged_in: Login) -> None:
    made(cast.alice, title="کار آلاله")
    assert "کار آلاله" in logged_in(cast.alice).get("/jobs/").content.decode()
    assert "کار آلاله" not in logged_in(cast.bob).get("/jobs/").content.decode()


def test_the_pages_ask_few_questions(
    cast: Cast, logged_in: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    jobs = [made(cast.alice) for _number in range(30)]
    browser = logged_in(cast.alice)
    browser.get("/jobs/")
    with django_assert_max_num_queries(LIST_QUERIES):
        browser.get("/jobs/")
    with django_assert_max_num_queries(PAGE_QUERIES):
        browser.get(f"/jobs/{jobs[0].pk}/")


def test_the_progress_of_a_running_job_asks_again_and_that_of_an_ended_one_does_not(
    cast: Cast, logged_in: Login
) -> None:
    browser, running, ended = logged_in(cast.alice), made(cast.alice), made(cast.alice, state="failed", error="بد بود")
    part = browser.get(f"/jobs/{running.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "every 2s" in part
    part = browser.get(f"/jobs/{ended.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in part and "بد بود" in part and 'value="retry"' in part


def test_the_end_of_long_work_is_told_but_not_of_what_was_done_at_once(cast: Cast) -> None:
    tell_owner(LongJobEnded(job_id=made(cast.alice).pk, state="done"))
    tell_owner(LongJobEnded(job_id=made(cast.alice, params={"at_once": True}).pk, state="done"))
    news = Notification.objects.get()
    assert (news.user, news.data) == (cast.alice, {"title": "تغییر ۳"}) and news.url.startswith("/jobs/")


def test_an_unknown_act_is_none(cast: Cast, logged_in: Login) -> None:
    job = made(cast.alice)
    assert logged_in(cast.alice).post(f"/jobs/{job.pk}/act/", {"act": "explode"}).status_code == 404
