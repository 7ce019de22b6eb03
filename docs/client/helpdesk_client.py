"""A typed client of the Helpdesk Simulator: copy this one file. It needs httpx, pydantic and, to chat live, websockets.

    with Client("http://127.0.0.1:8000") as desk:
        desk.sign_in("learner@demo.example", "helpdesk-demo")
        session = desk.start(desk.scenarios(difficulty="starter")[0].id, mode="practice")
        print(desk.say(session.id, "Good morning, how can I help you?")[-1].text)

Everything that is sent may be sent again: each change carries an `Idempotency-Key`, made anew here for each call.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

Mode = Literal["practice", "exam"]
ResolutionType = Literal["resolved", "escalated", "declined"]


class Model(BaseModel):
    """camelCase on the wire, snake_case here. A field that this file does not know yet is left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


M = TypeVar("M", bound=Model)


class User(Model):
    id: UUID
    email: str
    first_name: str
    last_name: str
    roles: list[str]
    level: int
    xp: int


class Pair(Model):
    user: User
    token: str
    refresh_token: str
    expires_at: datetime


class Scenario(Model):
    id: UUID
    slug: str
    title: str
    summary: str
    difficulty: Literal["starter", "intermediate", "advanced"]
    category: str
    estimated_time: int
    xp_reward: int
    is_unlocked: bool
    is_completed: bool
    best_score: float | None
    running_session_id: UUID | None


class Ticket(Model):
    number: str
    subject: str
    description: str
    requester: str
    category: str
    impact: str
    urgency: str
    priority: str
    status: str
    first_response_due: datetime
    resolution_due: datetime


class Session(Model):
    id: UUID
    scenario_id: UUID
    title: str
    mode: Mode
    status: Literal["active", "completed", "abandoned"]
    customer: str
    last_seq: int
    ticket: Ticket


class Message(Model):
    id: UUID
    seq: int
    sender_type: Literal["user", "ai", "system"]
    message_type: str
    text: str
    created_at: datetime
    in_reply_to: UUID | None


class Person(Model):
    """Of the fictional company's directory."""

    id: str
    name: str
    username: str
    employee_id: str
    asset_tag: str | None
    phone_on_file: str
    account_state: str


class Verification(Model):
    level: Literal["none", "low", "high"]
    marked: Literal["none", "low", "high"]
    required: Literal["none", "low", "high"]


class Run(Model):
    id: UUID
    action: str
    status: Literal["running", "done"]
    result: str | None
    ready_at: datetime


class Article(Model):
    id: UUID
    slug: str
    title: str
    credibility: str


class Hit(Model):
    article: Article
    score: float
    snippet: str


class Assessment(Model):
    """Without numbers until `status` is `done`."""

    session_id: UUID
    status: Literal["pending", "failed", "done"]
    overall: float | None = None
    scores: dict[str, float | None] | None = None
    formula: str | None = None


