"""Pages: search and browse, read, say whether it helped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from knowledge import markdown, selectors, services
from knowledge.forms import RatingForm, SearchForm
from knowledge.models import Article

PER_PAGE = 20


@login_required
def knowledge(request: HttpRequest) -> HttpResponse:
    """With words: hits, best first. Without: all articles by title."""
    form = SearchForm(request.GET)
    asked = form.asked
    query = asked.pop("q")
    filters = {name: value for name, value in asked.items() if value}
    if query:
        found = selectors.find(query, **filters)
        repairs = found.repairs
    else:
        found = Article.objects.visible_to(request.user).filter(**filters).defer("body")
        repairs = {}
    context = {
        "form": form,
        "query": query,
        "filtered": bool(filters),
        "repairs": repairs,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "knowledge/knowledge.html", context)


@login_required
def article(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    context = {
        "article": article,
        "rendered": markdown.render_with_headings(article.body),
        "related": selectors.related(article),
        "ratings": selectors.ratings_of(article, request.user),
    }
    return render(request, "knowledge/article.html", context)


@login_required
@require_POST
def rate(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published(), slug=slug)
    form = RatingForm(request.POST)
    if form.is_valid():
        services.rate_article(
            article_id=article.pk, user=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "Thank you. Your answer is noted.")
    else:
        messages.error(request, "Choose yes or no.")
    return redirect(article)
