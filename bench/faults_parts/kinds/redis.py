"""Redis: away, emptied, slow, full; hints that it carries lost or doubled. None of it may close a socket."""

import signal
import time
from collections.abc import Callable

from bench.faults_parts.kinds.base import fault
from bench.faults_parts.stage import Missed, Stage
from bench.faults_parts.wire import Treat, doubling, dropping


def _away(stage: Stage, seconds: float) -> None:
    stage.cluster.redis.kill()
    time.sleep(seconds)
    stage.everything_up()


@fault("redis-away-1s", keeps_sockets=True)
def away_1s(stage: Stage) -> None:
    _away(stage, 1)


@fault("redis-away-5s", times=10, quick=True, keeps_sockets=True)
def away_5s(stage: Stage) -> None:
    _away(stage, 5)


@fault("redis-away-60s", times=2, keeps_sockets=True)
def away_60s(stage: Stage) -> None:
    _away(stage, 60)


@fault("redis-restarted", keeps_sockets=True)
def restarted(stage: Stage) -> None:
    stage.cluster.redis.stop()
    stage.everything_up()


@fault("redis-emptied", quick=True, keeps_sockets=True)
def emptied(stage: Stage) -> None:
    with stage.redis() as client:
        client.flushall()


@fault("redis-slow", keeps_sockets=True)
def slow(stage: Stage) -> None:
    with stage.redis() as client:
        for _ in range(8):
            client.execute_command("CLIENT", "PAUSE", 400, "ALL")
            time.sleep(0.5)


@fault("redis-frozen", quick=True, keeps_sockets=True)
def frozen(stage: Stage) -> None:
    stage.cluster.redis.send(signal.SIGSTOP)
    time.sleep(5)
    stage.cluster.redis.send(signal.SIGCONT)


@fault("redis-full", keeps_sockets=True)
def full(stage: Stage) -> None:
    with stage.redis() as client:
        client.config_set("maxmemory", 1)
        time.sleep(3)
        client.config_set("maxmemory", 0)


@fault("redis-connections-cut", keeps_sockets=True)
def connections_cut(stage: Stage) -> None:
    with stage.redis() as client:
        for kind in ("pubsub", "normal"):
            client.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")


def _treated(stage: Stage, treat: Callable[[], Treat]) -> None:
    before = stage.relay.treated
    stage.relay.treat = treat()
    time.sleep(6)
    stage.relay.treat = bytes
    if stage.relay.treated - before < 3:
        raise Missed("hardly anything was published")


@fault("hints-dropped", quick=True, keeps_sockets=True)
def hints_dropped(stage: Stage) -> None:
    _treated(stage, dropping)


@fault("hints-doubled", keeps_sockets=True)
def hints_doubled(stage: Stage) -> None:
    _treated(stage, doubling)