class Refused(Exception):
    """The server said no, and why: `status`, `body["message"]`, `body["details"]` by field."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status, self.body = status, body
        super().__init__(f"{status}: {body.get('message', '')} {body.get('details') or ''}".strip())


class Client:
    """Calls of one person. Times in seconds."""

    def __init__(self, url: str, *, timeout: float = 30) -> None:
        self.url, self.timeout, self.pair = url.rstrip("/"), timeout, None
        self.http = httpx.Client(base_url=f"{self.url}/api/v1/", timeout=timeout)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    # --- who I am ---

    def sign_in(self, email: str, password: str, code: str | None = None) -> User:
        """`code`: of the second factor, where one is on."""
        asked = {"email": email, "password": password} | ({"code": code} if code else {})
        return self._keep(self._send("POST", "auth/login", asked))

    def renew(self) -> User:
        """The next pair of tokens, before the first one ends."""
        assert self.pair, "Sign in first."
        return self._keep(self._send("POST", "auth/refresh", {"refreshToken": self.pair.refresh_token}))

    def use_key(self, key: str) -> None:
        """An API key instead of a sign-in."""
        self.http.headers["Authorization"] = f"Bearer {key}"

    def sign_out(self) -> None:
        self._send("POST", "auth/logout")

    def me(self) -> User:
        return User.model_validate(self._get("users/me"))

    # --- scenarios and sessions ---

    def scenarios(self, **filters: str) -> list[Scenario]:
        return list(self._pages(Scenario, "scenarios", **filters))

    def start(self, scenario: UUID, *, mode: Mode) -> Session:
        """Raises `Refused` with 409 and `body["sessionId"]` where it runs already."""
        return Session.model_validate(self._send("POST", f"scenarios/{scenario}/start", {"mode": mode}))

    def session(self, session: UUID) -> Session:
        return Session.model_validate(self._get(f"sessions/{session}"))

    def messages(self, session: UUID, *, after: int = 0) -> list[Message]:
        """Those with a higher `seq`, at most a hundred."""
        rows = self._get(f"sessions/{session}/messages", after=str(after))["data"]
        return [Message.model_validate(row) for row in rows]

    def say(self, session: UUID, text: str) -> list[Message]:
        """Sends a reply and waits for the customer's turn; its messages."""
        mine = self._post(session, text, "reply")
        deadline = time.monotonic() + self.timeout
        while time.monotonic() < deadline:
            said = self.messages(session, after=mine.seq)
            if any(message.in_reply_to == mine.id for message in said):
                return [message for message in said if message.sender_type == "ai"]
            time.sleep(0.2)
        raise TimeoutError(f"No answer to message {mine.seq} within {self.timeout} s.")

    def note(self, session: UUID, text: str) -> Message:
        """For oneself and the next analyst; the customer does not see it."""
        return self._post(session, text, "note")

    @contextmanager
    def listen(self, session: UUID) -> Iterator[Iterator[dict[str, Any]]]:
        """Frames of the chat socket as they come: state, message, typing, assessed."""
        from websockets.sync.client import connect

        parts = urlsplit(self.url)
        token = self.http.headers["Authorization"].partition(" ")[2]
        address = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/ws/sessions/{session}/"
        with connect(address, subprotocols=["helpdesk.v1", f"token.{token}"]) as socket:
            socket.send(json.dumps({"type": "resume", "after": 0}))
            yield map(json.loads, socket)

    # --- the desk ---

    def directory(self, session: UUID, query: str) -> list[Person]:
        return list(self._pages(Person, f"sessions/{session}/directory", q=query))

    def mark(self, session: UUID, factor: str, outcome: Literal["match", "mismatch"]) -> Verification:
        asked = {"factor": factor, "outcome": outcome}
        return Verification.model_validate(self._send("POST", f"sessions/{session}/verifications", asked))

    def actions(self, session: UUID) -> list[str]:
        return [offered["action"] for offered in self._get(f"sessions/{session}/actions")["data"]]

    def act(self, session: UUID, action: str, *, confirm: bool = False) -> Run:
        """What policy wants proof for is asked once (`Refused`, 409); `confirm` does it all the same."""
        try:
            run = self._send("POST", f"sessions/{session}/actions", {"action": action})
        except Refused as refused:
            if refused.status != 409 or not confirm:
                raise
            run = self._send("POST", f"sessions/{session}/actions", {"action": action})
        return Run.model_validate(run)

    def search(self, session: UUID, query: str) -> list[Hit]:
        return list(self._pages(Hit, f"sessions/{session}/search", q=query))

    def read(self, session: UUID, article: UUID) -> Article:
        return Article.model_validate(self._get(f"sessions/{session}/articles/{article}"))

    def triage(self, session: UUID, **fields: str) -> Session:
        """`category`, `impact`, `urgency`, `status` (open or pending)."""
        return Session.model_validate(self._send("PATCH", f"sessions/{session}/ticket", fields))

    # --- the end ---

    def resolve(
        self,
        session: UUID,
        kind: ResolutionType,
        *,
        documentation: dict[str, str],
        cited: list[UUID] | None = None,
        **more: Any,
    ) -> Session:
        """`documentation`: problem, cause, steps, test. `more`: as the contract says for the kind."""
        asked = {
            "resolutionType": kind,
            "documentation": documentation,
            "citedArticleIds": [str(article) for article in cited or []],
            **more,
        }
        return Session.model_validate(self._send("POST", f"sessions/{session}/resolve", asked)["session"])

    def abandon(self, session: UUID) -> Session:
        return Session.model_validate(self._send("POST", f"sessions/{session}/abandon"))

    def assessment(self, session: UUID) -> Assessment:
        """Waits until there are scores."""
        deadline = time.monotonic() + self.timeout
        while time.monotonic() < deadline:
            found = Assessment.model_validate(self._get(f"sessions/{session}/assessment"))
            if found.status == "done":
                return found
            time.sleep(0.5)
        raise TimeoutError(f"No score within {self.timeout} s.")

    # --- how ---

    def _keep(self, body: Any) -> User:
        self.pair = Pair.model_validate(body)
        self.use_key(self.pair.token)
        return self.pair.user

    def _post(self, session: UUID, text: str, kind: str) -> Message:
        asked = {"message": text, "messageType": kind, "clientId": str(uuid4())}
        return Message.model_validate(self._send("POST", f"sessions/{session}/messages", asked))

    def _pages(self, model: type[M], path: str, **query: str) -> Iterator[M]:
        page = self._get(path, **query)
        while True:
            yield from map(model.model_validate, page["data"])
            if not (following := page["links"]["next"]):
                return
            page = self._answer(self.http.get(following))

    def _get(self, path: str, **query: str) -> Any:
        return self._answer(self.http.get(path, params=query))

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        return self._answer(self.http.request(method, path, json=body, headers=headers))

    def _answer(self, answer: httpx.Response) -> Any:
        if answer.is_error:
            raise Refused(answer.status_code, answer.json())
        return answer.json() if answer.content else None
