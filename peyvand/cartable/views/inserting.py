"""What the composer can insert: canned answers and articles, found by «/» or by the menu; and the signature below."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.cartable import knowledge, services
from peyvand.cartable.models import Article, Request
from peyvand.cartable.selectors import knowledge as articles
from peyvand.cartable.selectors.canned import canned_for
from peyvand.cartable.selectors.signatures import signature_for
from peyvand.cartable.views.answering import actor_of, address_of, dialog, find, me
from peyvand.cartable.views.drafts import keep
from peyvand.core.errors import NotFound
from peyvand.web.access import page
from peyvand.web.http import redirect

LONGEST = 80
LONGEST_NUMBER = 18  # digits
MOST_ARTICLES = 5


def _fitting(request: HttpRequest, found: Request) -> dict[str, Any]:
    """What fits what was typed; without words one's most used texts, and articles that fit the request."""
    who, typed = me(request), request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    if typed:
        rows = Article.objects.visible_to(who).filter(state=Article.State.PUBLISHED)
        fitting = articles.found(rows, typed, MOST_ARTICLES)
    else:
        fitting = articles.suggested(who, found)
    return {"canned": canned_for(who, found, typed), "articles": fitting, "typed": typed}


@page("cartable.draft")
@require_GET
def inserts(request: HttpRequest, code: str) -> HttpResponse:
    """The list that opens in the composer."""
    found = find(request, code)
    return render(request, "cartable/_inserts.html", {"opened": found} | _fitting(request, found))


@page("cartable.draft")
@require_http_methods(["GET", "POST"])
def insert(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a page, where no script runs: what was typed is kept first, what one chooses goes to its end."""
    found = find(request, code)
    if request.method == "GET":
        return dialog(request, found, "cartable/_insert_page.html", {"title": _("Insert")} | _fitting(request, found))
    if "what" not in request.POST:
        keep(request, found)
        return redirect(request, reverse("cartable:insert", args=[code]))
    text = _chosen(request, found, request.POST["what"])
    services.add_to_draft(actor=actor_of(request), request_id=found.pk, text=text)
    return redirect(request, address_of(code))


def _chosen(request: HttpRequest, found: Request, what: str) -> str:
    """The text of «canned:5», «article:7» or «link:7». Raises NotFound."""
    kind, _colon, number = what.partition(":")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER else 0
    if kind == "canned":
        return services.use_canned(actor=actor_of(request), canned_id=pk, request_id=found.pk)
    return _of_article(me(request), pk, as_link=kind == "link")


def _of_article(who: User, pk: int, *, as_link: bool) -> str:
    """An article as text, or as the address of its public page. Raises NotFound."""
    found = articles.get_article(who, pk)
    if not as_link:
        return knowledge.plain(found.body)
    if not found.is_public:
        raise NotFound
    return f"{found.title}:\n{settings.BASE_URL}{reverse('cartable-public:help_article', args=[found.pk])}"


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
    return JsonResponse({"text": _of_article(me(request), article, as_link=request.GET.get("as") == "link")})


@page("cartable.draft")
@require_GET
def signature(request: HttpRequest, code: str) -> HttpResponse:
    """What will stand below an answer by mail, in the language of the request."""
    text = signature_for(find(request, code), me(request))
    return render(request, "cartable/_signature.html", {"signature": text})
