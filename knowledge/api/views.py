"""REST of the knowledge base: search, list, read, rate."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import Endpoint, Listing, Paged, checked, revalidated
from accounts.models import Scope
from accounts.requests import PersonApiRequest
from knowledge import selectors, services
from knowledge.api.serializers import (
    ArticleSerializer,
    ArticleSummarySerializer,
    HitSerializer,
    NewArticleSerializer,
    RatingSerializer,
    SearchSerializer,
    TextSerializer,
)
from knowledge.models import Article


class SearchView(Paged):
    """Published articles that share words with `q`, best first; slips are repaired."""

    serializer_class = HitSerializer

    @extend_schema(parameters=[SearchSerializer], responses=HitSerializer(many=True))
    def get(self, request: Request) -> Response:
        # A copy without NUL: serializers refuse it, but a search takes whatever people paste.
        asked = SearchSerializer(data={k: v.replace("\0", " ") for k, v in request.query_params.items()})
        filters = checked(asked)
        hits = selectors.find(filters.pop("q"), **filters)
        page = self.paginate_queryset(hits)  # type: ignore[type-var]
        return self.get_paginated_response(HitSerializer(page, many=True).data)


class _Articles:
    queryset = Article.objects.none()
    request: Request

    def get_queryset(self) -> QuerySet[Article]:
        return Article.objects.visible_to(self.request.user)


class ArticlesView(_Articles, Listing):
    """By title; drafts are listed for trainers only."""

    serializer_class = ArticleSummarySerializer
    filterset_fields = ["category", "credibility", "status"]

    sort_by = {"title": "title", "updatedOn": "updated_on", "createdAt": "created_at"}
    scope = Scope.TEACH

    def get_queryset(self) -> QuerySet[Article]:
        return super().get_queryset().defer("body")

    @extend_schema(request=NewArticleSerializer, responses={201: ArticleSerializer})
    def post(self, request: PersonApiRequest) -> Response:
        """Write a draft. For trainers; 409 where the slug is taken."""
        text = checked(NewArticleSerializer(data=request.data))
        made = services.write_article(author=request.user, now=timezone.now(), **text)
        return Response(ArticleSerializer(made).data, status=status.HTTP_201_CREATED)


@revalidated
class ArticleView(_Articles, RetrieveAPIView, Endpoint):
    """One article, with its text."""

    serializer_class = ArticleSerializer
    scope = Scope.TEACH

    @extend_schema(request=TextSerializer, responses=ArticleSerializer)
    def patch(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Edit it; each change is a version. For trainers."""
        article = self.get_object()
        changes = checked(TextSerializer(article, data=request.data, partial=True))
        edited = services.edit_article(article=article, author=request.user, now=timezone.now(), **changes)
        return Response(ArticleSerializer(edited).data)


class PublishView(_Articles, Paged):
    scope = Scope.TEACH

    @extend_schema(request=None, responses=ArticleSerializer)
    def post(self, request: PersonApiRequest, pk: UUID) -> Response:
        """From now on everyone finds it. Publishing twice is fine. For trainers."""
        published = services.publish_article(article_id=self.get_object().pk, author=request.user)
        return Response(ArticleSerializer(published).data)


class RatingView(Endpoint):
    @extend_schema(request=RatingSerializer, responses={201: RatingSerializer})
    def post(self, request: Request, article_id: UUID) -> Response:
        """Whether it helped. Answering again replaces the answer."""
        answer = checked(RatingSerializer(data=request.data))
        saved = services.rate_article(article_id=article_id, user=request.user, now=timezone.now(), **answer)
        return Response(RatingSerializer(saved).data, status=status.HTTP_201_CREATED)
