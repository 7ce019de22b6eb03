"""One continuous history on one cluster: a fault, recovery, a look at the books, the next fault."""

import asyncio
import copy
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import psycopg
import redis

from bench.faults_parts.books import read_books, sessions_owed
from bench.faults_parts.history import (
    CLOSED,
    UNSCORED,
    Conversation,
    Finding,
    Sending,
    check,
    check_work,
)
from bench.faults_parts.kinds import KINDS, Fault
from bench.faults_parts.stage import Broken, Missed, Stage

RECOVERY_S, SCORED_S = 60.0, 60.0
FAULT_EVERY_S = 300.0  # of a soak
CALM_EVERY = 10  # injections; then everything resolved must come to its score
UNWELL, DIED = "unwell", "died"
Line = dict[str, Any]


def plan(faults: list[Fault], *, times: int | None, full: bool, done: Counter[str]) -> list[Fault]:
    """The faults to come, mixed: each as often as it should be, less what a resumed file already holds."""
    left = {f.name: [f] * max(0, (times or (f.times if full else 1)) - done[f.name]) for f in faults}
    mixed = random.Random(7)
    rounds = [[f for f in each if f] for each in zip_longest(*left.values())]
    for each in rounds:
        mixed.shuffle(each)
    return list(chain.from_iterable(rounds))


@dataclass
class Run:
    stage: Stage
    write: Callable[[Line], None]
    sealed: set[str] = field(default_factory=set)
    told: set[Finding] = field(default_factory=set)
    acked: int = 0

    def inject(self, faults: list[Fault], *, seconds: float) -> None:
        """One after another, until they or the time are over; then the end of the history."""
        deadline = time.monotonic() + seconds
        self.stage.crowd.until_warm(2 * RECOVERY_S)
        for number, fault in enumerate(faults, start=1):
            if time.monotonic() > deadline:
                break
            self._one(fault)
            if number % CALM_EVERY == 0:
                self._calm()
        self._end()

    def soak(self, faults: list[Fault], *, minutes: float) -> list[tuple[float, float]]:
        """Work for so long, with one of the faults after every fifth minute; answers when something was broken."""
        self.stage.crowd.until_warm(2 * RECOVERY_S)
        began, windows = time.monotonic(), []
        while (passed := time.monotonic() - began) < 60 * minutes - FAULT_EVERY_S:
            time.sleep(FAULT_EVERY_S - passed % FAULT_EVERY_S)
            windows.append(self._one(faults[len(windows) % len(faults)]))
        time.sleep(max(0, 60 * minutes - (time.monotonic() - began)))
        self._end()
        return windows

    def _one(self, fault: Fault) -> tuple[float, float]:
        """From when to when it was felt."""
        crowd, began = self.stage.crowd, time.monotonic()
        self.stage.new_errors()
        findings, missed = [], ""
        try:
            fault.act(self.stage)
        except Missed as error:
            missed = str(error)
        except Broken as error:
            findings.append(Finding(error.args[0], "", error.args[1]))
        except (psycopg.Error, redis.RedisError) as error:  # the fault itself could not be brought about
            missed = f"{type(error).__name__}: {error}"
            self.stage.everything_up()
        over = time.monotonic()
        if not crowd.until_well(RECOVERY_S):
            waits = f"{crowd.slowest_wait():.0f} s without an answer"
            findings.append(Finding(UNWELL, "", f"not well after {RECOVERY_S:.0f} s: {waits}"))
        well = time.monotonic()
        troubles = crowd.troubles(began, well)
        findings += [Finding(DIED, "", f"{part.name} ended by itself") for part in self.stage.dead()]
        self.stage.everything_up()
        gone = [t for t in troubles if t.what in ("closed", "gave up")]
        if fault.keeps_sockets and gone:
            first = f"{len(gone)} times, first: {gone[0].what} {gone[0].told}"
            findings.append(Finding(CLOSED, "", first))
        self._write(
            fault.name,
            findings + self._look(),
            missed=missed,
            fault_s=round(over - began, 2),
            recovery_s=round(well - over, 2),
            seen=dict(Counter(_kind_of(t.what, t.told) for t in troubles)),
            errors=dict(self.stage.new_errors().most_common(4)),
        )
        return began, well

    def _look(self) -> list[Finding]:
        """The short form: conversations that went on since the last time."""
        talks = self._copied()
        books = read_books(self.stage.cluster.database_url, [talk.session for talk in talks])
        later = {talk.session: talk for talk in self._copied()}
        for talk in talks:  # what was sent while the books were read is known, but not yet owed
            for client_id, sending in later[talk.session].sendings.items():
                known = Sending(client_id, sending.text, sending.kind)
                talk.sendings.setdefault(client_id, known)
        findings = check(talks, books)
        self.sealed |= {talk.session for talk in talks if talk.over}
        return findings

    def _copied(self) -> list[Conversation]:
        async def copies() -> list[Conversation]:
            return [copy.deepcopy(t) for t in self.stage.crowd.talks if t.session not in self.sealed]

        return asyncio.run_coroutine_threadsafe(copies(), self.stage.crowd.loop).result(30)

    def _calm(self) -> None:
        """What was resolved so far is scored and paid in time."""
        began, owed = time.monotonic(), set(sessions_owed(self.stage.cluster.database_url))
        while owed and time.monotonic() < began + SCORED_S:
            time.sleep(0.5)
            owed &= set(sessions_owed(self.stage.cluster.database_url))
        findings = [Finding(UNSCORED, session, f"not within {SCORED_S:.0f} s of calm") for session in owed]
        self._write("calm", findings, recovery_s=round(time.monotonic() - began, 2))

    def _end(self) -> None:
        """Everybody finishes; then the whole history against the whole of the books."""
        crowd = self.stage.crowd
        crowd.stop()
        self._calm()
        talks = crowd.talks
        books = read_books(self.stage.cluster.database_url, [talk.session for talk in talks])
        findings = check(talks, books) + check_work(books)
        unfinished = sum(not talk.over for talk in talks)
        self._write("end", findings, sessions=len(talks), resolved=len(books.resolved), unfinished=unfinished)

    def _write(self, kind: str, findings: list[Finding], **more: Any) -> None:
        new = [finding for finding in findings if finding not in self.told]
        self.told.update(new)
        acked = sum(bool(s.acks) for talk in self.stage.crowd.talks for s in list(talk.sendings.values()))
        line = {"kind": kind, "at": round(time.time()), "acked": acked - self.acked} | more
        self.acked = acked
        self.write(line | {"findings": [[f.promise, f.session, f.told] for f in new]})


