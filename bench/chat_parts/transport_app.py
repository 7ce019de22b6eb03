"""The product's sockets with a customer who always says the same: everything but the thinking is the product's own."""

from helpdesk_sim.asgi import application as product  # sets Django up

# isort: split
from uuid import UUID, uuid4

from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path
from django.utils import timezone

from accounts.live import publish
from accounts.sockets import signed_in_sockets
from chat import fast
from chat.consumers import SessionConsumer, Taken
from chat.frames import message_frame
from chat.models import Message, Sender, Session
from chat.services import Place, Turn
from chat.services.thinking import say

REPLY = "Nothing has changed here, I am afraid. What would you like me to try next?"


class CannedConsumer(SessionConsumer):
    def answer(self, taken: Taken) -> None:
        if taken.is_mine:
            self.do_soon(_answer(self.session_id, taken.stored))


async def _answer(session_id: UUID, stored: fast.Stored | None) -> None:
    """As chat.answering: again where the session moved on while the reply was made."""
    recalled = fast.recall(stored) if stored else None
    while True:
        session, waiting = recalled or await fast.read(session_id)
        recalled = None
        if not waiting:
            return
        turn = canned(session, waiting)
        if await fast.store_turn(turn):
            fast.remember(session)
            return publish(session.group, message_frame(turn.said[0]))


def canned(session: Session, waiting: list[Message]) -> Turn:
    """As chat.services.think, without a thought."""
    seen, turn_id = Place.of(session), uuid4()
    said = say(session, [REPLY], Sender.AI, timezone.now(), turn_id=turn_id, in_reply_to=waiting[-1].pk)
    session.revision += 1
    return Turn(turn_id, seen, session, waiting, said, [], resumed=False)


sockets = URLRouter([path("ws/sessions/<uuid:session_id>/", CannedConsumer.as_asgi())])
application = ProtocolTypeRouter(product.application_mapping | {"websocket": signed_in_sockets(sockets)})
