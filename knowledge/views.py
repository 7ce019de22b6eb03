"""Pages: search and browse, read, say whether it helped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import asked
from accounts.requests import PersonRequest
from knowledge import markdown, selectors, services
from knowledge.forms import RatingForm, SearchForm
from knowledge.models import MEANINGS, Article, Category, Credibility

PER_PAGE = 20
ORDERS = {"title": gettext_lazy("By title"), "-updated_on": gettext_lazy("Latest revised first")}


@login_required
@require_safe
def knowledge(request: PersonRequest) -> HttpResponse:
    """With words: hits, best first. Without: all articles in an order. All of it lives in the address."""
    query = asked.words(request)
    filters = {
        "category": asked.choice(request, "category", Category.values),
        "credibility": asked.choice(request, "credibility", Credibility.values),
    }
    filters = {name: value for name, value in filters.items() if value}
    order = asked.choice(request, "sort", ORDERS, "title")
    if query:
        found = selectors.find(query, **filters)
        repairs = found.repairs
    else:
        shelf = Article.objects.visible_to(request.user).filter(**filters)
        found, repairs = shelf.defer("body").order_by(order, "title", "slug"), {}
    context = {
        "form": SearchForm({"q": query, **filters}),
        "query": query,
        "filtered": bool(filters),
        "repairs": repairs,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "order": order,
        "orders": ORDERS,
        "credibilities": _credibilities(),
    }
    return render(request, "knowledge/knowledge.html", context)


@login_required
@require_safe
def article(request: PersonRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    rendered = markdown.render_with_headings(article.body)
    context = {
        "article": article,
        "body": markdown.with_links(rendered),
        "headings": [heading for heading in rendered.headings if heading.level < 4],
        "related": selectors.related(article),
        "ratings": selectors.ratings_of(article, request.user),
        "trust": MEANINGS[Credibility(article.credibility)],
    }
    return render(request, "knowledge/article.html", context)


def _credibilities() -> list[tuple[str, Promise]]:
    return [(each.value, meaning) for each, meaning in MEANINGS.items()]


@login_required
@require_POST
def rate(request: PersonRequest, slug: str) -> HttpResponse:
    """Alone the part of the page that changed, or without script the whole page again."""
    article = get_object_or_404(Article.objects.published(), slug=slug)
    form = RatingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose yes or no."))
        return redirect(article)
    services.rate_article(article_id=article.pk, user=request.user, now=timezone.now(), **form.cleaned_data)
    if request.headers.get("HX-Request"):
        ratings = selectors.ratings_of(article, request.user)
        return render(
            request, "knowledge/_rating.html", {"article": article, "ratings": ratings, "is_answer": True}
        )
    messages.success(request, _("Thank you. Your answer is noted."))
    return redirect(article)
