"""The public pages of help: what we published for everybody, found without a login."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.selectors import organisation_name
from peyvand.cartable import knowledge
from peyvand.cartable.models import Article
from peyvand.cartable.selectors import knowledge as selectors
from peyvand.cartable.services.knowledge import say_helped
from peyvand.channels import guard
from peyvand.core.secrets import sign
from peyvand.web import prefs
from peyvand.web.access import public

PER_PLACE, SAYS_PER_PLACE = 120, 10  # pages and words in five minutes
LONGEST = 80


def _limit(request: HttpRequest, what: str, most: int) -> None:
    guard.limit({f"help-{what}:{sign('help', guard.place_of(request))}": most})


def _page(request: HttpRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    lang = request.GET.get("lang", "")
    now = prefs.changed(prefs.current(), {"language": lang})
    prefs.activate(now)  # the middleware forgets it after this answer
    request.prefs = now  # type: ignore[attr-defined]  # read by templates
    with translation.override(now.language):
        shown = {"organisation": organisation_name(), "lang": now.language, "asked_lang": lang, **context}
        response = render(request, template, shown)
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_GET
@public
def help_index(request: HttpRequest) -> HttpResponse:
    """All public articles by topic, or those that fit some words."""
    _limit(request, "page", PER_PLACE)
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    topic = request.GET.get("topic", "")
    rows = Article.objects.public()
    if topic.isascii() and topic.isdigit() and len(topic) < 10:
        rows = rows.filter(topic=int(topic))
    context = {
        "found": selectors.found(rows, typed),
        "typed": typed,
        "topics": selectors.topics(public=True),
        "topic": topic,
    }
    return _page(request, "cartable/help.html", context)


@require_GET
@public
def help_article(request: HttpRequest, article: int) -> HttpResponse:
    """One public article; any other is not there."""
    _limit(request, "page", PER_PLACE)
    found = selectors.public_article(article)
    context = {"article": found, "html": knowledge.html(found.body), "thanks": "thanks" in request.GET}
    return _page(request, "cartable/help_article.html", context)


@csrf_exempt  # nothing here acts for a logged-in user, and a reader may have no cookie
@require_POST
@public
def help_said(request: HttpRequest, article: int) -> HttpResponse:
    """«Did this help?»: counted once for a press, without knowing who pressed; few from one place."""
    _limit(request, "said", SAYS_PER_PLACE)
    say_helped(article_id=article, helped=request.POST.get("helped") == "yes")
    found = selectors.public_article(article)
    context: dict[str, object] = {"article": found, "html": knowledge.html(found.body), "thanks": True}
    return _page(request, "cartable/help_article.html", context)
