"""Research inside a session: as the knowledge base, and recorded."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chat import services
from chat.api.base import SessionView
from chat.selectors import research_trail
from chat.services.log import without_nul
from knowledge.api.serializers import ArticleSerializer, HitSerializer, SearchSerializer


class StepSerializer(serializers.Serializer):
    """One search, opening or citation."""

    kind = serializers.ChoiceField([("search", "search"), ("article", "article")])
    at = serializers.DateTimeField()
    query = serializers.CharField(required=False)
    slug = serializers.CharField(required=False)


class Search(SessionView):
    @extend_schema(parameters=[SearchSerializer], responses=HitSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """The ten best hits, as in the knowledge base; the search is recorded."""
        asked = SearchSerializer(data={k: without_nul(v) for k, v in request.query_params.items()})
        asked.is_valid(raise_exception=True)
        filters = dict(asked.validated_data)
        hits = services.search_articles(
            session_id=self.own(pk).pk, query=filters.pop("q"), now=timezone.now(), **filters
        )
        return self.listed(HitSerializer(hits, many=True).data)


class ArticleInSession(SessionView):
    @extend_schema(responses=ArticleSerializer)
    def get(self, request: Request, pk: UUID, article_id: UUID) -> Response:
        """An article, as in the knowledge base; the reading is recorded."""
        article = services.open_article(session_id=self.own(pk).pk, article_id=article_id, now=timezone.now())
        return Response(ArticleSerializer(article).data)


class Trail(SessionView):
    @extend_schema(responses=StepSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Searches and openings of this session, in order."""
        return self.listed(research_trail(self.visible(pk)))
