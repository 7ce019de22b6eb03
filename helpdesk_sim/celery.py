"""Celery: scores, mails and sweeps. Replies never go through it."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init, worker_ready
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")

app = Celery("helpdesk_sim")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A worker in a thread runs tasks only when its app is the default of every thread.
app.set_default()
# Lines of a task carry the ids of the request that caused it.
app.steps["worker"].add(DjangoStructLogInitStep)


@worker_ready.connect
def tell_prometheus(**more: Any) -> None:
    """The parent of a worker's processes tells for all of them; an embedded worker has its server's."""
    from helpdesk_sim.exporter import export

    export(with_state=False)


@worker_process_init.connect
def report(**more: Any) -> None:
    """What sends in threads of its own must start after the fork."""
    from helpdesk_sim.reporting import report_errors
    from helpdesk_sim.tracing import trace

    trace("worker")
    report_errors("worker")
