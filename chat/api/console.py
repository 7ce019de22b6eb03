"""Records, verification, console and triage."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chat import services
from chat.api.base import SessionView
from chat.api.serializers import (
    ActSerializer,
    ChangeTicketSerializer,
    ConsoleSerializer,
    DeviceSerializer,
    PersonSerializer,
    RunSerializer,
    SessionSerializer,
    VerificationSerializer,
    VerifySerializer,
)
from chat.selectors import run_view, verification_view
from chat.services.desk import console

QUERY = OpenApiParameter("q", str, description="Every word must occur; all records where empty.")


class Directory(SessionView):
    @extend_schema(parameters=[QUERY], responses=PersonSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """People of the fictional company; the look-up is recorded."""
        query = request.query_params.get("q", "")
        found = services.look_up_directory(session_id=self.own(pk).pk, query=query, now=timezone.now())
        return self.listed(found)


class Assets(SessionView):
    @extend_schema(parameters=[QUERY], responses=DeviceSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Devices of the fictional company; the look-up is recorded."""
        query = request.query_params.get("q", "")
        found = services.look_up_assets(session_id=self.own(pk).pk, query=query, now=timezone.now())
        return self.listed(found)


class Verifications(SessionView):
    @extend_schema(request=VerifySerializer, responses={201: VerificationSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Records match or mismatch for a factor."""
        body = VerifySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = services.verify(session_id=self.own(pk).pk, now=timezone.now(), **body.validated_data)
        return Response(verification_view(session), status=201)


class Actions(SessionView):
    @extend_schema(responses=ConsoleSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What may be done now, and what was."""
        session = self.own(pk)
        offered = [{"action": name, **tool} for name, tool in console(session).items()]
        return Response({"data": offered, "runs": [run_view(run) for run in session.desk["runs"]]})

    @extend_schema(request=ActSerializer, responses={201: RunSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Does it; a gated action without the proof that policy wants is asked once (409 confirm_first)."""
        body = ActSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        run = services.perform_action(
            session_id=self.own(pk).pk, action=body.validated_data["action"], now=timezone.now()
        )
        return Response(run_view(run), status=201)


class TicketView(SessionView):
    @extend_schema(request=ChangeTicketSerializer, responses=SessionSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Triage the ticket, or wait for the customer, which pauses the clock."""
        body = ChangeTicketSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = services.change_ticket(
            session_id=self.own(pk).pk, now=timezone.now(), **body.validated_data
        )
        return Response(SessionSerializer(session).data)
