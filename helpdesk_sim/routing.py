"""Sockets of all apps."""

from django.urls import re_path

import accounts.routing
import chat.routing
from accounts.sockets import NowhereConsumer

websocket_urlpatterns = [
    *accounts.routing.websocket_urlpatterns,
    *chat.routing.websocket_urlpatterns,
    re_path("", NowhereConsumer.as_asgi()),
]
