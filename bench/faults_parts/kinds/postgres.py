"""PostgreSQL: restarted, cut off, read-only, locked, full, slow."""

import os
import signal
import time
from contextlib import ExitStack

import psycopg

from bench.faults_parts.kinds.base import fault
from bench.faults_parts.stage import CLIENTS, TERMINATE, Stage


def _restart(stage: Stage, number: signal.Signals) -> None:
    postgres = stage.cluster.postgres
    assert postgres.process is not None
    postgres.process.send_signal(number)
    postgres.process.wait(30)
    time.sleep(0.5)
    stage.everything_up()


@fault("postgres-restarted", quick=True)
def restarted(stage: Stage) -> None:
    _restart(stage, signal.SIGINT)


@fault("postgres-crashed")
def crashed(stage: Stage) -> None:
    """At once, and recovering from its log when it starts."""
    _restart(stage, signal.SIGQUIT)


@fault("postgres-backend-killed")
def backend_killed(stage: Stage) -> None:
    """PostgreSQL then ends all others and recovers."""
    with stage.connect() as db:
        (pid,) = db.execute(CLIENTS).fetchone() or (0,)
    os.kill(pid or stage.cluster.postgres.pid, signal.SIGKILL)
    time.sleep(0.5)
    stage.cluster.postgres.await_well()


@fault("postgres-frozen")
def frozen(stage: Stage) -> None:
    postgres = stage.cluster.postgres
    with stage.connect() as db:
        pids = [pid for (pid,) in db.execute(CLIENTS)]
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for pid in (postgres.pid, *pids):
            os.kill(pid, number)
        if number == signal.SIGSTOP:
            time.sleep(3)


@fault("connections-cut", quick=True)
def connections_cut(stage: Stage) -> None:
    with stage.connect() as db:
        db.execute(TERMINATE)


@fault("postgres-read-only", quick=True)
def read_only(stage: Stage) -> None:
    with stage.connect() as db:
        try:
            _set(db, "ALTER SYSTEM SET default_transaction_read_only = on")
            time.sleep(4)
        finally:
            db.execute("SET default_transaction_read_only = off")
            _set(db, "ALTER SYSTEM RESET default_transaction_read_only")


@fault("sessions-locked")
def sessions_locked(stage: Stage) -> None:
    with stage.connect() as db, db.transaction():
        db.execute("SELECT id FROM chat_session WHERE status = 'active' FOR UPDATE")
        time.sleep(5)


@fault("messages-locked")
def messages_locked(stage: Stage) -> None:
    with stage.connect() as db, db.transaction():
        db.execute("LOCK TABLE chat_message IN ACCESS EXCLUSIVE MODE")
        time.sleep(5)


@fault("connections-exhausted")
def connections_exhausted(stage: Stage) -> None:
    """Others take all there are, and who had one loses it."""
    with stage.connect() as db, ExitStack() as taken:
        for attempt in range(3):
            try:
                while True:
                    taken.enter_context(psycopg.connect(stage.cluster.database_url, connect_timeout=3))
            except psycopg.OperationalError:
                time.sleep(1)
            if attempt == 0:
                db.execute(TERMINATE)


@fault("commits-slow")
def commits_slow(stage: Stage) -> None:
    try:
        stage.commits_take(0.2)
        time.sleep(5)
    finally:
        stage.commits_take(0)


def _set(db: "psycopg.Connection[tuple[object, ...]]", change: str) -> None:
    db.execute(change)
    db.execute("SELECT pg_reload_conf()")
