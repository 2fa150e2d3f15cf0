"""The knowledge base: found in any spelling, suggested from a request, public only when it is meant to be."""

from collections.abc import Callable

import pytest
from django.test import Client

from peyvand.accounts.models import User
from peyvand.cartable import knowledge, services
from peyvand.cartable.models import Article, Request, Topic
from peyvand.cartable.selectors.knowledge import found, suggested
from peyvand.cartable.services.knowledge import ArticleDetails
from peyvand.cartable.tests.desk import as_actor, mailbox, opened
from peyvand.cartable.views import help as pages
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import Cast

Login = Callable[[User], Client]
TEXTS = {
    "مرجوع کردن کالا": "اگر کالا معیوب است تا هفت روز آن را برگردانید. هزینهٔ پستِ مرجوعی با ماست.",
    "زمان تحویل سفارش": "سفارش‌های تهران دو روزه و شهرستان‌ها چهار روزه تحویل می‌شوند. تأخیر در تحویل را به ما بگویید.",
    "گارانتی دستگاه": "گارانتی همهٔ دستگاه‌ها هجده ماه است و با کد رهگیری فعال می‌شود.",
    "تغییر گذرواژه": "در صفحهٔ ورود روی «فراموشی گذرواژه» بزنید.",
    "Payment by card": "Cards of all banks are accepted; refunds take three days.",
}


def written(user: User, title: str = "یک", body: str = "متن", **more: str) -> Article:
    details = ArticleDetails(title=title, body=body, **{"state": "published", **more})  # type: ignore[arg-type]
    return services.save_article(actor=as_actor(user), details=details)


@pytest.fixture
def library(cast: Cast) -> dict[str, Article]:
    return {title: written(cast.ada, title, body, audience="public") for title, body in TEXTS.items()}


def titles(typed: str) -> list[str]:
    return [one.title for one in found(Article.objects.public(), typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("كالاي مرجوعي", "مرجوع کردن کالا"),
        ("سفارشهای تهران", "زمان تحویل سفارش"),
        ("گارانت", "گارانتی دستگاه"),
        ("تاخیر تحویل", "زمان تحویل سفارش"),
        ("REFUND", "Payment by card"),
        ("گذرواژه‌ام", "تغییر گذرواژه"),
    ],
)
def test_articles_are_found_in_any_spelling(library: dict[str, Article], typed: str, first: str) -> None:
    assert titles(typed)[0] == first


@pytest.mark.parametrize("typed", ["' | x", "a:*", "!(", "\\", "&", "از", "نیست‌درجهان"])
def test_no_sign_breaks_the_search(library: dict[str, Article], typed: str) -> None:
    assert "مرجوع کردن کالا" not in titles(typed)


@pytest.mark.parametrize(
    ("subject", "text", "first"),
    [
        ("سفارشم نرسیده", "سلام. سفارش من قرار بود دیروز تحویل شود اما تأخیر دارد.", "زمان تحویل سفارش"),
        ("خرابی", "دستگاهی که خریدم خراب شده. گارانتی دارد؟ کد رهگیری را هم دارم.", "گارانتی دستگاه"),
        ("کالای معیوب", "کالایی که فرستادید معیوب است و می‌خواهم آن را مرجوع کنم", "مرجوع کردن کالا"),
    ],
)
def test_what_fits_a_request_is_suggested(
    cast: Cast, library: dict[str, Article], subject: str, text: str, first: str
) -> None:
    request = opened(mailbox(cast), subject=subject, text=text)
    assert suggested(as_actor(cast.alice), request)[0].title == first


def test_nothing_is_suggested_rather_than_anything(cast: Cast, library: dict[str, Article]) -> None:
    request = opened(mailbox(cast), subject="سلام", text="با سلام و احترام. لطفاً به من زنگ بزنید. متشکرم")
    assert suggested(as_actor(cast.alice), request) == []


def test_a_draft_and_what_is_ours_are_nobody_else_s(cast: Cast) -> None:
    draft, ours = written(cast.ada, "نیم‌کاره", state="draft", audience="public"), written(cast.ada, "درونی")
    shown = written(cast.ada, "همگانی", audience="public")
    browser = Client()
    page = browser.get("/help/").content.decode()
    assert "همگانی" in page and "نیم‌کاره" not in page and "درونی" not in page
    for hidden in (draft, ours):
        assert browser.get(f"/help/{hidden.pk}/").status_code == 404
        assert browser.post(f"/help/{hidden.pk}/said/", {"helped": "yes"}).status_code == 404
    assert browser.get(f"/help/{shown.pk}/").status_code == 200
    assert set(Article.objects.visible_to(as_actor(cast.alice))) == {ours, shown}
    services.delete_article(actor=as_actor(cast.ada), article_id=shown.pk)
    assert browser.get(f"/help/{shown.pk}/").status_code == 404
    services.restore_article(actor=as_actor(cast.ada), article_id=shown.pk)
    assert browser.get(f"/help/{shown.pk}/").status_code == 200


def test_only_who_may_writes(cast: Cast) -> None:
    article = written(cast.ada)
    for act in (
        lambda actor: services.save_article(actor=actor, details=ArticleDetails(title="x", body="x")),
        lambda actor: services.delete_article(actor=actor, article_id=article.pk),
        lambda actor: services.restore_version(actor=actor, article_id=article.pk, number=1),
        lambda actor: services.save_topic(actor=actor, topic=None, name_fa="x", name_en="x"),
    ):
        with pytest.raises(NotAllowed):
            act(as_actor(cast.bob))
    assert Article.objects.get().title == "یک" and not Topic.objects.exists()


