"""The product under fault: two chat servers, web, worker and beat on one PostgreSQL and one Redis."""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import redis

from bench.cluster import ROOT, Cluster, Part
from bench.faults_parts.crowd import Crowd
from bench.faults_parts.wire import Relay

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
TURNS = (2, 5)  # of a conversation: short, so that many are resolved
GATED = ("chat_message", "chat_ticket", "assessment_assessment", "gamification_xpentry")
GATE = """
    CREATE OR REPLACE FUNCTION bench_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep({sleep}), pg_advisory_xact_lock_shared(7, TG_RELID::int); RETURN NULL; END $$
"""
TRIGGER = """
    CREATE CONSTRAINT TRIGGER bench_gate AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION bench_gate()
"""
WAITERS = """
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 7 AND objid = %s::regclass AND NOT granted
"""
CLIENTS = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
TERMINATE = CLIENTS.replace("SELECT pid", "SELECT pg_terminate_backend(pid)")


class Missed(Exception):
    """The moment for the fault did not come."""


class Broken(Exception):
    """What the fault itself showed: (promise, what was seen)."""


@dataclass
class Stage:
    cluster: Cluster
    relay: Relay
    crowd: Crowd
    chats: list[Part] = field(default_factory=list)
    web: Part = field(init=False)
    worker: Part = field(init=False)
    beat: Part = field(init=False)
    _read: dict[Path, int] = field(default_factory=dict)

    @property
    def orders(self) -> Path:
        return self.cluster.folder / "step"

    @property
    def clock(self) -> Path:
        return self.cluster.folder / "clock"

    @property
    def another_time(self) -> dict[str, str]:
        """The environment of a process whose clock is moved by what `clock` says."""
        return {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_CACHE_DURATION": "1",
        }

    def until(self, holds: Callable[[], Any], seconds: float, what: str) -> Any:
        """What `holds` answers once it is true; raises Missed."""
        deadline = time.monotonic() + seconds
        while not (found := holds()):
            if time.monotonic() > deadline:
                raise Missed(what)
            time.sleep(0.01)
        return found

    def everything_up(self) -> None:
        for part in (
            self.cluster.postgres,
            self.cluster.redis,
            *self.chats,
            self.web,
            self.worker,
            self.beat,
        ):
            if not part.is_running:
                part.start(wait=False)
        for part in (self.cluster.postgres, self.cluster.redis, *self.chats, self.web):
            part.await_well()

    def dead(self) -> list[Part]:
        services = [self.cluster.postgres, self.cluster.redis]
        return [p for p in (*services, *self.chats, self.web, self.worker, self.beat) if not p.is_running]

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(self.cluster.database_url, autocommit=True, connect_timeout=5)

    def redis(self) -> "redis.Redis":
        return redis.Redis.from_url(self.cluster.redis_url, socket_timeout=10)

    @contextmanager
    def gate(self, table: str) -> Iterator[Callable[[], list[int]]]:
        """Transactions that wrote `table` wait at their commit; gives who waits: the process ids of backends."""
        with self.connect() as db:
            db.execute("SELECT pg_advisory_lock(7, %s::regclass::int)", [table])
            yield lambda: [pid for (pid,) in db.execute(WAITERS, [table])]

    def commits_take(self, seconds: float) -> None:
        with self.connect() as db:
            db.execute(GATE.format(sleep=seconds))

    def new_errors(self) -> Counter[str]:
        """What the parts wrote into their logs as errors since the last time, without what differs."""
        found: Counter[str] = Counter()
        for part in (*self.chats, self.web, self.worker, self.beat):
            with part.log.open("rb") as log:
                log.seek(self._read.get(part.log, 0))
                said = log.read()
            self._read[part.log] = self._read.get(part.log, 0) + len(said)
            found.update(f"{part.name}: {line}" for line in _errors(said.decode("utf-8", "replace")))
        return found


def _errors(said: str) -> Iterator[str]:
    for line in said.splitlines():
        if re.search(r'"level": "(error|critical)"|Traceback|^ERROR', line):
            try:
                told = json.loads(line)
                last = str(told.get("exception", "")).strip().rpartition("\n")[2]
                line = f"{told.get('event', '')} | {last}"
            except ValueError:
                pass
            yield re.sub(r"[0-9a-f-]{32,36}|\d+", "#", line)[:200]


def put_up(
    cluster: Cluster, *, seats: int, people: int, pause_s: float, turns: tuple[int, int] = TURNS
) -> Stage:
    """Everything runs and the crowd is at work; `cluster` has its services and its database."""
    if FAKETIME is None:
        raise RuntimeError("Needs libfaketime on this machine (Debian: faketime).")
    relay = Relay(target=cluster.redis_port)
    _in_a_thread(relay)
    made = subprocess.run(
        [sys.executable, "-m", "bench.faults_parts.people", str(people)],
        cwd=ROOT,
        env=cluster.env,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(made.stdout.splitlines()[-1])
    with psycopg.connect(cluster.database_url, autocommit=True) as db:
        db.execute(GATE.format(sleep=0))
        for table in GATED:
            db.execute(TRIGGER.format(table=table))
    chat = {
        "REDIS_URL": f"redis://127.0.0.1:{relay.port}/0",
        "CHAT_APPLICATION": "bench.faults_parts.steps:application",
        "STEPS_FILE": str(cluster.folder / "step"),
    }
    chats = [cluster.start("chat", wait=False, **chat) for _ in range(2)]
    web = cluster.start("web", wait=False, WEB_WORKERS="1")
    for part in (*chats, web):
        part.await_well()
    crowd = Crowd(
        web=web.port,
        chat=[part.port for part in chats],
        people=told["people"],
        scenarios=told["scenarios"],
        pause_s=pause_s,
        turns=turns,
    )
    stage = Stage(cluster, relay, crowd, chats)
    stage.web = web
    stage.worker = cluster.start("worker", wait=False, WORKER_PROCESSES="2")
    stage.beat = cluster.start("beat", wait=False)
    crowd.start(seats)
    return stage


def _in_a_thread(relay: Relay) -> None:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="relay", daemon=True).start()
    asyncio.run_coroutine_threadsafe(relay.start(), loop).result(5)
