"""The knowledge base: articles by category, each with all its versions, for colleagues or for everybody."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who

USER = settings.AUTH_USER_MODEL
WRITE = "cartable.knowledge"


class Topic(models.Model):
    """A category of articles, named in both languages."""

    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name_fa if get_language() == "fa" else self.name_en


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles that somebody may read."""

    def kept(self) -> Self:
        """Those that are not in the trash."""
        return self.filter(deleted_at=None)

    def public(self) -> Self:
        """What anybody may read without a login: published, meant for customers, not in the trash."""
        return self.kept().filter(state="published", audience="public")

    def visible_to(self, who: Who) -> Self:
        """Who writes articles sees all of them, who sees requests the published ones, others none."""
        if may(who, WRITE):
            return self.kept()
        return self.kept().filter(state="published") if may(who, "cartable.view") else self.none()


class Article(models.Model):
    """What we know, written once: to be found while answering, and, if it is public, by customers themselves.

    `words_title` and `words_body` are folded stems (`knowledge.stems`), from which PostgreSQL keeps `vector`. `version`
    counts the stored texts (`ArticleVersion`); `helped` and `not_helped` what readers of the public page said.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Audience(models.TextChoices):
        INTERNAL = "internal", _("Colleagues")
        PUBLIC = "public", _("Everybody")

    class Language(models.TextChoices):
        FA = "fa", _("Persian")
        EN = "en", _("English")

    title = models.CharField(max_length=200)
    body = models.TextField()
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    language = models.CharField(max_length=2, choices=Language, default=Language.FA)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.INTERNAL)
    words_title = models.TextField(blank=True)
    words_body = models.TextField(blank=True)
    vector = models.GeneratedField(
        expression=SearchVector("words_title", weight="A", config="simple")
        + SearchVector("words_body", weight="B", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1)
    helped = models.PositiveIntegerField(default=0)
    not_helped = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="cartable_article_filled")]
        indexes = [
            GinIndex(fields=["vector"], name="cartable_article_vector"),
            models.Index(fields=["-changed_at", "-id"], name="cartable_article_latest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it without a login."""
        return self.state == "published" and self.audience == "public" and self.deleted_at is None


class ArticleVersion(models.Model):
    """An article as it stood after one change; rows are only ever added."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=9)
    audience = models.CharField(max_length=8)
    by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="cartable_article_version")]
