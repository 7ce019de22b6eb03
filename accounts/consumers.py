"""`/ws/me/`: what any open page of a person should hear at once."""

import json
from typing import Any

from django.utils.translation import gettext as _

from accounts.sockets import NOT_SIGNED_IN, SignedInConsumer


class MeConsumer(SignedInConsumer):
    """Sends `notice` frames. Understands `ping`; anything else is answered with `error`."""

    async def connect(self) -> None:
        await self.accept(subprotocol=self.scope["accept_subprotocol"])
        if not self.scope["user"].is_authenticated:
            return await self.leave(NOT_SIGNED_IN)
        await self.stay_while_signed_in()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if await self.may_stay():
            self.post(json.dumps(_answer(text_data)))


def _answer(text: str | None) -> dict[str, Any]:
    try:
        asked = json.loads(text or "")
    except (ValueError, RecursionError):
        asked = None
    if isinstance(asked, dict) and asked.get("type") == "ping":
        return {"type": "pong"}
    message = _('This socket understands {"type": "ping"} only.')
    return {"type": "error", "code": "bad_frame", "message": message, "retryable": False}
