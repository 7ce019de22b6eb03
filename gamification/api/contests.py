"""REST of contests: a learner makes one, a coach or a trainer decides."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from accounts.api.base import Endpoint, Paged, checked
from accounts.api.sorting import Sorting
from accounts.errors import Missing
from accounts.models import Scope, User
from accounts.requests import PersonApiRequest
from assessment import services
from assessment.models import Contest
from gamification.api.contest_serializers import (
    ContestDetailSerializer,
    ContestFilterSerializer,
    ContestSerializer,
    DecisionSerializer,
    NewContestSerializer,
)
from gamification.reviewing.items import contested_item, contested_items


class NewContest(Endpoint):
    @extend_schema(request=NewContestSerializer, responses={201: ContestDetailSerializer})
    def post(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Contests a criterion or a cap of my own score; each once (409), and only once there is a score (409)."""
        asked = checked(NewContestSerializer(data=request.data))
        made = services.contest(session_id=pk, learner=request.user, now=timezone.now(), **asked)
        return Response(_shown(request.user, made.pk), status=status.HTTP_201_CREATED)


class ContestList(Paged):
    serializer_class = ContestSerializer
    filter_backends = [Sorting]
    sort_by = {"createdAt": "created_at"}
    queryset = Contest.objects.none()

    @extend_schema(parameters=[ContestFilterSerializer], responses=ContestSerializer(many=True))
    def get(self, request: PersonApiRequest) -> Response:
        """My own contests, and those that I may decide; oldest first."""
        asked = checked(ContestFilterSerializer(data=request.query_params))
        page = self.paginate_queryset(self.filter_queryset(_visible(request.user).filter(**asked)))
        items = contested_items(page, request.user)
        return self.get_paginated_response(ContestSerializer(items, many=True).data)


class ContestDetail(Endpoint):
    @extend_schema(responses=ContestDetailSerializer)
    def get(self, request: PersonApiRequest, pk: UUID) -> Response:
        """One contest, with the evidence."""
        return Response(_shown(request.user, pk))


class DecideContest(Endpoint):
    scope = Scope.TEACH

    @extend_schema(request=DecisionSerializer, responses=ContestDetailSerializer)
    def post(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Upholds it with points, or rejects it; 409 where somebody decided before, 403 for one's own score."""
        asked = checked(DecisionSerializer(data=request.data))
        services.decide(contest_id=pk, reviewer=request.user, now=timezone.now(), **asked)
        return Response(_shown(request.user, pk))


def _visible(user: User) -> QuerySet[Contest]:
    related = ("learner", "scenario", "ticket", "version")
    return Contest.objects.visible_to(user).select_related(
        *(f"assessment__session__{name}" for name in related)
    )


def _shown(user: User, pk: UUID) -> dict:
    made = _visible(user).filter(pk=pk).first()
    if made is None:
        raise Missing(_("There is no such contest."))
    return ContestDetailSerializer(contested_item(made, user)).data