def test_every_text_is_kept_and_can_come_back(cast: Cast) -> None:
    article, ada = written(cast.ada, "یک", "نخست"), as_actor(cast.ada)
    details = ArticleDetails(title="دو", body="دوم", state="published")
    services.save_article(actor=ada, details=details, article_id=article.pk, expected_version=1)
    with pytest.raises(Conflict):
        services.save_article(actor=ada, details=details, article_id=article.pk, expected_version=1)
    services.restore_version(actor=ada, article_id=article.pk, number=1)
    article.refresh_from_db()
    assert (article.title, article.body, article.version) == ("یک", "نخست", 3)
    assert [one.title for one in article.versions.order_by("number")] == ["یک", "دو", "یک"]
    with pytest.raises(NotFound):
        services.restore_version(actor=ada, article_id=article.pk, number=9)
    assert found(Article.objects.all(), "نخست") == [article] and found(Article.objects.all(), "دوم") == []


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"state": "x"}, {"audience": "x"}, {"language": "de"}, {"title": "x" * 201}]
)
def test_what_cannot_be_an_article_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        written(cast.ada, **{"title": "یک", **wrong})


def test_marks_become_html_and_all_else_stays_text() -> None:
    body = "# سر\nمتن **درشت** <script>\nhttps://x.example/?a=1&b=2.\n\n- یک\n- دو\n1. سه"
    html = knowledge.html(body)
    assert "<script>" not in html and "&lt;script&gt;" in html and "<b>درشت</b>" in html
    assert 'href="https://x.example/?a=1&amp;b=2"' in html
    assert html.count("<ul>") == html.count("</ul>") == 1 and html.count("<li") == 3 and html.count("<ol>") == 1
    assert html.startswith('<h2 dir="auto">سر</h2><p dir="auto">متن')
    assert knowledge.plain(body).startswith("سر\nمتن درشت <script>")
    assert 'href="javascript' not in knowledge.html("javascript:alert(1) [x](javascript:1)")


def test_readers_say_whether_it_helped_a_few_times(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    article = written(cast.ada, audience="public")
    monkeypatch.setattr(pages, "SAYS_PER_PLACE", 3)
    said = [
        Client().post(f"/help/{article.pk}/said/", {"helped": word}).status_code for word in ("yes", "no", "yes", "yes")
    ]
    article.refresh_from_db()
    assert said[:3] == [200, 200, 200] and said[3] == 429 and (article.helped, article.not_helped) == (2, 1)


def test_the_public_page_is_limited_and_speaks_both_languages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    written(cast.ada, "همگانی", audience="public")
    assert 'dir="ltr"' in Client().get("/help/?lang=en").content.decode()
    assert "How can we help?" in Client().get("/help/?lang=en").content.decode()
    assert "چه کمکی" in Client().get("/help/?lang=fa").content.decode()
    monkeypatch.setattr(pages, "PER_PLACE", 1)
    assert Client().get("/help/").status_code == 429


def test_articles_are_written_on_their_page(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.ada)
    browser.post("/cartable/articles/topics/", {"name_fa": "تحویل", "name_en": "Delivery", "is_active": "on"})
    data = {"title": "یک", "body": "متن", "language": "fa", "audience": "public", "state": "published"}
    answer = browser.post("/cartable/articles/new/", {**data, "topic": Topic.objects.get().pk})
    article = Article.objects.get()
    assert answer.status_code == 303 and article.topic == Topic.objects.get()
    assert (
        browser.post(f"/cartable/articles/{article.pk}/edit/", {**data, "title": "دو", "version": "1"}).status_code
        == 303
    )
    assert browser.post(f"/cartable/articles/{article.pk}/edit/", {**data, "version": "1"}).status_code == 422
    page = browser.get(f"/cartable/articles/{article.pk}/").content.decode()
    assert f"/cartable/articles/{article.pk}/versions/1/" in page and f"/help/{article.pk}/" in page
    assert "یک" in browser.get(f"/cartable/articles/{article.pk}/versions/1/").content.decode()
    assert "versions/1/" not in logged_in(cast.alice).get(f"/cartable/articles/{article.pk}/").content.decode()


def test_an_article_is_inserted_as_text_or_as_a_link(cast: Cast, logged_in: Login) -> None:
    request, browser = opened(mailbox(cast)), logged_in(cast.olivia)
    shown, ours = written(cast.ada, "همگانی", "# سر\nمتن", audience="public"), written(cast.ada, "درونی")
    address = f"/cartable/{request.code}/inserts/articles/{shown.pk}/"
    assert browser.get(address).json() == {"text": "سر\nمتن"}
    assert browser.get(f"{address}?as=link").json()["text"].endswith(f"/help/{shown.pk}/")
    assert browser.get(f"/cartable/{request.code}/inserts/articles/{ours.pk}/?as=link").status_code == 404


def test_lists_of_articles_cost_the_same_at_any_length(
    cast: Cast, library: dict[str, Article], logged_in: Login, django_assert_max_num_queries: Callable
) -> None:
    browser = logged_in(cast.alice)
    browser.get("/cartable/articles/")
    with django_assert_max_num_queries(6):
        browser.get("/cartable/articles/?q=کالا")
    with django_assert_max_num_queries(14):  # ten of them count how often this place asks
        Client().get("/help/")
    request = opened(mailbox(cast))
    with django_assert_max_num_queries(5):
        suggested(as_actor(cast.ada), Request.objects.get(pk=request.pk))
