"""REST of people: sign-in, oneself, notices."""

from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.authentication import TokenAuthentication
from accounts.api.base import Endpoint, Listing, checked
from accounts.api.serializers import (
    LoginSerializer,
    NoticeSerializer,
    PairSerializer,
    PasswordSerializer,
    RefreshSerializer,
    UserSerializer,
)
from accounts.api.throttles import LoginByAddress, LoginByMachine
from accounts.models import ApiToken, Notice, Scope
from accounts.requests import PersonApiRequest


class LoginView(Endpoint):
    authentication_classes: list = []
    permission_classes = [AllowAny]
    throttle_classes = [LoginByMachine, LoginByAddress]

    @extend_schema(request=LoginSerializer, responses=PairSerializer)
    def post(self, request: Request) -> Response:
        """Sign in. The answer does not tell whether the address or the password was wrong."""
        asked = checked(LoginSerializer(data=request.data))
        pair = services.log_in_with_password(**asked, now=timezone.now())
        return Response(PairSerializer(pair).data)


class RefreshView(Endpoint):
    authentication_classes: list = []
    permission_classes = [AllowAny]

    @extend_schema(request=RefreshSerializer, responses=PairSerializer)
    def post(self, request: Request) -> Response:
        """Get the next pair of tokens. A refresh token works once; a second use ends the whole sign-in."""
        asked = checked(RefreshSerializer(data=request.data))
        return Response(PairSerializer(services.refresh(**asked, now=timezone.now())).data)


class LogoutView(Endpoint):
    authentication_classes = [TokenAuthentication]
    scope: dict = {}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: PersonApiRequest) -> Response:
        """Sign out. The token, the refresh token and the sockets opened with them end at once."""
        services.log_out(held=cast(ApiToken, request.auth), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(Endpoint):
    scope = {"GET": Scope.READ}

    @extend_schema(responses=UserSerializer)
    def get(self, request: PersonApiRequest) -> Response:
        """Who I am, and my settings."""
        return Response(UserSerializer(request.user).data)

    @extend_schema(request=UserSerializer, responses=UserSerializer)
    def patch(self, request: PersonApiRequest) -> Response:
        """Change names, time zone, preferences. What is not named stays."""
        profile = checked(UserSerializer(request.user, data=request.data, partial=True))
        preferences = profile.pop("preferences", {})
        services.change_settings(person=request.user, profile=profile, preferences=preferences)
        return Response(UserSerializer(request.user).data)

    @extend_schema(request=PasswordSerializer, responses={204: None})
    def delete(self, request: PersonApiRequest) -> Response:
        """Erase my account for good. The password is asked again."""
        asked = checked(PasswordSerializer(data=request.data))
        services.erase_person(person=request.user, now=timezone.now(), **asked)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExportView(Endpoint):
    scope: dict = {}

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: PersonApiRequest) -> Response:
        """All that is stored about me."""
        return Response(services.export_person(person=request.user, now=timezone.now()))


class NoticeFilter(filters.FilterSet):
    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notice
        fields = ["unread"]


class NoticesView(Listing):
    """My notices, newest first."""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter
    sort_by = {"createdAt": "created_at"}

    def get_queryset(self) -> Any:
        return self.queryset if self.request.user.is_anonymous else self.request.user.notices.all()


class ReadNoticeView(Endpoint):
    @extend_schema(request=None, responses=NoticeSerializer)
    def post(self, request: PersonApiRequest, notice_id: UUID) -> Response:
        """I have read it."""
        notice = services.read_notice(user=request.user, notice_id=notice_id, now=timezone.now())
        return Response(NoticeSerializer(notice).data)
