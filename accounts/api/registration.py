"""REST of signing up: what a visitor may do without an account, or without the password."""

from typing import Any

from django.contrib.sessions.backends.signed_cookies import SessionStore as Unsaved
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.base import Endpoint, checked
from accounts.names import plain_name


class RegisterSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(
        trim_whitespace=False, max_length=1024, help_text="8 characters or more."
    )
    first_name = serializers.CharField(max_length=80, validators=[plain_name])
    last_name = serializers.CharField(max_length=80, validators=[plain_name])


class KeySerializer(serializers.Serializer):
    key = serializers.CharField(max_length=200, help_text="The last part of the link in the mail.")


class AddressSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class NewPasswordSerializer(KeySerializer):
    password = serializers.CharField(
        trim_whitespace=False, max_length=1024, help_text="8 characters or more."
    )


class ToldSerializer(serializers.Serializer):
    message = serializers.CharField()


class Open(Endpoint):
    authentication_classes: list = []
    permission_classes = [AllowAny]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """allauth makes notes in a session; here nobody comes back for them, and no answer sets a cookie."""
        session, request.session = request.session, Unsaved()
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            request.session = session


class RegisterView(Open):
    @extend_schema(request=RegisterSerializer, responses={202: ToldSerializer})
    def post(self, request: Request) -> Response:
        """Sign up. The mail has the key; the answer is the same for an address that is taken."""
        asked = checked(RegisterSerializer(data=request.data))
        services.register(request=request._request, **asked)
        return _mailed(_("Check your mail: a link there proves that the address is yours."))


class VerifyEmailView(Open):
    @extend_schema(request=KeySerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Prove an address with the mailed key; from then on it signs in."""
        services.verify_email(request=request._request, **checked(KeySerializer(data=request.data)))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ResetPasswordView(Open):
    @extend_schema(request=AddressSerializer, responses={202: ToldSerializer})
    def post(self, request: Request) -> Response:
        """Ask for a new password. The answer is the same for every address."""
        services.request_reset(request=request._request, **checked(AddressSerializer(data=request.data)))
        return _mailed(_("Check your mail: a link there sets a new password."))


class NewPasswordView(Open):
    @extend_schema(request=NewPasswordSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Set a new password with the mailed key. It ends every sign-in."""
        services.reset_password(request=request._request, **checked(NewPasswordSerializer(data=request.data)))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _mailed(message: str) -> Response:
    return Response({"message": message}, status=status.HTTP_202_ACCEPTED)
