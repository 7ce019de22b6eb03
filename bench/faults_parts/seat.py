"""One learner after another at one desk: takes a ticket, talks, resolves, waits for the score, takes the next."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bench.faults_parts.history import Conversation, Sending
from bench.faults_parts.tab import Tab, Trouble

LONGEST_WAIT_S = 90.0
WORDS = (
    "Hello, this is Sam from the service desk.",
    "What seems to be the problem?",
    "Since when does it happen?",
    "Could you tell me your employee number, please?",
    "What does it say on the screen?",
    "I understand, that must be annoying.",
    "Did anything change lately?",
    "Please restart it and tell me what you see.",
    "Is anybody else affected?",
    "Thank you. Let me look that up for a moment.",
)
NOTES = {"problem": "It did not work.", "cause": "Unknown.", "steps": "Asked and looked.", "test": "None."}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a learner: `what` is ack, reply or rest; `seconds` until its answer (None: it never came).

    `tries`: how often the client had to ask.
    """

    at: float
    what: str
    seconds: float | None
    tries: int


@dataclass
class World:
    """What all seats share. `chat` answers the ports of the chat servers, in an order of this seat's own.

    `turns`: how many messages a conversation has, at least and at most.
    """

    rest: httpx.AsyncClient
    people: Iterator[dict[str, str]]
    scenarios: list[str]
    chat: Callable[[], list[int]]
    pause_s: float
    turns: tuple[int, int]
    asked: list[Asked] = field(default_factory=list)
    talks: dict[str, Conversation] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    is_open: bool = True


