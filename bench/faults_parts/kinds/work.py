"""Worker and beat: killed at each step of scoring and paying, frozen, away, twice; tasks that come five times."""

import os
import random
import signal
import subprocess
import time
from functools import partial

import psycopg
from celery import Celery

from bench.faults_parts.kinds.base import fault
from bench.faults_parts.stage import Stage

NEXT_SCORE_S = 30.0


def _killed_at(table: str, commits: bool, stage: Stage) -> None:
    """All of the worker dies while a transaction that wrote `table` waits at its commit."""
    with stage.gate(table) as waiting, stage.connect() as db:
        pids = stage.until(waiting, NEXT_SCORE_S, f"nothing was written to {table}")
        stage.worker.kill()
        for pid in () if commits else pids:
            db.execute("SELECT pg_terminate_backend(%s)", [pid])
    stage.everything_up()


for _name, _table, _commits, _quick in (
    ("worker-killed-scoring", "assessment_assessment", False, True),
    ("worker-killed-scored", "assessment_assessment", True, False),
    ("worker-killed-paying", "gamification_xpentry", False, True),
    ("worker-killed-paid", "gamification_xpentry", True, False),
):
    fault(_name, quick=_quick, keeps_sockets=True)(partial(_killed_at, _table, _commits))


@fault("worker-child-killed", keeps_sockets=True)
def child_killed(stage: Stage) -> None:
    """One of the processes that do the work, not the one that hands it out."""
    children = subprocess.run(
        ["pgrep", "--parent", str(stage.worker.pid)], capture_output=True, text=True, check=False
    )
    if pids := children.stdout.split():
        os.kill(int(random.choice(pids)), signal.SIGKILL)


@fault("worker-frozen", keeps_sockets=True)
def worker_frozen(stage: Stage) -> None:
    stage.worker.send(signal.SIGSTOP)
    time.sleep(5)
    stage.worker.send(signal.SIGCONT)


@fault("worker-and-beat-away", times=10, keeps_sockets=True)
def away(stage: Stage) -> None:
    stage.worker.kill()
    stage.beat.kill()
    time.sleep(10)
    stage.everything_up()


@fault("worker-restarted", keeps_sockets=True)
def worker_restarted(stage: Stage) -> None:
    stage.worker.stop()
    stage.everything_up()


@fault("two-beats", times=5, keeps_sockets=True)
def two_beats(stage: Stage) -> None:
    second = stage.cluster.start("beat", wait=False, name="second-beat")
    time.sleep(20)
    second.kill()


@fault("tasks-five-times", quick=True, keeps_sockets=True)
def five_times(stage: Stage) -> None:
    """Every score and payment of the last minute is asked for five times more."""
    with stage.connect() as db:
        owed = _recent(db)
    with Celery(broker=stage.cluster.redis_url) as queue:
        for session, assessment in owed * 5:
            queue.send_task("assessment.tasks.score", [session])
            if assessment:
                queue.send_task("gamification.tasks.pay", [assessment])


def _recent(db: "psycopg.Connection[tuple[str, ...]]") -> list[tuple[str, ...]]:
    return db.execute("""
        SELECT s.id::text, a.id::text FROM chat_session s LEFT JOIN assessment_assessment a ON a.session_id = s.id
        WHERE s.status = 'completed' ORDER BY s.finished_at DESC LIMIT 12
    """).fetchall()
