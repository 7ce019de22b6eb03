"""Jobs of the schedule leave a note when they ended well."""

from datetime import datetime
from typing import Any

from celery.signals import task_success
from django.conf import settings
from django.utils import timezone

NOTED = {
    name for name, job in settings.CELERY_BEAT_SCHEDULE.items() if job["schedule"] >= settings.SWEEP_SECONDS
}
"""What runs every second would write more than it tells; the audit trail shows by itself when it is not sealed."""


def note_run(*, task: str, now: datetime) -> None:
    from helpdesk_sim.models import LastRun

    LastRun.objects.bulk_create(
        [LastRun(task=task, at=now)], update_conflicts=True, unique_fields=["task"], update_fields=["at"]
    )


@task_success.connect
def note_success(sender: Any, **more: Any) -> None:
    if sender.name in NOTED:
        note_run(task=sender.name, now=timezone.now())
