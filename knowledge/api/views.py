"""REST of the knowledge base: search, list, read, rate."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import Endpoint, Listing, Paged
from knowledge import selectors, services
from knowledge.api.serializers import (
    ArticleSerializer,
    ArticleSummarySerializer,
    HitSerializer,
    RatingSerializer,
    SearchSerializer,
)
from knowledge.models import Article


class SearchView(Paged):
    """Published articles that share words with `q`, best first; slips are repaired."""

    serializer_class = HitSerializer

    @extend_schema(parameters=[SearchSerializer], responses=HitSerializer(many=True))
    def get(self, request: Request) -> Response:
        # A copy without NUL: serializers refuse it, but a search takes whatever people paste.
        asked = SearchSerializer(data={k: v.replace("\0", " ") for k, v in request.query_params.items()})
        asked.is_valid(raise_exception=True)
        hits = selectors.find(asked.validated_data.pop("q"), **asked.validated_data)
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

    def get_queryset(self) -> QuerySet[Article]:
        return super().get_queryset().defer("body")


class ArticleView(_Articles, RetrieveAPIView):
    serializer_class = ArticleSerializer


class RatingView(Endpoint):
    @extend_schema(request=RatingSerializer, responses={201: RatingSerializer})
    def post(self, request: Request, article_id: UUID) -> Response:
        """Whether it helped. Answering again replaces the answer."""
        rating = RatingSerializer(data=request.data)
        rating.is_valid(raise_exception=True)
        answer: dict[str, Any] = rating.validated_data
        saved = services.rate_article(article_id=article_id, user=request.user, now=timezone.now(), **answer)
        return Response(RatingSerializer(saved).data, status=status.HTTP_201_CREATED)
