"""Sockets of all apps."""

import accounts.routing
import chat.routing

websocket_urlpatterns = [*accounts.routing.websocket_urlpatterns, *chat.routing.websocket_urlpatterns]
