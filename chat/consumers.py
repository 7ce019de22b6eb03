"""The live conversation: checks a frame, calls one service, answers."""

import asyncio
import json
import logging
import time
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts.errors import Refusal
from accounts.live import WATCHERS
from accounts.sockets import NOT_SIGNED_IN, SignedInConsumer
from chat.farewell import farewell
from chat.frames import Frame, ack_frame, error_frame, message_frame, state_frame
from chat.incoming import LARGEST_FRAME, MessageSend, Resume, parse
from chat.models import Message, Session
from chat.services import note_read, receive_message, take_turn

log = logging.getLogger(__name__)
BURST, PER_SECOND, FLOOD = 20, 5.0, 60
NOT_YOURS, FINISHED, FLOODED = 4404, 4409, 4429


class SessionConsumer(SignedInConsumer):
    """One socket of one person on one session. The database is the truth; frames only hurry."""

    session_id: UUID
    answering: asyncio.Task[None] | None = None
    allowance, refused, counted_at = float(BURST), 0, 0.0

    async def connect(self) -> None:
        await self.accept(self.scope.get("accept_subprotocol"))
        self.session_id = self.scope["url_route"]["kwargs"]["session_id"]
        user = self.scope["user"]
        if not user.is_authenticated:
            return await self.leave(NOT_SIGNED_IN)
        session = await _opened(user, self.session_id)
        if session is None:
            return await self.leave(NOT_YOURS)
        self.owns = session.belongs_to(user)
        self.group = session.group
        await self.stay_while_signed_in()
        for group in self._groups():
            await self.channel_layer.group_add(group, self.channel_name)
        await self.send_frame(await _state(self.session_id))
        if last_words := await _farewell(self.session_id):
            await self.send_frame(last_words)
            return await self.leave(FINISHED)
        self._answer_soon()

    async def disconnect(self, code: int) -> None:
        await super().disconnect(code)
        if hasattr(self, "group"):
            for group in self._groups():
                await self.channel_layer.group_discard(group, self.channel_name)

    def _groups(self) -> list[str]:
        return [self.group] if self.owns else [self.group, WATCHERS]

    async def reason_to_close(self) -> int | None:
        if code := await super().reason_to_close():
            return code
        return None if await _is_visible(self.scope["user"], self.session_id) else NOT_YOURS

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not await self.may_stay():
            return
        if not self._allowed():
            self.refused += 1
            if self.refused > FLOOD:
                return await self.leave(FLOODED)
            wait = round(1 / PER_SECOND, 1)
            return await self.send_frame(
                error_frame("rate_limited", _("Too fast; wait a moment."), retryable=True, retry_after=wait)
            )
        if text_data is None or len(text_data.encode()) > LARGEST_FRAME:
            return await self.send_frame(error_frame("bad_frame", _("Send JSON text of 16 KiB at most.")))
        try:
            frame = parse(text_data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"] if "." not in str(part))
            client_id = _client_id(text_data)
            return await self.send_frame(
                error_frame(
                    "bad_frame", f"{where}: {first['msg']}" if where else first["msg"], client_id=client_id
                )
            )
        if isinstance(frame, MessageSend):
            await self._take(frame)
        elif isinstance(frame, Resume):
            for message in await _messages_after(self.session_id, frame.after):
                await self.send_frame(message)
        elif frame.type == "ping":
            await self.send_frame({"type": "pong"})

    async def _take(self, frame: MessageSend) -> None:
        client_id = str(frame.client_id)
        if not self.owns:
            return await self.send_frame(
                error_frame(
                    "bad_frame", _("Only the learner writes in this conversation."), client_id=client_id
                )
            )
        try:
            receipt = await database_sync_to_async(receive_message)(
                session_id=self.session_id,
                text=frame.text,
                message_type=frame.message_type,
                client_id=frame.client_id,
                now=timezone.now(),
            )
        except Refusal as refusal:
            return await self.send_frame(error_frame(refusal.code, refusal.message, client_id=client_id))
        except DatabaseError:
            log.exception("A message could not be stored")
            return await self.send_frame(
                error_frame(
                    "unavailable",
                    _("Not stored; try again in a moment."),
                    client_id=client_id,
                    retryable=True,
                )
            )
        await self.send_frame(ack_frame(receipt.message, duplicate=receipt.duplicate))
        if frame.message_type == "reply":
            self._answer_soon()

    def _answer_soon(self) -> None:
        """The turn is made beside the receive loop; one at a time from this socket."""
        if self.answering is None or self.answering.done():
            self.answering = asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        """Takes turns until nothing waits. What fails here is found again by the sweep."""
        try:
            while await _is_waiting(self.session_id):
                await self._show_typing(True)
                await database_sync_to_async(take_turn)(session_id=self.session_id, now=timezone.now())
                await self._show_typing(False)
        except Exception:
            log.exception("A turn is left to the sweep")
            await self._show_typing(False)

    async def _show_typing(self, on: bool) -> None:
        await self.channel_layer.group_send(
            self.group, {"type": "frame", "frame": {"type": "typing", "on": on}}
        )

    async def frame(self, event: dict[str, Any]) -> None:
        """From the channel layer."""
        if not await self.may_stay():
            return
        await self.send_frame(event["frame"])
        if event["frame"]["type"] == "assessed":
            await self.leave(FINISHED)

    async def send_frame(self, frame: Frame) -> None:
        await self.send(json.dumps(frame, ensure_ascii=False))

    def _allowed(self) -> bool:
        """A bucket of 20 frames that fills by five a second."""
        now = time.monotonic()
        self.allowance = min(BURST, self.allowance + (now - self.counted_at) * PER_SECOND)
        self.counted_at = now
        if self.allowance < 1:
            return False
        self.allowance -= 1
        return True


def _client_id(text: str) -> str | None:
    """The client id of a frame that is otherwise wrong, so that its sender knows which one it was."""
    try:
        found = json.loads(text)
        return str(UUID(found["clientId"])) if isinstance(found, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


@database_sync_to_async
def _opened(user: Any, session_id: UUID) -> Session | None:
    session = Session.objects.visible_to(user).filter(pk=session_id).first()
    if session:
        note_read(session=session, reader=user, now=timezone.now())
    return session


@database_sync_to_async
def _is_visible(user: Any, session_id: UUID) -> bool:
    return Session.objects.visible_to(user).filter(pk=session_id).exists()


@database_sync_to_async
def _state(session_id: UUID) -> Frame:
    return state_frame(Session.objects.select_related("ticket").get(pk=session_id))


@database_sync_to_async
def _farewell(session_id: UUID) -> Frame | None:
    return farewell(session_id)


@database_sync_to_async
def _is_waiting(session_id: UUID) -> bool:
    return Message.objects.waiting().filter(session_id=session_id, session__status="active").exists()


@database_sync_to_async
def _messages_after(session_id: UUID, seq: int) -> list[Frame]:
    return [
        message_frame(m) for m in Message.objects.filter(session_id=session_id).after(seq).order_by("seq")
    ]
