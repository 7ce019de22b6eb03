"""The live conversation: checks a frame, calls one service, answers."""

import asyncio
import json
import logging
import re
import time
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from channels.db import database_sync_to_async
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts.errors import Refusal
from accounts.live import WATCHERS, Hint, packed, publish
from accounts.log_context import bind_socket
from accounts.metrics import ACK_SECONDS, MESSAGES, REFUSALS
from accounts.sockets import FINISHED, NOT_SIGNED_IN, SignedInConsumer
from chat import fast
from chat.answering import answer_soon
from chat.catching_up import keep_caught_up
from chat.customer.pace import pace
from chat.farewell import farewell
from chat.frames import Frame, ack_frame, error_frame, message_frame, state_frame
from chat.incoming import LARGEST_FRAME, MessageSend, Resume, parse
from chat.models import Message, Session, group_of
from chat.services import LONGEST, note_read, receive_message

log = logging.getLogger(__name__)
WORD = re.compile(r"\S+\s*|\s+")
BURST, PER_SECOND, FLOOD = 20, 5.0, 60
MOST_AT_ONCE = 100  # messages that a process stores at the same time; the next sender is told to wait
A_PAGE = 100  # messages that a reader gets at once
NOT_YOURS, FLOODED = 4404, 4429
UNAVAILABLE: tuple[type[Exception], ...] = (DatabaseError, OSError, TimeoutError, *fast.FAILURES)


@dataclass(frozen=True, slots=True)
class Taken:
    """`is_mine`: the turn is claimed for this process; None: none is owed. `stored`: by the fast path."""

    message: Message
    duplicate: bool
    is_mine: bool | None
    stored: fast.Stored | None = None


