"""The knowledge base for colleagues: read by all who see requests, written by those who may."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.policies import may, may_everywhere
from peyvand.cartable import knowledge, services
from peyvand.cartable.models import Article, Topic
from peyvand.cartable.models.knowledge import WRITE
from peyvand.cartable.selectors import knowledge as selectors
from peyvand.cartable.services import knowledge as writing
from peyvand.cartable.text_forms import ArticleForm, TopicForm
from peyvand.cartable.views.answering import actor_of
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, succeeded
from peyvand.web.toasts import toast

LONGEST, MOST_DELETED = 80, 50


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@require_GET
@page("cartable.view")
def articles(request: HttpRequest) -> HttpResponse:
    """All articles that one may read, or those that fit some words."""
    user = signed_in(request)
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    rows, topic = Article.objects.visible_to(user), _number(request.GET.get("topic", ""))
    context = {
        "found": selectors.found(rows.filter(topic=topic) if topic is not None else rows, typed),
        "typed": typed,
        "topics": selectors.topics(),
        "topic": topic,
        "may_write": may(user, WRITE),
        "may_sort": may_everywhere(user, WRITE),
    }
    return render(request, "cartable/articles.html", context)


@require_GET
@page("cartable.view")
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article, with its earlier texts for those who write."""
    user = signed_in(request)
    found = selectors.get_article(user, pk)
    writes = may(user, WRITE)
    context = {"article": found, "html": knowledge.html(found.body), "may_write": writes}
    return render(
        request, "cartable/article.html", context | {"versions": selectors.versions_of(found) if writes else []}
    )


@require_http_methods(["GET", "POST"])
@page(WRITE)
def new_article(request: HttpRequest) -> HttpResponse:
    """A form for a new article."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@page(WRITE)
def edit_article(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an article."""
    return _form(request, selectors.get_article(signed_in(request), pk))


def _form(request: HttpRequest, found: Article | None) -> HttpResponse:
    initial = ArticleForm.values_of(found) if found else {"language": "fa"}
    form = ArticleForm(request.POST or None, initial=initial)
    stored = attempt(form, lambda: _store(request, form, found)) if form.is_valid() else None
    if stored is not None:
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:article", args=[stored.pk]))
    return render(
        request, "cartable/article_form.html", {"form": form, "article": found}, status=422 if form.is_bound else 200
    )


def _store(request: HttpRequest, form: ArticleForm, found: Article | None) -> Article:
    return services.save_article(
        actor=actor_of(request),
        details=form.details(),
        article_id=found.pk if found else None,
        expected_version=form.cleaned_data["version"] if found else None,
    )


@require_GET
@page(WRITE)
def article_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier text of an article."""
    found = selectors.get_article(signed_in(request), pk)
    version = get_object_or_404(found.versions.select_related("by"), number=number)
    context = {"article": found, "version": version, "html": knowledge.html(version.body)}
    return render(request, "cartable/article_version.html", context)


@require_POST
@page(WRITE)
def restore_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take an earlier text again."""
    writing.restore_version(actor=actor_of(request), article_id=pk, number=number)
    toast(request, _("The earlier text stands again."))
    return redirect(request, reverse("cartable:article", args=[pk]))


@require_POST
@page(WRITE)
def delete_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an article into the trash; the toast takes it back."""
    services.delete_article(actor=actor_of(request), article_id=pk)
    toast(request, _("It is in the trash."), undo_url=reverse("cartable:restore_article", args=[pk]))
    return redirect(request, reverse("cartable:articles"))


@require_POST
@page(WRITE)
def restore_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an article back."""
    services.restore_article(actor=actor_of(request), article_id=pk)
    toast(request, _("It is back."))
    return redirect(request, reverse("cartable:articles"))


@require_http_methods(["GET", "POST"])
@page(WRITE)
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of articles, a form for a new one, and the trash."""
    form = TopicForm(request.POST or None)
    if form.is_valid() and succeeded(form, lambda: _store_topic(request, form)):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:topics"))
    deleted = Article.objects.filter(deleted_at__isnull=False).order_by("-deleted_at")[:MOST_DELETED]
    context = {"form": form, "topics": Topic.objects.order_by("position", "pk"), "deleted": deleted}
    return render(request, "cartable/topics.html", context, status=422 if form.is_bound else 200)


def _store_topic(request: HttpRequest, form: TopicForm) -> Topic:
    """A new topic, or the one that the form names."""
    number = _number(request.POST.get("topic", ""))
    known = get_object_or_404(Topic, pk=number) if number is not None else None
    return services.save_topic(actor=actor_of(request), topic=known, **form.cleaned_data)
