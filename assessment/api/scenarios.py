"""REST of the catalogue: list, one, start."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import Endpoint, Listing, checked, revalidated
from assessment.api.serializers import ScenarioSerializer, StartSerializer
from assessment.filters import CatalogueFilter
from assessment.selectors import catalogue
from assessment.self_assessment import see_scores
from chat.api.serializers import SessionSerializer
from chat.services import start_session
from scenarios.models import Scenario


class _Catalogue:
    queryset = Scenario.objects.none()
    serializer_class = ScenarioSerializer

    def get_queryset(self):
        see_scores(learner=self.request.user, now=timezone.now())
        return catalogue(self.request.user)


@revalidated
class ScenarioList(_Catalogue, Listing):
    """Published scenarios in learning order, with my locks and best scores."""

    filterset_class = CatalogueFilter
    sort_by = {
        "title": "title",
        "estimatedTime": "estimated_time",
        "xpReward": "xp_reward",
        "bestScore": "best_score",
        "createdAt": "created_at",
    }


@revalidated
class ScenarioDetail(_Catalogue, RetrieveAPIView, Endpoint):
    """One scenario, as far as it may be told beforehand."""

    filter_backends: list = []


class StartScenario(Endpoint):
    @extend_schema(request=StartSerializer, responses={201: SessionSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Takes the ticket. 409 with `sessionId` where it is running; 403 with `missing` where it is locked."""
        asked = checked(StartSerializer(data=request.data))
        scenario = get_object_or_404(catalogue(request.user), pk=pk)
        session = start_session(
            learner=request.user,
            scenario=scenario,
            mode=asked["mode"],
            voice=asked["voice"],
            now=timezone.now(),
        )
        return Response(SessionSerializer(session).data, status=status.HTTP_201_CREATED)
