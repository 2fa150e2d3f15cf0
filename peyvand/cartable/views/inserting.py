"""What the composer can insert: canned answers and articles, found by «/» or by the menu; and the signature below."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from peyvand.cartable import knowledge, services
from peyvand.cartable.models import Article
from peyvand.cartable.selectors import knowledge as articles
from peyvand.cartable.selectors.canned import canned_for
from peyvand.cartable.selectors.signatures import signature_for
from peyvand.cartable.views.answering import actor_of, find, me
from peyvand.core.errors import NotFound
from peyvand.web.access import page

LONGEST = 80
MOST_ARTICLES = 5


@page("cartable.draft")
@require_GET
def inserts(request: HttpRequest, code: str) -> HttpResponse:
    """What fits what was typed; without words one's most used texts, and articles that fit the request."""
    found, who = find(request, code), me(request)
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    if typed:
        rows = Article.objects.visible_to(who).filter(state=Article.State.PUBLISHED)
        fitting = articles.found(rows, typed, MOST_ARTICLES)
    else:
        fitting = articles.suggested(who, found)
    context = {"opened": found, "canned": canned_for(who, found, typed), "articles": fitting, "typed": typed}
    return render(request, "cartable/_inserts.html", context)


@page("cartable.draft")
@require_POST
def insert_canned(request: HttpRequest, code: str, canned: int) -> HttpResponse:
    """One canned answer, filled for this request."""
    found = find(request, code)
    return JsonResponse({"text": services.use_canned(actor=actor_of(request), canned_id=canned, request_id=found.pk)})


@page("cartable.draft")
@require_GET
def insert_article(request: HttpRequest, code: str, article: int) -> HttpResponse:
    """One article as text, or (`as=link`) as the address of its public page."""
    find(request, code)
    found = articles.get_article(me(request), article)
    if request.GET.get("as") != "link":
        return JsonResponse({"text": knowledge.plain(found.body)})
    if not found.is_public:
        raise NotFound
    address = f"{settings.BASE_URL}{reverse('cartable-public:help_article', args=[found.pk])}"
    return JsonResponse({"text": f"{found.title}:\n{address}"})


@page("cartable.draft")
@require_GET
def signature(request: HttpRequest, code: str) -> HttpResponse:
    """What will stand below an answer by mail, in the language of the request."""
    text = signature_for(find(request, code), me(request))
    return render(request, "cartable/_signature.html", {"signature": text})