def _kind_of(what: str, told: str) -> str:
    """`what`, and the code of a close or an error."""
    return f"{what} {told.split()[2]}" if what in ("closed", "silent", "error frame") else what


def read_lines(file: Path) -> Iterator[Line]:
    if file.exists():
        with file.open() as lines:
            yield from (json.loads(line) for line in lines)


def writer(file: Path) -> Callable[[Line], None]:
    def write(line: Line) -> None:
        with file.open("a") as lines:
            lines.write(json.dumps(line) + "\n")
        print(told(line), file=sys.stderr, flush=True)

    return write


def told(line: Line) -> str:
    head = f"{line['kind']:30}{line.get('fault_s', ''):>7}{line.get('recovery_s', ''):>8}{line['acked']:>6}"
    seen = " ".join(f"{what}:{count}" for what, count in line.get("seen", {}).items())
    rest = [f"    missed: {line['missed']}"] if line.get("missed") else []
    rest += [f"    {count} x {error}" for error, count in line.get("errors", {}).items()]
    rest += [f"  ! {promise} {session} {what}" for promise, session, what in line["findings"][:12]]
    return "\n".join([f"{head}  {seen}", *rest])


def figures(lines: list[Line]) -> Line:
    """The figures of the bench over all injections of a results file."""
    runs = [line for line in lines if line["kind"] in KINDS]
    broken = Counter(promise for line in lines for promise, _, _ in line["findings"])
    worst = sorted(runs, key=lambda line: (-len(line["findings"]), -line["recovery_s"]))[:5]
    named = ("lost", "doubled", "reordered", "unscored", "double_xp")
    return {
        "kinds": len({line["kind"] for line in runs}),
        "runs": len(runs),
        "acked": sum(line["acked"] for line in lines),
        **{name: broken[name] for name in named},
        "other": {name: count for name, count in broken.items() if name not in named},
        "missed": sum(bool(line["missed"]) for line in runs),
        "worst": [
            {key: line[key] for key in ("kind", "fault_s", "recovery_s", "findings")} | {"seen": line["seen"]}
            for line in worst
        ],
    }
