"""ASGI entry point: pages and sockets."""

import os

import django
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  (apps must be ready first)

from accounts.sockets import signed_in_sockets  # noqa: E402
from helpdesk_sim.routing import websocket_urlpatterns  # noqa: E402
from helpdesk_sim.watching import watch  # noqa: E402

watch("chat", with_state=settings.EMBEDDED)
application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": signed_in_sockets(URLRouter(websocket_urlpatterns)),
    }
)
