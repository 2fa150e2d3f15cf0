"""The knowledge base. If-Match holds the version of an article."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from peyvand.api.kit import ApiRequest, BodyId, Flag, Id, In, Out, Person, router, seen_version, visible
from peyvand.cartable import services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.models import Article, ArticleVersion, Request, Topic
from peyvand.cartable.models.knowledge import WRITE
from peyvand.cartable.selectors import knowledge as selectors
from peyvand.cartable.services.knowledge import ArticleDetails

articles = router(tag="articles", permission="cartable.view")


class ArticleIn(In):
    """An article; «# …» is a heading, «- …» an item, `**…**` bold."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    body: Annotated[str, Field(min_length=1, max_length=60_000)]
    topic_id: BodyId | None = None
    language: Literal["fa", "en"] = "fa"
    state: Literal["draft", "published"] = "draft"
    audience: Literal["internal", "public"] = "internal"


class ArticleLine(Out):
    id: int
    title: str
    topic_id: int | None
    language: str
    state: str
    audience: str
    helped: int
    not_helped: int
    version: int
    changed_at: datetime


class ArticleOut(ArticleLine):
    body: str


class ArticleVersionOut(Out):
    number: int
    title: str
    body: str
    state: str
    audience: str
    by: Person | None
    at: datetime


class ArticleQuery(In):
    q: str = Field("", max_length=80)


class TopicIn(In):
    name_fa: Annotated[str, Field(min_length=1, max_length=80)]
    name_en: Annotated[str, Field(min_length=1, max_length=80)]
    is_active: Flag = True


class TopicOut(Out):
    id: int
    name_fa: str
    name_en: str
    is_active: bool


@articles.get("", response=list[ArticleLine])
def index(request: ApiRequest, query: Query[ArticleQuery]) -> list[Article]:
    """The articles that hold all of these words, the best first; without words the latest. At most 50."""
    return selectors.found(Article.objects.visible_to(request.auth), query.q)


@articles.post("", response=ArticleOut, permission=WRITE)
def create(request: ApiRequest, payload: ArticleIn) -> Article:
    """Write an article."""
    return services.save_article(actor=request.auth, details=ArticleDetails(**payload.model_dump()))


@articles.get("/topics", response=list[TopicOut])
def list_topics(request: ApiRequest) -> list[Topic]:
    """The topics in use."""
    return selectors.topics()


@articles.post("/topics", response=TopicOut, permission=WRITE)
def create_topic(request: ApiRequest, payload: TopicIn) -> Topic:
    """Add a topic."""
    return services.save_topic(actor=request.auth, topic=None, **payload.model_dump())


@articles.put("/topics/{int:topic_id}", response=TopicOut, permission=WRITE)
def change_topic(request: ApiRequest, topic_id: Id, payload: TopicIn) -> Topic:
    """Rename a topic, or take it out of use."""
    topic = visible(Topic.objects.all(), topic_id)
    return services.save_topic(actor=request.auth, topic=topic, **payload.model_dump())


@articles.get("/{int:id}", response=ArticleOut)
def show(request: ApiRequest, id: Id) -> Article:
    """One article."""
    return selectors.get_article(request.auth, id)


@articles.put("/{int:id}", response=ArticleOut, permission=WRITE, versioned="optional")
def change(request: ApiRequest, id: Id, payload: ArticleIn) -> Article:
    """Change an article; the former text stays as a version."""
    details, version = ArticleDetails(**payload.model_dump()), seen_version(request)
    return services.save_article(actor=request.auth, details=details, article_id=id, expected_version=version)


@articles.delete("/{int:id}", permission=WRITE)
def delete(request: ApiRequest, id: Id) -> None:
    """Put an article into the trash."""
    services.delete_article(actor=request.auth, article_id=id)


@articles.post("/{int:id}/restore", response=None, permission=WRITE, status=204)
def restore(request: ApiRequest, id: Id) -> None:
    """Bring an article back out of the trash."""
    services.restore_article(actor=request.auth, article_id=id)


@articles.get("/{int:id}/versions", response=list[ArticleVersionOut], permission=WRITE)
def versions(request: ApiRequest, id: Id) -> list[ArticleVersion]:
    """All texts of an article, the newest first."""
    return selectors.versions_of(selectors.get_article(request.auth, id))


@articles.post("/{int:id}/versions/{int:number}/restore", response=ArticleOut, permission=WRITE, status=200)
def restore_version(request: ApiRequest, id: Id, number: Id) -> Article:
    """Take an earlier text again, as a new version."""
    return services.restore_version(actor=request.auth, article_id=id, number=number)


@requests.get("/{int:id}/suggested-articles", response=list[ArticleLine])
def suggested(request: ApiRequest, id: Id) -> list[Article]:
    """The published articles that fit what the customer wrote; at most three, none rather than any."""
    return selectors.suggested(request.auth, visible(Request.objects.visible_to(request.auth), id))