@dataclass
class Seat:
    world: World
    tabs: list[Tab] = field(default_factory=list)
    waiting_since: float | None = None
    resolving: bool = False
    to_play: list[str] = field(default_factory=list)
    answers: int = 0
    token: str = ""

    async def work(self) -> None:
        """Each scenario once, then somebody else sits down: a first run is paid however it went."""
        while self.world.is_open:
            if not self.to_play:
                self.token = next(self.world.people)["token"]
                self.to_play = random.sample(self.world.scenarios, len(self.world.scenarios))
            await self._session(self.to_play.pop())

    async def _session(self, scenario: str) -> None:
        session = await self._start(scenario)
        if session is None:
            return
        talk = self.world.talks.setdefault(session, Conversation(session))
        ports = self.world.chat()
        self.tabs = [
            Tab(session, self.token, list(order), talk, self.world.troubles)
            for order in (ports, ports[::-1])[: random.choice((1, 1, 2))]
        ]
        lives = [asyncio.create_task(tab.live()) for tab in self.tabs]
        try:
            for _ in range(random.randint(*self.world.turns)):
                await asyncio.sleep(random.expovariate(1 / self.world.pause_s))
                if not self.world.is_open or not await self._exchange():
                    break
            await self._resolve(session)
            await self._see_the_end(talk)
        finally:
            for life in lives:
                life.cancel()
            await asyncio.gather(*lives, return_exceptions=True)
            self.tabs = []

    async def _exchange(self) -> bool:
        """A message or two, until all are acked and answered; False where the conversation takes no more."""
        self.waiting_since = began = time.monotonic()
        many = 2 if random.random() < 0.2 else 1
        kinds = ["note" if random.random() < 0.1 else "reply" for _ in range(many)]
        said = [Sending(str(uuid4()), random.choice(WORDS), kind) for kind in kinds]
        async with asyncio.TaskGroup() as group:
            for number, sending in enumerate(said):
                group.create_task(self.tabs[number % len(self.tabs)].say(sending))
        well = await self._until(lambda: all(s.acks for s in said) or any(t.is_refused for t in self.tabs))
        replies = [s.acks[0].seq for s in said if s.acks and s.kind == "reply"]
        if well and replies:
            last = max(replies)
            well = await self._until(lambda: all(t.answered >= last or t.is_over for t in self.tabs))
        if not well:
            self.world.troubles.append(Trouble(time.monotonic(), "no answer", self.tabs[0].session))
        if not any(tab.is_refused or tab.is_over for tab in self.tabs):
            self._book(said, replies and well, began)
        self.waiting_since = None
        self.answers += well
        if random.random() < 0.15:  # a client that did not notice that it was acked
            await random.choice(self.tabs).send(said[0])
        return well and not any(tab.is_refused for tab in self.tabs)

    def _book(self, said: list[Sending], answered: object, began: float) -> None:
        """What was asked and when it was answered, as a learner felt it: until the last of the tabs showed it."""
        for sending in said:
            acked = sending.acks[0].at - began if sending.acks else None
            self.world.asked.append(Asked(began, "ack", acked, max(1, len(sending.sent))))
        if any(sending.kind == "reply" for sending in said):
            seconds = max(tab.answered_at for tab in self.tabs) - began if answered else None
            self.world.asked.append(Asked(began, "reply", seconds, 1))

    async def _until(self, holds: Callable[[], bool]) -> bool:
        """Looks after its tabs meanwhile: who waits too long for an ack tries another server, for a reply asks."""
        deadline, asked = time.monotonic() + LONGEST_WAIT_S, time.monotonic()
        while not holds():
            now = time.monotonic()
            if now > deadline:
                return False
            for tab in self.tabs:
                if tab.late:
                    self._note("gave up", f"{tab.session} no ack for too long")
                    await tab.drop()
            if now - asked > 3:
                asked = now
                for tab in self.tabs:
                    await tab.resume()
            await asyncio.sleep(0.05)
        return True

    async def _start(self, scenario: str) -> str | None:
        answer = await self._post(f"/scenarios/{scenario}/start", {"mode": "exam"})
        if answer is None or answer.status_code not in (201, 409):
            await asyncio.sleep(0.5)
            return None
        told = answer.json()
        found: str | None = told["id"] if answer.status_code == 201 else told.get("sessionId")
        return found

    async def _resolve(self, session: str) -> None:
        body = {"resolutionType": "resolved", "documentation": NOTES, "citedArticleIds": []}
        self.resolving, self.waiting_since = True, time.monotonic()
        answer = await self._post(f"/sessions/{session}/resolve", body)
        self.resolving, self.waiting_since = False, None
        if answer is not None and answer.status_code != 200:
            self._note("refused", f"resolve {answer.status_code} {answer.text[:200]}")

    async def _see_the_end(self, talk: Conversation) -> None:
        """A tab that is still open gets all it misses by `resume`; one that was closed reads it by REST."""
        await _soon(lambda: all(tab.is_over for tab in self.tabs), 3.0)
        rows = await self._transcript(talk.session)
        if rows is None:
            return
        await asyncio.gather(*(_completed(tab, rows) for tab in self.tabs))
        talk.over = True

    async def _transcript(self, session: str) -> list[dict[str, Any]] | None:
        rows: list[dict[str, Any]] = []
        while (page := await self._get(f"/sessions/{session}/messages?after={len(rows)}")) is not None:
            rows += page["data"]
            if len(rows) >= page["meta"]["lastSeq"]:
                return rows
        return None

    async def _post(self, path: str, body: dict[str, Any]) -> httpx.Response | None:
        """One effect however often it is asked: the same key until there is an answer. None when the bench ends."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid4())}
        return await self._ask("POST", path, headers=headers, json=body)

    async def _get(self, path: str) -> dict[str, Any] | None:
        answer = await self._ask("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        told: dict[str, Any] | None = answer.json() if answer is not None and answer.is_success else None
        return told

    async def _ask(self, method: str, path: str, **request: Any) -> httpx.Response | None:
        began, tries = time.monotonic(), 0
        while time.monotonic() < began + LONGEST_WAIT_S:
            tries += 1
            try:
                answer = await self.world.rest.request(method, path, **request)
                if not _ask_again(answer):
                    self.world.asked.append(Asked(began, "rest", time.monotonic() - began, tries))
                    return answer
                self._note(f"http {answer.status_code}", f"{path} {answer.text[:160]}")
            except httpx.HTTPError as error:
                self._note("http", f"{path} {type(error).__name__}")
            await asyncio.sleep(random.uniform(0.3, 0.8))
        self.world.asked.append(Asked(began, "rest", None, tries))
        return None

    def _note(self, what: str, told: str) -> None:
        self.world.troubles.append(Trouble(time.monotonic(), what, told))


def _ask_again(answer: httpx.Response) -> bool:
    """Told to come back, or a twin of the request is still running."""
    status = answer.status_code
    return status >= 500 or status == 429 or (status == 409 and "Retry-After" in answer.headers)


async def _completed(tab: Tab, rows: list[dict[str, Any]]) -> None:
    if not tab.is_over and tab.view.whole_to < len(rows):
        await tab.resume()
    await _soon(lambda: tab.is_over or tab.view.whole_to >= len(rows), 10.0)
    if tab.is_over or tab.socket is None:
        for row in rows:
            tab.view.take(row["seq"], row["id"], row["text"])


async def _soon(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
