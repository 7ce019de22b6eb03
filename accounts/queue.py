"""Celery makes owed work quick; the database and the sweep make it certain."""

import logging
from time import monotonic
from typing import Any

from celery import Task

log = logging.getLogger(__name__)
REST_S = 5  # after a failure nobody waits for the broker for so long
_rests_until = 0.0


def hurry(task: Task, *args: Any) -> None:
    """Queues a task that is owed anyway. A broker that is away costs a moment now and then, never the work."""
    global _rests_until
    if monotonic() < _rests_until:
        return
    try:
        task.apply_async(args, retry=False)
    except Exception as error:  # whatever it is: the sweep finds what is owed
        _rests_until = monotonic() + REST_S
        log.warning("The queue is away (%r); the sweep will do %s", error, task.name)
