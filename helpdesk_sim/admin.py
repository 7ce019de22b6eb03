"""The one module that knows the admin's theme: its looks, and the policy that its scripts need."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

# The signal colour of the learner's pages, from light to dark.
SIGNAL = {
    "50": "oklch(97% .015 215)",
    "100": "oklch(94% .03 215)",
    "200": "oklch(89% .05 215)",
    "300": "oklch(82% .07 215)",
    "400": "oklch(72% .085 215)",
    "500": "oklch(58% .09 215)",
    "600": "oklch(43% .07 215)",
    "700": "oklch(38% .065 215)",
    "800": "oklch(33% .055 215)",
    "900": "oklch(28% .045 215)",
    "950": "oklch(22% .035 215)",
}
THEME: dict[str, Any] = {
    "SITE_TITLE": "Helpdesk Simulator",
    "SITE_HEADER": "Helpdesk Simulator",
    "SITE_SUBHEADER": _("Training admin"),
    "SITE_SYMBOL": "support_agent",
    "SITE_URL": "/dashboard/",
    "SHOW_BACK_BUTTON": True,
    "COLORS": {"primary": SIGNAL},
    "DASHBOARD_CALLBACK": "helpdesk_sim.owed_admin.on_start_page",
    "SIDEBAR": {"show_search": True, "show_all_applications": True},
}
# Its pages bring inline script and style, and expressions in attributes; nothing comes from elsewhere.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class AdminPolicy:
    """Middleware: the policy of everything under /admin/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
