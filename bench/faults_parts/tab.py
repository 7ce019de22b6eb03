"""One tab of one learner: connects, resumes, sends again what was not acked, and writes down all it sees."""

import asyncio
import itertools
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, WebSocketException
from websockets.typing import Subprotocol

from bench.faults_parts.history import Ack, Conversation, Sending, View

FINISHED = 4409
BACK_OFF_S = (0.1, 0.3, 0.7, 1.5)
UNACKED_S = 6.0  # so long a client waits on an open connection before it tries another server
connections = itertools.count(1)


def subprotocols(token: str) -> list[Subprotocol]:
    return [Subprotocol("helpdesk.v1"), Subprotocol(f"token.{token}")]


@dataclass(slots=True)
class Trouble:
    """What happened to clients that is not a message: closes, errors, refusals."""

    at: float
    what: str
    told: str


@dataclass
class Tab:
    """`ports` are those of the chat servers, the preferred one first."""

    session: str
    token: str
    ports: list[int]
    talk: Conversation
    troubles: list[Trouble]
    view: View = field(default_factory=View)
    unacked: dict[str, Sending] = field(default_factory=dict)
    answered: int = 0  # the highest seq of ours that a turn has answered
    answered_at: float = 0.0
    is_over: bool = False
    is_refused: bool = False
    socket: ClientConnection | None = None
    connection: int = 0
    dropped: int = 0  # the connection that we ended ourselves
    resumed_at: float = 0.0
    seqs: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.talk.views.append(self.view)

    async def live(self) -> None:
        tries = 0
        while not self.is_over:
            try:
                async with connect(
                    f"ws://127.0.0.1:{self.ports[0]}/ws/sessions/{self.session}/",
                    subprotocols=subprotocols(self.token),
                    compression=None,
                    open_timeout=5,
                    close_timeout=1,
                    ping_interval=3,
                    ping_timeout=10,
                ) as self.socket:
                    self.connection, tries = next(connections), 0
                    await self._talk(self.socket)
            except (OSError, TimeoutError, InvalidHandshake, WebSocketException) as error:
                self._note("no connection", f"{type(error).__name__}: {error}")
            finally:
                self.socket = None
            if not self.is_over:
                self.ports.append(self.ports.pop(0))
                await asyncio.sleep(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)] * random.uniform(0.7, 1.3))
                tries += 1

    async def say(self, sending: Sending) -> None:
        """Sends now if it can; whatever happens, `live` sends again until there is an ack."""
        self.talk.sendings[sending.client_id] = sending
        self.unacked[sending.client_id] = sending
        await self.send(sending)

    async def send(self, sending: Sending) -> None:
        if self.socket is None:
            return
        sending.sent.append((self.connection, time.monotonic()))
        frame = {"type": "message.send", "clientId": sending.client_id, "text": sending.text}
        await self._put(frame | {"messageType": sending.kind})

    async def resume(self) -> None:
        self.resumed_at = time.monotonic()
        await self._put({"type": "resume", "after": self.view.whole_to})

    async def drop(self) -> None:
        """As a network does that goes away."""
        if self.socket is not None:
            self.dropped = self.connection
            self.socket.transport.abort()

    @property
    def late(self) -> Sending | None:
        """What was sent on this connection too long ago and has no ack."""
        if self.socket is None or self.dropped == self.connection:
            return None
        long_ago, here = time.monotonic() - UNACKED_S, self.connection
        sent = (s for s in self.unacked.values() if s.sent and s.sent[-1][0] == here)
        return next((s for s in sent if s.sent[-1][1] < long_ago), None)

    async def _talk(self, socket: ClientConnection) -> None:
        silent = False
        try:
            async for text in socket:
                frame: dict[str, Any] = json.loads(text)
                if handle := getattr(self, f"_on_{frame['type']}", None):
                    await handle(frame)
        except ConnectionClosed as closed:
            silent = closed.sent is not None and not closed.rcvd_then_sent  # it was we who ended it
        if socket.close_code == FINISHED:
            self.is_over = True
        elif self.dropped != self.connection:
            self._note("silent" if silent else "closed", f"{socket.close_code} {socket.close_reason}")

    async def _on_state(self, frame: dict[str, Any]) -> None:
        if self.view.whole_to < frame["lastSeq"]:
            await self.resume()
        for sending in list(self.unacked.values()):
            if not sending.sent or sending.sent[-1][0] != self.connection:
                await self.send(sending)

    async def _on_message(self, frame: dict[str, Any]) -> None:
        self.view.take(frame["seq"], frame["id"], frame["text"])
        if frame["senderType"] == "user":
            self.seqs[frame["id"]] = frame["seq"]
        elif self.seqs.get(frame["inReplyTo"], 0) > self.answered:
            self.answered, self.answered_at = self.seqs[frame["inReplyTo"]], time.monotonic()
        if frame["seq"] > self.view.whole_to and time.monotonic() - self.resumed_at > 0.5:
            await self.resume()

    async def _on_ack(self, frame: dict[str, Any]) -> None:
        self.seqs[frame["id"]] = frame["seq"]
        if sending := self.talk.sendings.get(frame["clientId"]):
            ack = Ack(frame["id"], frame["seq"], frame["duplicate"], self.connection, time.monotonic())
            sending.acks.append(ack)
            self.unacked.pop(sending.client_id, None)

    async def _on_error(self, frame: dict[str, Any]) -> None:
        self._note("error frame", f"{frame['code']} retryable={frame['retryable']}: {frame['message']}")
        sending = self.unacked.get(frame.get("clientId", ""))
        if sending is None:
            return
        if frame["retryable"]:
            wait = frame.get("retryAfter") or 0.5
            asyncio.get_running_loop().call_later(wait, self._again, sending, self.connection)
        else:
            self.unacked.pop(sending.client_id)
            self.is_refused = True

    async def _on_assessed(self, frame: dict[str, Any]) -> None:
        self.is_over = True

    def _again(self, sending: Sending, connection: int) -> None:
        if sending.client_id in self.unacked and connection == self.connection and self.socket:
            self._task = asyncio.create_task(self.send(sending))

    async def _put(self, frame: dict[str, Any]) -> None:
        try:
            if self.socket is not None:
                await self.socket.send(json.dumps(frame))
        except WebSocketException as error:
            self._note("not sent", type(error).__name__)

    def _note(self, what: str, told: str) -> None:
        self.troubles.append(Trouble(time.monotonic(), what, f":{self.ports[0]} {self.session} {told}"))
