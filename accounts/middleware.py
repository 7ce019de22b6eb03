"""Times are shown in the zone of the one who reads them."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class TimezoneMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