class SessionConsumer(SignedInConsumer):
    """One socket of one person on one session. The database is the truth; hints only hurry."""

    kind = "session"
    at_once: ClassVar[int] = 0
    session_id: UUID
    owns = False
    seen = 0  # the highest `seq` that was sent here, without a hole before it
    heard = 0  # the highest `seq` that was hinted at
    is_catching_up = False
    wants_deltas = False
    allowance, refused, counted_at = float(BURST), 0, 0.0

    async def connect(self) -> None:
        await self.accept(self.scope.get("accept_subprotocol"))
        self.session_id = self.scope["url_route"]["kwargs"]["session_id"]
        self.wants_deltas = b"deltas=1" in self.scope["query_string"].split(b"&")
        user = self.scope["user"]
        if not user.is_authenticated:
            return await self.leave(NOT_SIGNED_IN)
        session = await _opened(user, self.session_id)
        if session is None:
            return await self.leave(NOT_YOURS)
        bind_socket(user, session.pk)
        self.owns = session.belongs_to(user)
        self.is_catching_up = True  # what is published from now on goes out after the state
        await self.stay_while_signed_in()
        await self.join(session.group)
        if not self.owns:
            await self.join(WATCHERS)
        state, last_words, is_owed = await _standing(self.session_id)
        self.seen = state["lastSeq"]
        self.send_frame(state)
        if last_words:
            return self.send_frame(last_words, close_with=FINISHED)
        self._has_caught_up()
        keep_caught_up()
        if is_owed:
            answer_soon(self.session_id, is_mine=False)

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
            return self.refuse(
                "rate_limited", _("Too fast; wait a moment."), retryable=True, retry_after=wait
            )
        if text_data is None or len(text_data.encode()) > LARGEST_FRAME:
            return self.refuse("bad_frame", _("Send JSON text of 16 KiB at most."))
        try:
            frame = parse(text_data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"] if "." not in str(part))
            message = f"{where}: {first['msg']}" if where else first["msg"]
            return self.refuse("bad_frame", message, client_id=_client_id(text_data))
        if isinstance(frame, MessageSend):
            await self._receive_message(frame)
        elif isinstance(frame, Resume):
            await self._send_after(frame.after)
        elif frame.type == "ping":
            self.send_frame({"type": "pong"})

    async def _receive_message(self, frame: MessageSend) -> None:
        client_id = str(frame.client_id)
        if not self.owns:
            message = _("Only the learner writes in this conversation.")
            return self.refuse("bad_frame", message, client_id=client_id)
        if SessionConsumer.at_once >= MOST_AT_ONCE:
            message = _("Many people write at this moment; try again soon.")
            return self.refuse("busy", message, client_id=client_id, retryable=True, retry_after=1)
        SessionConsumer.at_once += 1
        came = time.monotonic()
        try:
            taken = await self.take_in(frame)
        except Refusal as refusal:
            return self.refuse(refusal.code, refusal.message, client_id=client_id)
        except UNAVAILABLE as error:
            log.warning("A message could not be stored: %r", error)
            message = _("Not stored; try again in a moment.")
            return self.refuse("unavailable", message, client_id=client_id, retryable=True, retry_after=1)
        finally:
            SessionConsumer.at_once -= 1
        self.send_frame(ack_frame(taken.message, duplicate=taken.duplicate))
        ACK_SECONDS.observe(time.monotonic() - came)
        if not taken.duplicate:
            MESSAGES.labels("socket").inc()
        if taken.is_mine is not None:
            self.answer(taken)

    async def take_in(self, frame: MessageSend) -> Taken:
        """Commits the message and publishes it; the fast way where it is the usual case."""
        now, text = timezone.now(), frame.text.replace("\0", "").strip()
        if fast.is_here() and frame.message_type == "reply" and 0 < len(text) <= LONGEST:
            stored = await fast.store_message(
                session_id=self.session_id,
                learner_id=self.scope["user"].pk,
                text=text,
                client_id=frame.client_id,
                now=now,
            )
            if stored:
                publish(group_of(self.session_id), message_frame(stored.message))
                return Taken(stored.message, False, stored.is_mine, stored)
        receipt = await database_sync_to_async(receive_message)(
            session_id=self.session_id,
            text=frame.text,
            message_type=frame.message_type,
            client_id=frame.client_id,
            now=now,
        )
        return Taken(receipt.message, receipt.duplicate, False if frame.message_type == "reply" else None)

    def answer(self, taken: Taken) -> None:
        """Has the customer answer, beside the receive loop."""
        answer_soon(self.session_id, is_mine=bool(taken.is_mine), stored=taken.stored)

    def hear(self, hint: Hint) -> None:
        """Messages go out once and in order; where one is missing, the database is asked."""
        if hint.seq:
            self.heard = max(self.heard, hint.seq)
            if self.is_catching_up or hint.seq <= self.seen:
                return
            if hint.seq > self.seen + 1:
                return self.catch_up_soon()
            if self.wants_deltas and (frame := json.loads(hint.text))["senderType"] == "ai":
                self.is_catching_up = True  # what comes meanwhile goes out after it
                return self.do_soon(self._spell_out(frame))
            self.seen = hint.seq
        super().hear(hint)

    def catch_up_soon(self) -> None:
        if not (self.is_catching_up or self.leaving):
            self.is_catching_up = True
            self.do_soon(self._catch_up())

    async def _spell_out(self, frame: Frame) -> None:
        """A customer's message word by word at a human pace, then whole: it is committed, and counts from then."""
        parts = WORD.findall(frame["text"])
        for text in parts:
            self.send_frame({"type": "delta", "turnId": frame["turnId"], "seq": frame["seq"], "text": text})
            await asyncio.sleep(pace(frame["text"]) / len(parts))
        self.seen = max(self.seen, frame["seq"])
        self.send_frame(frame)
        self._has_caught_up()

    def _has_caught_up(self) -> None:
        self.is_catching_up = False
        if self.heard > self.seen:
            self.catch_up_soon()

    async def _catch_up(self) -> None:
        """Sends what was missed, how the session stands, and the last words where it has ended."""
        try:
            await self._send_after(self.seen)
            state, last_words, _is_owed = await _standing(self.session_id)
            self.send_frame(state)
            if last_words:
                self.send_frame(last_words, close_with=FINISHED)
        except UNAVAILABLE as error:  # the next look into the database makes up for it
            log.warning("A socket could not catch up: %r", error)
            self.is_catching_up = False
        else:
            self._has_caught_up()

    async def _send_after(self, seq: int) -> None:
        """All messages after `seq`, in pages: a slow reader is not buried."""
        while page := await _messages_after(self.session_id, seq):
            for message in page:
                self.send_frame(message)
            seq = page[-1]["seq"]
            self.seen = max(self.seen, seq)
            if len(page) < A_PAGE:
                break
            await self.all_sent()

    def refuse(self, code: str, message: str, **more: Any) -> None:
        REFUSALS.labels(code).inc()
        self.send_frame(error_frame(code, message, **more))

    def send_frame(self, frame: Frame, *, close_with: int | None = None) -> None:
        self.post(packed(frame), close_with=close_with)

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
def _standing(session_id: UUID) -> tuple[Frame, Frame | None, bool]:
    """(state, last words where all is over, whether a turn is owed)"""
    session = Session.objects.select_related("ticket").get(pk=session_id)
    if session.is_active:
        return state_frame(session), None, session.messages.waiting().exists()
    return state_frame(session), farewell(session_id), False


@database_sync_to_async
def _messages_after(session_id: UUID, seq: int) -> list[Frame]:
    rows = Message.objects.filter(session_id=session_id).after(seq).order_by("seq")
    return [message_frame(message) for message in rows[:A_PAGE]]
