"""Articles for trainers: edited here, published here; versions and ratings are read-only facts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin import ReadOnly, ReadOnlyAdmin
from knowledge import services
from knowledge.models import Article, ArticleRating, ArticleVersion

TONES = {
    "official": "success",
    "vendor": "info",
    "community": "warning",
    "outdated": "danger",
    "published": "success",
    "draft": "warning",
}


class ArticleForm(forms.ModelForm):
    tags = forms.CharField(
        required=False,
        help_text=_("Separated by commas: vpn, certificate."),
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["tags"] = ", ".join(self.instance.tags)

    def clean_tags(self) -> list[str]:
        return [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]


class VersionInline(ReadOnly, TabularInline):
    model = ArticleVersion
    fields = ["number", "title", "credibility", "updated_on", "author", "created_at"]
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleVersion]:
        return super().get_queryset(request).select_related("author").defer("body")


@action(description=_("Publish"), permissions=["change"], icon="visibility")
def publish(modeladmin: ModelAdmin, request: HttpRequest, articles: QuerySet[Article]) -> None:
    for article in articles:
        services.publish_article(article_id=article.pk, author=request.user)
    modeladmin.message_user(request, gettext("Published: everyone finds them now."))


@action(description=_("Withdraw (back to draft)"), permissions=["change"], icon="visibility_off")
def withdraw(modeladmin: ModelAdmin, request: HttpRequest, articles: QuerySet[Article]) -> None:
    for article in articles:
        services.withdraw_article(article_id=article.pk, author=request.user)
    modeladmin.message_user(request, gettext("Withdrawn: only trainers see them now."))


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    form = ArticleForm
    list_display = [
        "title",
        "category",
        "shown_credibility",
        "shown_status",
        "version",
        "helpful",
        "updated_on",
    ]
    list_filter = ["status", "credibility", "category", "updated_on"]
    search_fields = ["title", "summary", "slug", "body"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["status", "version", "created_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "body"]}),
        (_("About it"), {"fields": ["category", "tags", "credibility", "updated_on"]}),
        (_("Facts"), {"fields": ["status", "version", "created_at"]}),
    ]
    inlines = [VersionInline]
    actions = [publish, withdraw]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        yes = Count("ratings", filter=Q(ratings__helpful=True))
        return super().get_queryset(request).annotate(yes=yes, answers=Count("ratings"))

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """Links and scenarios name an article by its slug, so it stays."""
        return [*self.readonly_fields, *(["slug"] if obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"updated_on": timezone.localdate()}

    @display(description=_("Credibility"), ordering="credibility", label=TONES)
    def shown_credibility(self, article: Article) -> tuple[str, str]:
        return article.credibility, article.get_credibility_display()

    @display(description=_("Status"), ordering="status", label=TONES)
    def shown_status(self, article: Article) -> tuple[str, str]:
        return article.status, article.get_status_display()

    @display(description=_("Helpful"), ordering="yes")
    def helpful(self, article: Any) -> str:
        if not article.answers:
            return gettext("no answer yet")
        return gettext("%(count)s of %(total)s") % {"count": article.yes, "total": article.answers}

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        text = {name: getattr(obj, name) for name in services.TEXT}
        saved = services.save_article(slug=obj.slug, **text, author=request.user, now=timezone.now())
        obj.pk, obj.version, obj.created_at = saved.pk, saved.version, saved.created_at
        obj._state.adding = False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Sessions point at it; withdraw it instead."""
        return False


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ReadOnlyAdmin):
    list_display = ["article", "number", "title", "author", "created_at"]
    list_filter = ["credibility", "category", "created_at"]
    list_select_related = ["article", "author"]
    search_fields = ["title", "article__slug"]


@admin.register(ArticleRating)
class ArticleRatingAdmin(ReadOnlyAdmin):
    """Without names: what counts is the article."""

    list_display = ["article", "helpful", "version", "rated_at"]
    list_filter = ["helpful", "article__credibility", "rated_at"]
    list_select_related = ["article"]
    search_fields = ["article__title", "article__slug"]
    fields = ["article", "helpful", "version", "rated_at"]
