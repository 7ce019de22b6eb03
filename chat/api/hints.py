"""Hints, in practice."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chat import services
from chat.api.base import SessionView
from chat.api.serializers import HintSerializer


class Hints(SessionView):
    @extend_schema(request=None, responses={201: HintSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """The next hint of three levels; it costs points of the technical dimension. 409 in an exam."""
        hint = services.take_hint(session_id=self.own(pk).pk, now=timezone.now())
        return Response(HintSerializer(hint).data, status=201)
