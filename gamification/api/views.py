"""REST of gamification: one's progress, leaderboard, achievements."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.api.base import Endpoint, Paged, checked
from accounts.requests import PersonApiRequest
from assessment.selectors import recommended
from assessment.self_assessment import see_scores
from gamification import selectors
from gamification.api.serializers import (
    BadgeSerializer,
    BoardQuerySerializer,
    BoardSerializer,
    ProgressSerializer,
)


class ProgressView(Endpoint):
    @extend_schema(responses=ProgressSerializer)
    def get(self, request: PersonApiRequest) -> Response:
        """Where the caller stands, and what to take next."""
        user, now = request.user, timezone.now()
        see_scores(learner=user, now=now)  # the recommendation names the best one
        completed, total = selectors.completed_count(user)
        ring = selectors.level_ring(user)
        progress = {
            "completed_scenarios": completed,
            "total_scenarios": total,
            "level": ring.level,
            "xp": ring.xp,
            "xp_to_next_level": ring.to_next,
            "streak_weeks": selectors.streak_of(user, now).weeks,
            "achievements": user.achievements.count(),
            "recommended": recommended(user, now=now),
        }
        return Response(ProgressSerializer(progress).data)


class LeaderboardView(Endpoint):
    @extend_schema(parameters=[BoardQuerySerializer], responses=BoardSerializer)
    def get(self, request: PersonApiRequest) -> Response:
        """Those who chose to be listed, by the XP they earned in the last 7 or 30 days, or ever."""
        asked = checked(BoardQuerySerializer(data=request.query_params))
        board = selectors.leaderboard(request.user, now=timezone.now(), **asked)
        return Response(BoardSerializer(board).data)


class AchievementsView(Paged):
    """All achievements: the caller's own first, then the progress to the rest."""

    serializer_class = BadgeSerializer

    @extend_schema(responses=BadgeSerializer(many=True))
    def get(self, request: PersonApiRequest) -> Response:
        page = self.paginate_queryset(selectors.badges_of(request.user))
        return self.get_paginated_response(BadgeSerializer(page, many=True).data)
