"""Chat and web servers: killed at each step of a message, stopped, drained, restarted."""

import os
import random
import signal
import time
from functools import partial

from bench.cluster import Part
from bench.faults_parts.kinds.base import fault
from bench.faults_parts.stage import TERMINATE, Broken, Stage

DRAIN_S = 10.0
STEPS = ("received", "stored", "acked", "thinking", "answered", "half-told")
NEXT_MESSAGE_S = 15.0


def killed_at(step: str, stage: Stage) -> None:
    stage.orders.with_suffix(".new").write_text(step)
    stage.orders.with_suffix(".new").rename(stage.orders)
    try:
        stage.until(lambda: not all(chat.is_running for chat in stage.chats), NEXT_MESSAGE_S, step)
    finally:
        stage.orders.unlink(missing_ok=True)
        stage.everything_up()


for _step in STEPS:
    fault(f"chat-killed-{_step}", quick=_step in ("stored", "acked", "answered"))(partial(killed_at, _step))


@fault("chat-killed", times=20)
def chat_killed(stage: Stage) -> None:
    time.sleep(random.random())
    random.choice(stage.chats).kill()
    stage.everything_up()


@fault("chats-all-killed", quick=True)
def chats_all_killed(stage: Stage) -> None:
    for chat in stage.chats:
        chat.kill()
    stage.everything_up()


@fault("chat-killed-at-commit", quick=True)
def chat_killed_at_commit(stage: Stage) -> None:
    """The server asked for the commit and dies before it hears of it; the commit succeeds."""
    chat = random.choice(stage.chats)
    with stage.gate("chat_message") as waiting:
        stage.until(waiting, NEXT_MESSAGE_S, "no commit came")
        time.sleep(0.5)
        chat.kill()
    stage.everything_up()


@fault("chat-killed-and-rolled-back")
def chat_killed_and_rolled_back(stage: Stage) -> None:
    """The same, and the commit fails."""
    chat = random.choice(stage.chats)
    with stage.gate("chat_message") as waiting, stage.connect() as db:
        stage.until(waiting, NEXT_MESSAGE_S, "no commit came")
        time.sleep(0.5)
        for pid in waiting():
            db.execute("SELECT pg_terminate_backend(%s)", [pid])
        chat.kill()
    stage.everything_up()


@fault("commits-rolled-back", quick=True)
def commits_rolled_back(stage: Stage) -> None:
    """Everybody lives on; what was about to be committed is not."""
    with stage.gate("chat_message") as waiting, stage.connect() as db:
        stage.until(waiting, NEXT_MESSAGE_S, "no commit came")
        time.sleep(0.5)
        for pid in waiting():
            db.execute("SELECT pg_terminate_backend(%s)", [pid])


def _stopped(part: Part, seconds: float) -> None:
    part.send(signal.SIGSTOP)
    time.sleep(seconds)
    part.send(signal.SIGCONT)


@fault("chat-frozen")
def chat_frozen(stage: Stage) -> None:
    _stopped(random.choice(stage.chats), 5)


@fault("web-frozen")
def web_frozen(stage: Stage) -> None:
    _stopped(stage.web, 3)


@fault("chat-drained", quick=True)
def chat_drained(stage: Stage) -> None:
    """SIGTERM: whoever is connected is told to come back, and the process is gone within ten seconds."""
    try:
        _drain(random.choice(stage.chats))
    finally:
        stage.everything_up()


@fault("chats-rolled", times=10)
def chats_rolled(stage: Stage) -> None:
    try:
        for chat in stage.chats:
            _drain(chat)
            chat.start()
    finally:
        stage.everything_up()


def _drain(chat: Part) -> None:
    assert chat.process is not None
    began = time.monotonic()
    chat.stop(DRAIN_S)
    if chat.process.returncode == -signal.SIGKILL:
        raise Broken("drain", f"{chat.name} was still there after {time.monotonic() - began:.0f} s")


@fault("web-killed-resolving", quick=True)
def web_killed_resolving(stage: Stage) -> None:
    with stage.gate("chat_ticket") as waiting:
        stage.until(
            lambda: waiting() and any(seat.resolving for seat in stage.crowd.seats),
            NEXT_MESSAGE_S,
            "no resolve came",
        )
        time.sleep(0.3)
        stage.web.kill()
    stage.everything_up()


@fault("web-reloaded")
def web_reloaded(stage: Stage) -> None:
    os.kill(stage.web.pid, signal.SIGHUP)
    time.sleep(2)


@fault("logs-full", times=5)
def logs_full(stage: Stage) -> None:
    """A chat server whose log has no room left has something to log."""
    chat = stage.chats[0]
    log = chat.log
    chat.stop()
    chat.log = type(log)("/dev/full")
    try:
        chat.start(wait=False)
        stage.until(chat.is_well, 30, "it did not start without a log")
        with stage.connect() as db:
            for _ in range(3):
                db.execute(TERMINATE)
                time.sleep(1)
    finally:
        chat.log = log
        chat.stop()
        stage.everything_up()


def _clock(stage: Stage, offset: str) -> None:
    """Of one chat server, as another machine's would; it has such a clock only for as long, which slows it down."""
    chat = random.choice(stage.chats)
    usual = chat.env
    stage.clock.write_text("+0")
    try:
        chat.stop()
        chat.env = usual | stage.another_time
        chat.start()
        stage.clock.write_text(offset)
        time.sleep(4)
        stage.clock.write_text("+0")
        time.sleep(1.5)
    finally:
        chat.env = usual
        chat.stop()
        stage.everything_up()


@fault("clock-forward")
def clock_forward(stage: Stage) -> None:
    _clock(stage, "+300")


@fault("clock-back")
def clock_back(stage: Stage) -> None:
    _clock(stage, "-300")
