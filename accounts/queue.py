"""Celery makes owed work quick; the database and the sweep make it certain."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def hurry(task: Task, *args: Any) -> None:
    """Queues a task that is owed anyway. A broker that is away costs time, not the work."""
    try:
        task.apply_async(args, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("The queue is away (%s); the sweep will do %s", error, task.name)
