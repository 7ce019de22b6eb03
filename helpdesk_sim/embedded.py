"""A real Celery worker and its clock, in threads of the server's own process (no Redis needed)."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from celery.beat import EmbeddedService
from celery.worker import WorkController

from helpdesk_sim.celery import app

THREADS = 2  # one long job must not hold up a score


@contextmanager
def worker_and_beat() -> Iterator[None]:
    """Run owed work while the block runs; on leaving, let running tasks end.

    Call it once the database is migrated: the first sweep starts at once.
    """
    worker, worker_thread = _start_worker()
    # Schedules start afresh with the process: what is owed is in the database, not in a file.
    beat = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
    beat.start()
    try:
        yield
    finally:
        beat.service.stop()  # takes up to a second, while the worker ends too
        worker.stop()
        worker_thread.join(timeout=5)
        beat.join(timeout=5)


def _start_worker() -> tuple[WorkController, Thread]:
    """Start a worker that takes tasks of this process, and return when it takes them."""
    app.conf.worker_enable_remote_control = False
    ready = Event()
    worker = WorkController(
        app=app,
        pool_cls="threads",
        concurrency=THREADS,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
        ready_callback=lambda consumer: ready.set(),
    )
    thread = Thread(target=worker.start, name="worker", daemon=True)
    thread.start()
    if not ready.wait(timeout=10):
        raise RuntimeError("The worker did not start within 10 seconds; see the log above.")
    return worker, thread
