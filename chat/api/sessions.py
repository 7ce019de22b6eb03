"""Sessions: list, one, draft, resolve, abandon."""

from uuid import UUID

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import Listing
from chat import services
from chat.api.base import SessionView
from chat.api.serializers import ResolutionSerializer, ResolvedSerializer, SessionSerializer
from chat.models import Session, Status


class SessionFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=Status.choices)


class SessionList(Listing):
    """My own sessions, newest first."""

    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    sort_by = {"createdAt": "started_at", "finishedAt": "finished_at"}
    queryset = Session.objects.none()

    def get_queryset(self):
        return Session.objects.of(self.request.user).select_related("ticket")


class SessionDetail(SessionView):
    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The whole view of a session, for its owner and for those who may see the work."""
        return Response(SessionSerializer(self.visible(pk)).data)


class Draft(SessionView):
    @extend_schema(request=ResolutionSerializer, responses={204: None})
    def put(self, request: Request, pk: UUID) -> Response:
        """Keeps the resolution as far as written."""
        body = ResolutionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = self.own(pk)
        services.save_draft(session_id=session.pk, draft=body.resolution(), now=timezone.now())
        return Response(status=204)


class Resolve(SessionView):
    @extend_schema(request=ResolutionSerializer, responses=ResolvedSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Ends the session; the score follows."""
        body = ResolutionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = services.resolve(
            session_id=self.own(pk).pk, resolution=body.resolution(), now=timezone.now()
        )
        return Response({"session": SessionSerializer(session).data, "assessment": {"status": "pending"}})


class Abandon(SessionView):
    @extend_schema(request=None, responses=SessionSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Ends the session without a score."""
        session = services.abandon(session_id=self.own(pk).pk, now=timezone.now())
        return Response(SessionSerializer(session).data)
