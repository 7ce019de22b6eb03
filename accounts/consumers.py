"""`/ws/me/`: what any open page of a person should hear at once."""

import json
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils.translation import gettext as _

from accounts import live

NOT_SIGNED_IN = 4401


class MeConsumer(AsyncWebsocketConsumer):
    """Sends `notice` frames. Understands `ping`; anything else is answered with `error`."""

    group = ""

    async def connect(self) -> None:
        await self.accept(subprotocol=self.scope["accept_subprotocol"])
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(NOT_SIGNED_IN)
            return
        live.remember_loop()
        self.group = live.person_group(user.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(json.dumps(_answer(text_data)))

    async def frame(self, event: dict[str, Any]) -> None:
        await self.send(json.dumps(event["frame"]))


def _answer(text: str | None) -> dict[str, Any]:
    try:
        asked = json.loads(text or "")
    except (ValueError, RecursionError):
        asked = None
    if isinstance(asked, dict) and asked.get("type") == "ping":
        return {"type": "pong"}
    message = _('This socket understands {"type": "ping"} only.')
    return {"type": "error", "code": "bad_frame", "message": message, "retryable": False}
