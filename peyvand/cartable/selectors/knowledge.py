"""Questions about the knowledge base: found by words, suggested from a request, read by anybody."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q, QuerySet

from peyvand.accounts.scoping import Who
from peyvand.cartable import knowledge
from peyvand.cartable.models import Article, ArticleVersion, Request, Topic
from peyvand.channels.models import Message
from peyvand.core.errors import NotFound

MOST, MOST_SUGGESTED, LOOKED_AT = 50, 3, 20
LEAST_FIT = 3
NEWEST_MESSAGES, LONGEST_TEXT = 3, 4000
COLUMNS = ("id", "title", "state", "audience", "language", "topic", "changed_at", "deleted_at", "words_title")


def found(rows: QuerySet[Article], typed: str, limit: int = MOST) -> list[Article]:
    """Articles in which every typed word begins a word, in any spelling, the best first; without words the latest."""
    question = knowledge.all_of(typed)
    rows = rows.select_related("topic")
    if not question:
        return list(rows.order_by("-changed_at", "-pk")[:limit]) if not typed.strip() else []
    query = SearchQuery(question, search_type="raw", config="simple")
    ranked = rows.filter(vector=query).annotate(rank=SearchRank(F("vector"), query))
    return list(ranked.order_by("-rank", "-helped", "-pk")[:limit])


def suggested(who: Who, request: Request, limit: int = MOST_SUGGESTED) -> list[Article]:
    """The published articles that fit what the customer wrote: subject and newest messages; none rather than any."""
    rows = Message.objects.filter(in_request__request=request, direction=Message.Direction.IN)
    texts = rows.order_by("-occurred_at", "-id").values_list("text", flat=True)[:NEWEST_MESSAGES]
    wanted = knowledge.telling([request.subject, request.subject, *(text[:LONGEST_TEXT] for text in texts)])
    return fitting(Article.objects.visible_to(who).filter(state=Article.State.PUBLISHED), wanted, limit)


def fitting(rows: QuerySet[Article], wanted: Sequence[str], limit: int) -> list[Article]:
    """The articles that hold most of these stems, if they hold enough of them."""
    if not wanted:
        return []
    query = SearchQuery(knowledge.any_of(wanted), search_type="raw", config="simple")
    ranked = rows.filter(vector=query).annotate(rank=SearchRank(F("vector"), query)).select_related("topic")
    fits = [
        (knowledge.fit(wanted, one.words_title, one.words_body), one) for one in ranked.order_by("-rank")[:LOOKED_AT]
    ]
    best = sorted((pair for pair in fits if pair[0] >= LEAST_FIT), key=lambda pair: -pair[0])
    return [one for _fit, one in best[:limit]]


def get_article(who: Who, number: int) -> Article:
    """One article that may be read. Raises NotFound."""
    article = Article.objects.visible_to(who).select_related("topic", "changed_by").filter(pk=number).first()
    if article is None:
        raise NotFound
    return article


def public_article(number: int) -> Article:
    """One article for everybody. Raises NotFound for any other, as if there were none."""
    article = Article.objects.public().select_related("topic").filter(pk=number).first()
    if article is None:
        raise NotFound
    return article


def topics(*, public: bool = False) -> list[Topic]:
    """The topics in use, in their order; public: those with something that anybody may read."""
    rows = Topic.objects.filter(is_active=True)
    if public:
        rows = rows.filter(Q(pk__in=Article.objects.public().values("topic")))
    return list(rows.order_by("position", "pk"))


def versions_of(article: Article) -> list[ArticleVersion]:
    """All texts of an article, the newest first."""
    return list(article.versions.select_related("by").order_by("-number"))
