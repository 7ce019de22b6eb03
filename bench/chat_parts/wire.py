"""Sockets of the load: as little work for each frame as Python allows. The dialects differ in their envelope alone."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Protocol, cast

from websockets.client import ClientProtocol
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.uri import parse_uri

Frame = dict[str, Any]


class Dialect(Protocol):
    """How frames of the contract travel."""

    def uri(self, base: str, session: str) -> str: ...
    def subprotocols(self, token: str) -> list[str]: ...
    def unwrap(self, text: bytes, line: "Line") -> Frame | None: ...
    def wrap(self, frame: Frame) -> bytes: ...


class Ours:
    def uri(self, base: str, session: str) -> str:
        return f"{base}/ws/sessions/{session}/"

    def subprotocols(self, token: str) -> list[str]:
        return ["helpdesk.v1", f"token.{token}"]

    def unwrap(self, text: bytes, line: "Line") -> Frame | None:
        return json.loads(text)

    def wrap(self, frame: Frame) -> bytes:
        return json.dumps(frame).encode()


class SocketIO:
    """Engine.IO 4 and Socket.IO 5, as far as one namespace needs them."""

    def uri(self, base: str, session: str) -> str:
        return f"{base}/socket.io/?EIO=4&transport=websocket"

    def subprotocols(self, token: str) -> list[str]:
        return []

    def unwrap(self, text: bytes, line: "Line") -> Frame | None:
        if text.startswith(b"42"):
            return json.loads(text[2:])[1]
        if text.startswith(b"0"):
            line.send(b"40" + json.dumps({"token": line.token, "session": line.session}).encode())
        elif text == b"2":
            line.send(b"3")
        elif text.startswith(b"44"):
            line.close()
        return None

    def wrap(self, frame: Frame) -> bytes:
        return b"42" + json.dumps(["frame", frame]).encode()


DIALECTS: dict[str, Dialect] = {"ours": Ours(), "peer": SocketIO()}


class Line(asyncio.Protocol):
    """One socket. `hear(line, frame)` is called for each frame, `gone(line)` once when it has closed."""

    def __init__(self, dialect: Dialect, base: str, session: str, token: str) -> None:
        self.dialect, self.session, self.token = dialect, session, token
        self.hear: Callable[[Line, Frame], None]
        self.gone: Callable[[Line], None]
        self.transport: asyncio.Transport | None = None
        self.wire = ClientProtocol(
            parse_uri(dialect.uri(base, session)), subprotocols=dialect.subprotocols(token) or None
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by birth
        self.wire.send_request(self.wire.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        self.wire.receive_data(data)
        for event in self.wire.events_received():
            if isinstance(event, WireFrame) and event.opcode is Opcode.TEXT:
                frame = self.dialect.unwrap(bytes(event.data), self)
                if frame is not None:
                    self.hear(self, frame)
        self._flush()

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        self.gone(self)

    def say(self, frame: Frame) -> None:
        self.send(self.dialect.wrap(frame))

    def send(self, text: bytes) -> None:
        if self.transport is not None:
            self.wire.send_text(text)
            self._flush()

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def _flush(self) -> None:
        if self.transport is None:
            return
        for data in self.wire.data_to_send():
            if data:
                self.transport.write(data)
            else:
                self.transport.close()
