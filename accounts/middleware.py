"""What every request of somebody signed in passes: time zone, caches, when they were last seen, floods, second factor."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.errors import SecondFactorMissing, TooMany
from accounts.services.floods import refuse_flood

Answer = Callable[[HttpRequest], HttpResponse]
WITHOUT_FACTOR = ("/accounts/", "/look/")
"""Signing in and out, and the pages where a factor is set up."""


class TimezoneMiddleware:
    """Times are shown in the zone of the one who reads them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(self._zone(request)):
            return self.get_response(request)

    def _zone(self, request: HttpRequest) -> ZoneInfo | None:
        """None (the site's zone) for visitors, and for a zone this machine does not know."""
        if not request.user.is_authenticated:
            return None
        try:
            return ZoneInfo(request.user.timezone)
        except (KeyError, ValueError, OSError):
            return None


class PrivateAnswersMiddleware:
    """What somebody signed in was shown is kept by no cache: not by a proxy, nor by the browser of a shared desk."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:  # also by a token: the API tells the request who it was
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class LastSeenMiddleware:
    """Keeps "where you are signed in" true, and staff signed in as long as they come back in time."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            services.note_visit(session=request.session, person=request.user, now=timezone.now())
        return self.get_response(request)


class FloodMiddleware:
    """As many forms in a minute as the API takes requests, which counts its own (accounts.api.base)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not request.path_info.startswith("/api/"):
            try:
                refuse_flood(request=request)
            except TooMany as refusal:
                response = respond_429(request)
                response.headers["Retry-After"] = str(refusal.extra["retry_after"])
                return response
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads staff without a second factor to where they set it up, before any other page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        if request.path_info.startswith(WITHOUT_FACTOR) or not services.must_set_up_factor(request.user):
            return None
        if request.path_info.startswith("/api/"):
            raise SecondFactorMissing()
        return HttpResponseRedirect(reverse("mfa_index"))
