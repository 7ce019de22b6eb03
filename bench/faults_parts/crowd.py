"""All seats, in a thread and loop of their own, so that faults can block."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from threading import Event, Thread
from typing import Any

import httpx

from bench.faults_parts.history import Conversation
from bench.faults_parts.seat import Seat, World
from bench.faults_parts.tab import Tab, Trouble

LONGEST_ANSWER_S = 8.0


class Crowd:
    """`seats` learners at once, each with a message every `pause_s` seconds or so."""

    def __init__(
        self,
        *,
        web: int,
        chat: list[int],
        people: list[dict[str, str]],
        scenarios: list[str],
        pause_s: float,
        turns: tuple[int, int],
    ) -> None:
        self.loop = asyncio.new_event_loop()
        self._web, self._chat = web, chat
        self._people, self._scenarios, self._pause_s, self._turns = people, scenarios, pause_s, turns
        self.seats: list[Seat] = []
        self._thread = Thread(target=self._run, name="crowd", daemon=True)
        self._ready = Event()

    def start(self, how_many: int) -> None:
        self._how_many = how_many
        self._thread.start()
        self._ready.wait()

    def stop(self, seconds: float = 60.0) -> None:
        """Nobody begins anything new; returns when all have finished what they began."""
        self.world.is_open = False
        self._thread.join(seconds)

    @property
    def talks(self) -> list[Conversation]:
        return list(self.world.talks.values())

    def tabs(self) -> list[Tab]:
        return [tab for seat in self.seats for tab in seat.tabs if not tab.is_over]

    def troubles(self, since: float, until: float | None = None) -> list[Trouble]:
        until = until or time.monotonic()
        return [trouble for trouble in self.world.troubles if since <= trouble.at <= until]

    def slowest_wait(self) -> float:
        """Seconds that the most patient learner has waited for an ack, a reply or an answer of REST."""
        now = time.monotonic()
        return max((now - since for seat in self.seats if (since := seat.waiting_since)), default=0.0)

    def until_warm(self, seconds: float) -> None:
        """Every learner has had an answer; raises RuntimeError."""
        deadline = time.monotonic() + seconds
        while not all(seat.answers for seat in self.seats) or not self.until_well(1.0):
            if time.monotonic() > deadline:
                raise RuntimeError("The learners do not come to work; see the logs.")
            time.sleep(0.1)

    def until_well(self, seconds: float) -> bool:
        """Everybody is connected and nobody waits for long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.slowest_wait() < 1.5 and all(tab.socket for tab in self.tabs()):
                return True
            time.sleep(0.05)
        return False

    def each_tab(self, act: Callable[[Tab], Awaitable[Any]]) -> None:
        """Has all tabs do it at once."""

        async def all_at_once() -> None:
            await asyncio.gather(*(act(tab) for tab in self.tabs()), return_exceptions=True)

        asyncio.run_coroutine_threadsafe(all_at_once(), self.loop).result(30)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._work())

    async def _work(self) -> None:
        base = f"http://127.0.0.1:{self._web}/api/v1"
        limits = httpx.Limits(max_connections=40, max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=base, timeout=LONGEST_ANSWER_S, limits=limits) as rest:
            self.world = World(
                rest, iter(self._people), self._scenarios, self._ports, self._pause_s, self._turns
            )
            self.seats = [Seat(self.world) for _ in range(self._how_many)]
            self._ready.set()
            await asyncio.gather(*(seat.work() for seat in self.seats))

    def _ports(self) -> list[int]:
        return random.sample(self._chat, len(self._chat))
