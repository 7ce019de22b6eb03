"""What one can look up: articles, every text they ever had, and whether they helped."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.rules import is_editor


class Category(models.TextChoices):
    HARDWARE = "hardware", _("Hardware")
    SOFTWARE = "software", _("Software")
    NETWORK = "network", _("Network")
    INTERNET = "internet", _("Internet")
    ACCESS = "access", _("Access")
    SECURITY = "security", _("Security")


class Credibility(models.TextChoices):
    """How far an analyst may trust an article."""

    OFFICIAL = "official", _("Official")
    VENDOR = "vendor", _("Vendor")
    COMMUNITY = "community", _("Community")
    OUTDATED = "outdated", _("Outdated")


MEANINGS = {
    Credibility.OFFICIAL: _("Our own desk wrote it, checked it and keeps it up to date. Follow it."),
    Credibility.VENDOR: _(
        "The maker of the product wrote it. Right about the product; our own rules come first."
    ),
    Credibility.COMMUNITY: _(
        "Colleagues wrote it from experience and nobody checked it. Compare before you act."
    ),
    Credibility.OUTDATED: _("It was right once and is kept as a record. Look for something current."),
}


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def visible_to(self, user: Any) -> "ArticleQuerySet":
        """Published articles for everyone who is signed in; drafts too for trainers and admins."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if is_editor(user) else self.published()


class Article(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField(help_text=_("Markdown."))
    category = models.CharField(max_length=20, choices=Category.choices)
    tags = models.JSONField(default=list, blank=True, help_text=_('A list of words: ["vpn", "certificate"].'))
    credibility = models.CharField(max_length=20, choices=Credibility.choices, default=Credibility.OFFICIAL)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_on = models.DateField("last revised", help_text=_("The date readers see."))
    created_at = models.DateTimeField(editable=False)
    # The moment of the write itself, whatever `now` a service was told: the search index goes by it.
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        # Answers "has anything that is searched changed?" (see selectors.py).
        indexes = [models.Index(fields=["status", "updated_at", "version"], name="article_search_stamp")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED


class ImmutableError(TypeError):
    """Somebody tried to rewrite history."""


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    def update(self, **kwargs: Any) -> int:
        raise ImmutableError(REFUSAL)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImmutableError(REFUSAL)


REFUSAL = "A version of an article is history and stays as it is; save the article to write a new one."


class ArticleVersion(models.Model):
    """One text an article had: written once, never changed."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField()
    category = models.CharField(max_length=20, choices=Category.choices)
    tags = models.JSONField(default=list)
    credibility = models.CharField(max_length=20, choices=Credibility.choices)
    updated_on = models.DateField("last revised")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="one_text_per_article_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableError(REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableError(REFUSAL)


class ArticleRating(models.Model):
    """One reader's answer to "was this helpful?"; answering again replaces it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="ratings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    helpful = models.BooleanField()
    version = models.PositiveIntegerField(help_text=_("The version that was read."))
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ["-rated_at"]
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="one_rating_per_reader_and_article")
        ]

    def __str__(self) -> str:
        return f"{self.article}: {'helpful' if self.helpful else 'not helpful'}"
