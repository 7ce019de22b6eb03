"""The load: a process of its own that takes orders as JSON lines and answers each with one.

    {"do": "connect", "group", "url", "dialect", "seats": [[session, token]...], "at_once"}
    {"do": "talk", "group", "rate", "seconds", "texts"}    messages a second, over the group's seats in turn
    {"do": "close", "group"}

Times are seconds from when a message was *due*: a server that keeps the load waiting makes them longer, never rarer.
"""

import asyncio
import json
import resource
import sys
from array import array
from collections import Counter, deque
from collections.abc import Sequence
from itertools import count, cycle
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.chat_parts.wire import DIALECTS, Frame, Line

OPEN_S, GRACE_S = 30.0, 20.0
SEATS_OF_AN_ADDRESS = 5000


class Talk:
    """Latencies of one order to talk."""

    def __init__(self) -> None:
        self.sent = self.errors = self.closed = 0
        self.late, self.acked, self.replied = array("d"), array("d"), array("d")
        self.frames: Counter[str] = Counter()

    def told(self, unacked: list[float], unanswered: list[float]) -> Frame:
        """What never came is as late as it is by now."""
        return {
            "sent": self.sent,
            "acked": len(self.acked),
            "replied": len(self.replied),
            "errors": self.errors,
            "closed": self.closed,
            "frames": self.frames,
            "late_ms": _percentiles(self.late),
            "ack_ms": _percentiles([*self.acked, *unacked]),
            "reply_ms": _percentiles([*self.replied, *unanswered]),
        }


class Seat:
    """A learner at a socket: what was said and is not acked, not answered."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.ready: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.unacked: dict[str, float] = {}
        self.unanswered: deque[tuple[str, float]] = deque()
        self.named: dict[str, str] = {}
        self.talk = Talk()
        line.hear, line.gone = self.hear, self.gone

    def say(self, text: str, due: float, talk: Talk) -> None:
        self.talk = talk
        client_id = str(uuid4())
        self.unacked[client_id] = due
        self.unanswered.append((client_id, due))
        talk.sent += 1
        self.line.say({"type": "message.send", "clientId": client_id, "text": text, "messageType": "reply"})

    def hear(self, line: Line, frame: Frame) -> None:
        kind = frame["type"]
        self.talk.frames[kind] += 1
        if kind == "ack":
            self.named[frame["id"]] = frame["clientId"]
            if (due := self.unacked.pop(frame["clientId"], None)) is not None:
                self.talk.acked.append(_now() - due)
        elif kind == "message":
            if frame["senderType"] == "user":
                self.named[frame["id"]] = frame["clientId"]
            elif frame["inReplyTo"] in self.named:
                self._answered(self.named[frame["inReplyTo"]])
        elif kind == "error":
            self.talk.errors += 1
            self._give_up(frame.get("clientId"))
        elif kind == "state" and not self.ready.done():
            self.ready.set_result(True)

    def _answered(self, client_id: str) -> None:
        """A turn answers all that was said until then; its second message answers nothing more."""
        if any(client_id == waiting for waiting, _ in self.unanswered):
            while True:
                waiting, due = self.unanswered.popleft()
                self.talk.replied.append(_now() - due)
                if waiting == client_id:
                    self.named.clear()
                    return

    def _give_up(self, client_id: str | None) -> None:
        """What was refused is neither acked nor answered."""
        self.unacked.pop(client_id or "", None)
        self.unanswered = deque(said for said in self.unanswered if said[0] != client_id)

    def gone(self, line: Line) -> None:
        self.talk.closed += 1
        if not self.ready.done():
            self.ready.set_result(False)

    def forget(self) -> None:
        self.unacked.clear()
        self.unanswered.clear()


class Load:
    def __init__(self) -> None:
        self.groups: dict[str, list[Seat]] = {}

    async def connect(
        self, group: str, url: str, dialect: str, seats: list[tuple[str, str]], at_once: int = 32
    ) -> Frame:
        """Opens all seats, or raises; told: how many, and how many seconds it took."""
        loop, started, gate = asyncio.get_running_loop(), _now(), asyncio.Semaphore(at_once)
        where, opened = urlsplit(url), self.groups.setdefault(group, [])

        async def open_one(number: int, session: str, token: str) -> None:
            source = (f"127.0.0.{2 + number // SEATS_OF_AN_ADDRESS}", 0)
            async with gate, asyncio.timeout(OPEN_S):
                line = Line(DIALECTS[dialect], url, session, token)
                seat = Seat(line)
                opened.append(seat)
                await loop.create_connection(lambda: line, where.hostname, where.port, local_addr=source)
                if not await seat.ready:
                    raise ConnectionError(f"closed with {line.wire.close_code} {line.wire.close_reason}")

        async with asyncio.TaskGroup() as tasks:
            for number, seat in enumerate(seats):
                tasks.create_task(open_one(number, *seat))
        return {"connected": len(seats), "seconds": _now() - started}

    async def talk(self, group: str, rate: float, seconds: float, texts: list[str]) -> Frame:
        """Open loop: message k is due k / rate seconds after the start, whatever became of those before."""
        talk, seats, words = Talk(), cycle(self.groups[group]), cycle(texts)
        began = _now() + 0.05
        for number in count():
            due = began + number / rate
            if due - began >= seconds:
                break
            if (early := due - _now()) > 0:
                await asyncio.sleep(early)
            talk.late.append(_now() - due)
            next(seats).say(next(words), due, talk)
        ends = _now() + GRACE_S
        while _now() < ends and len(talk.replied) + talk.errors < talk.sent:
            await asyncio.sleep(0.02)
        here = self.groups[group]
        unacked = [_now() - due for seat in here for due in seat.unacked.values()]
        unanswered = [_now() - due for seat in here for _, due in seat.unanswered]
        for seat in here:
            seat.forget()
        return talk.told(unacked, unanswered)

    async def close(self, group: str) -> Frame:
        seats = self.groups.pop(group, [])
        for seat in seats:
            seat.line.close()
        while any(seat.line.transport for seat in seats):
            await asyncio.sleep(0.02)
        return {"closed": len(seats)}


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """In milliseconds."""
    ranked = sorted(seconds) or [0.0]
    at = {f"p{q}": ranked[min(len(ranked) - 1, len(ranked) * q // 100)] for q in (50, 95, 99)}
    return {name: round(value * 1000, 1) for name, value in at.items()} | {"max": round(ranked[-1] * 1000, 1)}


def _now() -> float:
    return asyncio.get_running_loop().time()


async def serve() -> None:
    """Orders run side by side; each answer carries the `id` of its order."""
    load, loop = Load(), asyncio.get_running_loop()
    orders = asyncio.StreamReader(limit=2**26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    running: set[asyncio.Task[None]] = set()

    async def carry_out(order: dict[str, Any]) -> None:
        number, what = order.pop("id"), order.pop("do")
        try:
            answer = await getattr(load, what)(**order)
        except Exception as error:
            why = error.exceptions[0] if isinstance(error, ExceptionGroup) else error
            answer = {"problem": repr(why)}
        print(json.dumps({"id": number, **answer}), flush=True)

    while line := await orders.readline():
        task = asyncio.create_task(carry_out(json.loads(line)))
        running.add(task)
        task.add_done_callback(running.discard)


if __name__ == "__main__":
    import uvloop

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    uvloop.run(serve())
