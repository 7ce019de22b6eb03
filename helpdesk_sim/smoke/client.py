"""A client of the wire contract: REST by the standard library, the chat socket by websockets."""

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

from websockets.sync.client import ClientConnection, connect

TIMEOUT = 30  # seconds for any one answer; a score may take as long

Frame = dict[str, Any]


class SmokeError(RuntimeError):
    """The server did not do what the contract says."""


class Rest:
    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.token = ""

    def first_page(self) -> None:
        self._open(Request(self.url + "/"))  # noqa: S310  (the address is the operator's own)

    def get(self, path: str, **query: str) -> Any:
        return self._call("GET", f"{path}?{urlencode(query)}" if query else path)

    def send(self, method: str, path: str, **body: Any) -> Any:
        return self._call(method, path, body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}/api/v1/{path}", data, headers, method=method)  # noqa: S310
        answer = self._open(request)
        return json.loads(answer) if answer else None

    def _open(self, request: Request) -> bytes:
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                return answer.read()
        except HTTPError as error:
            said = error.read().decode(errors="replace")[:500]
            raise RestError(error.code, f"{request.method} {request.full_url}: {error.code} {said}") from None
        except URLError as error:
            raise SmokeError(f"{request.full_url} cannot be reached: {error.reason}") from None


class RestError(SmokeError):
    """`status`: of HTTP; `body`: the error as JSON where it is one."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(str(self).split(" ", 3)[3])


@dataclass
class Chat:
    """The chat socket of a session. `messages`: all that were heard, by seq. Times in seconds."""

    rest: Rest
    session_id: str
    messages: dict[int, Frame] = field(default_factory=dict)
    acks: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)

    def __enter__(self) -> "Chat":
        parts = urlsplit(self.rest.url)
        secure = "wss" if parts.scheme == "https" else "ws"
        self.socket: ClientConnection = connect(
            f"{secure}://{parts.netloc}/ws/sessions/{self.session_id}/",
            origin=f"{parts.scheme}://{parts.netloc}",  # type: ignore[arg-type]
            subprotocols=["helpdesk.v1", f"token.{self.rest.token}"],  # type: ignore[list-item]
            open_timeout=TIMEOUT,
        )
        self.wait_for("state")
        self._send(type="resume", after=0)
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def say(self, text: str) -> Frame:
        """Sends a reply and waits for its ack and for the customer's turn; the last message of the turn."""
        client_id, started = str(uuid4()), time.perf_counter()
        message = {"type": "message.send", "clientId": client_id, "text": text, "messageType": "reply"}
        self._send(**message)
        ack = self.wait_for("ack", clientId=client_id)
        self.acks.append(time.perf_counter() - started)
        turn = self.wait_for("message", inReplyTo=ack["id"])
        self.replies.append(time.perf_counter() - started)
        self._send(**message)
        again = self.wait_for("ack", clientId=client_id)
        if (again["id"], again["seq"], again["duplicate"]) != (ack["id"], ack["seq"], True):
            raise SmokeError(f"The same message sent twice was stored twice: {ack}, {again}.")
        return turn

    def wait_for(self, kind: str, **fields: str) -> Frame:
        """The next frame of this kind with these fields; messages on the way are kept."""
        deadline = time.monotonic() + TIMEOUT
        while (left := deadline - time.monotonic()) > 0:
            try:
                frame = json.loads(self.socket.recv(timeout=left))
            except TimeoutError:
                break
            if frame["type"] == "message":
                self.messages[frame["seq"]] = frame
            if frame["type"] == "error":
                raise SmokeError(f"The socket answered with an error: {frame}.")
            if frame["type"] == kind and all(frame.get(name) == value for name, value in fields.items()):
                return frame
        raise SmokeError(f"No “{kind}” {fields or ''} came within {TIMEOUT} s.")

    def _send(self, **frame: Any) -> None:
        self.socket.send(json.dumps(frame))
