"""The knowledge base: articles written, published, taken back to an earlier text, thrown away; what readers say."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import require, require_everywhere
from peyvand.cartable import knowledge
from peyvand.cartable.models import Article, ArticleVersion, Topic
from peyvand.cartable.models.knowledge import WRITE
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.text import display_norm, display_text

TITLE, BODY = 200, 60_000


@dataclass(frozen=True, kw_only=True)
class ArticleDetails:
    """An article as it is written. `state` and `audience` are those of `Article`, `language` «fa» or «en»."""

    title: str
    body: str
    topic_id: int | None = None
    language: str = "fa"
    state: str = "draft"
    audience: str = "internal"


@transaction.atomic
def save_article(
    *, actor: Actor, details: ArticleDetails, article_id: int | None = None, expected_version: int | None = None
) -> Article:
    """Write an article or change one; every change is kept as a version. Asks `cartable.knowledge`.

    expected_version: that the page showed. Raises Conflict, NotFound, Invalid (empty, too long, unknown words).
    """
    require(actor, WRITE)
    article = Article(created_by=actor.user) if article_id is None else _lock(article_id)
    if expected_version is not None and article.pk and article.version != expected_version:
        raise Conflict
    _take(article, details)
    return _store(actor.user, article)


def _lock(article_id: int, *, deleted: bool = False) -> Article:
    rows = Article.objects.select_for_update().filter(pk=article_id, deleted_at__isnull=not deleted)
    article = rows.first()
    if article is None:
        raise NotFound
    return article


def _take(article: Article, details: ArticleDetails) -> None:
    article.title, article.body = display_norm(details.title), display_text(details.body).strip()
    wrong = {name: "required" for name in ("title", "body") if not getattr(article, name)}
    wrong |= {
        name: "too_long" for name, most in (("title", TITLE), ("body", BODY)) if len(getattr(article, name)) > most
    }
    known = {"language": Article.Language, "state": Article.State, "audience": Article.Audience}
    for name, words in known.items():
        setattr(article, name, getattr(details, name))
        if getattr(details, name) not in words.values:
            wrong[name] = "unknown"
    if details.topic_id is not None and not Topic.objects.filter(pk=details.topic_id, is_active=True).exists():
        wrong["topic"] = "unknown"
    if wrong:
        raise Invalid(fields=wrong)
    article.topic_id = details.topic_id


def _store(user: User, article: Article) -> Article:
    """Store an article with its words and a new version of its text."""
    article.words_title = " ".join(knowledge.stems(article.title))
    article.words_body = " ".join(dict.fromkeys(knowledge.stems(article.body)))
    article.version = article.version + 1 if article.pk else 1
    article.changed_by = user
    if article.state == Article.State.PUBLISHED and article.published_at is None:
        article.published_at = timezone.now()
    article.save()
    ArticleVersion.objects.create(
        article=article, number=article.version, title=article.title, body=article.body, state=article.state,
        audience=article.audience, by=user, at=timezone.now(),
    )  # fmt: skip
    return article


@transaction.atomic
def restore_version(*, actor: Actor, article_id: int, number: int) -> Article:
    """Give an article the title and text of one of its versions again, as a new version; state and audience stay."""
    require(actor, WRITE)
    article = _lock(article_id)
    former = ArticleVersion.objects.filter(article=article, number=number).first()
    if former is None:
        raise NotFound
    article.title, article.body = former.title, former.body
    return _store(actor.user, article)


@transaction.atomic
def delete_article(*, actor: Actor, article_id: int) -> None:
    """Put an article into the trash; nobody finds it any more, and its public address leads nowhere."""
    require(actor, WRITE)
    _lock(article_id)
    Article.objects.filter(pk=article_id).update(deleted_at=timezone.now())


@transaction.atomic
def restore_article(*, actor: Actor, article_id: int) -> None:
    """Bring an article back out of the trash, as it was."""
    require(actor, WRITE)
    _lock(article_id, deleted=True)
    Article.objects.filter(pk=article_id).update(deleted_at=None)


@transaction.atomic
def save_topic(*, actor: Actor, topic: Topic | None, name_fa: str, name_en: str, is_active: bool = True) -> Topic:
    """Add a topic of articles, rename it, or take it out of use; its articles keep it. Raises Invalid."""
    require_everywhere(actor, WRITE)
    found = topic or Topic(position=Topic.objects.count())
    found.name_fa, found.name_en, found.is_active = display_norm(name_fa)[:80], display_norm(name_en)[:80], is_active
    if not found.name_fa or not found.name_en:
        raise Invalid(fields={"name_fa": "required"})
    found.save()
    return found


def say_helped(*, article_id: int, helped: bool) -> None:
    """Count a reader's word on a public article; who reads it is not known and not kept. Raises NotFound."""
    name = "helped" if helped else "not_helped"
    if not Article.objects.public().filter(pk=article_id).update(**{name: F(name) + 1}):
        raise NotFound
