"""What belongs to no app: the site's life as an installed program."""

import hashlib
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

# The sheet of tokens.css in the light: what a browser paints around an installed page.
SHEET = "#fdfdfb"
PAPER = "#f4f4f0"
ICONS = (
    ("img/icon.svg", "any", "image/svg+xml", "any"),
    ("img/icon-192.png", "192x192", "image/png", "any"),
    ("img/icon-512.png", "512x512", "image/png", "any"),
    ("img/icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a browser asks before it installs the site as a program."""
    name = "Helpdesk Simulator"
    body = {
        "id": "/",
        "name": name,
        "short_name": _("Helpdesk"),
        "description": _("Learn the help desk by doing it: real tickets, difficult people, a fair score."),
        "lang": get_language(),
        "start_url": reverse("dashboard"),
        "scope": "/",
        "display": "standalone",
        "theme_color": SHEET,
        "background_color": PAPER,
        "categories": ["education", "business"],
        "icons": [
            {"src": static(path), "sizes": sizes, "type": kind, "purpose": purpose}
            for path, sizes, kind, purpose in ICONS
        ],
        "shortcuts": [
            {"name": _("Catalogue"), "url": reverse("catalogue")},
            {"name": _("My tickets"), "url": reverse("tickets")},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root: a worker may only look after addresses below its own."""
    page = render_to_string("offline.html")
    needs = sorted(set(re.findall(rf'(?:href|src)="({re.escape(settings.STATIC_URL)}[^"]+)"', page)))
    version = hashlib.sha256(page.encode()).hexdigest()[:12]
    script = render_to_string("service_worker.js", {"needs": needs, "version": version})
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by every browser, so it shows nobody's data: it is drawn without the request."""
    return HttpResponse(render_to_string("offline.html"))
