"""The transcript, and sending to it."""

from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.metrics import MESSAGES
from accounts.queue import hurry
from chat import services, tasks
from chat.api.base import SessionView
from chat.api.serializers import MessageSerializer, SendMessageSerializer, TranscriptSerializer
from chat.whole import whole_number

MOST = 100


class Messages(SessionView):
    @extend_schema(
        parameters=[
            OpenApiParameter(n, int, description=d)
            for n, d in (
                ("after", "Only messages with a higher seq."),
                ("before", "Only messages with a lower seq; the newest of them."),
                ("limit", "1 to 100, 100 unless told."),
            )
        ],
        responses=TranscriptSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The transcript, in order; paged by `seq`, so that a page stays what it was while messages come in."""
        session = self.visible(pk)
        after = whole_number(request.query_params, "after", default=0, least=0)
        before = whole_number(request.query_params, "before", default=0, least=0)
        limit = whole_number(request.query_params, "limit", default=MOST, least=1, most=MOST)
        rows = session.messages.after(after)
        if before:
            rows = rows.filter(seq__lt=before)
            page = sorted(rows.order_by("-seq")[:limit], key=lambda m: m.seq)
        else:
            page = list(rows.order_by("seq")[:limit])
        last = session.last_seq
        return Response(
            {
                "data": MessageSerializer(page, many=True).data,
                "meta": {"limit": limit, "total": last, "last_seq": last},
                "links": {
                    "first": self._link(limit, after=0),
                    "prev": self._link(limit, before=page[0].seq) if page and page[0].seq > 1 else None,
                    "next": self._link(limit, after=page[-1].seq) if page and page[-1].seq < last else None,
                    "last": self._link(limit, before=last + 1),
                },
            }
        )

    def _link(self, limit: int, **place: int) -> str:
        address = self.request.build_absolute_uri(self.request.path)
        return f"{address}?{urlencode({**place, 'limit': limit})}"

    @extend_schema(request=SendMessageSerializer, responses={201: MessageSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Stores the message, then lets the customer answer; where a model speaks, that takes some seconds more."""
        body = SendMessageSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = self.own(pk)
        data = body.validated_data
        receipt = services.receive_message(
            session_id=session.pk,
            text=data["message"],
            message_type=data["message_type"],
            client_id=data["client_id"],
            now=timezone.now(),
        )
        if not receipt.duplicate:
            MESSAGES.labels("rest").inc()
        if data["message_type"] == "reply":
            if services.is_a_model_to_speak(session):
                hurry(tasks.answer, str(session.pk))
            else:
                services.take_turn(session_id=session.pk, now=timezone.now())
        return Response(MessageSerializer(receipt.message).data, status=200 if receipt.duplicate else 201)
